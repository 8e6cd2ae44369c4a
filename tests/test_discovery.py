"""What search engines read: sitemaps, robots.txt, security.txt, and each page as data."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from cms.models import PublicationSettings
from news.models import ArticlePage
from tests.builders import a_section, a_story, an_author, an_image, feed, make_private
from tests.conftest import QueryCount

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


def locations(reader: Client, address: str) -> list[str]:
    answer = reader.get(address)
    assert answer.status_code == 200 and answer["Content-Type"].startswith("application/xml")
    return re.findall(r"<loc>(.*?)</loc>", answer.content.decode())


def dated(headline: str, year: int, month: int, **fields: Any) -> ArticlePage:
    ago = timezone.now() - datetime(year, month, 3, tzinfo=UTC)
    return a_story(headline, hours_ago=ago / timedelta(hours=1), **fields)


def test_the_index_names_pages_and_each_month_with_stories(reader: Client) -> None:
    old, new = dated("Old", 2024, 2), dated("New", 2026, 1)
    dated("A draft", 2025, 5, live=False)
    parts = locations(reader, "/sitemap.xml")
    names = ("pages", "2026-01", "2024-02")
    assert parts == [f"{HOST}/sitemap-{name}.xml" for name in names]
    assert locations(reader, "/sitemap-2026-01.xml") == [HOST + new.url]
    assert locations(reader, "/sitemap-2024-02.xml") == [HOST + old.url]
    assert f"{HOST}/news/" in locations(reader, "/sitemap-pages.xml")
    for name in ("2025-05", "2026-13", "26-1", "x"):
        assert reader.get(f"/sitemap-{name}.xml").status_code == 404


def test_only_what_everybody_may_see_and_only_its_own_address(reader: Client) -> None:
    hidden, held = a_section("Hidden"), a_section("Open")
    a_story("Behind a channel", parent=hidden)
    a_story("Syndicated", canonical_url="https://elsewhere.example/story")
    make_private(hidden)
    everything = [
        address
        for part in locations(reader, "/sitemap.xml")
        for address in locations(reader, part.removeprefix(HOST))
    ]
    everything += locations(reader, "/news-sitemap.xml")
    assert HOST + held.url in everything
    assert not [it for it in everything if "hidden" in it or "syndicated" in it]


def test_news_are_those_of_two_days(reader: Client) -> None:
    fresh, _old = a_story("Fresh & new", hours_ago=3), a_story("Old", hours_ago=50)
    text = reader.get("/news-sitemap.xml").content.decode()
    assert locations(reader, "/news-sitemap.xml") == [HOST + fresh.url]
    assert "<news:title>Fresh &amp; new</news:title>" in text
    assert "<news:language>en</news:language>" in text
    assert f"<news:name>{PublicationSettings.load().name}</news:name>" in text


def test_robots_and_security(reader: Client, settings: Any) -> None:
    robots = reader.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in robots and f"Sitemap: {HOST}/sitemap.xml" in robots
    assert reader.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "mailto:desk@news.example"
    text = reader.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:desk@news.example\nExpires: " in text


def test_sitemaps_cost_the_same_for_3_and_30(reader: Client, queries_of: QueryCount) -> None:
    counts = []
    for number in (3, 30):
        for made in range(ArticlePage.objects.count(), number):
            a_story(f"Story {made}", hours_ago=1)
        month = locations(reader, "/sitemap.xml")[1].removeprefix(HOST)
        counts.append([queries_of(it) for it in ("/sitemap.xml", month, "/news-sitemap.xml")])
    assert counts[0] == counts[1] == [2, 5, 4]


def data_of(reader: Client, address: str) -> dict[str, dict[str, Any]]:
    """Out: the parts of the page's data by their type."""
    page = reader.get(address).content.decode()
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    return {part["@type"]: part for part in data["@graph"]}


def test_a_story_as_data(reader: Client) -> None:
    author = an_author("Maren Holubets", role="Reporter")
    section = a_section("City")
    story = a_story(
        "The </script><b>fare</b> & more",
        summary="What changed",
        genre="analysis",
        dateline="ODESA",
        authors=(author,),
        tags=("harbour",),
        parent=section,
        lead_image=an_image(),
    )
    data = data_of(reader, story.url)
    found = data["AnalysisNewsArticle"]
    assert found["headline"] == "The </script><b>fare</b> & more"
    assert found["datePublished"] == story.published_at.isoformat()
    assert found["author"] == [
        {"@type": "Person", "name": "Maren Holubets", "url": settings.BASE_URL + author.url}
    ]
    assert found["articleSection"] == "City" and found["keywords"] == ["harbour"]
    assert found["inLanguage"] == "en" and found["dateline"] == "ODESA"
    assert found["wordCount"] == story.word_count
    for picture in found["image"]:
        assert reader.get(picture.removeprefix(settings.BASE_URL)).status_code in (200, 404)
        assert picture.startswith("http")
    assert found["publisher"]["@id"] == data["NewsMediaOrganization"]["@id"]
    steps = data["BreadcrumbList"]["itemListElement"]
    assert [step["name"] for step in steps][1:] == ["City", story.title]
    assert data_of(reader, section.url)["CollectionPage"]["url"] == settings.BASE_URL + section.url
    assert data_of(reader, "/news/tag/harbour/")["CollectionPage"]["name"] == "harbour"
    person = data_of(reader, author.url)["ProfilePage"]["mainEntity"]
    assert (person["name"], person["jobTitle"]) == ("Maren Holubets", "Reporter")
    assert "WebSite" in data_of(reader, "/")
    assert feed().url == "/news/"
