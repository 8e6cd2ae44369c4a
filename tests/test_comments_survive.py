"""Comments outlive saves in an editor opened before, autosave, review and publication."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply

from tests.builders import a_story, a_user, publish_again
from tests.commenting import a_comment, form_with, page_of, reply, resolve, write
from tests.doors import EDITORS, PAGES, REPORTERS, act, admin, draft_title, fresh, waiting_at
from tests.signing import sign_at_the_end

pytestmark = pytest.mark.django_db


def texts() -> list[tuple[str, bool]]:
    rows = Comment.objects.order_by("pk").values_list("text", "resolved_at")
    return [(text, resolved is not None) for text, resolved in rows]


@pytest.mark.parametrize("live", [False, True])
def test_a_comment_made_while_the_editor_was_open(live: bool) -> None:
    editor, other = a_user(EDITORS), a_user(EDITORS)
    story = a_story(live=live)
    known = a_comment(story, other, text="Known")
    form = form_with(admin(editor), story, known, title="Saved later")
    write(other, story, text="Made meanwhile")
    reply(other, known, "Answered meanwhile")
    answer = admin(editor).post(reverse(f"{PAGES}:edit", args=(story.pk,)), form)
    assert answer.status_code == 302
    assert draft_title(story) == "Saved later"
    assert texts() == [("Known", False), ("Made meanwhile", False)]
    assert known.replies.count() == 1


@pytest.mark.parametrize("answers", [False, True])
def test_a_comment_resolved_while_the_editor_was_open(answers: bool) -> None:
    """It stays resolved and is not made anew under another name; an answer opens it again."""
    editor, other = a_user(EDITORS), a_user(EDITORS)
    story = a_story(live=False)
    comment = a_comment(story, other, text="Who said so?")
    form = form_with(admin(editor), story, comment, title="Saved later")
    if answers:
        form["comments-0-replies-TOTAL_FORMS"] = "1"
        form.update({"comments-0-replies-0-text": "The pilot", "comments-0-replies-0-id": ""})
    resolve(other, comment)
    admin(editor).post(reverse(f"{PAGES}:edit", args=(story.pk,)), form)
    assert draft_title(story) == "Saved later"
    assert texts() == [("Who said so?", not answers)]
    assert CommentReply.objects.count() == answers


def test_what_the_form_deletes_is_gone_and_nothing_else() -> None:
    editor = a_user(EDITORS)
    story = a_story(live=False)
    done = a_comment(story, editor, text="Done", resolved_at=timezone.now(), resolved_by=editor)
    mine = a_comment(story, editor, text="Mine")
    form = form_with(admin(editor), story, mine)
    form["comments-0-DELETE"] = "on"
    admin(editor).post(reverse(f"{PAGES}:edit", args=(story.pk,)), form)
    assert [comment.pk for comment in Comment.objects.all()] == [done.pk]


def test_comments_made_in_the_editor_are_read_and_the_other_way_round() -> None:
    editor, reporter = a_user(EDITORS), a_user(REPORTERS)
    story = a_story(live=False, owner=reporter)
    write(reporter, story, text="From the reading view")
    form = form_with(admin(editor), story, Comment.objects.get())
    form["comments-TOTAL_FORMS"] = "2"
    new = {"id": "", "text": "From the editor", "contentpath": "summary", "position": ""}
    form.update({f"comments-1-{name}": value for name, value in new.items()})
    form.update({f"comments-1-replies-{part}_FORMS": "0" for part in ("TOTAL", "INITIAL")})
    admin(editor).post(reverse(f"{PAGES}:edit", args=(story.pk,)), form)
    assert texts() == [("From the reading view", False), ("From the editor", False)]
    page = page_of(reporter, story)
    assert "From the reading view" in page and "From the editor" in page
    opened = admin(editor).get(reverse(f"{PAGES}:edit", args=(story.pk,)))
    shown = opened.context["form"].serialize_comments(editor)["comments"]
    assert [(row["text"], row["contentpath"]) for row in shown] == [
        ("From the reading view", "title"),
        ("From the editor", "summary"),
    ]


def test_comments_on_blocks_are_valid_in_the_editor() -> None:
    """Each place that the reading view offers is one where the editor shows comments."""
    editor = a_user(EDITORS)
    body = [
        ("paragraph", "<p>Words</p>"),
        ("quote", {"text": "We waited", "attribution": ""}),
        ("key_points", {"title": "In short", "points": ["One"]}),
        ("divider", None),
    ]
    story = a_story(live=False, body=body)
    draft = fresh(story).get_latest_revision_as_object()
    blocks = [block.id for block in draft.body]
    paths = [f"body.{blocks[0]}", f"body.{blocks[1]}.text", f"body.{blocks[2]}.title"]
    for path in paths:
        assert write(editor, story, path).status_code == 302
    assert write(editor, story, f"body.{blocks[3]}").status_code == 400
    comments = Comment.objects.order_by("pk")
    assert [comment.contentpath for comment in comments] == paths
    assert all(comment.has_valid_contentpath(draft) for comment in comments)


def test_publishing_keeps_comments_open_and_resolved() -> None:
    reporter, editor = a_user(REPORTERS), a_user(EDITORS)
    story = waiting_at("publication", reporter)
    a_comment(story, editor, text="Done", resolved_at=timezone.now(), resolved_by=editor)
    write(reporter, story, text="Open")
    sign_at_the_end(story, a_user("Managing editors"))
    assert fresh(story).live
    assert texts() == [("Done", True), ("Open", False)]
    publish_again(fresh(story))
    assert texts() == [("Done", True), ("Open", False)]


def test_a_copy_loaded_before_deletes_and_reopens_nothing() -> None:
    """However long a draft is held in memory before it is saved."""
    editor = a_user(EDITORS)
    story = a_story(live=False)
    known = a_comment(story, editor, text="Known")
    draft = fresh(story).get_latest_revision_as_object()
    write(editor, story, text="Made meanwhile")
    resolve(editor, known)
    draft.title = "Saved later"
    draft.save_revision(user=editor)
    assert texts() == [("Known", True), ("Made meanwhile", False)]


def test_a_returned_story_keeps_its_comments() -> None:
    reporter, editor = a_user(REPORTERS), a_user(EDITORS)
    story = waiting_at("desk", reporter)
    write(editor, story, text="Who said so?")
    act(editor, story, "reject", comment="See there")
    assert texts() == [("Who said so?", False)]
