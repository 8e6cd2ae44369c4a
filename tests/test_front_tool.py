"""The front-page tool: who stands where, by whose hand, at once."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, PageLogEntry

from home.models import HomePage
from news.editions.errors import Refused
from news.models import NewsIndexPage
from tests.builders import a_section, a_story, home
from tests.doors import EVERYBODY, MANAGING, SUPERUSER, admin, edit_form, person
from tests.following import publish, written
from tests.front_page import address, do, messages, post, public_titles, said

pytestmark = pytest.mark.django_db

MAY = {MANAGING, SUPERUSER}


@pytest.mark.parametrize("role", EVERYBODY)
def test_who_may(role: str) -> None:
    user, story = person(role), a_story()
    client, before = admin(user), home().places
    allowed = role in MAY
    shown = client.get(address(), follow=True)
    assert (shown.request["PATH_INFO"] == address()) == allowed
    assert ("managing editors" in str(messages(shown))) != allowed
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    assert (reverse("front_tool") in menu) == allowed
    answer = post(user, "put", story=story.pk, place=0)
    assert answer.status_code == (200 if allowed else 403)
    assert ("managing editors" in answer.content.decode()) != allowed
    assert home().places == ((story.pk, *before[1:]) if allowed else before)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=(home().pk,)))
    assert (address() in editor.content.decode()) == allowed


def test_strangers_are_asked_who_they_are() -> None:
    assert Client().get(address()).status_code == 302
    assert Client().post(address(), {"do": "undo"}).status_code == 302
    assert admin(person(MANAGING)).get(reverse("front_tool", args=(99999,))).status_code == 404


def test_every_choice_is_public_at_once(reader: Client) -> None:
    stories = [a_story(f"Story {number}", hours_ago=number + 1) for number in range(6)]
    user = person(MANAGING)
    for asked, at, story, expected in (
        ("put", 0, 5, "5 0 1 2 3"),
        ("put", 3, 4, "5 0 1 4 2"),
        ("put", 3, 3, "5 0 1 3 2"),
        ("put", 0, 3, "3 0 1 5 2"),
        ("up", 3, None, "3 0 5 1 2"),
        ("down", 0, None, "0 3 5 1 2"),
        ("empty", 1, None, "0 1 5 2 3"),
    ):
        posted = {"story": stories[story].pk} if story is not None else {}
        changes = written(lambda: do(user, asked, place=at, **posted))  # noqa: B023
        assert [(change.kind, change.subject) for change in changes] == [
            ("changed", "home.homepage")
        ]
        assert public_titles(reader) == [f"Story {number}" for number in expected.split()]
    front = home()
    assert front.live_revision is not None and front.live_revision.user == user
    assert not front.has_unpublished_changes
    assert written(lambda: do(user, "put", place=2, story=stories[5].pk)) == []


def test_by_script_and_without() -> None:
    user, story = person(MANAGING), a_story("Told")
    answer = post(user, "put", story=story.pk, place=2)
    assert said(answer) == "“Told” stands at: Slot 2."
    assert b"<html" not in answer.content
    plain = post(user, "up", place=2, script=False)
    assert (plain.status_code, plain["Location"]) == (302, address())
    assert home().places == (None, story.pk, None, None, None)
    shown = admin(user).get(address())
    assert "“Told” moved to: Slot 1." in shown.content.decode()


def test_what_cannot_stand_there() -> None:
    user = person(MANAGING)
    public = a_story()
    other = Locale.objects.create(language_code="uk")
    translated = home().copy_for_translation(other)
    publish(translated)
    index = NewsIndexPage(title="Новини", slug="news-uk", locale=other)
    translated.add_child(instance=index)
    foreign = a_story(parent=index)
    alias = public.create_alias(parent=a_section())
    before = home().places
    for pk in (a_story(live=False).pk, foreign.pk, alias.pk, home().pk, 0, "", "x", "9" * 30, "²"):
        answer = post(user, "put", story=pk, place=0)
        assert answer.status_code == 403 and "Only public stories" in said(answer), pk
    for posted in ({"place": 5}, {"place": "x"}, {}):
        assert post(user, "put", story=public.pk, **posted).status_code == 403
    for asked in ("up", "down", "empty", "undo", "redo", "", "publish"):
        assert post(user, asked, place=0).status_code == 403
    assert home().places == before
    post(user, "put", story=public.pk, place=0)
    assert post(user, "up", place=0).status_code == 403
    assert admin(user).get(address(translated)).status_code == 200
    languages = admin(user).get(address()).content.decode()
    assert address(translated) in languages


def test_somebody_was_faster() -> None:
    first, second = person(MANAGING, name="ann"), person(MANAGING)
    one, two = a_story(), a_story()
    shown = admin(second).get(address()).context["seen"]
    do(first, "put", story=one.pk, place=0)
    late = post(second, "put", story=two.pk, place=0, seen=shown)
    assert late.status_code == 409
    assert "changed meanwhile, last by Ann" in said(late)
    assert home().lead == one
    assert post(second, "put", story=two.pk, place=0, seen="").status_code == 409
    again = late.context["seen"]
    assert post(second, "put", story=two.pk, place=0, seen=again).status_code == 200


def test_a_draft_that_waits_stays_a_draft(reader: Client) -> None:
    user, writer = person(MANAGING), person(MANAGING)
    story, own = a_story("Chosen"), a_story("Own")
    draft = home()
    draft.seo_title = "A draft title"
    draft.save_revision(user=writer)
    do(user, "put", story=story.pk, place=0)
    front = home()
    assert (front.lead, front.seo_title, front.has_unpublished_changes) == (story, "", True)
    waiting = front.get_latest_revision_as_object()
    assert (waiting.seo_title, waiting.lead) == ("A draft title", story)
    assert front.latest_revision is not None and front.latest_revision.user == writer
    assert "A draft of this page waits" in admin(user).get(address()).content.decode()
    # A draft with places of its own keeps them.
    waiting.place((own.pk, None, None, None, None))
    waiting.save_revision(user=writer)
    do(user, "put", story=story.pk, place=2)
    waiting = home().get_latest_revision_as_object()
    assert (waiting.places[0], waiting.seo_title) == (own.pk, "A draft title")
    publish(waiting)
    assert public_titles(reader)[0] == "Own"


def test_locked_scheduled_hidden() -> None:
    user, story = person(MANAGING), a_story()

    def refused(words: str) -> bool:
        answer = post(user, "put", story=story.pk, place=0)
        shown = admin(user).get(address()).content.decode()
        return answer.status_code == 403 and words in said(answer) and words in shown

    HomePage.objects.update(locked=True, locked_by=person(MANAGING))
    assert refused("locked")
    HomePage.objects.update(locked=False, locked_by=None)
    revision = home().save_revision(approved_go_live_at="2099-01-01T00:00:00Z")
    assert refused("scheduled")
    revision.approved_go_live_at = None
    revision.save()
    home().unpublish()
    assert refused("not public")
    assert home().places == (None,) * 5


def test_the_editor_leaves_gaps_where_they_are() -> None:
    """Its form numbers slots without gaps."""
    user, story = person(MANAGING), a_story()
    do(user, "put", story=story.pk, place=3)
    client, [slot] = admin(user), home().slots.all()
    data = edit_form(client, home(), seo_title="New")
    data["action-publish"] = "1"
    client.post(reverse("wagtailadmin_pages:edit", args=(home().pk,)), data)
    assert (home().seo_title, home().places) == ("New", (None, None, None, story.pk, None))
    assert list(home().slots.all()) == [slot], "a form that is open elsewhere names this row"


def test_the_log_says_what_was_done() -> None:
    user = person(MANAGING)
    do(user, "put", story=a_story("Logged").pk, place=1)
    history = admin(user).get(reverse("wagtailadmin_pages:history", args=(home().pk,)))
    assert "“Logged” stands at: Slot 1." in history.content.decode()
    assert PageLogEntry.objects.filter(page=home().pk, action="wagtail.publish", user=user).exists()


def test_candidates() -> None:
    user = person(MANAGING)
    a_story("The harbour is closed")
    a_story("Harbour opens again")
    a_story("A secret harbour", live=False)
    client = admin(user)

    def found(query: str) -> list[str]:
        shown = client.get(address(), {"q": query}).context["candidates"]
        return [story.title for story in shown]

    assert set(found("harbour")) == {"The harbour is closed", "Harbour opens again"}
    assert found("HARBOUR closed") == ["The harbour is closed"]
    assert found("nothing of the kind") == []
    assert found("x" * 5000) == [] and found("%") == []
    assert len(found("")) == 2


def test_the_same_number_of_queries_for_3_and_30() -> None:
    user = person(MANAGING)
    client = admin(user)
    section = a_section()

    def queries() -> int:
        client.get(address())
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address()).status_code == 200
        return len(captured)

    stories = [a_story(parent=section) for _number in range(3)]
    do(user, "put", story=stories[0].pk, place=0)
    few = queries()
    stories += [a_story(parent=section) for _number in range(27)]
    for at in range(5):
        do(user, "put", story=stories[-at - 1].pk, place=at)
    assert queries() == few
    assert few <= 40, few


def test_nobody_else_reaches_it_below_the_screen() -> None:
    with pytest.raises(Refused):
        do(person("Editors"), "put", story=a_story().pk, place=0)
