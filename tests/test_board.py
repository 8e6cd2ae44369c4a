"""The board: every unfinished story in its column, for those who may see it, in few queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.background.schedule import run_due
from news.board.board import Board
from news.board.cards import BoardCard
from news.board.visible import BoardFilter
from news.desk.live_text import propose
from news.editions.choices import Role
from news.editions.signatures import sign
from news.models import ArticlePage, Edition, Signature
from news.notifications.models import Event
from news.notifications.notices import tell
from news.review.access import Access
from news.views.board import places_for_a_story
from tests.builders import (
    a_section,
    a_story,
    a_user,
    an_author,
    an_image,
    decide,
    feed,
    submit,
    withdraw,
)
from tests.crowd import crowd
from tests.doors import (
    ADMINISTRATORS,
    EDITORS,
    EVERYBODY,
    LEGAL,
    MANAGING,
    REPORTERS,
    SUPERUSER,
    a_desk,
    admin,
    fresh,
    person,
    signatures,
    waiting_at,
)
from tests.signing import LATER, fixed, pass_time, rewritten, sign_at_the_end

pytestmark = pytest.mark.django_db

QUERIES = 49


def where(user: Any, story: ArticlePage, **wish: Any) -> list[str]:
    """In which columns somebody sees a story."""
    board = Board(user, BoardFilter(**{"scope": "all", **wish}))
    columns = board.columns.items()
    return [key for key, column in columns for card in column.cards if card.story_id == story.pk]


def card(user: Any, story: ArticlePage, column: str) -> BoardCard:
    cards = Board(user, BoardFilter(scope="all")).columns[column].cards
    return next(card for card in cards if card.story_id == story.pk)


def acts(user: Any) -> dict[int, str]:
    return {card.story_id: card.act for card in Board(user).waiting}


def scheduled(story: ArticlePage, signer: Any, **form: Any) -> ArticlePage:
    return sign_at_the_end(story, signer, **{**LATER, **form})


def test_a_story_walks_over_the_board() -> None:
    writer, editor, managing = person(REPORTERS), person(EDITORS), person(MANAGING)
    story = a_story(live=False, owner=writer, needs_legal_review=True)
    assert where(managing, story) == ["draft"]
    story = submit(story, writer)
    assert where(managing, story) == ["desk"]
    story = decide(story, editor)
    assert where(managing, story) == ["legal"]
    story = decide(story, person(LEGAL))
    assert where(managing, story) == ["publication"]
    story = scheduled(story, managing, embargo="on")
    assert where(managing, story) == ["scheduled"]
    shown = card(managing, story, "scheduled")
    assert shown.embargo and shown.at is not None and not shown.held
    pass_time(story)
    due = timezone.now() - timedelta(seconds=1)
    QuerySet(Signature).filter(story=story, embargo=True).update(public_from=due)
    assert run_due() == 1
    assert where(managing, story) == []


def test_what_is_returned_is_a_draft_again_and_waits_for_its_writer() -> None:
    writer, editor = person(REPORTERS), person(EDITORS)
    story = submit(a_story(live=False, owner=writer), writer)
    decide(story, editor, "reject", comment="Who says so?")
    assert where(editor, story) == ["draft"]
    assert card(editor, story, "draft").returned
    assert acts(writer) == {story.pk: "Read why, and edit"}
    assert acts(editor) == {}


def test_a_change_to_a_live_story_is_a_draft_and_a_withdrawn_one_is_finished() -> None:
    editor = person(EDITORS)
    story = a_story()
    assert where(editor, story) == []
    rewritten(story, editor)
    assert card(editor, story, "draft").live
    gone = a_story()
    withdraw(gone)
    assert where(editor, gone) == []
    rewritten(gone, editor)
    assert card(editor, gone, "draft").withdrawn


def test_a_card_tells_what_the_newest_draft_says() -> None:
    writer = person(REPORTERS)
    story = a_story("Old headline", live=False, owner=writer, tags=("harbour",))
    draft = fresh(story).get_latest_revision_as_object()
    draft.title, draft.deadline = "New headline", timezone.now() - timedelta(hours=1)
    draft.body = [("paragraph", "<p>One two three four.</p>")]
    draft.save_revision(user=writer)
    shown = card(writer, story, "draft")
    assert (shown.headline, shown.words, shown.tags) == ("New headline", 4, ["harbour"])
    assert shown.overdue
    assert shown.picture == "Picture missing"
    assert shown.since == fresh(story).latest_revision_created_at


@pytest.mark.parametrize(
    ("fields", "said"),
    [({}, ""), ({"credit": ""}, "Picture without"), ({"description": ""}, "Picture without")],
)
def test_a_picture_is_whole_or_named(fields: dict[str, str], said: str) -> None:
    writer = person(REPORTERS)
    story = a_story(live=False, owner=writer, lead_image=an_image(**fields))
    assert card(writer, story, "draft").picture.startswith(said)
    assert bool(card(writer, story, "draft").picture) == bool(said)


def test_who_has_it_is_the_role_of_the_nearest_desk() -> None:
    desk = a_desk("culture")
    managing = person(MANAGING)
    here = waiting_at("desk", person(REPORTERS), parent=desk)
    there = waiting_at("desk", person(REPORTERS))
    assert card(managing, here, "desk").role == "Editors: culture"
    assert card(managing, there, "desk").role == "Editors"


def test_a_fix_of_the_live_text_waits_at_publication() -> None:
    editor, other = person(EDITORS), person(EDITORS)
    story = a_story()
    text = fresh(story)
    text.summary = "Mended"
    propose(text, editor, kind="typo", note="", reason="")
    assert where(other, story) == ["publication"]
    assert card(other, story, "publication").address == reverse("sign_fix", args=(story.pk,))
    assert acts(other) == {story.pk: "Read and sign the fix"}
    assert acts(editor) == {}
    fixed(story)
    assert where(other, story) == []


def test_a_time_whose_signature_a_fix_made_void_is_held() -> None:
    writer, managing = person(REPORTERS), person(MANAGING)
    story = a_story()
    rewritten(story, writer)
    story = submit(fresh(story), writer)
    story = scheduled(decide(story, person(EDITORS)), managing)
    assert not card(managing, story, "scheduled").held
    fixed(story)
    assert "signed again" in card(managing, story, "scheduled").held
    assert acts(managing) == {story.pk: "Sign again"}
    assert acts(person(EDITORS)) == {}
    pass_time(story)
    assert run_due() == 0
    assert "not signed" in card(managing, story, "scheduled").held


def test_breaking_news_is_a_debt_until_a_second_person_signs_it() -> None:
    editor, second = person(EDITORS), person(MANAGING)
    story = a_story()
    past = timezone.now() - timedelta(hours=2)
    rows = QuerySet(Edition).filter(story=story)
    rows.update(unreviewed=True, by=editor, second=second, at=past)
    shown = card(second, story, "unreviewed")
    assert shown.late and shown.published_by == editor.first_name
    assert shown.asked == second.first_name
    assert acts(second) == {story.pk: "Read and sign afterwards"}
    assert acts(editor) == {}
    sign(fresh(story), editor, Role.REVIEW)
    assert where(second, story) == ["unreviewed"]
    sign(fresh(story), second, Role.REVIEW)
    assert where(second, story) == []


SEES = {
    REPORTERS: {"feed", "culture", "sport"},
    EDITORS: {"feed", "culture", "sport"},
    MANAGING: {"feed", "culture", "sport"},
    SUPERUSER: {"feed", "culture", "sport"},
    "Reporters: culture": {"culture"},
    "Editors: culture": {"culture"},
    LEGAL: set(),
    ADMINISTRATORS: set(),
}


@pytest.mark.parametrize("role", SEES)
def test_drafts_of_other_desks_stay_there(role: str) -> None:
    places = {"feed": None, "culture": a_desk("culture"), "sport": a_desk("sport")}
    owner = a_user()
    drafts = {name: a_story(live=False, owner=owner, parent=at) for name, at in places.items()}
    user = person(role)
    assert {name for name, story in drafts.items() if where(user, story)} == SEES[role]


@pytest.mark.parametrize("name", ["desk", "legal", "publication"])
@pytest.mark.parametrize("role", EVERYBODY)
def test_the_board_offers_what_the_editor_offers(role: str, name: str) -> None:
    """The cards' own rule, for many stories at once, gives the answers of the task."""
    story = waiting_at(name, person(REPORTERS))
    user = person(role)
    actions = {action for action, *_rest in story.current_workflow_task.get_actions(story, user)}
    assert bool(acts(user)) == ("approve" in actions)


