"""Sitemaps and feeds by the rules of their formats: see schemas/README.md."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from jsonschema import Draft7Validator, FormatChecker
from lxml import etree

from news.models import ArticlePage
from tests.builders import a_page, a_section, a_story, an_author, an_image

pytestmark = pytest.mark.django_db

SCHEMAS = Path(__file__).parent / "schemas"
HOST = "http://testserver"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
NEWS = {"news": "http://www.google.com/schemas/sitemap-news/0.9"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture
def story() -> ArticlePage:
    """One of everything that sitemaps and feeds tell: odd signs, a byline, a tag, pictures."""
    a_page("Principles & more")
    a_story("Without anything", summary="", hours_ago=24 * 90)
    body = [
        ("paragraph", '<p>The <b>ferry</b> left &amp; <a href="/news/">came back</a>.</p>'),
        ("image", {"image": an_image(), "caption": "The <quay>", "alt": ""}),
    ]
    return a_story(
        "Ferries <and> fares & “quotes” — Київ",
        summary="What changed",
        authors=(an_author("Maren Holubets"), an_author("Ілля & Co")),
        tags=("harbour",),
        parent=a_section("City"),
        lead_image=an_image(),
        body=body,
    )


def lists_of(story: ArticlePage) -> list[str]:
    """Where a reader can follow the site, a section, a tag, an author."""
    author = story.bylines.first().author
    return ["/news/", story.get_parent().url, "/news/tag/harbour/", author.url]


def xml(reader: Client, address: str) -> Any:
    answer = reader.get(address)
    assert answer.status_code == 200, address
    assert answer.content.startswith(b"<?xml"), address
    return etree.fromstring(answer.content)


def found_by(schema: str, document: Any) -> list[str]:
    """Out: what a schema says against a document."""
    rules = etree.XMLSchema(file=str(SCHEMAS / schema))
    rules.validate(document)
    return [f"{error.line}: {error.message}" for error in rules.error_log]


def test_the_index_and_all_its_sitemaps(story: ArticlePage, reader: Client) -> None:
    index = xml(reader, "/sitemap.xml")
    assert found_by("siteindex.xsd", index) == []
    parts = index.xpath("//s:loc/text()", namespaces=SITEMAP)
    assert len(parts) >= 3  # the pages, the month of now, that of ninety days ago
    for part in parts:
        assert found_by("sitemaps.xsd", xml(reader, part.removeprefix(HOST))) == [], part


def test_the_sitemap_of_news(story: ArticlePage, reader: Client) -> None:
    sitemap = xml(reader, "/news-sitemap.xml")
    assert found_by("sitemaps.xsd", sitemap) == []
    assert sitemap.xpath("//news:title/text()", namespaces=NEWS) == [story.title]
    [date] = sitemap.xpath("//news:publication_date/text()", namespaces=NEWS)
    moment = datetime.fromisoformat(date)
    assert moment == story.published_at.replace(microsecond=moment.microsecond)


@pytest.mark.parametrize(
    "wrong",
    [
        "<url><loc>http://testserver/a/</loc><lastmod>yesterday</lastmod></url>",
        "<url><lastmod>2026-01-01</lastmod></url>",
        "<url><loc>http://testserver/a/</loc><n:news><n:title>No date</n:title></n:news></url>",
        "<url><loc>http://testserver/a/</loc><n:other/></url>",
    ],
)
def test_the_rules_find_what_is_wrong(wrong: str) -> None:
    spaces = f'xmlns="{SITEMAP["s"]}" xmlns:n="{NEWS["news"]}"'
    assert found_by("sitemaps.xsd", etree.fromstring(f"<urlset {spaces}>{wrong}</urlset>"))


formats = FormatChecker(formats=())


@formats.checks("uri")
def is_absolute(text: Any) -> bool:
    parts = urlsplit(text)
    return bool(parts.scheme and (parts.netloc or parts.path)) and text.isascii()


@formats.checks("date-time", raises=ValueError)
def is_a_moment(text: Any) -> bool:
    return datetime.fromisoformat(text).tzinfo is not None


def rules_of_json_feed() -> Draft7Validator:
    schema = json.loads((SCHEMAS / "jsonfeed-1.1.json").read_text())
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema, format_checker=formats)


def test_json_feeds(story: ArticlePage, reader: Client) -> None:
    rules = rules_of_json_feed()
    for address in lists_of(story):
        feed = json.loads(reader.get(f"{address}feed/json/").content)
        assert [f"{e.json_path}: {e.message}" for e in rules.iter_errors(feed)] == [], address
        assert feed["version"] == "https://jsonfeed.org/version/1.1" and "author" not in feed
        assert feed["home_page_url"] == HOST + address
        assert story.title in [item["title"] for item in feed["items"]]
        ids = [item["id"] for item in feed["items"]]
        assert len(set(ids)) == len(ids)


def test_the_rules_of_json_feed_find_what_is_wrong() -> None:
    item = {"id": 1, "url": "/news/", "date_published": "2026-01-01T00:00:00", "link": ""}
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [item]}
    wrong = {error.json_path for error in rules_of_json_feed().iter_errors(feed)}
    assert wrong == {"$", "$.items[0]"} | {
        f"$.items[0].{name}" for name in ("id", "url", "date_published")
    }


def test_atom_feeds(story: ArticlePage, reader: Client) -> None:
    """What RFC 4287 asks of a feed and of each entry."""
    for address in lists_of(story):
        feed = xml(reader, f"{address}feed/atom/")
        entries = feed.findall("a:entry", ATOM)
        assert entries and feed.tag == f"{{{ATOM['a']}}}feed"
        for part in (feed, *entries):
            for name in ("id", "title", "updated"):
                assert len(part.findall(f"a:{name}", ATOM)) == 1, (address, name)
            assert urlsplit(part.findtext("a:id", namespaces=ATOM)).scheme
            for moment in part.xpath("a:updated|a:published", namespaces=ATOM):
                assert is_a_moment(moment.text), moment.text
            links = part.findall("a:link", ATOM)
            assert all(link.get("href").startswith(HOST) for link in links)
            kinds = [(link.get("rel", "alternate"), link.get("type")) for link in links]
            assert kinds and len(set(kinds)) == len(kinds)
        ids = feed.xpath("a:entry/a:id/text()", namespaces=ATOM)
        assert len(set(ids)) == len(ids)
        assert [link.get("href") for link in feed.findall("a:link[@rel='self']", ATOM)] == [
            f"{HOST}{address}feed/atom/"
        ]
        for name in feed.xpath("//a:author", namespaces=ATOM):
            assert name.findtext("a:name", namespaces=ATOM)


def test_each_entry_of_atom_has_an_author(story: ArticlePage, reader: Client) -> None:
    """RFC 4287, 4.1.1: the feed names one unless each entry does."""
    feed = xml(reader, "/news/feed/atom/")
    named = bool(feed.findall("a:author", ATOM))
    for entry in feed.findall("a:entry", ATOM):
        title = entry.findtext("a:title", namespaces=ATOM)
        assert named or entry.findall("a:author", ATOM), title
