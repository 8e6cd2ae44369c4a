"""Who decides at which stage, and what a decision does."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, GroupPagePermission, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms.models import Image, User
from news.models import ArticlePage, ReviewTask
from tests.builders import a_story, a_user, an_author, an_image, decide, feed, submit
from tests.doors import (
    ADMINISTRATORS,
    EDITORS,
    EVERYBODY,
    LEGAL,
    MANAGING,
    PAGES,
    REPORTERS,
    STAGES,
    SUPERUSER,
    a_desk,
    act,
    admin,
    draft_title,
    edit,
    edit_form,
    fresh,
    person,
    signatures,
    stage,
    waiting_at,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", STAGES)
def test_who_approves_at_which_stage(name: str) -> None:
    for role in EVERYBODY:
        story = waiting_at(name, a_user(REPORTERS))
        act(person(role), story, "approve")
        assert (stage(story) != name) == (role in STAGES[name]), role
        assert fresh(story).live == (name == "publication" and role in STAGES[name]), role


@pytest.mark.parametrize("name", STAGES)
def test_who_returns_at_which_stage(name: str) -> None:
    for role in EVERYBODY:
        story = waiting_at(name, a_user(REPORTERS), title="The text")
        act(person(role), story, "reject", comment="")
        assert stage(story) == name, "a return needs a reason"
        reason = f"Who says so, asks {role}"
        act(person(role), story, "reject", comment=reason)
        assert (stage(story) != name) == (role in STAGES[name]), role
        assert draft_title(story) == "The text"
        assert not fresh(story).live
        assert TaskState.objects.filter(comment=reason).exists() == (role in STAGES[name])


@pytest.mark.parametrize("flagged", [False, True])
def test_the_legal_stage_is_for_flagged_stories(flagged: bool) -> None:
    story = submit(a_story(live=False, needs_legal_review=flagged), a_user(REPORTERS))
    act(a_user(EDITORS), story, "approve")
    assert stage(story) == ("legal" if flagged else "publication")
    act(a_user(LEGAL), story, "approve")
    assert stage(story) == "publication"
    act(a_user(MANAGING), story, "approve")
    assert fresh(story).live


def every_role(kind: str) -> User:
    return a_user(superuser=True) if kind == SUPERUSER else a_user(*EVERYBODY[:-1])


def own_story(name: str, tie: str, me: User) -> ArticlePage:
    """A story that waits at a stage and is mine in one of the ways a story can be mine."""
    other = a_user(REPORTERS)
    authors = (an_author(user=me),) if tie == "byline" else ()
    story = a_story("Mine", live=False, owner=me if tie == "owner" else other, authors=authors)
    story.needs_legal_review = True
    story.save_revision()
    story = submit(story, me if tie == "submitter" else other)
    for passed, role in (("desk", EDITORS), ("legal", LEGAL)):
        if passed == name:
            return story
        story = decide(story, person(role))
    if tie == "edited here":
        assert edit(me, story, title="Rewritten").status_code == 302
        assert draft_title(story) == "Rewritten"
    return story


TIES = [(name, tie) for name in STAGES for tie in ("owner", "submitter", "byline")]


@pytest.mark.parametrize("kind", ["every role", SUPERUSER])
@pytest.mark.parametrize(("name", "tie"), [*TIES, ("publication", "edited here")])
def test_nobody_approves_their_own_story(name: str, tie: str, kind: str) -> None:
    """Unless the newsroom has decided that one signature is enough."""
    me = every_role(kind)
    story = own_story(name, tie, me)
    act(me, story, "approve")
    edit(me, story, **{"action-workflow-action": "1", "workflow-action-name": "approve"})
    assert stage(story) == name
    assert not fresh(story).live
    signatures(1)
    act(me, story, "approve")
    assert stage(story) != name
    assert fresh(story).live == (name == "publication")


def test_one_signature_is_no_pass_for_others() -> None:
    signatures(1)
    for name, holders in STAGES.items():
        for role in set(EVERYBODY) - holders:
            me = person(role)
            story = waiting_at(name, me)
            act(me, story, "approve")
            assert stage(story) == name, role


def test_an_old_or_foreign_decision_counts_for_nothing() -> None:
    """The address of a stage that is over, and of one of another story."""
    editor = a_user(EDITORS)
    story = waiting_at("desk", a_user(REPORTERS))
    desk = story.current_workflow_task_state
    own = waiting_at("desk", editor)
    act(editor, story, "approve", state=own.current_workflow_task_state)
    assert (stage(story), stage(own)) == ("desk", "desk")
    act(editor, story, "approve")
    act(editor, story, "approve", state=desk)
    act(editor, story, "reject", comment="Again", state=desk)
    assert stage(story) == "legal"


def test_the_author_waits_while_others_read() -> None:
    me = a_user(REPORTERS)
    story = a_story("As submitted", live=False, owner=me, authors=(an_author(user=me),))
    data = edit_form(admin(me), story, title="Slipped in")
    story = submit(story, me)
    _token, text = APIToken.create_token(user=me, name="script")
    script = Client(headers={"Authorization": f"Bearer {text}"})
    for role in (EDITORS, MANAGING):
        admin(me).post(reverse(f"{PAGES}:edit", args=(story.pk,)), data)
        change = {"title": "Slipped in"}
        script.patch(f"/api/v3/pages/{story.pk}/", change, content_type="application/json")
        assert draft_title(story) == "As submitted"
        act(a_user(role), story, "approve")
    assert fresh(story).live
    assert fresh(story).title == "As submitted"


def test_the_author_submits_and_withdraws() -> None:
    me = a_user(REPORTERS)
    story = a_story("As written", live=False, owner=me)
    edit(me, story, **{"action-submit": "action-submit"})
    assert stage(story) == "desk"
    address = reverse(f"{PAGES}:edit", args=(story.pk,))
    for role in (REPORTERS, LEGAL, ADMINISTRATORS):
        admin(person(role)).post(address, {"action-cancel-workflow": "1"})
        assert stage(story) == "desk", role
    edit(me, story, **{"action-cancel-workflow": "action-cancel-workflow"})
    assert stage(story) == ""
    assert draft_title(story) == "As written"
    assert edit(me, story, title="Written again").status_code == 302
    assert draft_title(story) == "Written again"


@pytest.mark.parametrize("missing", ["credit", "description"])
def test_a_picture_without_credit_or_alt_text_passes_no_review(missing: str) -> None:
    """Neither in the form of the story nor at the address behind the last button."""
    reporter = a_user(REPORTERS)
    picture = an_image(**{missing: ""})
    draft = a_story(live=False, owner=reporter, lead_image=picture)
    edit(reporter, draft, **{"action-submit": "action-submit", "lead_image": str(picture.pk)})
    assert stage(draft) == ""
    shown = an_image()
    story = waiting_at("publication", reporter, lead_image=shown)
    Image.objects.filter(pk=shown.pk).update(**{missing: ""})
    act(a_user(MANAGING), story, "approve")
    assert not fresh(story).live
    assert stage(story) == "publication"


def test_reviewers_hold_no_publish_right() -> None:
    a_desk("culture")
    grants = GroupPagePermission.objects.filter(permission__codename="publish_page")
    assert {grant.group.name for grant in grants} == {MANAGING}


def test_a_desk_keeps_to_its_section() -> None:
    culture, world = a_desk("culture"), a_desk("world")
    editor = a_user("Editors: culture")
    ours = submit(a_story("Ours", parent=culture, live=False), a_user("Reporters: culture"))
    theirs = submit(a_story("Theirs", parent=world, live=False), a_user("Reporters: world"))
    for action, comment in (("approve", ""), ("reject", "No")):
        act(editor, theirs, action, comment)
        assert stage(theirs) == "desk"
    data = edit_form(admin(a_user(superuser=True)), theirs, title="Taken over")
    admin(editor).post(reverse(f"{PAGES}:edit", args=(theirs.pk,)), data)
    assert draft_title(theirs) == "Theirs"
    waiting = ReviewTask.objects.get(stage="desk").get_task_states_user_can_moderate(editor)
    assert {state.workflow_state.object_id for state in waiting} == {str(ours.pk)}
    assert edit(editor, ours, title="Ours, edited").status_code == 302
    act(editor, ours, "approve")
    assert stage(ours) == "publication"
    act(editor, ours, "approve")
    assert stage(ours) == "publication"


def test_a_live_story_is_edited_again() -> None:
    """Its date was seen by readers: the form shows it and does not mind."""
    editor = a_user(EDITORS)
    story = a_story("Live", hours_ago=3)
    assert edit(editor, story, title="Corrected").status_code == 302
    assert draft_title(story) == "Corrected"


def test_who_may_not_sign_is_told_why() -> None:
    managing = a_user(MANAGING)
    story = waiting_at("publication", a_user(REPORTERS))
    address = reverse(f"{PAGES}:edit", args=(story.pk,))
    reason = "somebody else has to approve it"
    assert reason not in admin(managing).get(address).content.decode()
    edit(managing, story, title="Touched")
    assert reason in admin(managing).get(address).content.decode()


def test_the_preview_of_a_story_that_was_never_saved() -> None:
    client = admin(a_user(REPORTERS))
    address = reverse(f"{PAGES}:preview_on_add", args=("news", "articlepage", feed().pk))
    form = {"title": "Not saved", "slug": "not-saved", "genre": "news"}
    lists = {"bylines": inline_formset([]), "comments": inline_formset([]), "body": streamfield([])}
    answer = client.post(address, nested_form_data(form | lists))
    assert answer.json()["is_valid"], answer.content
    shown = client.get(address, {"mode": ""})
    assert shown.status_code == 200 and "Not saved" in shown.content.decode()


def test_who_opens_a_returned_story_reads_why() -> None:
    writer, editor = a_user(REPORTERS), a_user(EDITORS)
    story = submit(a_story(live=False, owner=writer), writer)
    decide(story, editor, "reject", "Who says so?")
    page = admin(writer).get(reverse(f"{PAGES}:edit", args=(story.pk,))).content.decode()
    assert "Who says so?" in page and str(editor) in page
