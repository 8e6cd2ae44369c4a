"""What changed since somebody last looked, signed, or since an edition."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.models import User
from news.models import ArticlePage, LastRead
from tests.builders import a_story, a_user, an_author, an_image, publish_again, submit
from tests.commenting import read
from tests.doors import EDITORS, REPORTERS, admin, fresh
from tests.signing import rewritten

pytestmark = pytest.mark.django_db


def changes(user: User, story: ArticlePage, since: Any = "look") -> Any:
    return admin(user).get(reverse("what_changed", args=(story.pk,)), {"since": since})


def parts(user: User, story: ArticlePage, since: Any = "look") -> list[tuple[str, str, str]]:
    found = changes(user, story, since).context["differences"]
    return [(row.part, row.before, row.after) for row in found]


def test_since_the_last_look() -> None:
    editor = a_user(EDITORS)
    story = a_story("First", live=False, owner=a_user(REPORTERS))
    assert "You have not read this before" in changes(editor, story).content.decode()
    assert not LastRead.objects.exists(), "to ask is not to read"
    read(editor, story)
    assert "Nothing has changed" in changes(editor, story).content.decode()
    rewritten(story, story.owner, "Second")
    for _reload in range(2):
        assert parts(editor, story) == [("headline", "First", "Second")]
        read(editor, story)
    rewritten(story, story.owner, "Third")
    read(editor, story)
    assert parts(editor, story) == [("headline", "Second", "Third")]
    assert LastRead.objects.get().person == editor


def test_each_person_looks_for_themselves() -> None:
    first, second = a_user(EDITORS), a_user(EDITORS)
    story = a_story("First", live=False, owner=a_user(REPORTERS))
    read(first, story)
    rewritten(story, story.owner, "Second")
    read(second, story)
    assert parts(first, story) == [("headline", "First", "Second")]
    assert "Nothing has changed" in changes(second, story).content.decode()


@pytest.mark.parametrize("kept", [True, False])
def test_since_the_signature(kept: bool) -> None:
    """Of a text that was neither published nor is among the revisions any more it is said."""
    reporter, editor = a_user(REPORTERS), a_user(EDITORS)
    story = a_story("As signed", live=False, owner=reporter)
    assert "You have not signed" in changes(reporter, story, "signed").content.decode()
    story = submit(story, reporter)
    rewritten(story, editor, "As edited")
    if not kept:
        draft = fresh(story).get_latest_revision_as_object()
        story.revisions.update(content=draft.serializable_data())
    if kept:
        assert parts(reporter, story, "signed") == [("headline", "As signed", "As edited")]
    else:
        assert "not kept any more" in changes(reporter, story, "signed").content.decode()


def test_since_a_signature_on_what_was_published() -> None:
    reporter = a_user(REPORTERS)
    story = submit(a_story("As signed", live=False, owner=reporter), reporter)
    story = publish_again(fresh(story))
    rewritten(story, a_user(EDITORS), "As edited")
    old = story.latest_revision.created_at + timedelta(days=1)
    story.revisions.exclude(pk=fresh(story).latest_revision_id).update(created_at=old)
    assert parts(reporter, story, "signed") == [("headline", "As signed", "As edited")]


def test_since_the_live_text_and_since_an_edition() -> None:
    editor = a_user(EDITORS)
    story = a_story("One", live=False)
    assert "Nothing of this story is public" in changes(editor, story, "live").content.decode()
    story = publish_again(fresh(story))
    story.title = "Two"
    story = publish_again(story)
    rewritten(story, editor, "Three")
    assert parts(editor, story, "live") == [("headline", "Two", "Three")]
    assert parts(editor, story, 1) == [("headline", "One", "Three")]


@pytest.mark.parametrize("since", ["7", "0", "-1", "abc", "", "²", "9" * 30, "1\x00"])
def test_since_what_never_was_is_a_404(since: str) -> None:
    assert changes(a_user(EDITORS), a_story("One"), since).status_code == 404


def test_people_read_names_and_no_markup() -> None:
    editor = a_user(EDITORS)
    story = a_story("One", authors=(an_author("Ada Quill"),), tags=("harbour",))
    draft = fresh(story).get_latest_revision_as_object()
    draft.bylines = []
    draft.tags.set(["quay"])
    draft.lead_image = an_image("The ferry")
    draft.title = "<script>alert(1)</script>"
    draft.save_revision(user=editor)
    page = changes(editor, story, "live").content.decode()
    for text in ("Ada Quill", "harbour", "quay", "The ferry", "&lt;script&gt;"):
        assert text in page
    assert "<script>alert(1)" not in page


def test_the_number_of_queries_does_not_grow() -> None:
    editor = a_user(EDITORS)

    def queries(size: int) -> int:
        story = a_story(body=[("heading", f"Before {n}") for n in range(size)])
        draft = fresh(story).get_latest_revision_as_object()
        draft.body = [("heading", f"After {n}") for n in range(size)]
        draft.save_revision(user=editor)
        client = admin(editor)
        address = reverse("what_changed", args=(story.pk,))
        client.get(address, {"since": "live"})
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address, {"since": "live"}).status_code == 200
        return len(captured)

    assert queries(3) == queries(30)
