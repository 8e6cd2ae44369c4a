"""Readers find published stories, the most relevant first, on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from news.models import ArticlePage
from search.engine import find, snippet, words_of
from tests.builders import a_section, a_story, an_author

pytestmark = pytest.mark.django_db


def titles(query: str) -> list[str]:
    ids = find(query, ArticlePage.objects.published())
    found = ArticlePage.objects.in_bulk(ids)
    return [found[pk].title for pk in ids]


def test_every_part_of_a_story_is_found() -> None:
    a_story(
        "Quokka headline",
        summary="A wombat in the standfirst",
        kicker="Numbat",
        dateline="PLATYPUS",
        credit_line="With reporting by Echidna",
        authors=(an_author("Bandicoot Smith"),),
        tags=("kookaburra",),
        body=[
            ("paragraph", "<p>Some <b>dingo</b> text</p>"),
            ("heading", "A cassowary"),
            ("quote", {"text": "Possum, he said", "attribution": "Somebody Galah"}),
        ],
    )
    a_story("Nothing of the kind")
    for word in (
        *("quokka", "wombat", "numbat", "platypus", "echidna", "bandicoot"),
        *("kookaburra", "dingo", "cassowary", "possum", "galah"),
    ):
        assert titles(word) == ["Quokka headline"], word
    assert titles("quokka dingo") == ["Quokka headline"]
    assert titles("quokka nothing") == []


def test_a_word_of_the_headline_counts_most() -> None:
    a_story("In passing", body=[("paragraph", "<p>harbour " + "filler " * 40 + "</p>")])
    a_story("The harbour closes", body=[("paragraph", "<p>Nothing else.</p>")])
    a_story("Also in passing", body=[("paragraph", "<p>" + "filler " * 60 + " harbour</p>")])
    assert titles("harbour")[0] == "The harbour closes"
    assert len(titles("HARBOUR")) == 3


def test_cyrillic_in_any_case_and_by_the_beginning_of_long_words() -> None:
    a_story("Верховна Рада ухвалила бюджет", body=[("paragraph", "<p>У залі парламенту тихо.</p>")])
    assert titles("рада") == titles("РАДА") == titles("парламент") != []


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ('a "quoted" phrase*', ["a", "quoted", "phrase"]),
        ("it's AND/OR NEAR(", ["it", "s", "AND", "OR", "NEAR"]),
        ("nul\x00byte \ud800", ["nul", "byte"]),
        ("x" * 100, ["x" * 64]),
        ("w " * 30, ["w"] * 10),
        ("_ - *", []),
    ],
)
def test_only_words_reach_the_database(query: str, words: list[str]) -> None:
    assert words_of(query) == words


def test_the_page_shows_what_was_found_and_pages_on(reader: Client) -> None:
    for number in range(23):
        a_story(f"Ferry number {number}")
    first = reader.get("/search/", {"q": "ferry"})
    assert (first.context_data["count"], len(first.context_data["stories"])) == (23, 20)
    second = reader.get("/search/" + first.context_data["next_page"])
    assert len(second.context_data["stories"]) == 3
    assert second.context_data["next_page"] is None


def test_an_empty_result_is_a_page(reader: Client) -> None:
    answer = reader.get("/search/", {"q": "nosuchword"})
    assert answer.status_code == 200
    assert answer.context_data["count"] == 0


def test_a_fresh_story_comes_before_an_old_one() -> None:
    a_story("The ferry sails", hours_ago=24 * 400)
    a_story("The ferry sails", slug="again", hours_ago=2, kicker="fresh")
    a_story("The ferry sails", slug="older", hours_ago=24 * 30)
    ids = find("ferry", ArticlePage.objects.published())
    dates = [ArticlePage.objects.get(pk=pk).published_at for pk in ids]
    assert dates == sorted(dates, reverse=True)


def test_filters_are_those_of_the_api(reader: Client) -> None:
    world = a_section("World", slug="world")
    ada = an_author("Ada", slug="ada")
    a_story("Ferry one", parent=world, authors=(ada,), hours_ago=30, genre="opinion")
    a_story("Ferry two", hours_ago=1)

    def found(**filters: str) -> list[str]:
        answer = reader.get("/search/", {"q": "ferry", **filters})
        return sorted(story.title for story in answer.context_data["stories"])

    assert found() == ["Ferry one", "Ferry two"]
    assert found(section="world") == found(author="ada") == found(genre="opinion") == ["Ferry one"]
    day = f"{timezone.now() - timedelta(hours=12):%Y-%m-%dT%H:%M:%SZ}"
    assert found(published_after=day) == ["Ferry two"]
    assert found(published_before=day) == ["Ferry one"]
    some_days_ago = f"{timezone.now() - timedelta(days=4):%Y-%m-%d}"
    assert found(published_after=some_days_ago) == ["Ferry one", "Ferry two"]
    assert found(section="", author="", published_after="") == ["Ferry one", "Ferry two"]
    for name, value in {"genre": "nope", "published_after": "yesterday"}.items():
        assert reader.get("/search/", {"q": "ferry", name: value}).status_code == 400


def test_a_snippet_shows_why(reader: Client) -> None:
    long = "filler " * 80 + "the harbour froze " + "again " * 80
    story = a_story("Title", summary="A standfirst", body=[("paragraph", f"<p>{long}</p>")])
    text = snippet(story.summary, story.body.raw_data, ["harbour"])
    assert "the harbour froze" in text
    assert text.startswith("… ") and text.endswith(" …") and len(text) < 260
    assert snippet(story.summary, story.body.raw_data, ["standfirst"]) == "A standfirst"
    assert "<mark>harbour</mark>" in reader.get("/search/?q=harbour").content.decode()
