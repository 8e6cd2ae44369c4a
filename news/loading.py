"""Loading what stories refer to, in a number of queries that does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import apps
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.documents.models import Document
from wagtail.models import Page

from cms.models import Image, PublicationSettings, published
from news.cards import Card, Writer, cards_by_id
from news.links import linked_pages
from news.references import Mentions, References, loaded


def references_of(
    *,
    full: Sequence[Any] = (),
    cards: Sequence[Card] = (),
    authors: Sequence[Any] = (),
    pages: Iterable[int] = (),
    images: Iterable[int | None] = (),
    related: dict[int, Card] | None = None,
) -> References:
    """Load what is needed to show stories and authors.

    In: stories shown with their body, cards of stories shown in a list, author pages shown
    themselves, ids of other pages to link to and of other pictures to show; the cards of stories
    that bodies refer to, where they are loaded already.
    Out: the references; bylines, tags and pictures are set on the stories and cards as well.
    Seven queries at most: related stories, bylines, writers of cards, tags, pictures, pages,
    documents.
    """
    mentions = _mentions(full)
    mentions.pages.update(pages)
    mentions.images.update(images)
    if related is None:
        related = _related_stories(mentions.stories)
    bylines = _bylines(full)
    _add_writers(cards)
    if full:
        through = apps.get_model("news", "ArticleTag")
        tags = Prefetch("tagged_items", through.objects.select_related("tag"))
        prefetch_related_objects([story for story in full if story.pk], tags)
    profiles = [*authors, *(byline.author for byline in bylines)]
    for profile in profiles:
        mentions.pages |= {profile.pk} | linked_pages(profile.bio)
    shown = [*cards, *related.values()]
    mentions.images.update(story.lead_image_id for story in [*full, *shown])
    mentions.images.update(story.social_image_id for story in full)
    mentions.images.update(profile.photo_id for profile in profiles)
    mentions.images.update(card.writers[0].photo_id for card in cards if card.writers)
    found = Image.objects.in_bulk(mentions.images - {None})
    for story in [*full, *shown]:
        story.lead_image = found.get(story.lead_image_id)
    for story in full:
        story.social_image = found.get(story.social_image_id)
    for profile in profiles:
        profile.photo = found.get(profile.photo_id)
    for card in cards:
        card.portrait = found.get(card.writers[0].photo_id) if card.writers else None
    public = published(Page.objects.filter(pk__in=mentions.pages)) if mentions.pages else None
    return References(
        images=found,
        stories=related,
        pages=public.in_bulk() if public is not None else {},
        documents=Document.objects.in_bulk(mentions.documents) if mentions.documents else {},
    )


def _mentions(stories: Sequence[Any]) -> Mentions:
    found = Mentions()
    for story in stories:
        named = story.body.stream_block.mentions(story.body.raw_data)
        found.images |= named.images
        found.stories |= named.stories
        found.pages |= named.pages
        found.documents |= named.documents
    return found


def _related_stories(ids: set[int]) -> dict[int, Card]:
    if not ids:
        return {}
    return cards_by_id(apps.get_model("news", "ArticlePage").objects.published(), ids)


def _bylines(stories: Sequence[Any]) -> list[Any]:
    through = apps.get_model("news", "Byline")
    # The preview of a new story has no row yet; its bylines are in memory.
    prefetch_related_objects(
        [story for story in stories if story.pk],
        Prefetch("bylines", through.objects.select_related("author").order_by("sort_order")),
    )
    return [byline for story in stories for byline in story.bylines.all()]


def _add_writers(cards: Sequence[Card]) -> None:
    if not cards:
        return
    by_story: dict[int, list[Writer]] = {card.pk: [] for card in cards}
    bylines = apps.get_model("news", "Byline").objects.filter(page_id__in=by_story)
    named = bylines.order_by("page_id", "sort_order")
    for story, name, photo in named.values_list("page_id", "author__title", "author__photo_id"):
        by_story[story].append(Writer(name, photo))
    for card in cards:
        card.writers = by_story[card.pk]


def render_loaded(response: HttpResponse) -> HttpResponse:
    """Render a page while what it refers to is at hand.

    In: a response whose context may name `page` (a story or an author), `listing` (a Slice),
    `authors`, and lists of cards `more`, `stories`. Out: the same response, rendered.
    """
    if not isinstance(response, TemplateResponse) or response.is_rendered:
        return response
    context = response.context_data or {}
    page = context.get("page")
    is_story, is_author = hasattr(page, "word_count"), hasattr(page, "photo_id")
    listing = context.get("listing")
    publication = PublicationSettings.load()
    references = references_of(
        full=[page] if is_story else [],
        cards=[
            *(listing.stories if listing else ()),
            *context.get("more", ()),
            *context.get("stories", ()),
        ],
        authors=[*context.get("authors", ()), *([page] if is_author else [])],
        pages=publication.linked_pages,
        images=[publication.logo_id],
        related=context.get("related"),
    )
    publication.public_pages = references.pages
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
