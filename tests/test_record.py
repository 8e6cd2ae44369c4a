"""The record of a story: whole, in order, for those who may read it, and as files."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.models import User
from news.desk.draft_links import make_link, revoke
from news.desk.live_text import propose, publish_fix
from news.desk.record import COLUMNS, harmless, record_of
from news.editions.choices import Role
from news.editions.context import publication_context
from news.editions.document import digest
from news.editions.signatures import digest_of, sign
from news.models import ArticlePage, Edition
from tests.builders import a_story, a_user, an_author, decide, publish_again, submit, withdraw
from tests.doors import (
    ADMINISTRATORS,
    EDITORS,
    LEGAL,
    MANAGING,
    REPORTERS,
    SUPERUSER,
    a_desk,
    admin,
    fresh,
    person,
    waiting_at,
)
from tests.signing import rewritten, sign_at_the_end

pytestmark = pytest.mark.django_db


def address(story: ArticlePage, form: str = "") -> str:
    return reverse("story_record", args=(story.pk,)) + (f"?format={form}" if form else "")


def a_whole_day() -> tuple[ArticlePage, dict[str, User]]:
    """A story that is returned, signed, fixed, shared, held and withdrawn."""
    people = {
        name: a_user(role, name=name)
        for name, role in {
            "rita": REPORTERS,
            "ed": EDITORS,
            "mia": MANAGING,
            "lea": LEGAL,
        }.items()
    }
    rita, ed, mia, lea = people.values()
    story = a_story("The ferry", live=False, owner=rita)
    rewritten(story, rita, "The ferry sails")
    submit(story, rita)
    decide(story, ed, "reject", "=Who says so?")
    rewritten(story, rita, "The ferry sails again")
    fresh(story).current_workflow_state.resume(rita)
    sign(fresh(story).get_latest_revision_as_object(), rita, Role.WRITER)
    decide(story, ed)
    sign_at_the_end(story, mia)
    text = fresh(story)
    text.summary = "The typo is gone"
    fix = propose(text, ed, kind="correction", note="We had it wrong.", reason="A reader wrote")
    publish_fix(fix, mia, digest_of(text))
    link, _token = make_link(fresh(story), ed, 3)
    revoke(link, ed)
    sign(fresh(story).get_latest_revision_as_object(), lea, Role.HOLD, reason="A letter came")
    with publication_context("", "On advice", mia):
        fresh(story).unpublish(user=mia)
    return fresh(story), people


def test_everything_is_there_in_order() -> None:
    story, people = a_whole_day()
    entries = record_of(story)
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    told = [(entry.what, entry.name, entry.sentence) for entry in entries]
    expected = [
        ("contribution", "Rita", "Changed the text."),
        ("signature", "Rita", "Submitted it."),
        ("returned", "Ed", "Desk review: returned with comments."),
        ("contribution", "Rita", "Changed the text."),
        ("passed", "Ed", "Desk review: passed on."),
        ("signature", "Mia", "Signed it."),
        ("edition", "Mia", "Edition 1: First publication. Approval."),
        ("fix", "Ed", "Proposed a fix of the live text: Correction."),
        ("signature", "Mia", "Signed it."),
        ("edition", "Mia", "Edition 2: Correction. Fix of the live text."),
        ("signature", "Lea", "Held it."),
        ("edition", "Mia", "Edition 3: Withdrawal. Unpublished."),
    ]
    rest = iter(told)
    for line in expected:
        assert any(line == other for other in rest), (line, told)
    logged = [entry.data["action"] for entry in entries if entry.what == "log"]
    for action in ("wagtail.workflow.start", "news.draft_link.make", "news.draft_link.revoke"):
        assert action in logged
    assert not {"wagtail.edit", "wagtail.publish"} & set(logged)
    by_reason = {entry.reason: entry.what for entry in entries if entry.reason}
    assert by_reason["=Who says so?"] == "returned"
    assert by_reason["On advice"] == "edition" and by_reason["A letter came"] == "signature"
    # The last edition repeats what was signed before; nobody and nothing else is in the record.
    assert {entry.name for entry in entries} <= {"", *(p.get_full_name() for p in people.values())}


def test_other_stories_are_not_in_it() -> None:
    story, _people = a_whole_day()
    other = a_story("Another", live=False)
    assert [entry.what for entry in record_of(other) if entry.what != "log"] == []
    assert record_of(story)


def test_the_screen() -> None:
    story, people = a_whole_day()
    client = admin(people["ed"])
    page = client.get(address(story)).content.decode()
    assert "Edition 2: Correction. Fix of the live text." in page
    assert "A reader wrote" in page and "We had it wrong." in page and "=Who says so?" in page
    for edition in Edition.objects.filter(story=story):
        assert edition.digest[:8] in page
        assert reverse("edition_changes", args=(story.pk, edition.number)) in page
    assert page.index("Edition 3") < page.index("Edition 2") < page.index("Edition 1")
    editor = client.get(reverse("wagtailadmin_pages:edit", args=(story.pk,))).content.decode()
    assert address(story) in editor


def test_edition_changes_between_two_editions() -> None:
    story, people = a_whole_day()
    client = admin(people["ed"])

    def changed(number: int) -> str:
        answer = client.get(reverse("edition_changes", args=(story.pk, number)))
        assert answer.status_code == 200
        return str(answer.content.decode())

    assert "<ins>The ferry sails again</ins>" in changed(1)
    assert "<ins>The typo is gone</ins>" in changed(2) and "sails again" in changed(2)
    assert "The text is the same as before." in changed(3)
    for number in (0, 4):
        missing = client.get(reverse("edition_changes", args=(story.pk, number)))
        assert missing.status_code == 404


def test_json_holds_every_text_that_was_public() -> None:
    story, people = a_whole_day()
    response = admin(people["ed"]).get(address(story, "json"))
    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == f'attachment; filename="record-{story.pk}.json"'
    data = json.loads(response.content)
    assert set(data) == {"format", "exported_at", "story", "entries"}
    assert data["format"] == "dateline-record-1"
    assert data["story"]["id"] == story.pk and data["story"]["headline"] == story.draft_title
    keys = {"at", "what", "person", "name", "sentence", "reason", "note", "data"}
    assert all(set(entry) == keys for entry in data["entries"])
    assert all(entry["at"].endswith("Z") for entry in data["entries"])
    editions = [entry["data"] for entry in data["entries"] if entry["what"] == "edition"]
    assert [edition["number"] for edition in editions] == [1, 2, 3]
    for edition in editions:
        assert digest(edition["document"]) == edition["digest"]
    assert [row["name"] for row in editions[0]["signatures"]] == ["Rita", "Mia"]


def test_csv_is_harmless_in_a_spreadsheet() -> None:
    story, people = a_whole_day()
    response = admin(people["ed"]).get(address(story, "csv"))
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert tuple(rows[0]) == COLUMNS and len(rows) == len(record_of(story))
    [returned] = [row for row in rows if row["what"] == "returned"]
    assert returned["reason"] == "'=Who says so?" and returned["at"].endswith("Z")
    assert [row["number"] for row in rows if row["what"] == "edition"] == ["1", "2", "3"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff20", " ="])
def test_no_cell_is_a_formula(start: str) -> None:
    assert harmless(f"{start}cmd") == f"'{start}cmd"
    assert harmless("plain") == "plain" and harmless(None) == ""


def test_an_unknown_format_is_the_screen() -> None:
    story = a_story()
    answer = admin(person(EDITORS)).get(address(story, "xml"))
    assert answer["Content-Type"].startswith("text/html")


def test_who_reads_the_record() -> None:
    desk = a_desk("culture")
    owner, named = a_user(REPORTERS), a_user(REPORTERS)
    story = waiting_at("publication", owner, parent=desk, authors=(an_author(user=named),))
    table = {
        owner: True,
        named: True,
        a_user("Editors: culture"): True,
        person(EDITORS): True,
        person(MANAGING): True,
        person(LEGAL): True,  # it came to Legal review
        person(ADMINISTRATORS): True,
        person(SUPERUSER): True,
        person(REPORTERS): False,
        a_user("Editors: elsewhere"): False,
        a_user("Reporters: culture"): False,
    }
    changed = reverse("edition_changes", args=(story.pk, 1))
    for user, may in table.items():
        for place in (address(story), address(story, "csv"), address(story, "json")):
            assert (admin(user).get(place).status_code == 200) == may, (user, place)
        assert admin(user).get(changed).status_code == (404 if may else 302)
        if not may and user.has_perm("wagtailadmin.access_admin"):
            refused = admin(user).get(address(story), follow=True).content.decode()
            assert "The record of a story is for its writers" in refused
    assert Client().get(address(story)).status_code == 302
    assert admin(person(EDITORS)).post(address(story)).status_code == 405


def test_a_lawyer_who_never_had_it_does_not() -> None:
    lawyer = person(LEGAL)
    for story in (a_story(), passed_without_lawyers()):
        assert admin(lawyer).get(address(story)).status_code == 302


def passed_without_lawyers() -> ArticlePage:
    owner = a_user(REPORTERS)
    story = submit(a_story(live=False, owner=owner), owner)
    return decide(story, person(EDITORS))


def queries(user: User, place: str) -> int:
    client = admin(user)
    client.get(place)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(place).status_code == 200
    return len(captured)


def test_queries_do_not_grow() -> None:
    story, editor = a_story(), person(EDITORS)
    places: list[Any] = [address(story), address(story, "csv"), address(story, "json")]

    def more(number: int) -> None:
        for n in range(number):
            text = fresh(story)
            text.title = f"{timezone.now() + timedelta(seconds=n)}"
            rewritten(story, a_user(REPORTERS), text.title)
            publish_again(fresh(story).get_latest_revision_as_object())
            make_link(fresh(story), a_user(EDITORS), 1)

    more(1)
    few = [queries(editor, place) for place in places]
    more(9)
    assert len(record_of(story)) > 30
    many = [queries(editor, place) for place in places]
    assert few == many and max(many) <= 25, (few, many)


def test_withdrawn_by_the_clock_names_nobody() -> None:
    story = a_story()
    withdraw(story)
    last = [entry for entry in record_of(fresh(story)) if entry.what == "edition"][-1]
    assert (last.person, last.name) == (None, "")