@pytest.mark.parametrize("number", [1, 2])
def test_nobody_is_told_to_sign_what_they_wrote(number: int) -> None:
    signatures(number)
    managing, editor = person(MANAGING), person(EDITORS)
    story = waiting_at("publication", person(REPORTERS))
    rewritten(story, managing)
    assert (story.pk in acts(managing)) == (number == 1)
    # Where the holder of the stage worked on it, an editor signs instead.
    task = fresh(story).current_workflow_task
    stands_in = "approve" in {name for name, *_rest in task.get_actions(fresh(story), editor)}
    assert stands_in == (story.pk in acts(editor)) is True


def test_a_lawyer_sees_what_is_in_legal_and_what_they_decided_on() -> None:
    lawyer, other = person(LEGAL), person(LEGAL)
    story = waiting_at("legal", person(REPORTERS))
    elsewhere = waiting_at("desk", person(REPORTERS))
    assert where(lawyer, story) == ["legal"]
    decide(story, lawyer)
    assert where(lawyer, story) == ["publication"]
    assert where(other, story) == where(lawyer, elsewhere) == []


def test_who_is_named_sees_a_story_of_another_desk_and_no_longer_when_taken_out() -> None:
    sport = a_desk("sport")
    a_desk("culture")
    sharer, writer = person("Reporters: culture"), person("Reporters: culture")
    story = a_story(live=False, owner=a_user(), parent=sport, authors=(an_author(user=writer),))
    draft = fresh(story).get_latest_revision_as_object()
    draft.shared_with.add(sharer)
    draft.save_revision()
    assert where(writer, story) == where(sharer, story) == ["draft"]
    draft = fresh(story).get_latest_revision_as_object()
    draft.shared_with.remove(sharer)
    draft.bylines.set([])
    draft.save_revision(overwrite_revision=fresh(story).latest_revision)
    assert where(writer, story) == where(sharer, story) == []


