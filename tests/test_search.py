"""Readers find published stories, the most relevant first, on both databases."""

from __future__ import annotations

import pytest
from django.test import Client

from search.engine import search_stories, words_of
from tests.builders import a_story, an_author

pytestmark = pytest.mark.django_db


def titles(query: str) -> list[str]:
    return [story.title for story in search_stories(query)]


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
    assert (first.context["count"], len(first.context["stories"])) == (23, 20)
    second = reader.get("/search/", {"q": "ferry", "page": first.context["next_page"]})
    assert len(second.context["stories"]) == 3
    assert second.context["next_page"] is None


def test_an_empty_result_is_a_page(reader: Client) -> None:
    answer = reader.get("/search/", {"q": "nosuchword"})
    assert answer.status_code == 200
    assert answer.context["count"] == 0
