"""Breaking news: public at once with a reason, and a debt until a second person has signed it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.background.schedule import run_due
from cms.models import Change, User
from news.desk.breaking import publish_breaking, review, unreviewed_editions
from news.desk.legal_hold import set_hold
from news.editions.signatures import digest_of
from news.models import ArticlePage, DeskSettings, Edition, Notice
from tests.builders import a_story, a_user, signed
from tests.door_table import (
    DRAFT,
    PEOPLE,
    PUBLISHERS,
    REVIEW,
    REWRITE,
    a_story_in,
    newest,
    snapshot,
)
from tests.door_ways import says_why, told
from tests.doors import EDITORS, LEGAL, MANAGING, REPORTERS, admin, fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return a_user(EDITORS, name="second")


@pytest.fixture
def chief() -> User:
    return a_user(MANAGING, name="chief")


def digest(story: ArticlePage) -> str:
    return digest_of(fresh(story).get_latest_revision_as_object())


def form(story: ArticlePage, reader: User, **fields: str) -> dict[str, str]:
    shown = {"digest": digest(story), "reason": "Sirens now", "second": str(reader.pk)}
    return {**shown, **fields}


def post(user: User, story: ArticlePage, data: dict[str, str]) -> list[str]:
    client = admin(user)
    return told(client, client.post(reverse("publish_breaking", args=(story.pk,)), data))


def break_the_news(story: ArticlePage, by: User, second: User, **words: str) -> Edition:
    words = {"digest": digest(story), "reason": "Sirens now", **words}
    return publish_breaking(story, by, second=second, **words)


def page(story: ArticlePage) -> str:
    return Client().get(fresh(story).url).content.decode()


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("state", [DRAFT, REVIEW, REWRITE])
def test_managing_editors_publish_at_once(role: str, state: str, editor: User) -> None:
    story, user = a_story_in(state, a_user(REPORTERS)), person(role)
    before = snapshot(story)
    sentences = post(user, story, form(story, editor))
    if role not in PUBLISHERS:
        assert snapshot(story) == before and says_why(sentences, role, ""), sentences
        return
    edition = newest(story)
    assert (edition.channel, edition.reason, edition.unreviewed) == ("breaking", "Sirens now", True)
    assert (edition.by, edition.second) == (user, editor)
    assert list(unreviewed_editions()) == [edition]
    assert "Breaking" in page(story) and "Breaking" in Client().get("/news/").content.decode()
    data = Client().get(f"/api/v2/pages/{story.pk}/").json()
    assert data["breaking"] is True
    notice = Notice.objects.get(event="breaking")
    assert notice.person == editor and notice.reason == "Sirens now"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"reason": " "}, "required"),
        ({"second": ""}, "required"),
        ({"second": "999999"}, "valid choice"),
        ({"digest": "0" * 64}, "look again"),
        ({"digest": ""}, "required"),
    ],
    ids=str,
)
def test_bad_input_publishes_nothing(
    wrong: dict[str, str], says: str, chief: User, editor: User
) -> None:
    story = a_story_in(DRAFT, a_user(REPORTERS))
    before = snapshot(story)
    sentences = post(chief, story, form(story, editor, **wrong))
    assert snapshot(story) == before
    assert says in " ".join(sentences), sentences


def test_the_second_person_did_not_work_on_it(chief: User, editor: User) -> None:
    story = a_story_in(DRAFT, a_user(REPORTERS))
    draft = story.get_latest_revision_as_object()
    draft.summary = "An editor's line"
    draft.save_revision(user=editor)
    for second in (editor, chief, story.owner, a_user(LEGAL), a_user(EDITORS, name="gone")):
        if second.username == "gone":
            User.objects.filter(pk=second.pk).update(is_active=False)
        with pytest.raises(PermissionDenied, match="did not work on the text"):
            break_the_news(story, chief, second)
    assert not fresh(story).live


def test_its_publisher_cannot_clear_the_debt_another_can(chief: User, editor: User) -> None:
    story = a_story_in(DRAFT, a_user(REPORTERS))
    edition = break_the_news(story, chief, editor)
    address = reverse("review_breaking", args=(story.pk, edition.number))
    for user in (chief, a_user(MANAGING, name="else"), a_user(REPORTERS), a_user(LEGAL)):
        if user.username == "else":
            wrong = admin(user)
            assert "another text" in " ".join(told(wrong, wrong.post(address, {"digest": "0"})))
            continue
        client = admin(user)
        client.post(address, {"digest": edition.digest})
        assert unreviewed_editions().exists(), user
    assert "sign" in admin(editor).get(address).content.decode()
    admin(editor).post(address, {"digest": edition.digest})
    assert not unreviewed_editions().exists() and "Breaking" not in page(story)
    assert {notice.person for notice in Notice.objects.filter(event="reviewed")} == {chief}
    with pytest.raises(PermissionDenied, match="already"):
        review(edition, a_user(EDITORS), edition.digest)


def test_a_writer_cannot_review(chief: User, editor: User) -> None:
    writer = a_user(EDITORS, name="writer")
    story = a_story_in(DRAFT, writer)
    edition = break_the_news(story, chief, editor)
    with pytest.raises(PermissionDenied, match="somebody else"):
        review(edition, writer, edition.digest)


def test_a_changed_text_leaves_the_debt(chief: User, editor: User) -> None:
    """What was public unreviewed stays a debt when another text has followed."""
    story = a_story_in(DRAFT, a_user(REPORTERS))
    first = break_the_news(story, chief, editor)
    draft = fresh(story).get_latest_revision_as_object()
    draft.title = "More is known"
    draft.save_revision(user=story.owner)
    second = break_the_news(story, chief, editor, note="", kind="update")
    assert list(unreviewed_editions()) == [first, second] and second.kind == "update"
    review(second, editor, second.digest)
    assert list(unreviewed_editions()) == [first] and fresh(story).is_breaking
    review(first, editor, first.digest)
    assert not unreviewed_editions().exists() and not fresh(story).is_breaking


def test_the_label_ends_with_its_time(chief: User, editor: User) -> None:
    story = a_story_in(DRAFT, a_user(REPORTERS))
    break_the_news(story, chief, editor)
    alias = fresh(story).create_alias(update_slug="twin")
    past = timezone.now() - timedelta(seconds=1)
    ArticlePage.objects.filter(breaking_until__isnull=False).update(breaking_until=past)
    number = Change.objects.count()
    assert [run_due(), run_due()] == [1, 0]
    change = Change.objects.latest("number")
    assert Change.objects.count() == number + 1 and change.kind == "label"
    assert change.before and change.before["breaking"] and not (change.after or {})["breaking"]
    assert not fresh(story).breaking_until and not fresh(alias).breaking_until
    assert unreviewed_editions().exists(), "the debt stays"


def test_a_late_review_escalates_once(chief: User, editor: User) -> None:
    administrator, other = a_user("Administrators"), a_user(MANAGING, name="other")
    story = a_story_in(DRAFT, a_user(REPORTERS))
    break_the_news(story, chief, editor)
    assert run_due() == 0
    settings = DeskSettings.load()
    settings.review_minutes = 0
    settings.save()
    assert [run_due(), run_due(), run_due()] == [1, 0, 0]
    late = Notice.objects.filter(event="late")
    assert {notice.person for notice in late} == {chief, editor, other, administrator}
    assert late.count() == 4


def test_past_the_limit_it_takes_a_reason(chief: User, editor: User) -> None:
    settings = DeskSettings.load()
    settings.most_unreviewed = 1
    settings.save()
    break_the_news(a_story_in(DRAFT, a_user(REPORTERS)), chief, editor)
    story = a_story_in(DRAFT, a_user(REPORTERS))
    page_before = admin(chief).get(reverse("publish_breaking", args=(story.pk,))).content.decode()
    assert "1 story is public that nobody else has read" in page_before
    sentences = post(chief, story, form(story, editor))
    assert not fresh(story).live and "required" in " ".join(sentences)
    with pytest.raises(PermissionDenied, match="nobody else has read"):
        break_the_news(story, chief, editor)
    post(chief, story, form(story, editor, override="A second attack"))
    assert fresh(story).live and newest(story).reason == "Sirens now\nA second attack"


def test_what_is_held_or_has_its_time_does_not_break(chief: User, editor: User) -> None:
    story = a_story_in(DRAFT, a_user(REPORTERS))
    lawyer = a_user(LEGAL)
    set_hold(story, lawyer, "A court order", held=True)
    with pytest.raises(PermissionDenied, match="Held by legal: A court order"):
        break_the_news(story, chief, editor)
    set_hold(story, lawyer, "Lifted", held=False)
    assert break_the_news(story, chief, editor).live
    timed = a_story("Later", live=False, go_live_at=timezone.now() + timedelta(hours=1))
    revision = timed.get_latest_revision()
    revision.approved_go_live_at = timed.go_live_at
    revision.save()
    with pytest.raises(PermissionDenied, match="off the schedule"):
        break_the_news(timed, chief, editor)


def test_a_signed_text_needs_no_second_reader(chief: User, editor: User) -> None:
    story = a_story_in(DRAFT, a_user(REPORTERS))
    signed(story)
    edition = break_the_news(story, chief, editor)
    assert (
        not edition.unreviewed and not unreviewed_editions().exists() and fresh(story).is_breaking
    )