def test_scopes_sections_and_people() -> None:
    culture, sport = a_desk("culture"), a_desk("sport")
    me, other = person("Editors: culture", name="me"), person(REPORTERS)
    me.groups.add(person(EDITORS).groups.get())
    own = a_story(live=False, owner=me, parent=sport)
    desk = a_story(live=False, owner=other, parent=culture)
    waits = submit(a_story(live=False, owner=other, parent=culture), other)
    far = a_story(live=False, owner=other, parent=sport)

    def shown(**wish: Any) -> set[int]:
        columns = Board(me, BoardFilter(**wish)).columns.values()
        return {card.story_id for column in columns for card in column.cards}

    assert shown(scope="mine") == {own.pk, waits.pk}
    assert shown(scope="desk") == {desk.pk, waits.pk}
    assert shown(scope="all") == {own.pk, desk.pk, waits.pk, far.pk}
    assert shown(scope="all", section=sport.path) == {own.pk, far.pk}
    assert shown(scope="all", person=me) == {own.pk}
    assert shown(scope="all", column="desk") == {waits.pk}


def test_a_column_shows_some_and_leads_to_all() -> None:
    writer = person(REPORTERS)
    ids = crowd(60, a_story("Like this"), a_desk("culture"), writer, stands=("draft",))
    board = Board(writer)
    assert board.columns["draft"].total == 60
    assert len(board.columns["draft"].cards) == 10
    pages = [
        Board(writer, BoardFilter(column="draft", page=page)).columns["draft"] for page in (1, 2, 3)
    ]
    assert [len(page.cards) for page in pages] == [50, 10, 0]
    assert {card.story_id for page in pages for card in page.cards} == set(ids)
    html = admin(writer).get("/admin/").content.decode()
    assert "?stage=draft" in html and "Show all 60" in html
    second = admin(writer).get("/admin/?stage=draft&p=2").content.decode()
    assert "Page 2 of 2" in second and "What waits for you" not in second


@pytest.mark.parametrize("role", EVERYBODY)
def test_the_first_screen_opens_for_everybody(role: str) -> None:
    waiting_at("desk", person(REPORTERS))
    answer = admin(person(role)).get("/admin/")
    assert answer.status_code == 200
    assert "What waits for you" in answer.content.decode()


