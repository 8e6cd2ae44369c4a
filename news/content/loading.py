"""Loading what stories refer to, in a number of queries that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.documents.models import Document

from cms.models import Image, PublicationSettings, public_pages
from news.blocks.links import linked_pages
from news.blocks.references import Mentions, References, loaded
from news.content.bylines import Writer, writers_of, writers_of_draft
from news.content.cards import Card, cards_by_id
from news.content.tags import ArticleTag


def references_of(
    *,
    full: Sequence[Any] = (),
    cards: Sequence[Card] = (),
    signed: Sequence[Card] = (),
    authors: Sequence[Any] = (),
    pages: Iterable[int] = (),
    images: Iterable[int | None] = (),
    related: dict[int, Card] | None = None,
) -> References:
    """Load what is needed to show stories and authors.

    In: stories shown with their body, cards shown with their picture, those of the cards whose
    writers are named, author pages shown themselves, ids of other pages to link to and of other
    pictures to show; the cards of stories that bodies refer to, where they are loaded already.
    Out: the references; writers, tags and pictures are set on stories and cards as well. Seven
    queries at most: related stories, writers, tags, pictures, pages, documents; authors of a
    draft.
    """
    mentions = _mentions(full)
    mentions.pages.update(pages)
    mentions.images.update(images)
    if related is None:
        related = _related(full, mentions.stories)
    writers = _add_writers(full, signed)
    _add_tags(full)
    for bio in [*(writer.bio for writer in writers), *(author.bio for author in authors)]:
        mentions.pages |= linked_pages(bio)
    mentions.pages |= {writer.pk for writer in writers}
    shown = [*full, *cards, *related.values()]
    faces = [*authors, *writers]
    mentions.images.update(story.lead_image_id for story in shown)
    mentions.images.update(story.social_image_id for story in full)
    mentions.images.update(face.photo_id for face in faces)
    found = Image.objects.in_bulk(mentions.images - {None})
    public = public_pages(mentions.pages)
    for story in shown:
        story.lead_image = found.get(story.lead_image_id)
    for story in full:
        story.social_image = found.get(story.social_image_id)
    for face in faces:
        face.photo = found.get(face.photo_id)
    for writer in writers:
        writer.page = public.get(writer.pk)
    return References(
        images=found,
        stories=related,
        pages=public,
        documents=Document.objects.in_bulk(mentions.documents) if mentions.documents else {},
    )


def _related(stories: Sequence[Any], ids: set[int]) -> dict[int, Card]:
    """Cards of the public stories that these stories refer to."""
    return cards_by_id(type(stories[0])._default_manager.published(), ids) if ids else {}


def _mentions(stories: Sequence[Any]) -> Mentions:
    found = Mentions()
    for story in stories:
        named = story.mentions()
        found.images |= named.images
        found.stories |= named.stories
        found.pages |= named.pages
        found.documents |= named.documents
    return found


def _add_writers(full: Sequence[Any], cards: Sequence[Card]) -> list[Writer]:
    stored = [story for story in full if not _in_memory(story, "bylines")]
    found = writers_of(story.pk for story in [*stored, *cards])
    for story in [*full, *cards]:
        story.writers = found[story.pk] if story.pk in found else writers_of_draft(story)
    return [writer for story in [*full, *cards] for writer in story.writers]


def _add_tags(full: Sequence[Any]) -> None:
    stored = {story.pk: story for story in full if not _in_memory(story, "tagged_items")}
    for story in stored.values():
        story.shown_tags = []
    if stored:
        through = ArticleTag.objects.filter(content_object__in=stored)
        for item in through.select_related("tag").order_by("pk"):
            stored[item.content_object_id].shown_tags.append(item.tag)


def _in_memory(story: Any, relation: str) -> bool:
    """A draft has its own; the preview of a new story has no row at all."""
    return story.pk is None or relation in getattr(story, "_cluster_related_objects", {})


def render_loaded(response: HttpResponse) -> HttpResponse:
    """Render a page while what it refers to is at hand.

    In: a response whose context may name `page` (a story or an author), `listing` (a Slice),
    `authors`, `related`, and lists of cards `stories` and, of all, those `signed`. Out: the same
    response, rendered.
    """
    if not isinstance(response, TemplateResponse) or response.is_rendered:
        return response
    context = response.context_data or {}
    page = context.get("page")
    is_story, is_author = hasattr(page, "word_count"), hasattr(page, "photo_id")
    section = getattr(page, "section_id", None)
    listing = context.get("listing")
    publication = PublicationSettings.load()
    references = references_of(
        full=[page] if is_story else [],
        cards=[*(listing.stories if listing else ()), *context.get("stories", ())],
        signed=context.get("signed", ()),
        authors=[*context.get("authors", ()), *([page] if is_author else [])],
        pages=publication.linked_pages | ({section} if section else set()),
        images=[publication.logo_id],
        related=context.get("related"),
    )
    publication.public_pages = references.pages
    if section:
        context["section"] = references.pages.get(section)
    publication.logo = references.images.get(publication.logo_id)
    request: Any = response._request
    request.publication = publication
    with loaded(references):
        response.render()
    return response


class LoadedPage:
    """A page that shows stories. Stands first among the bases of its class."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return render_loaded(super().serve(request, *args, **kwargs))  # type: ignore[misc]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return render_loaded(super().serve_preview(request, mode_name))  # type: ignore[misc]
