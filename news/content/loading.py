"""Loading what stories refer to, in a number of queries that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.documents.models import Document

from cms.models import Image, PublicationSettings, public_pages
from news.blocks import BODY
from news.blocks.links import linked_pages
from news.blocks.references import References, loaded
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
    """Load what stories and authors refer to, in seven queries at most.

    `full` are stories shown with their body, `signed` the cards whose writers are named, `related`
    the stories that bodies refer to, where they are loaded already. Writers, tags and pictures are
    set on stories and cards as well.
    """
    mentions = BODY.mentions(block for story in full for block in story.body.raw_data)
    mentions.pages.update(pages)
    if related is None:
        related = {}
        if mentions.stories:
            public = type(full[0])._default_manager.published()
            related = cards_by_id(public, mentions.stories)
    writers = _add_writers(full, signed)
    _add_tags(full)
    for bio in [*(writer.bio for writer in writers), *(author.bio for author in authors)]:
        mentions.pages |= linked_pages(bio)
    mentions.pages |= {writer.pk for writer in writers}
    shown = [*full, *cards, *related.values()]
    faces = [*authors, *writers]
    needed = {*mentions.images, *images, *(story.lead_image_id for story in shown)}
    needed |= {story.social_image_id for story in full} | {face.photo_id for face in faces}
    found = Image.objects.in_bulk(needed - {None})
    linked = public_pages(mentions.pages)
    for story in shown:
        story.lead_image = found.get(story.lead_image_id)
    for story in full:
        story.social_image = found.get(story.social_image_id)
    for face in faces:
        face.photo = found.get(face.photo_id)
    for writer in writers:
        writer.page = linked.get(writer.pk)
    return References(
        images=found,
        stories=related,
        pages=linked,
        documents=Document.objects.in_bulk(mentions.documents),
    )


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
    through = ArticleTag.objects.filter(content_object__in=stored)
    for item in through.select_related("tag").order_by("pk"):
        stored[item.content_object_id].shown_tags.append(item.tag)


def _in_memory(story: Any, relation: str) -> bool:
    """A draft has its own; the preview of a new story has no row at all."""
    return story.pk is None or relation in getattr(story, "_cluster_related_objects", {})


def render_loaded(response: HttpResponse) -> HttpResponse:
    """Render a page with what it refers to loaded.

    Its context may name `page` (a story or an author), `listing`, `authors`, `related`, and the
    cards `stories` and `signed`.
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
