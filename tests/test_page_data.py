"""A page's data says what the page says: the same names, moments, pictures and addresses."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from cms.models import Image
from news.models import ArticlePage
from tests.builders import a_section, a_story, an_author, an_image, publish_again

pytestmark = pytest.mark.django_db

HOST: str = settings.BASE_URL
MAIN = "//main"


class Seen:
    """A page as readers and as machines see it. `parts` is its data by type."""

    def __init__(self, reader: Client, address: str) -> None:
        answer = reader.get(address)
        assert answer.status_code == 200, address
        self.tree = html.fromstring(answer.content.decode())
        [script] = self.tree.xpath("//script[@type='application/ld+json']")
        graph = json.loads(script.text)["@graph"]
        self.parts: dict[str, Any] = {part["@type"]: part for part in graph}
        assert len(self.parts) == len(graph)

    def words(self, path: str) -> list[str]:
        """The words of what an XPath finds."""
        return [" ".join(found.text_content().split()) for found in self.tree.xpath(path)]

    def links(self, path: str) -> list[str]:
        return [HOST + link.removeprefix(HOST) for link in self.tree.xpath(f"{path}/@href")]

    def meta(self, name: str) -> str:
        [content] = self.tree.xpath(f"//meta[@property='{name}' or @name='{name}']/@content")
        return str(content)

    @property
    def canonical(self) -> str:
        [address] = self.tree.xpath("//link[@rel='canonical']/@href")
        return str(address)


@pytest.fixture
def reader() -> Client:
    """Asks for the address of the publication, so that what the page says of itself is one."""
    return Client(headers={"host": HOST.partition("://")[2]})


@pytest.fixture
def story() -> ArticlePage:
    made = a_story(
        "Fares & “ferries” — Київ",
        summary="What changed, and for whom",
        genre="news",
        authors=(an_author("Maren Holubets"), an_author("Ілля Q. Sample")),
        tags=("harbour", "fares & fines"),
        parent=a_section("City & port"),
        lead_image=an_image("Quay"),
        hours_ago=30,
    )
    made.body = [("paragraph", "<p>Other words.</p>")]
    return publish_again(made)


def test_a_story_names_who_wrote_it(story: ArticlePage, reader: Client) -> None:
    seen = Seen(reader, story.url)
    people = seen.parts["NewsArticle"]["author"]
    assert [it["name"] for it in people] == seen.words("//header//a[@rel='author']")
    assert [it["url"] for it in people] == seen.links("//header//a[@rel='author']")
    assert [it["@type"] for it in people] == ["Person", "Person"]
    for person in people:
        profile = Seen(reader, person["url"].removeprefix(HOST)).parts["ProfilePage"]
        assert profile["mainEntity"]["name"] == person["name"]
        assert profile["mainEntity"]["url"] == person["url"]


def test_a_story_tells_when(story: ArticlePage, reader: Client) -> None:
    seen = Seen(reader, story.url)
    found = seen.parts["NewsArticle"]
    told = [found["datePublished"], found["dateModified"]]
    assert [datetime.fromisoformat(it) for it in told] == [story.published_at, story.updated_at]
    assert story.updated_at > story.published_at
    metas = [seen.meta("article:published_time"), seen.meta("article:modified_time")]
    shown = seen.tree.xpath(f"{MAIN}//header//time/@datetime")
    assert seconds(told) == seconds(metas) == seconds(shown)


def seconds(moments: list[str]) -> list[datetime]:
    return [datetime.fromisoformat(it).replace(microsecond=0).astimezone(UTC) for it in moments]


def test_a_story_that_was_not_updated_changed_when_published(reader: Client) -> None:
    found = Seen(reader, a_story("As it was").url).parts["NewsArticle"]
    assert found["dateModified"] == found["datePublished"]
    assert not {"author", "image", "articleSection", "keywords"} & set(found)


def test_a_story_shows_its_pictures(story: ArticlePage, reader: Client) -> None:
    seen = Seen(reader, story.url)
    pictures = seen.parts["NewsArticle"]["image"]
    assert pictures[0] == seen.meta("og:image")
    made = set(story.lead_image.renditions.values_list("file", flat=True))
    for picture in pictures:
        assert picture.startswith(f"{HOST}/media/")
        assert picture.removeprefix(f"{HOST}/media/") in made


def test_the_picture_for_others_comes_first(story: ArticlePage, reader: Client) -> None:
    card = an_image("Card")
    story.social_image = card
    seen = Seen(reader, publish_again(story).url)
    assert pictured(card, seen.parts["NewsArticle"]["image"])
    assert pictured(card, [seen.meta("og:image")])


def pictured(image: Image, addresses: list[str]) -> bool:
    made = image.renditions.values_list("file", flat=True)
    return bool(addresses) and all(it.removeprefix(f"{HOST}/media/") in made for it in addresses)


def test_a_story_has_a_place(story: ArticlePage, reader: Client) -> None:
    seen = Seen(reader, story.url)
    found, section = seen.parts["NewsArticle"], story.get_parent()
    assert found["articleSection"] == section.title
    assert section.title in seen.words(f"{MAIN}//header//a")
    steps = seen.parts["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["item"] for step in steps] == [f"{HOST}/", HOST + section.url, seen.canonical]
    assert found["mainEntityOfPage"] == found["@id"].partition("#")[0] == seen.canonical
    assert [found["headline"]] == seen.words("//h1") == [story.title]
    assert found["description"] == seen.meta("description") == story.summary
    assert found["keywords"] == seen.words(f"{MAIN}//a[@rel='tag']")
    assert found["inLanguage"] == seen.tree.get("lang")
    publisher = seen.parts["NewsMediaOrganization"]
    assert found["publisher"] == {"@id": publisher["@id"]}
    assert publisher["name"] == seen.meta("og:site_name")


def test_an_author_as_data(reader: Client) -> None:
    links = [("link", {"label": "Elsewhere", "url": "https://social.example/@maren"})]
    author = an_author(
        "Maren O’Holubets", role="Reporter & editor", photo=an_image("Maren"), contact_links=links
    )
    a_story(authors=(author,))
    seen = Seen(reader, author.url)
    profile = seen.parts["ProfilePage"]
    person = profile["mainEntity"]
    assert profile["url"] == person["url"] == seen.canonical == HOST + author.url
    assert [person["name"]] == seen.words("//h1")
    assert person["@type"] == "Person" and person["jobTitle"] in seen.words(f"{MAIN}//*")
    assert pictured(author.photo, [person["image"]])
    assert person["sameAs"] == ["https://social.example/@maren"]
    assert set(person["sameAs"]) <= set(seen.tree.xpath(f"{MAIN}//a/@href"))


def test_lists_as_data(story: ArticlePage, reader: Client) -> None:
    for address in ("/news/", story.get_parent().url, "/news/tag/harbour/"):
        seen = Seen(reader, address)
        collection = seen.parts["CollectionPage"]
        assert collection["url"] == seen.canonical == HOST + address
        assert [collection["name"]] == seen.words("//h1"), address
        *before, last = seen.parts["BreadcrumbList"]["itemListElement"]
        assert last["item"] == HOST + address and before[0]["item"] == f"{HOST}/"


def test_the_front_page_is_the_site(story: ArticlePage, reader: Client) -> None:
    seen = Seen(reader, "/")
    site = seen.parts["WebSite"]
    assert site["url"] == seen.parts["NewsMediaOrganization"]["url"] == seen.canonical
    forms = set(seen.tree.xpath("//form[@role='search']/@action"))
    assert {f"{HOST}{form}?q={{search_term_string}}" for form in forms} == {
        site["potentialAction"]["target"]
    }
