"""No channel of the admin or of v3 publishes a story past its review."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import APIToken
from wagtail.test.utils.form_data import nested_form_data, querydict_from_html, streamfield

from news.models import ArticlePage
from tests.builders import a_story, feed, submit
from tests.doors import (
    EDITORS,
    MANAGING,
    PAGES,
    REPORTERS,
    STORY,
    SUPERUSER,
    admin,
    edit,
    fresh,
    person,
    stage,
)

pytestmark = pytest.mark.django_db


JSON = "application/json"
CHANGE = {"title": "Unsigned", "meta": {"action": "publish"}}


@pytest.mark.parametrize("when", ["draft", "in review", "rewrite of a live story"])
@pytest.mark.parametrize("role", [REPORTERS, EDITORS, MANAGING, SUPERUSER])
def test_nobody_publishes_past_the_review(role: str, when: str) -> None:
    user = person(role)
    story = a_story("Before", live=when.startswith("rewrite"), owner=user)
    if when == "in review":
        story = submit(story, user)
    story.title = "Unsigned"
    story.save_revision()
    edit(user, story, **{"title": "Unsigned", "action-publish": "action-publish"})
    later = (timezone.now() + timedelta(minutes=5)).strftime("%Y-%m-%d %H:%M")
    edit(user, story, **{"action-publish": "action-publish", "go_live_at": later})
    bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "publish"))
    for form in ({}, {"include_descendants": "on"}):
        for pk in (story.pk, feed().pk):
            admin(user).post(f"{bulk}?id={pk}&next=/admin/", {"next": "/admin/", **form})
    _token, text = APIToken.create_token(user=user, name="script")
    script = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {text}"})
    new = {"parent_id": feed().pk, "type": "news.ArticlePage", "action": "publish"}
    attempts = [
        script.post(f"/api/v3/pages/{story.pk}/actions/{action}/", data, content_type=JSON)
        for action, data in (("publish", {}), ("copy", {"keep_live": True}))
    ]
    attempts += [
        script.patch(f"/api/v3/pages/{story.pk}/", CHANGE, content_type=JSON),
        script.post("/api/v3/pages/", {**CHANGE, "slug": "x", "meta": new}, content_type=JSON),
    ]
    assert {answer.status_code for answer in attempts} == {403}
    # An alias is what its source is: it makes nothing public.
    script.post(f"/api/v3/pages/{story.pk}/actions/create_alias/", {}, content_type=JSON)
    everything_below = {"include_descendants": True}
    address = f"/api/v3/pages/{feed().pk}/actions/publish/"
    script.post(address, everything_below, content_type=JSON)
    copy = {"new_title": "Unsigned", "new_slug": "copy", "new_parent_page": feed().pk}
    for box in ("alias", "publish_copies"):
        admin(user).post(reverse(f"{PAGES}:copy", args=(story.pk,)), {**copy, box: "on"})
    assert not ArticlePage.objects.filter(live=True, title="Unsigned").exists()
    assert fresh(story).live == when.startswith("rewrite")
    assert not fresh(story).approved_schedule
    if when == "in review":
        assert stage(story) == "desk", "the refusal leaves the review as it was"


@pytest.mark.parametrize("role", [REPORTERS, EDITORS, MANAGING, SUPERUSER])
def test_nobody_creates_and_publishes_in_one_go(role: str) -> None:
    client = admin(person(role))
    address = reverse(f"{PAGES}:add", args=(*STORY, feed().pk))
    form = client.get(address).content.decode()
    data = querydict_from_html(form, form_id="page-edit-form")
    data.update(nested_form_data({"body": streamfield([])}))
    data.update({"title": "At once", "slug": "at-once", "action-publish": "action-publish"})
    client.post(address, data)
    assert not ArticlePage.objects.filter(live=True).exists()
    assert Client().get("/news/at-once/").status_code == 404
