"""The feeds of every list of stories: `<list>feed/rss/`, `feed/atom/`, `feed/json/`."""

from __future__ import annotations

import mimetypes
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_cache_control, set_response_etag
from django.utils.http import http_date
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from cms.models import PublicationSettings
from news.blocks.references import loaded
from news.content.loading import references_of
from news.formats.feeds import Feed, FeedItem, FeedPicture, atom, json_feed, rss

if TYPE_CHECKING:
    from news.models.articles import ArticlePage

FORMATS = {
    "rss": (rss, "application/rss+xml"),
    "atom": (atom, "application/atom+xml"),
    "json": (json_feed, "application/feed+json"),
}
FEED_SIZE = 30
ADDRESSES = re.compile(r'\b(href|src|poster)="(/(?!/)[^"]*)"')
WIDTHS = re.compile(r'\bsrcset="([^"]*)"')


class FedPage(RoutablePageMixin):
    """A page with `stories()`, which can be followed."""

    @path("feed/<str:kind>/", name="feed")
    def feed(self, request: HttpRequest, kind: str) -> HttpResponse:
        page: Any = self
        return feed_of(page.stories(), request, kind, page.title, page.url)


def feed_of(
    stories: Any, request: HttpRequest, kind: str, title: str, address: str
) -> HttpResponse:
    """In: public stories, the name of a format, the title of their list and its address.
    Out: the newest thirty in full; 304 for who has them already. 404 for an unknown format.
    """
    if kind not in FORMATS:
        raise Http404
    write, mime = FORMATS[kind]
    base = request.build_absolute_uri("/")
    publication = PublicationSettings.load()
    newest = stories.select_related("section", "language").defer(None)
    newest = list(newest.order_by("-published_at", "-pk")[:FEED_SIZE])
    with loaded(references_of(full=newest)):
        items = [item_of(story, base) for story in newest]
    channel = Feed(
        publisher=publication.name,
        title=f"{publication.name} · {title}",
        description=publication.tagline,
        url=urljoin(base, address),
        address=request.build_absolute_uri(),
        language=request.LANGUAGE_CODE,
        items=items,
    )
    response = HttpResponse(write(channel), content_type=f"{mime}; charset=utf-8")
    patch_cache_control(response, public=True, no_cache=True)
    set_response_etag(response)
    last = max((item.updated for item in items), default=None)
    if last:
        response["Last-Modified"] = http_date(last.timestamp())
    known = get_conditional_response(request, etag=response["ETag"], response=response)
    return known or response


def item_of(story: ArticlePage, base: str) -> FeedItem:
    """In: a story with what it refers to at hand, and the address that others hang on."""
    html = render_to_string("news/feed_story.html", {"page": story})
    published: Any = story.published_at
    language: Any = story.language
    return FeedItem(
        id=f"{base}#story-{story.pk}",
        url=urljoin(base, story.url),
        headline=story.title,
        standfirst=story.summary,
        html=absolute(html, base),
        published=published,
        updated=max(story.updated_at or published, published),
        language=language.language_code,
        authors=authors_of(story, base),
        tags=tuple(tag.name for tag in story.tag_list),
        picture=picture_of(story, base),
    )


def authors_of(story: ArticlePage, base: str) -> tuple[tuple[str, str], ...]:
    """Out: the name of each, and the address of their page, empty where it is not public."""
    return tuple(
        (writer.name, urljoin(base, writer.page.url) if writer.page else "")
        for writer in story.writers
    )


def picture_of(story: ArticlePage, base: str) -> FeedPicture | None:
    image = story.lead_image
    made = image.nearest("large", "jpeg") if image else None
    if image is None or made is None:
        return None
    return FeedPicture(
        url=urljoin(base, made.url),
        mime=mimetypes.guess_type(made.file)[0] or "image/jpeg",
        width=made.width,
        height=made.height,
        alt=image.description,
        caption=story.lead_image_caption,
        credit=image.credit,
    )


def absolute(html: str, base: str) -> str:
    """In: HTML of our own. Out: the same, readable elsewhere: no address without its host."""

    def widths(match: re.Match[str]) -> str:
        found = (candidate.strip() for candidate in match[1].split(","))
        return f'srcset="{", ".join(urljoin(base, candidate) for candidate in found)}"'

    linked = ADDRESSES.sub(lambda found: f'{found[1]}="{urljoin(base, found[2])}"', html)
    return WIDTHS.sub(widths, linked)
