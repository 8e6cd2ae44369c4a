"""Legal hold outweighs every signature; and the author cannot send a lawyer away."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.background.schedule import run_due
from cms.log_actions import PUBLISH_REFUSED
from news.desk.legal_hold import set_hold
from news.editions.signatures import hold_on
from news.models import ArticlePage, Notice
from tests.builders import a_story, a_user, signed
from tests.door_table import (
    DRAFT,
    PEOPLE,
    REWRITE,
    a_story_in,
    make_due,
    newest,
    published,
    snapshot,
)
from tests.door_ways import JSON, press, says_why, script, told
from tests.doors import EDITORS, LEGAL, MANAGING, REPORTERS, SUPERUSER, admin, fresh, person

pytestmark = pytest.mark.django_db


def post(role: str, story: ArticlePage, **data: str) -> list[str]:
    client = admin(person(role))
    return told(client, client.post(reverse("legal_hold", args=(story.pk,)), data))


@pytest.mark.parametrize("role", PEOPLE)
def test_lawyers_hold_and_release(role: str) -> None:
    story = a_story_in(DRAFT, a_user(REPORTERS))
    sentences = post(role, story, held="on", reason="A court order")
    if role not in (LEGAL, SUPERUSER):
        assert hold_on(story.pk) is None and says_why(sentences, role, ""), sentences
        return
    assert (
        "A court order"
        in admin(person(EDITORS))
        .get(reverse("wagtailadmin_pages:edit", args=(story.pk,)))
        .content.decode()
    )
    assert "already" in " ".join(post(role, story, held="on", reason="Again"))
    assert "required" in " ".join(post(role, story, held="", reason=""))
    assert hold_on(story.pk) is not None
    post(role, story, held="", reason="Lifted")
    assert hold_on(story.pk) is None
    assert "not held" in " ".join(post(role, story, held="", reason="Again"))


@pytest.mark.parametrize("state", [DRAFT, REWRITE])
def test_nothing_held_becomes_public(state: str) -> None:
    story = a_story_in(state, a_user(REPORTERS))
    signed(story)
    set_hold(story, a_user(LEGAL), "A court order", held=True)
    before = snapshot(story)
    for user in (None, person(SUPERUSER)):
        with pytest.raises(PermissionDenied, match="Held by legal"):
            fresh(story).get_latest_revision().publish(user=user, skip_permission_checks=True)
    assert snapshot(story) == before


def test_a_held_story_misses_its_time_and_is_public_once_released() -> None:
    story = a_story("At its time", live=False, go_live_at=timezone.now() + timedelta(hours=1))
    story = published(story)
    lawyer, chief = a_user(LEGAL), a_user(MANAGING)
    set_hold(story, lawyer, "A court order", held=True)
    make_due(fresh(story).get_latest_revision())
    assert [run_due(), run_due()] == [0, 0]
    entry = PageLogEntry.objects.get(page=story.pk, action=PUBLISH_REFUSED)
    assert "Held by legal" in entry.data["reason"]
    told = {notice.person for notice in Notice.objects.filter(event="held")}
    assert chief in told and lawyer not in told
    set_hold(story, lawyer, "Lifted", held=False)
    assert run_due() == 1
    assert fresh(story).live and newest(story).channel == "schedule"


@pytest.mark.parametrize("channel", ["admin", "v3"])
@pytest.mark.parametrize("role", [REPORTERS, EDITORS])
def test_the_author_cannot_send_the_lawyer_away(role: str, channel: str) -> None:
    owner = a_user(role)
    story = a_story_in(DRAFT, owner)
    press(owner, story, needs_legal_review="on")
    assert fresh(story).get_latest_revision_as_object().needs_legal_review
    if channel == "admin":
        press(owner, story)
    else:
        data = {"needs_legal_review": False}
        script(owner).patch(f"/api/v3/pages/{story.pk}/", data, content_type=JSON)
        draft = fresh(story).get_latest_revision_as_object()
        draft.needs_legal_review = False
        draft.save_revision(user=owner)
    flagged = fresh(story).get_latest_revision_as_object().needs_legal_review
    assert flagged == (role == REPORTERS)
