"""The reading view: who reads a draft, what they see, and comments that touch nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, TaskState

from news.editions.signatures import Work, digest_of, signed_text
from news.models import ArticlePage
from tests.builders import a_story, a_user, an_author, decide, home, signed, submit
from tests.commenting import a_comment, page_of, read, reply, resolve, write
from tests.doors import (
    ADMINISTRATORS,
    EDITORS,
    LEGAL,
    MANAGING,
    PAGES,
    REPORTERS,
    SUPERUSER,
    a_desk,
    admin,
    fresh,
    person,
    waiting_at,
)
from tests.signing import LATER, sign_at_the_end

pytestmark = pytest.mark.django_db

EVERY_STATE = {"draft", "desk", "legal", "publication", "scheduled", "live"}
SINCE_LEGAL = {"legal", "publication", "scheduled", "live"}

# who, their role, in which states of a reporter's story in Culture they read it
READERS: dict[str, tuple[str, set[str]]] = {
    "owner": (REPORTERS, EVERY_STATE),
    "in the byline": (REPORTERS, EVERY_STATE),
    "shared with": (REPORTERS, EVERY_STATE),
    "another reporter": (REPORTERS, set()),
    "an editor": (EDITORS, EVERY_STATE),
    "an editor of culture": ("Editors: culture", EVERY_STATE),
    "an editor of world": ("Editors: world", set()),
    "a lawyer": (LEGAL, {"legal"}),
    "the lawyer who cleared it": (LEGAL, SINCE_LEGAL),
    "a managing editor": (MANAGING, EVERY_STATE),
    "an administrator": (ADMINISTRATORS, set()),
    "a superuser": (SUPERUSER, EVERY_STATE),
}


def brought_to(state: str, story: ArticlePage, lawyer: Any) -> None:
    """Through its review by people of the house, as far as `state`."""
    if state == "draft":
        return
    submit(story, story.owner)
    if state != "desk":
        decide(story, a_user(EDITORS))
    if state not in ("desk", "legal"):
        decide(story, lawyer)
    if state in ("scheduled", "live"):
        sign_at_the_end(story, a_user(MANAGING), **(LATER if state == "scheduled" else {}))


@pytest.mark.parametrize("who", READERS)
def test_who_reads_and_comments(who: str) -> None:
    culture = a_desk("culture")
    a_desk("world")
    role, states = READERS[who]
    for state in sorted(EVERY_STATE):
        user = person(role)
        story = a_story(
            "The quay at six",
            parent=culture,
            live=False,
            needs_legal_review=True,
            owner=user if who == "owner" else a_user(REPORTERS),
            authors=(an_author(user=user),) if who == "in the byline" else (),
            shared_with=[user] if who == "shared with" else [],
        )
        brought_to(state, story, user if who == "the lawyer who cleared it" else a_user(LEGAL))
        may = state in states
        theirs = a_comment(story, a_user(EDITORS))
        opened = read(user, story)
        assert (opened.status_code == 200) == may, (who, state)
        assert may or opened.url == reverse("wagtailadmin_home")
        write(user, story, text=f"By {who}")
        assert Comment.objects.filter(page=story, user=user).exists() == may
        reply(user, theirs)
        assert theirs.replies.exists() == may
        resolve(user, theirs)
        theirs.refresh_from_db()
        assert bool(theirs.resolved_at) == may
        changes = admin(user).get(reverse("what_changed", args=(story.pk,)))
        assert (changes.status_code == 200) == may


def test_who_is_refused_reads_a_sentence_and_who_is_gone_nothing() -> None:
    story = a_story(live=False, owner=a_user(REPORTERS))
    stranger = a_user(REPORTERS)
    answer = admin(stranger).get(reverse("read_story", args=(story.pk,)), follow=True)
    assert "those who write, edit or review it" in answer.content.decode()
    story.owner.is_active = False
    story.owner.save()
    assert not story.permissions_for_user(story.owner).can_read_draft()


def test_every_part_of_the_newest_draft_is_read() -> None:
    story = a_story(
        "As public",
        authors=(an_author("Ada Quill"),),
        tags=("harbour",),
        summary="In short",
        body=[
            ("heading", "The quay"),
            ("divider", None),
            ("paragraph", "<p>A long <b>day</b></p>"),
        ],
    )
    draft = fresh(story).get_latest_revision_as_object()
    draft.title = "As drafted"
    draft.save_revision()
    page = page_of(a_user(EDITORS), story)
    for text in ("As drafted", "In short", "Ada Quill", "harbour", "The quay", "<b>day</b>"):
        assert text in page
    assert "As public" not in page


def test_comments_stand_with_their_part_and_the_rest_at_the_end() -> None:
    editor = a_user(EDITORS)
    story = a_story(live=False, body=[("heading", "First"), ("heading", "Second")])
    draft = story.get_latest_revision_as_object()
    a_comment(story, editor, f"body.{draft.body[1].id}", "On the second")
    a_comment(story, editor, "seo_title", "On a hidden field")
    a_comment(story, editor, "body.00000000-0000-0000-0000-000000000000", "On what is gone")
    page = page_of(editor, story)
    order = ["First", "Second", "On the second", "On a hidden field", "gone", "On what is gone"]
    places = [page.index(text) for text in order]
    assert places == sorted(places)


def test_a_comment_becomes_no_markup() -> None:
    editor = a_user(EDITORS)
    story = a_story(live=False)
    write(editor, story, text="<script>alert(1)</script>")
    reply(editor, Comment.objects.get(), "<img src=x onerror=alert(2)>")
    page = page_of(editor, story)
    assert "<script>alert(1)" not in page and "<img src=x" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    ("path", "text"),
    [("title", ""), ("title", "x" * 5001), ("slug", "Hm"), ("body.abc", "Hm"), ("owner", "Hm")],
)
def test_a_bad_comment_is_a_400_and_keeps_what_was_typed(path: str, text: str) -> None:
    story = a_story(live=False)
    answer = write(a_user(EDITORS), story, path, text)
    assert answer.status_code == 400
    assert text in answer.content.decode()
    assert not Comment.objects.exists()


def test_bad_addresses() -> None:
    editor = a_user(EDITORS)
    story, other = a_story(live=False), a_story(live=False)
    comment = a_comment(other, editor)
    client = admin(editor)
    names = {
        "read_story": (9999999,),
        "comment_on_story": (9999999,),
        "reply_to_comment": (story.pk, comment.pk),
        "resolve_comment": (story.pk, comment.pk),
    }
    for name, args in names.items():
        address = reverse(name, args=args)
        answer = (
            client.get(address) if name == "read_story" else client.post(address, {"text": "x"})
        )
        assert answer.status_code == 404
    assert client.get(reverse("read_story", args=(home().pk,))).status_code == 404
    assert client.post(reverse("read_story", args=(story.pk,))).status_code == 405
    assert client.get(reverse("comment_on_story", args=(story.pk,))).status_code == 405
    comment.refresh_from_db()
    assert comment.resolved_at is None and not CommentReply.objects.exists()


def test_a_comment_changes_nothing_but_comments() -> None:
    """Neither text nor signatures, contributors, review or time, at any stage."""
    reporter = a_user(REPORTERS)
    story = waiting_at("publication", reporter)
    signed(story)
    sign_at_the_end(story, a_user(MANAGING), **LATER)

    def state() -> Any:
        draft = fresh(story).get_latest_revision_as_object()
        revision = fresh(story).get_latest_revision()
        return (
            digest_of(draft),
            signed_text(draft).missing,
            Work(draft).contributors,
            (revision.pk, revision.created_at, revision.content, revision.approved_go_live_at),
            list(TaskState.objects.order_by("pk").values()),
            fresh(story).has_unpublished_changes,
        )

    before = state()
    for user in (reporter, a_user(EDITORS), a_user(MANAGING)):
        assert write(user, story).status_code == 302
        assert reply(user, Comment.objects.last()).status_code == 302
        assert resolve(user, Comment.objects.last()).status_code == 302
    assert state() == before


def test_resolved_once_by_whoever_came_first() -> None:
    first, second = a_user(EDITORS), a_user(EDITORS)
    comment = a_comment(a_story(live=False), first)
    resolve(first, comment)
    resolve(second, comment)
    comment.refresh_from_db()
    assert comment.resolved_by == first
    assert "1 resolved" in page_of(second, comment.page)


def test_the_author_is_led_from_the_locked_editor() -> None:
    reporter = a_user(REPORTERS)
    story = submit(a_story(live=False, owner=reporter), reporter)
    reading = reverse("read_story", args=(story.pk,))
    page = admin(reporter).get(reverse(f"{PAGES}:edit", args=(story.pk,))).content.decode()
    assert page.count(reading) >= 2, "in the message about the lock and among the actions"


def test_the_number_of_queries_does_not_grow() -> None:
    """With comments, replies, blocks, and comments that the editor keeps in the revision."""
    editor = a_user(EDITORS)

    def queries(size: int) -> int:
        story = a_story(live=False, body=[("paragraph", f"<p>{n}</p>") for n in range(size)])
        draft = story.get_latest_revision_as_object()
        for block in draft.body:
            comment = a_comment(story, a_user(EDITORS), f"body.{block.id}")
            CommentReply.objects.create(comment=comment, user=a_user(EDITORS), text="So")
        a_comment(story, a_user(EDITORS), resolved_at=timezone.now(), resolved_by=editor)
        fresh(story).get_latest_revision_as_object().save_revision()
        client = admin(editor)
        client.get(reverse("read_story", args=(story.pk,)))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("read_story", args=(story.pk,)))
        assert page.status_code == 200
        return len(captured)

    few = queries(3)
    assert queries(30) == few
    assert few <= 40, few
