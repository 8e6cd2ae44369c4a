"""Who is told of what happens to a story: exactly those, once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page, PageSubscription, Revision
from wagtail.test.utils.form_data import querydict_from_html

from cms.background.schedule import run_due
from news.desk.live_text import propose, publish_fix, waiting_fix
from news.editions.choices import Channel
from news.editions.errors import TextChanged
from news.editions.publishing import publish_many
from news.editions.signatures import digest_of
from news.models import Notice, ReviewTask
from news.notifications.models import Event
from news.notifications.notices import reviewers, who_touched
from tests.builders import a_page, a_story, a_user, decide, home, signed, submit
from tests.doors import EDITORS, MANAGING, REPORTERS, admin, fresh, signatures
from tests.notice_room import NoticeRoom, told
from tests.signing import pass_time, sign_at_the_end

pytestmark = pytest.mark.django_db

TOUCHED = {"writer", "coauthor", "helper", "lawyer"}
SIGNERS = {"managing", "chief", "root"}
DESK = {"helper", "editor", "local", *SIGNERS}


@pytest.fixture
def room() -> NoticeRoom:
    return NoticeRoom()


# Before: what has happened already. Step: what is told. Then who is told what.
Step = Callable[[NoticeRoom], object]


def nothing(room: NoticeRoom) -> None:
    pass


def flagged(room: NoticeRoom) -> None:
    draft = fresh(room.story).get_latest_revision_as_object()
    draft.needs_legal_review = True
    draft.save_revision()
    room.submit()


def returned_at_publication(room: NoticeRoom) -> None:
    room.at_publication()
    room.decide("managing", "reject", "Ask the ferry")


def sign_for_later(room: NoticeRoom) -> None:
    later = (timezone.now() + timedelta(hours=2)).isoformat()
    sign_at_the_end(fresh(room.story), room["managing"], public_from=later)


def scheduled(room: NoticeRoom) -> None:
    room.at_publication()
    sign_for_later(room)
    pass_time(room.story)


def scheduled_and_spoilt(room: NoticeRoom) -> None:
    scheduled(room)
    for revision in room.story.revisions.filter(approved_go_live_at__isnull=False):
        revision.content["title"] = "Other words"
        revision.save(update_fields=["content"])


def propose_fix(room: NoticeRoom) -> None:
    text = fresh(room.story)
    text.summary = "The typo is gone"
    propose(text, room["editor"], kind="typo", note="", reason="A typo")


def sign_fix(room: NoticeRoom) -> None:
    fix = waiting_fix(room.story)
    assert fix is not None
    shown = digest_of(Revision.objects.get(pk=fix.revision_id).as_object())
    publish_fix(fix, room["chief"], shown)


def public_with_fix(room: NoticeRoom) -> None:
    room.public()
    propose_fix(room)


def publish_past_the_review(room: NoticeRoom) -> None:
    signed(fresh(room.story))
    revision = fresh(room.story).get_latest_revision()
    revision.publish(user=room["managing"], skip_permission_checks=True)


def publish_by_a_program(room: NoticeRoom) -> None:
    signed(fresh(room.story))
    fresh(room.story).get_latest_revision().publish(skip_permission_checks=True)


def import_it(room: NoticeRoom) -> None:
    publish_many([fresh(room.story)], operator=room["root"], channel=Channel.IMPORT)


def managing_edits(room: NoticeRoom) -> None:
    draft = fresh(room.story).get_latest_revision_as_object()
    draft.summary = "As the managing editor has it"
    draft.save_revision(user=room["managing"])
    room.submit()


def reply(room: NoticeRoom) -> None:
    thread = room.comment("chief", "Sure?")
    Notice.objects.all().delete()
    CommentReply.objects.create(comment=thread, user=room["writer"], text="Yes")


CASES: dict[str, tuple[Step, Step, dict[str, set[str]]]] = {
    "submitted": (nothing, NoticeRoom.submit, {Event.SUBMITTED: DESK}),
    "passed on, the lawyer skipped": (
        NoticeRoom.submit,
        lambda room: room.decide("editor"),
        {Event.PASSED_ON: SIGNERS},
    ),
    "passed on to the lawyer": (
        flagged,
        lambda room: room.decide("editor"),
        {Event.PASSED_ON: {"lawyer", "root"}},
    ),
    "passed on, where who signs here wrote it": (
        managing_edits,
        lambda room: room.decide("chief"),
        {Event.PASSED_ON: {"editor", "local", "root"}},
    ),
    "returned": (
        NoticeRoom.submit,
        lambda room: room.decide("editor", "reject", "Ask the ferry"),
        {Event.RETURNED: TOUCHED},
    ),
    "returned by the last": (
        NoticeRoom.at_publication,
        lambda room: room.decide("managing", "reject", "Ask the ferry"),
        {Event.RETURNED: TOUCHED | {"editor"}},
    ),
    "submitted again": (
        returned_at_publication,
        lambda room: fresh(room.story).current_workflow_state.resume(user=room["writer"]),
        {Event.SUBMITTED: SIGNERS},
    ),
    "withdrawn": (
        NoticeRoom.at_publication,
        lambda room: fresh(room.story).current_workflow_state.cancel(user=room["writer"]),
        {Event.WITHDRAWN: (TOUCHED | {"editor"}) - {"writer"}},
    ),
    "published": (
        NoticeRoom.at_publication,
        lambda room: room.decide("managing"),
        {Event.PUBLISHED: TOUCHED | {"editor"}},
    ),
    "published past its review": (
        NoticeRoom.submit,
        publish_past_the_review,
        {Event.PUBLISHED: TOUCHED},
    ),
    "published by a program": (nothing, publish_by_a_program, {Event.PUBLISHED: TOUCHED}),
    "imported": (nothing, import_it, {}),
    "signed for later": (
        NoticeRoom.at_publication,
        sign_for_later,
        {Event.SCHEDULED: TOUCHED | {"editor"}},
    ),
    "published at its time": (
        scheduled,
        lambda room: run_due(),
        {Event.PUBLISHED: TOUCHED | {"editor", "managing"}},
    ),
    "refused at its time, three times": (
        scheduled_and_spoilt,
        lambda room: [run_due(), run_due(), run_due()],
        {Event.REFUSED: TOUCHED | {"editor", "managing"}},
    ),
    "fixed": (NoticeRoom.public, propose_fix, {Event.FIX: DESK - {"editor"}}),
    "fix signed": (
        public_with_fix,
        sign_fix,
        {Event.PUBLISHED: TOUCHED | {"editor", "managing"}},
    ),
    "commented": (
        nothing,
        lambda room: room.comment("stranger", "a@editor says @ nothing to @nobody"),
        {Event.COMMENTED: TOUCHED},
    ),
    "answered": (nothing, reply, {Event.COMMENTED: (TOUCHED | {"chief"}) - {"writer"}}),
    "mentioned": (
        nothing,
        lambda room: room.comment("writer", "@Editor, @helper: and @writer. Not @stranger @gone"),
        {Event.MENTIONED: {"editor", "helper"}, Event.COMMENTED: {"coauthor", "lawyer"}},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_exactly_those_are_told(room: NoticeRoom, case: str) -> None:
    before, step, expected = CASES[case]
    before(room)
    Notice.objects.all().delete()
    step(room)
    assert told() == {str(event): people for event, people in expected.items()}


def test_a_return_says_why_and_by_whom(room: NoticeRoom) -> None:
    room.submit()
    Notice.objects.all().delete()
    room.decide("editor", "reject", "Ask the ferry")
    for notice in Notice.objects.all():
        assert (notice.reason, notice.by) == ("Ask the ferry", room["editor"])
        assert notice.path == f"/admin/pages/{room.story.pk}/edit/"
        assert notice.mail_at is not None


def test_what_is_refused_was_never_told(room: NoticeRoom) -> None:
    story = room.at_publication()
    before = Notice.objects.count()
    task, state = story.current_workflow_task, story.current_workflow_task_state
    with pytest.raises(TextChanged):
        task.on_action(state, room["managing"], "approve", digest="0" * 64)
    assert Notice.objects.count() == before


def test_where_one_signature_is_enough_an_own_fix_waits_for_nobody(room: NoticeRoom) -> None:
    room.public()
    signatures(1)
    Notice.objects.all().delete()
    text = fresh(room.story)
    text.summary = "The typo is gone"
    propose(text, room["chief"], kind="typo", note="", reason="")
    assert told() == {}


@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("before", [NoticeRoom.submit, flagged, managing_edits])
def test_told_to_review_is_exactly_who_may(room: NoticeRoom, before: Step, number: int) -> None:
    """`reviewers` asks the database once; the rules of the stages ask for each person."""
    before(room)
    signatures(number)
    for task in ReviewTask.objects.all():
        story = fresh(room.story)
        may = {
            name
            for name, person in room.people.items()
            if name not in ("gone", "outsider")
            and task.is_held_by(person, story)
            and task.may_approve(story, person)
        }
        assert {person.username for person in reviewers(task, story)} == may


def test_a_comment_that_is_saved_again_is_told_once(room: NoticeRoom) -> None:
    comment = room.comment("writer", "Look")
    count = Notice.objects.count()
    comment.save()
    comment.save(update_fields=["position"])
    assert Notice.objects.count() == count == len(TOUCHED) - 1
    comment.text = "Look @editor, @helper"
    comment.save()
    comment.save()
    assert told() == {
        Event.COMMENTED: TOUCHED - {"writer"},
        Event.MENTIONED: {"editor"},
    }


def test_a_notice_of_a_comment_leads_to_it(room: NoticeRoom) -> None:
    comment = room.comment("writer", "Look @editor")
    notice = Notice.objects.get(event=Event.MENTIONED)
    assert notice.path == f"/admin/stories/{room.story.pk}/read/#comment-{comment.pk}"
    assert notice.reason == "Look @editor"


def test_comments_on_other_pages_are_nobodys_notice(room: NoticeRoom) -> None:
    story, room.story = room.story, Page.objects.get(depth=2)
    room.comment("writer", "Look @editor")
    room.story = story
    assert told() == {}


def test_wagtail_mails_nobody(room: NoticeRoom, mailoutbox: list[object]) -> None:
    room.public()
    page = a_page("Principles")
    for person in room.people.values():
        PageSubscription.objects.create(page=page, user=person, comment_notifications=True)
    client, address = admin(room["chief"]), f"/admin/pages/{page.pk}/edit/"
    form = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form")
    form["comments-TOTAL_FORMS"], form["comments-INITIAL_FORMS"] = "1", "0"
    for name, value in A_COMMENT.items():
        form[f"comments-0-{name}"] = value
    assert client.post(address, form).status_code == 302
    assert Comment.objects.filter(page=page).count() == 1
    assert mailoutbox == []


A_COMMENT = {
    "text": "Is this so, @helper?",
    "contentpath": "title",
    "position": "",
    "replies-TOTAL_FORMS": "0",
    "replies-INITIAL_FORMS": "0",
}


def test_nothing_offers_wagtails_mails(room: NoticeRoom) -> None:
    account = admin(room["chief"]).get("/admin/account/").content.decode()
    assert "submitted_notifications" not in account
    assert "updated_comments" not in account
    page = admin(room["chief"]).get(f"/admin/pages/{home().pk}/edit/").content.decode()
    assert re.search(r'<input type="hidden" name="comment_notifications"', page)
    assert "Comment notifications" not in page


def test_it_costs_the_same_for_three_and_for_thirty(room: NoticeRoom) -> None:
    room.at_publication()

    def queries() -> tuple[int, int]:
        story = fresh(room.story)
        task = story.current_workflow_task
        with CaptureQueriesContext(connection) as to_hold:
            reviewers(task, story)
        with CaptureQueriesContext(connection) as to_touch:
            who_touched(fresh(room.story))
        return len(to_hold), len(to_touch)

    queries()  # content types are known from now on
    few = queries()
    for _number in range(27):
        person = a_user(MANAGING)
        room.people[person.username] = person
        room.comment(person.username, "Yes")
    assert queries() == few
    assert len(who_touched(fresh(room.story))) > 30


def test_what_was_asked_and_is_done_by_another_is_no_news() -> None:
    first, other, writer = a_user(EDITORS), a_user(EDITORS), a_user(REPORTERS)
    a_user(MANAGING)
    story = submit(a_story(live=False, owner=writer), writer)
    asked = Notice.objects.filter(story=story, event=Event.SUBMITTED)
    assert set(asked.values_list("person", "read_at")) >= {(first.pk, None), (other.pk, None)}
    decide(story, other)
    assert not asked.filter(read_at=None).exists()
    assert Notice.objects.filter(story=story, event=Event.PASSED_ON, read_at=None).exists()
