"""The feeds of every list of stories: `<list>feed/rss/`, `feed/atom/`, `feed/json/`."""

from __future__ import annotations

import mimetypes
import re
from typing import Any
from urllib.parse import urljoin

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.feedgenerator import SyndicationFeed
from django.utils.html import escape
from django.utils.http import http_date
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.models import PublicationSettings
from news.blocks.references import loaded
from news.content.loading import LoadedPage, references_of
from news.content.pagination import take
from news.content.story import Story, StoryQuerySet
from news.formats.feeds import StoryAtom, StoryJson, StoryRss

FORMATS: dict[str, tuple[type[SyndicationFeed], str]] = {
    "rss": (StoryRss, "application/rss+xml"),
    "atom": (StoryAtom, "application/atom+xml"),
    "json": (StoryJson, "application/feed+json"),
}
FEED_SIZE = 30
ADDRESSES = re.compile(r'\b(href|src|poster)="(/(?!/)[^"]*)"')
WIDTHS = re.compile(r'\bsrcset="([^"]*)"')


class FedPage(LoadedPage, RoutablePageMixin):
    """A page that lists stories a page at a time, and has feeds of them."""

    def stories(self) -> StoryQuerySet:
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"listing": take(self.stories(), request.GET.get("before"))}

    @path("feed/<str:kind>/", name="feed")
    def feed(self, request: HttpRequest, kind: str) -> HttpResponse:
        return feed_of(self.stories(), request, kind, self.title, self.url)


def feed_of(
    stories: StoryQuerySet, request: HttpRequest, kind: str, title: str, address: str
) -> HttpResponse:
    """The newest thirty in full; 304 for who has them already, 404 for an unknown format."""
    if kind not in FORMATS:
        raise Http404
    feed_class, mime = FORMATS[kind]
    base = request.build_absolute_uri("/")
    publication = PublicationSettings.load()
    feed = feed_class(
        author_name=publication.name,
        title=f"{publication.name} · {title}",
        link=urljoin(base, address),
        description=publication.tagline,
        language=request.LANGUAGE_CODE,
        feed_url=request.build_absolute_uri(),
    )
    whole = stories.select_related("section", "language").defer(None)
    newest = list(whole.order_by("-published_at", "-pk")[:FEED_SIZE])
    with loaded(references_of(full=newest)):
        for story in newest:
            feed.add_item(**item_of(story, base))
    response = HttpResponse(feed.writeString("utf-8"), content_type=f"{mime}; charset=utf-8")
    patch_cache_control(response, public=True, no_cache=True)
    set_response_etag(response)
    if newest:
        response["Last-Modified"] = http_date(feed.latest_post_date().timestamp())
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known or response


def item_of(story: Any, base: str) -> dict[str, Any]:
    html = render_to_string("news/feed_story.html", {"page": story})
    published = story.published_at
    return {
        "unique_id": f"{base}#story-{story.pk}",  # stays when the story moves
        "unique_id_is_permalink": False,
        "link": urljoin(base, story.url),
        "title": story.title,
        "description": escape(story.summary),  # readers of feeds take it for HTML
        "standfirst": story.summary,
        "html": absolute(html, base),
        "pubdate": published,
        "updateddate": max(story.updated_at or published, published),
        "language": story.language.language_code,
        "authors": authors_of(story, base),
        "categories": [tag.name for tag in story.tag_list],
        "picture": picture_of(story, base),
    }


def authors_of(story: Story, base: str) -> tuple[tuple[str, str], ...]:
    """The name of each, and the address of their page, empty where it is not public."""
    return tuple(
        (writer.name, urljoin(base, writer.page.url) if writer.page else "")
        for writer in story.writers
    )


def picture_of(story: Story, base: str) -> dict[str, str] | None:
    image = story.lead_image
    if image is None or (made := image.nearest("large", "jpeg")) is None:
        return None
    return {
        "url": urljoin(base, made.url),
        "type": mimetypes.guess_type(made.file)[0] or "image/jpeg",
        "medium": "image",
        "width": str(made.width),
        "height": str(made.height),
        "title": image.description,
        "description": story.lead_image_caption,
        "credit": image.credit,
    }


def absolute(html: str, base: str) -> str:
    """HTML of ours for other hosts: every address names its own."""

    def widths(match: re.Match[str]) -> str:
        found = (candidate.strip() for candidate in match[1].split(","))
        return f'srcset="{", ".join(urljoin(base, candidate) for candidate in found)}"'

    linked = ADDRESSES.sub(lambda found: f'{found[1]}="{urljoin(base, found[2])}"', html)
    return WIDTHS.sub(widths, linked)
