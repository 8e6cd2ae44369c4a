"""A signature holds for the text that was shown, and for the time that was set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision

from cms.background.schedule import run_due
from cms.models import User
from news.editions.errors import Refused
from news.editions.signatures import digest_of
from news.models import ArticlePage, Edition
from tests.builders import a_story, a_user, decide, signed, submit
from tests.doors import (
    EDITORS,
    MANAGING,
    PAGES,
    REPORTERS,
    admin,
    draft_title,
    edit,
    edit_form,
    fresh,
    stage,
    waiting_at,
)
from tests.signing import LATER, autosave, pass_time, rewritten, sign_at_the_end

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("form", [{}, LATER], ids=["now", "later"])
def test_autosave_does_not_overwrite_a_signed_text(form: dict[str, str]) -> None:
    """The tab of whoever edited last is still open when somebody signs."""
    chief, other = a_user(MANAGING), a_user(MANAGING)
    story = waiting_at("publication", a_user(REPORTERS), title="Before")
    edit(other, story, title="As signed")
    tab = edit_form(admin(other), story)
    revision = fresh(story).get_latest_revision()
    text = fresh(story).draft_digest
    story = sign_at_the_end(story, chief, **form)
    assert story.live == (not form)
    autosave(other, story, tab, revision, "Slipped in")
    revision = Revision.objects.get(pk=revision.pk)
    assert digest_of(revision.as_object()) == text
    assert fresh(story).title == "As signed" or not fresh(story).live
    pass_time(story)
    run_due()
    story = fresh(story)
    assert (story.live, story.title) == (True, "As signed")
    assert story.editions.get().digest == digest_of(story)


def test_autosave_during_review_ends_what_was_signed_so_far() -> None:
    chief, other = a_user(MANAGING), a_user(MANAGING)
    story = waiting_at("publication", a_user(REPORTERS))
    edit(other, story, title="As shown")
    tab = edit_form(admin(other), story)
    shown = fresh(story).draft_digest
    autosave(other, story, tab, fresh(story).get_latest_revision(), "Slipped in")
    assert draft_title(story) == "Slipped in"
    assert not sign_at_the_end(story, chief, digest=shown).live
    assert stage(story) == "publication"


def test_a_stale_tab_signs_nothing() -> None:
    chief = a_user(MANAGING)
    story = waiting_at("publication", a_user(REPORTERS), title="As shown")
    shown = fresh(story).draft_digest
    edit(a_user(MANAGING), story, title="Slipped in")
    for stale in (shown, "", "0" * 64):
        for form in ({}, LATER):
            story = sign_at_the_end(story, chief, digest=stale, **form)
            assert (story.live, stage(story)) == (False, "publication")
            assert not story.approved_schedule
    assert not Edition.objects.filter(story=story).exists()
    state = story.current_workflow_task_state
    address = reverse(f"{PAGES}:workflow_action", args=(story.pk, "approve", state.pk))
    page = admin(chief).post(address, {"digest": shown, "comment": ""}, follow=True)
    assert "The text changed while you read it" in page.content.decode()
    assert sign_at_the_end(story, chief).title == "Slipped in"
    assert fresh(story).live


@pytest.mark.parametrize("way", ["at its time", "by code"])
def test_the_signed_text_becomes_public_not_the_newest(way: str) -> None:
    story = waiting_at("publication", a_user(REPORTERS), title="Signed")
    if way == "at its time":
        sign_at_the_end(story, a_user(MANAGING), **LATER)
    else:
        signed(story)
    older = fresh(story).get_latest_revision()
    newer = fresh(story).get_latest_revision_as_object()
    newer.title = "Not signed"
    newer.save_revision(user=a_user(EDITORS))
    if way == "at its time":
        pass_time(story)
        assert run_due() == 1
    else:
        older.publish()
    story = fresh(story)
    assert (story.live, story.title, draft_title(story)) == (True, "Signed", "Not signed")
    assert story.editions.get().document["headline"] == "Signed"
    with pytest.raises(Refused):
        story.get_latest_revision().publish()
    assert fresh(story).title == "Signed"


def an_embargo() -> tuple[ArticlePage, User]:
    """A story signed for later under embargo, then taken off the schedule."""
    chief = a_user(MANAGING)
    story = a_story("Held", live=False, body=[("heading", "Words")])
    story.published_at = None
    story.save_revision()
    story = sign_at_the_end(decide_up_to_the_end(story), chief, embargo="on", **LATER)
    revision = story.get_latest_revision()
    assert revision.approved_go_live_at
    address = reverse(f"{PAGES}:revisions_unschedule", args=(story.pk, revision.pk))
    admin(chief).post(address)
    assert not fresh(story).approved_schedule
    return fresh(story), chief


def test_an_embargo_is_brought_forward_with_a_reason_only() -> None:
    story, chief = an_embargo()
    story = decide_up_to_the_end(story)
    sooner = {"public_from": (timezone.now() + timedelta(hours=1)).isoformat()}
    for form in ({}, {"reason": "  "}, sooner):
        story = sign_at_the_end(story, chief, **form)
        assert (story.live, stage(story)) == (False, "publication")
        assert not story.approved_schedule
    story = sign_at_the_end(story, chief, reason="The minister has spoken")
    assert story.live
    assert story.editions.get().reason == "The minister has spoken"


def decide_up_to_the_end(story: ArticlePage) -> ArticlePage:
    return decide(submit(story, a_user(REPORTERS)), a_user(EDITORS))


@pytest.mark.parametrize("channel", ["form", "code"])
def test_the_old_signature_under_embargo_publishes_nothing_sooner(channel: str) -> None:
    """It stands for the text at that time, not before."""
    story, chief = an_embargo()
    draft = story.get_latest_revision_as_object()
    text, draft.go_live_at = digest_of(draft), None
    draft.save_revision(user=chief)
    if channel == "form":
        edit(chief, story, **{"action-publish": "action-publish"})
        assert fresh(story).draft_digest == text, "not one word was changed"
    else:
        with pytest.raises(Refused):
            fresh(story).get_latest_revision().publish()
    assert not fresh(story).live


@pytest.mark.parametrize("kind", ["clarification", "correction"])
def test_readers_are_told_what_was_wrong(kind: str) -> None:
    chief, owner = a_user(MANAGING), a_user(REPORTERS)
    story = rewritten(a_story("Live", owner=owner), owner)
    story = decide(submit(story, owner), a_user(EDITORS))
    for note in ("", "  "):
        story = sign_at_the_end(story, chief, kind=kind, note=note)
        assert (story.title, stage(story)) == ("Live", "publication")
    story = sign_at_the_end(story, chief, kind=kind, note="We had the year wrong")
    assert (story.title, story.editions.last().kind) == ("Rewritten", kind)
    assert story.editions.last().note == "We had the year wrong"
