"""Django's feeds with whole stories: RSS 2.0 with `content:encoded` and Media RSS, Atom 1.0, and
JSON Feed 1.1. An item also has `html`, `standfirst`, `language`, `authors` and `picture`, with the
names of Media RSS.
"""

from __future__ import annotations

import json
from typing import IO, Any
from xml.sax.xmlreader import AttributesImpl

from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

MEDIA = "http://search.yahoo.com/mrss/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
CREATOR = "http://purl.org/dc/elements/1.1/"
PLAIN = {"type": "plain"}


class StoryRss(Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        names = {"xmlns:media": MEDIA, "xmlns:content": CONTENT, "xmlns:dc": CREATOR}
        return super().rss_attributes() | names

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, _url in item["authors"]:
            handler.addQuickElement("dc:creator", name)
        handler.addQuickElement("content:encoded", item["html"])
        _add_picture(handler, item["picture"])


class StoryAtom(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | {"xmlns:media": MEDIA}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        for name, url in item["authors"]:
            handler.startElement("author", AttributesImpl({}))
            handler.addQuickElement("name", name)
            if url:
                handler.addQuickElement("uri", url)
            handler.endElement("author")
        handler.addQuickElement("content", item["html"], {"type": "html"})
        _add_picture(handler, item["picture"])


def _add_picture(handler: SimplerXMLGenerator, picture: dict[str, str] | None) -> None:
    if picture is None:
        return
    about = {name: picture[name] for name in ("url", "type", "medium", "width", "height")}
    handler.startElement("media:content", AttributesImpl(about))
    for name, more in (("title", PLAIN), ("description", PLAIN), ("credit", {})):
        if picture[name]:
            handler.addQuickElement(f"media:{name}", picture[name], more)
    handler.endElement("media:content")


class StoryJson(SyndicationFeed):
    def write(self, outfile: IO[str], encoding: str) -> None:
        data = {
            "version": "https://jsonfeed.org/version/1.1",
            "authors": [{"name": self.feed["author_name"]}],
            "title": self.feed["title"],
            "description": self.feed["description"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "items": [_json_item(item) for item in self.items],
        }
        json.dump(data, outfile, ensure_ascii=False)


def _json_item(item: dict[str, Any]) -> dict[str, Any]:
    data = {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "content_html": item["html"],
        "date_published": item["pubdate"].isoformat(),
        "date_modified": item["updateddate"].isoformat(),
        "language": item["language"],
        "tags": list(item["categories"]),
        "authors": [
            {"name": name, **({"url": url} if url else {})} for name, url in item["authors"]
        ],
    }
    if item["standfirst"]:
        data["summary"] = item["standfirst"]
    if item["picture"]:
        data["image"] = item["picture"]["url"]
    return data
