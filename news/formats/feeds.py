"""A list of stories as RSS, Atom or JSON Feed. Pure: everything that is said comes in.

RSS 2.0 with `content:encoded` and Media RSS, Atom 1.0, JSON Feed 1.1.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.html import escape
from django.utils.xmlutils import SimplerXMLGenerator

MEDIA = "http://search.yahoo.com/mrss/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATOR = "http://purl.org/dc/elements/1.1/"


@dataclass(frozen=True)
class FeedPicture:
    """`mime` such as image/webp; width and height in pixels."""

    url: str
    mime: str
    width: int
    height: int
    alt: str = ""
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class FeedItem:
    """A story. `html` is its whole text with absolute addresses; `id` stays when it moves."""

    id: str
    url: str
    headline: str
    standfirst: str
    html: str
    published: datetime
    updated: datetime
    language: str
    authors: tuple[tuple[str, str], ...] = ()
    tags: tuple[str, ...] = ()
    picture: FeedPicture | None = None


@dataclass(frozen=True)
class Feed:
    """A list of stories. `url` is the page of the list, `address` that of this feed."""

    publisher: str
    title: str
    description: str
    url: str
    address: str
    language: str
    items: list[FeedItem] = field(default_factory=list)


def rss(channel: Feed) -> str:
    return _written(channel, StoryRss)


def atom(channel: Feed) -> str:
    return _written(channel, StoryAtom)


def _written(channel: Feed, kind: type[StoryRss | StoryAtom]) -> str:
    feed = kind(
        author_name=channel.publisher,
        title=channel.title,
        link=channel.url,
        description=channel.description,
        language=channel.language,
        feed_url=channel.address,
    )
    for item in channel.items:
        feed.add_item(
            title=item.headline,
            link=item.url,
            description=escape(item.standfirst),  # readers of feeds take it for HTML
            unique_id=item.id,
            unique_id_is_permalink=False,
            pubdate=item.published,
            updateddate=item.updated,
            categories=item.tags,
            item=item,
        )
    return str(feed.writeString("utf-8"))


class StoryRss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        names = {"xmlns:media": MEDIA, "xmlns:content": CONTENT, "xmlns:dc": CREATOR}
        return super().rss_attributes() | names

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        story: FeedItem = item["item"]
        for name, _url in story.authors:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", story.html)
        if story.picture:
            _add_picture(handler, story.picture)


class StoryAtom(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:media": MEDIA}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        story: FeedItem = item["item"]
        for name, url in story.authors:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            if url:
                handler.addQuickElement("uri", url)
            handler.endElement("author")
        handler.addQuickElement("content", story.html, {"type": "html"})
        if story.picture:
            _add_picture(handler, story.picture)


def _add_picture(handler: SimplerXMLGenerator, picture: FeedPicture) -> None:
    size = {"width": str(picture.width), "height": str(picture.height)}
    about = {"url": picture.url, "type": picture.mime, "medium": "image", **size}
    handler.startElement("media:content", AttributesImpl(about))
    for name, text, more in (
        ("media:title", picture.alt, {"type": "plain"}),
        ("media:description", picture.caption, {"type": "plain"}),
        ("media:credit", picture.credit, {}),
    ):
        if text:
            handler.addQuickElement(name, text, more)
    handler.endElement("media:content")


def json_feed(channel: Feed) -> str:
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "authors": [{"name": channel.publisher}],
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.url,
        "feed_url": channel.address,
        "language": channel.language,
        "items": [_json_item(item) for item in channel.items],
    }
    return json.dumps(data, ensure_ascii=False)


def _json_item(item: FeedItem) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.headline,
        "content_html": item.html,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "language": item.language,
        "tags": list(item.tags),
        "authors": [{"name": name, **({"url": url} if url else {})} for name, url in item.authors],
    }
    if item.standfirst:
        data["summary"] = item.standfirst
    if item.picture:
        data["image"] = item.picture.url
    return data