@pytest.mark.parametrize(
    "query", ["scope=everything", "section=99999", "person=x", "stage=nowhere", "p=0", "p=x"]
)
def test_filters_that_make_no_sense_are_none(query: str) -> None:
    for address in (f"/admin/?{query}", f"/admin/board/?part=board&{query}"):
        assert admin(person(EDITORS)).get(address).status_code == 200


def test_the_calendar_runs_on_the_newsrooms_clock_and_marks_embargoes() -> None:
    managing = person(MANAGING)
    story = waiting_at("publication", person(REPORTERS), title="Due soon")
    scheduled(story, managing, embargo="on")
    html = admin(managing).get("/admin/").content.decode()
    calendar = html[html.index('id="agenda"') :]
    assert "Due soon" in calendar and "Embargo" in calendar and "UTC" in calendar


def test_unread_notices_are_shown_to_whom_they_are_told() -> None:
    editor = person(EDITORS)
    story = a_story("Look here", live=False)
    tell(Event.COMMENTED, [editor], story, reason="Second paragraph")
    assert "Second paragraph" in admin(editor).get("/admin/").content.decode()
    assert "Second paragraph" not in admin(person(EDITORS)).get("/admin/").content.decode()


def test_an_owner_reads_how_many_signatures_a_text_needs_and_who_gives_the_last() -> None:
    owner = person(ADMINISTRATORS)
    html = admin(owner).get("/admin/").content.decode()
    assert "Two signatures." in html and "Nobody can sign yet." in html
    assert "Invite somebody" in html
    managing = person(MANAGING, name="mara")
    html = admin(owner).get("/admin/").content.decode()
    assert "This person can sign: Mara." in html and "Invite somebody" not in html
    assert "Two signatures." not in admin(managing).get("/admin/").content.decode()
    signatures(1)
    for user in (owner, managing):
        assert "One signature" in admin(user).get("/admin/").content.decode()


def test_who_alone_can_sign_is_told_to_invite_somebody() -> None:
    owner = person(SUPERUSER)
    html = admin(owner).get("/admin/").content.decode()
    assert "Nobody but you can sign" in html and "Invite somebody" in html


def test_the_live_part_is_sent_only_when_something_happened() -> None:
    editor, writer = person(EDITORS), person(REPORTERS)
    client = admin(editor)
    address = "/admin/board/?part=board"
    first = client.get(address)
    tag = {"If-None-Match": first["ETag"]}
    if client.get(address, headers=tag).status_code == 200:  # a minute began in between
        tag = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=tag).status_code == 304
    assert admin(writer).get(address, headers=tag).status_code == 200
    submit(a_story("Fresh", live=False, owner=writer), writer)
    answer = client.get(address, headers=tag)
    assert answer.status_code == 200 and "Fresh" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_the_board_has_its_number_of_queries_for_30_and_for_3000_stories() -> None:
    culture = a_desk("culture")
    owner, managing = person(REPORTERS), person(MANAGING)
    like = a_story("Like this", tags=("one", "two"), authors=(an_author(user=owner),))
    client = admin(managing)

    def queries() -> int:
        client.get("/admin/")
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/admin/").status_code == 200
        return len(captured)

    crowd(30, like, culture, owner)
    few = queries()
    crowd(2970, like, culture, owner)
    assert few == queries() == QUERIES


def test_a_new_story_begins_in_a_section_where_there_are_any() -> None:
    reporter, feed_alone = person(REPORTERS), [(feed().pk, "News (no section)")]
    assert places_for_a_story(Access.of(reporter), None) == feed_alone
    culture, world = a_desk("culture"), a_section("World")
    sections = [(section.pk, section.title) for section in (culture, world)]
    assert places_for_a_story(Access.of(reporter), None) == [*sections, *feed_alone]
    assert places_for_a_story(Access.of(reporter), world) == sections[1:]
    of_culture = person("Reporters: culture")
    assert places_for_a_story(Access.of(of_culture), None) == sections[:1]
    assert places_for_a_story(Access.of(person(LEGAL)), None) == []
    assert f"/admin/pages/add/news/articlepage/{culture.pk}/" in (
        admin(reporter).get("/admin/").content.decode()
    )
