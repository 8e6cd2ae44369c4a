"""A document says in which format it was made: old formats stay computable and verifiable."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from news.content.story import Story
from news.editions import document as documents
from news.editions import signatures
from news.editions.differences import differences
from news.editions.document import digest, document, format_1
from news.guard.verify import findings
from news.models import ArticlePage, Edition, Signature
from tests.builders import a_story, publish_again, signed

pytestmark = pytest.mark.django_db


def format_2(story: Story) -> dict[str, Any]:
    return format_1(story) | {"words": story.word_count}


@pytest.fixture
def new_format(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def begin() -> None:
        monkeypatch.setitem(documents.FORMATS, 2, format_2)
        for module in (documents, signatures):
            monkeypatch.setattr(module, "FORMAT", 2)

    return begin


def newest(story: ArticlePage) -> Edition:
    return Edition.objects.filter(story=story).latest("number")


def test_an_edition_and_a_signature_say_their_format() -> None:
    story = a_story()
    assert newest(story).format == 1
    assert set(Signature.objects.filter(story=story).values_list("format", flat=True)) == {1}


def test_what_was_published_before_stays_verified_and_editable(
    new_format: Callable[[], None],
) -> None:
    story = a_story("Before")
    new_format()
    assert list(findings()) == []
    story.save()  # changes nothing public, judged in the format of its edition
    story.title = "After"
    story = publish_again(story)
    assert newest(story).format == 2 and newest(story).document["words"] == 2
    assert newest(story).digest == digest(document(story, 2)) != digest(document(story, 1))
    assert list(findings()) == []


def test_what_was_signed_before_is_published_in_its_format(new_format: Callable[[], None]) -> None:
    story = a_story("Waiting", live=False)
    draft = signed(story)
    new_format()
    ArticlePage.objects.get(pk=story.pk).get_latest_revision().publish(skip_permission_checks=True)
    edition = newest(story)
    assert edition.live and edition.format == 1
    assert edition.digest == digest(format_1(draft)) and "words" not in edition.document
    assert list(findings()) == []


def test_the_same_text_again_is_no_new_edition(new_format: Callable[[], None]) -> None:
    story = a_story("Same")
    new_format()
    story.get_latest_revision().publish(skip_permission_checks=True)
    assert newest(story).number == 1


def test_a_new_part_is_no_difference(new_format: Callable[[], None]) -> None:
    story = a_story()
    before = document(story)
    new_format()
    assert differences(before, document(story)) == []
