"""Two names on one text: who counts as a second person, and for how long."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied

from news.editions.choices import Role
from news.editions.signatures import Work, sign
from news.models import ArticlePage, Byline, Contribution
from tests.builders import a_user, an_author, signed
from tests.door_table import DRAFT, REVIEW, REWRITE, a_story_in, snapshot
from tests.door_ways import press
from tests.doors import EDITORS, MANAGING, REPORTERS, SUPERUSER, fresh, person

pytestmark = pytest.mark.django_db


def nobody_signs(story: ArticlePage) -> None:
    pass


def only_the_writer_signs(story: ArticlePage) -> None:
    sign(story.get_latest_revision_as_object(), story.owner, Role.WRITER)


def the_writer_signs_alone(story: ArticlePage) -> None:
    only_the_writer_signs(story)
    sign(story.get_latest_revision_as_object(), story.owner, Role.SIGNER)


def a_contributor_signs(story: ArticlePage) -> None:
    editor = a_user(EDITORS)
    draft = story.get_latest_revision_as_object()
    draft.summary = "An editor's line"
    draft.save_revision(user=editor)
    only_the_writer_signs(fresh(story))
    sign(fresh(story).get_latest_revision_as_object(), editor, Role.SIGNER)


def somebody_in_the_byline_signs(story: ArticlePage) -> None:
    colleague = a_user(MANAGING)
    draft = story.get_latest_revision_as_object()
    draft.bylines = [Byline(author=an_author(user=colleague))]
    draft.save_revision(user=story.owner)
    only_the_writer_signs(fresh(story))
    sign(fresh(story).get_latest_revision_as_object(), colleague, Role.SIGNER)


def another_text_was_signed(story: ArticlePage) -> None:
    signed(story)
    draft = story.get_latest_revision_as_object()
    draft.title = "Changed since"
    draft.save_revision(user=story.owner)


def it_was_returned_since(story: ArticlePage) -> None:
    signed(story)
    sign(story.get_latest_revision_as_object(), a_user(MANAGING), Role.RETURN)


def somebody_signs_what_nobody_wrote(story: ArticlePage) -> None:
    ArticlePage.objects.filter(pk=story.pk).update(owner=None)
    Contribution.objects.filter(story=story.pk)._raw_delete(using="default")
    sign(fresh(story).get_latest_revision_as_object(), a_user(MANAGING), Role.SIGNER)


@pytest.mark.parametrize(
    "lacks",
    [
        nobody_signs,
        only_the_writer_signs,
        the_writer_signs_alone,
        a_contributor_signs,
        somebody_in_the_byline_signs,
        another_text_was_signed,
        it_was_returned_since,
        somebody_signs_what_nobody_wrote,
    ],
    ids=lambda lacks: lacks.__name__,
)
def test_one_name_is_not_enough(
    lacks: Callable[[ArticlePage], None], stories: dict[str, ArticlePage]
) -> None:
    story = fresh(stories[DRAFT])
    lacks(story)
    before = snapshot(story)
    for user in (None, person(SUPERUSER)):
        with pytest.raises(PermissionDenied, match=r"\bsign"):
            fresh(story).get_latest_revision().publish(user=user, skip_permission_checks=True)
    assert snapshot(story) == before


def test_the_same_text_again_is_signed_again() -> None:
    story = a_story_in(DRAFT, owner=a_user(REPORTERS))
    text = signed(story).title
    for title in ("Another", text):
        draft = fresh(story).get_latest_revision_as_object()
        draft.title = title
        draft.save_revision(user=story.owner)
    fresh(story).get_latest_revision().publish()
    assert fresh(story).live


@pytest.mark.parametrize("state", [DRAFT, REVIEW, REWRITE])
def test_a_save_that_changes_no_word_makes_no_contributor(state: str) -> None:
    """Flags and comments do not count: whoever sets them may still sign."""
    editor = person(MANAGING)
    story = a_story_in(state, owner=a_user(REPORTERS))
    text = story.draft_digest
    press(editor, story, needs_legal_review="on")
    assert fresh(story).draft_digest == text
    assert fresh(story).get_latest_revision().user == editor
    assert editor.pk not in Work(fresh(story).get_latest_revision_as_object()).contributors
