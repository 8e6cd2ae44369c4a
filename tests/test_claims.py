"""Claims: one person has a story in hand, until its stage ends. And who is named by a draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from cms.models import User
from news.models import ArticlePage, Claim, Participant
from tests.builders import a_story, a_user, an_author, decide, submit, withdraw
from tests.doors import EDITORS, LEGAL, MANAGING, REPORTERS, a_desk, admin, fresh, person
from tests.doors import waiting_at as waiting
from tests.signing import fixed, rewritten

pytestmark = pytest.mark.django_db


def post(user: User, story: ArticlePage, name: str = "claim_story", **data: Any) -> Any:
    return admin(user).post(reverse(name, args=(story.pk,)), data)


def holder(story: ArticlePage) -> User | None:
    claim = Claim.objects.filter(story=story).select_related("person").first()
    return claim.person if claim else None


def test_claim_and_release() -> None:
    editor = person(EDITORS)
    story = waiting("desk", person(REPORTERS))
    answer = post(editor, story, next="/admin/?scope=mine")
    assert answer["Location"] == "/admin/?scope=mine"
    assert holder(story) == editor
    post(editor, story)
    assert holder(story) == editor
    post(person(EDITORS), story, "release_story")
    assert holder(story) == editor
    post(editor, story, "release_story", next="https://elsewhere.example/")
    assert holder(story) is None


def test_a_claim_is_taken_over_by_naming_whose_it_is() -> None:
    first, second, third = person(EDITORS), person(EDITORS), person(EDITORS)
    story = waiting("desk", person(REPORTERS))
    post(first, story)
    answer = post(second, story)
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert holder(story) == first and first.first_name in told[0]
    post(second, story, **{"from": third.pk})
    assert holder(story) == first
    post(second, story, **{"from": first.pk})
    assert holder(story) == second
    # Whose page is older than that takes nothing.
    post(third, story, **{"from": first.pk})
    assert holder(story) == second


@pytest.mark.parametrize(
    ("stage", "role", "may"),
    [
        ("desk", EDITORS, True),
        ("desk", REPORTERS, False),
        ("desk", LEGAL, False),
        ("legal", LEGAL, True),
        ("legal", EDITORS, False),
        ("publication", MANAGING, True),
        ("publication", EDITORS, False),
    ],
)
def test_who_holds_the_stage_claims_it(stage: str, role: str, may: bool) -> None:
    story = waiting(stage, person(REPORTERS))
    user = person(role)
    post(user, story)
    assert (holder(story) == user) == may


def test_a_draft_is_claimed_by_who_may_edit_it() -> None:
    writer, other = person(REPORTERS), person(REPORTERS)
    story = a_story(live=False, owner=writer)
    post(other, story)
    assert holder(story) is None
    post(writer, story)
    assert holder(story) == writer


def test_a_story_that_one_does_not_see_is_not_there() -> None:
    a_desk("culture")
    story = a_story(live=False, owner=a_user(), parent=a_desk("sport"))
    stranger = person("Editors: culture")
    assert post(stranger, story).status_code == 404
    assert post(stranger, story, "release_story").status_code == 404
    assert admin(person(EDITORS)).get(reverse("claim_story", args=(story.pk,))).status_code == 405


def test_a_claim_ends_with_its_stage() -> None:
    writer, editor, managing = person(REPORTERS), person(EDITORS), person(MANAGING)
    story = a_story(live=False, owner=writer)
    post(writer, story)
    story = submit(story, writer)
    assert holder(story) is None
    post(editor, story)
    decide(story, editor, "reject", comment="Why?")
    assert holder(story) is None
    fresh(story).current_workflow_state.resume(writer)
    post(editor, story)
    decide(story, editor)
    assert holder(story) is None
    post(managing, story)
    fresh(story).current_workflow_state.cancel(writer)
    assert holder(story) is None


def test_a_claim_ends_with_publication_but_not_with_a_fix() -> None:
    writer, editor, managing = person(REPORTERS), person(EDITORS), person(MANAGING)
    story = a_story()
    rewritten(story, writer)
    post(editor, story)
    fixed(story)
    assert holder(story) == editor
    story = decide(submit(fresh(story), writer), editor)
    post(managing, story)
    decide(story, managing)
    assert holder(story) is None
    rewritten(story, writer)
    post(editor, story)
    withdraw(fresh(story))
    assert holder(story) is None


def named(story: ArticlePage) -> set[User]:
    rows = Participant.objects.filter(story=story).select_related("person")
    return {row.person for row in rows}


def test_who_is_named_by_the_newest_draft() -> None:
    writer, friend = person(REPORTERS), person(REPORTERS)
    story = a_story(live=False, authors=(an_author(user=writer), an_author()))
    assert named(story) == {writer}
    draft = fresh(story).get_latest_revision_as_object()
    draft.shared_with.add(friend)
    revision = draft.save_revision(user=writer)
    assert named(story) == {writer, friend}
    # Autosave writes over the same revision.
    draft = fresh(story).get_latest_revision_as_object()
    draft.bylines.set([])
    draft.save_revision(user=writer, overwrite_revision=revision)
    assert named(story) == {friend}
    draft = fresh(story).get_latest_revision_as_object()
    draft.shared_with.clear()
    draft.save_revision(user=writer, overwrite_revision=fresh(story).latest_revision)
    assert named(story) == set()
