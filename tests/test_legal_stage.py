"""A lawyer reads, comments and decides on one page; until then the text stands still."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from wagtail.models import Comment, TaskState, Workflow

from cms.models import User
from news.models import ArticlePage
from news.review.roles import WORKFLOW
from tests.builders import a_story, a_user
from tests.commenting import page_of, write
from tests.doors import (
    EDITORS,
    LEGAL,
    MANAGING,
    PAGES,
    REPORTERS,
    SUPERUSER,
    admin,
    draft_title,
    edit_form,
    fresh,
    person,
    stage,
    waiting_at,
)

pytestmark = pytest.mark.django_db
HOME = "/admin/"


def decide_there(user: User, story: ArticlePage, decision: str, comment: str = "") -> Any:
    state = fresh(story).current_workflow_task_state
    data = {"decision": decision, "comment": comment, "task_state": state.pk}
    return admin(user).post(reverse("decide_on_story", args=(story.pk,)), data, follow=True)


@pytest.mark.parametrize("role", [REPORTERS, EDITORS, LEGAL, MANAGING, SUPERUSER])
def test_nobody_changes_the_text_at_the_legal_stage(role: str) -> None:
    user = person(role)
    owner = user if role == REPORTERS else a_user(REPORTERS)
    story = waiting_at("legal", owner, title="As written")
    form = edit_form(admin(a_user(superuser=True)), story, title="As they like it")
    address = reverse(f"{PAGES}:edit", args=(story.pk,))
    for way in ({}, {"headers": {"Accept": "application/json"}}):
        admin(user).post(address, form, **way)
        assert draft_title(story) == "As written"
    form.update({"action-workflow-action": "true", "workflow-action-name": "approve"})
    admin(user).post(address, form)
    assert draft_title(story) == "As written"
    assert write(user, story).status_code == 302
    assert Comment.objects.get().user == user


def test_the_way_to_the_editor_leads_a_lawyer_to_the_reading_view() -> None:
    story = waiting_at("legal", a_user(REPORTERS))
    lawyer = a_user(LEGAL)
    answer = admin(lawyer).get(reverse(f"{PAGES}:edit", args=(story.pk,)))
    assert answer.url == reverse("read_story", args=(story.pk,))
    page = page_of(lawyer, story)
    assert "Clear" in page and "Return with comments" in page
    assert "Clear" not in page_of(story.owner, story)


def test_cleared_where_it_was_read() -> None:
    story = waiting_at("legal", a_user(REPORTERS))
    lawyer = a_user(LEGAL)
    answer = decide_there(lawyer, story, "approve", "Fine with me")
    assert stage(story) == "publication"
    assert TaskState.objects.filter(comment="Fine with me", finished_by=lawyer).exists()
    assert answer.request["PATH_INFO"] == HOME
    said = [(message.level_tag, str(message)) for message in get_messages(answer.wsgi_request)]
    assert [level for level, _text in said] == ["success"]
    assert "Clear" not in page_of(lawyer, story), "they read on, and decide no more"


def test_returned_with_a_reason_only() -> None:
    story = waiting_at("legal", a_user(REPORTERS))
    lawyer = a_user(LEGAL)
    assert decide_there(lawyer, story, "reject", " ").status_code == 400
    assert stage(story) == "legal"
    assert decide_there(lawyer, story, "reject", "Who says so?").status_code == 200
    assert stage(story) == ""
    assert TaskState.objects.filter(comment="Who says so?").exists()


@pytest.mark.parametrize("action", ["approve", "reject"])
def test_wagtails_own_buttons_lead_a_lawyer_home_without_an_error(action: str) -> None:
    story = waiting_at("legal", a_user(REPORTERS))
    lawyer = a_user(LEGAL)
    state = fresh(story).current_workflow_task_state
    address = reverse(f"{PAGES}:workflow_action", args=(story.pk, action, state.pk))
    answer = admin(lawyer).post(address, {"comment": "Look there"}, follow=True)
    assert answer.request["PATH_INFO"] == HOME
    assert not [m for m in get_messages(answer.wsgi_request) if m.level_tag == "error"]
    assert stage(story) != "legal"


@pytest.mark.parametrize("role", [REPORTERS, EDITORS, MANAGING])
def test_others_decide_nothing_there(role: str) -> None:
    user = person(role)
    story = waiting_at("legal", user if role == REPORTERS else a_user(REPORTERS))
    for decision in ("approve", "reject", "veto", ""):
        decide_there(user, story, decision, "No")
        assert stage(story) == "legal"


def test_a_decision_on_a_stage_that_is_over_is_refused() -> None:
    story = waiting_at("legal", a_user(REPORTERS))
    lawyer = a_user(LEGAL)
    state = fresh(story).current_workflow_task_state
    decide_there(lawyer, story, "approve")
    data = {"decision": "reject", "comment": "Too late", "task_state": state.pk}
    admin(lawyer).post(reverse("decide_on_story", args=(story.pk,)), data)
    assert stage(story) == "publication"


def test_the_desk_passes_on_from_there_and_the_signature_has_its_dialog() -> None:
    editor, managing = a_user(EDITORS), a_user(MANAGING)
    story = a_story(live=False, owner=a_user(REPORTERS))
    Workflow.objects.get(name=WORKFLOW).start(story, story.owner)
    assert "Pass on" in page_of(editor, story)
    decide_there(editor, story, "approve")
    assert stage(story) == "publication"
    state = fresh(story).current_workflow_task_state
    dialog = reverse(f"{PAGES}:workflow_action", args=(story.pk, "approve", state.pk))
    assert dialog in page_of(managing, story)
    assert decide_there(managing, story, "approve").status_code == 400
    assert not fresh(story).live
    shown = admin(managing).get(dialog).json()["html"]
    assert reverse("what_changed", args=(story.pk,)) in shown


def test_the_lawyer_who_cleared_it_finds_it_again_and_the_way_to_a_hold() -> None:
    lawyer = a_user(LEGAL)
    story = waiting_at("legal", a_user(REPORTERS))
    decide_there(lawyer, story, "approve")
    client = admin(lawyer)
    reading = reverse("read_story", args=(story.pk,))
    answer = client.get(reverse(f"{PAGES}:edit", args=(story.pk,)))
    assert (answer.status_code, answer["Location"]) == (302, reading)
    assert f'href="{reading}"' in client.get("/admin/").content.decode()
    assert reverse("legal_hold", args=(story.pk,)) in client.get(reading).content.decode()
    other = a_story("Never flagged", live=False)
    refused = client.get(reverse(f"{PAGES}:edit", args=(other.pk,)))
    assert refused["Location"] == reverse("wagtailadmin_home")
