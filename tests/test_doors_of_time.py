"""Expiry takes its reason when its date is set; what comes back is on record too."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.background.schedule import run_due
from tests.builders import a_user
from tests.door_rooms import Newsroom
from tests.door_table import (
    DRAFT,
    PEOPLE,
    PUBLISHERS,
    a_story_in,
    is_public,
    kept_text,
    live_digest,
    newest,
    published,
    readers_see,
    snapshot,
    visitor,
)
from tests.door_ways import dialog, press, says_why, told
from tests.doors import EDITORS, MANAGING, PAGES, REPORTERS, admin, fresh, person

pytestmark = pytest.mark.django_db

WHY = "A court asked for it"


@pytest.mark.parametrize("role", PEOPLE)
def test_expiry_takes_its_reason_when_its_date_is_set(role: str, room: Newsroom) -> None:
    user, story = visitor(role, room.owner), fresh(room.stories[1])
    before, seen = snapshot(story), readers_see(story)
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    sentences = press(user, story, expire_at=later)
    assert snapshot(story) == before, "nothing is saved"
    assert says_why(sentences, role, "why"), sentences
    press(user, story, expire_at=later, expiry_reason="The licence ends")
    kept = kept_text(before, snapshot(story))
    if role in (REPORTERS, EDITORS, *PUBLISHERS):
        assert kept is not None and kept.content["expire_at"]
        assert kept.content["expiry_reason"] == "The licence ends"
    else:
        assert kept is None
    assert readers_see(story) == seen


def test_the_clock_ends_a_story_with_the_reason_that_was_given() -> None:
    story = published(a_story_in(DRAFT, owner=a_user(REPORTERS)))
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    press(person(MANAGING), story, expire_at=later, expiry_reason="The licence ends")
    story = published(story)
    assert story.expire_at and newest(story).number == 1, "a date is no text"
    Page.objects.filter(pk=story.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert [run_due(), run_due()] == [1, 0]
    edition = newest(story)
    assert (edition.number, edition.kind, edition.channel) == (2, "withdrawal", "expiry")
    assert edition.reason == "The licence ends" and not edition.live and not edition.public
    assert not is_public(story) and fresh(story).expired


@pytest.mark.parametrize("role", PUBLISHERS)
def test_the_date_of_an_expiry_needs_no_signature(role: str) -> None:
    """The text is what is public already."""
    story = published(a_story_in(DRAFT, owner=a_user(REPORTERS)))
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    form = {"expire_at": later, "expiry_reason": "The licence ends"}
    sentences = press(person(role), story, **form, **{"action-publish": "action-publish"})
    assert fresh(story).expire_at, sentences
    assert fresh(story).live and newest(story).number == 1


def test_a_section_that_expires_takes_no_story_along_unrecorded(room: Newsroom) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Page.objects.filter(pk=room.section.pk).update(expire_at=past)
    run_due()
    for story in room.stories:
        assert newest(story).public == is_public(story)


def test_a_story_that_comes_back_is_restored_on_record(room: Newsroom) -> None:
    story, user = room.stories[0], person(MANAGING)
    text = live_digest(story)
    address = reverse(f"{PAGES}:set_privacy", args=(room.section.pk,))
    dialog(user).post(address, {"restriction_type": "login", "withdrawal_reason": WHY})
    inside = published(room.draft)
    assert not is_public(inside) and not newest(inside).public
    dialog(user).post(address, {"restriction_type": "none"})
    for page in (story, inside):
        edition = newest(page)
        assert edition.kind == "restored" and edition.public and is_public(page)
        assert edition.by == user
    assert newest(story).digest == text


def test_an_alias_follows_its_source_and_goes_by_no_door_of_its_own(room: Newsroom) -> None:
    twin = room.stories[0].create_alias(parent=room.section, update_slug="twin")
    client = admin(person(MANAGING))
    address = reverse(f"{PAGES}:unpublish", args=(twin.pk,))
    answer = client.post(address, {"withdrawal_reason": WHY})
    assert says_why(told(client, answer), MANAGING, "source"), told(client, answer)
    assert fresh(twin).live and is_public(twin)
