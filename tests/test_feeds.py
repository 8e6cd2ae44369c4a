"""Feeds of every list: well-formed, whole, with pictures; nothing hidden; one number of queries."""

from __future__ import annotations

import json
from typing import Any

import feedparser
import pytest
from django.test import Client

from news.models import ArticlePage
from tests.builders import a_section, a_story, an_author, an_image, make_private
from tests.conftest import QueryCount

pytestmark = pytest.mark.django_db

KINDS = {"rss": "application/rss+xml", "atom": "application/atom+xml"}


@pytest.fixture
def story() -> ArticlePage:
    author = an_author("Maren Holubets")
    body = [
        ("paragraph", "<p>The ferry left at six &amp; came back.</p>"),
        ("image", {"image": an_image(), "caption": "The quay", "alt": ""}),
    ]
    return a_story(
        "Ferries <and> fares",
        summary="What changed",
        authors=(author,),
        tags=("harbour",),
        parent=a_section("City"),
        lead_image=an_image(credit="A. Photographer"),
        body=body,
    )


def addresses(story: ArticlePage) -> list[str]:
    author = story.bylines.get().author
    return ["/news/", story.get_parent().url, "/news/tag/harbour/", author.url]


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_can_be_followed(story: ArticlePage, reader: Client, kind: str) -> None:
    for address in addresses(story):
        answer = reader.get(f"{address}feed/{kind}/")
        assert answer.status_code == 200, address
        assert answer["Content-Type"] == f"{KINDS[kind]}; charset=utf-8"
        feed = feedparser.parse(answer.content)
        assert not feed.bozo, feed.get("bozo_exception")
        [entry] = feed.entries
        assert entry.title == "Ferries <and> fares" and entry.summary == "What changed"
        assert entry.link == f"http://testserver{story.url}"
        assert entry.author == "Maren Holubets"
        assert {tag.term for tag in entry.tags} == {"harbour"}
        html = entry.content[0].value
        assert "The ferry left at six &amp; came back." in html and "The quay" in html
        assert 'src="/' not in html and 'href="/' not in html
        [picture] = entry.media_content
        assert picture["url"].startswith("http") and picture["type"] == "image/jpeg"
        assert entry.media_credit[0]["content"] == "A. Photographer"


def test_json_feed(story: ArticlePage, reader: Client) -> None:
    for address in addresses(story):
        answer = reader.get(f"{address}feed/json/")
        assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
        feed = json.loads(answer.content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == f"http://testserver{address}feed/json/"
        [item] = feed["items"]
        assert item["title"] == "Ferries <and> fares" and item["tags"] == ["harbour"]
        assert item["authors"][0]["name"] == "Maren Holubets"
        assert item["date_published"].endswith("+00:00") and item["image"].startswith("http")


def test_who_has_it_already_is_told_so(story: ArticlePage, reader: Client) -> None:
    first = reader.get("/news/feed/rss/")
    again = reader.get("/news/feed/rss/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    a_story("Another", hours_ago=0)
    fresh = reader.get("/news/feed/rss/", headers={"If-None-Match": first["ETag"]})
    assert fresh.status_code == 200 and b"Another" in fresh.content


def test_what_is_hidden_stays_hidden(story: ArticlePage, reader: Client) -> None:
    a_story("A draft", live=False, tags=("harbour",))
    a_story("Only a draft", live=False, tags=("secret",))
    make_private(story)
    for address in addresses(story)[:2]:
        for kind in (*KINDS, "json"):
            assert b"fares" not in reader.get(f"{address}feed/{kind}/").content
    assert reader.get("/news/tag/harbour/feed/rss/").status_code == 404
    assert reader.get("/news/tag/secret/feed/rss/").status_code == 404
    assert reader.get("/news/feed/opml/").status_code == 404


def test_the_page_says_where(story: ArticlePage, reader: Client) -> None:
    for address in addresses(story):
        page = reader.get(address).content.decode()
        for kind in (*KINDS, "json"):
            assert f'href="{address}feed/{kind}/"' in page, address


def test_query_counts_do_not_grow(reader: Client, queries_of: QueryCount) -> None:
    counts: list[Any] = []
    for number in (3, 30):
        while ArticlePage.objects.count() < number:
            made = ArticlePage.objects.count()
            author, picture = an_author(f"Author {made}"), an_image()
            body = [("image", {"image": an_image(), "caption": "", "alt": ""})]
            tags = (f"tag {made}",)
            a_story(authors=(author,), lead_image=picture, body=body, tags=tags, hours_ago=made)
        counts.append([queries_of(f"/news/feed/{kind}/") for kind in (*KINDS, "json")])
    assert counts[0] == counts[1] == [10, 10, 10]


def test_a_standfirst_is_text_for_readers_that_take_it_for_html(reader: Client) -> None:
    a_story("Markup", summary="Fares < 5 & <img src=x onerror=alert(1)>", hours_ago=1)
    for kind in KINDS:
        [entry] = feedparser.parse(reader.get(f"/news/feed/{kind}/").content).entries
        assert "<img" not in entry.summary and "Fares &lt; 5" in entry.summary
