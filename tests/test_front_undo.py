"""Undo on the front page, and places that empty themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Revision

from home.front.history import History
from news.editions.errors import Refused
from news.models import ArticlePage
from tests.builders import a_section, a_story, home, make_private, move, publish_again, withdraw
from tests.doors import MANAGING, admin, person
from tests.following import publish, written
from tests.front_page import address, do, public_titles

pytestmark = pytest.mark.django_db

EMPTY = (None,) * 5


def back(story: ArticlePage) -> None:
    publish_again(ArticlePage.objects.get(pk=story.pk))


def test_undo_and_redo_by_anybody() -> None:
    ann, bob = person(MANAGING, name="ann"), person(MANAGING)
    one, two = a_story("One"), a_story("Two")
    do(ann, "put", story=one.pk, place=0)
    do(ann, "put", story=two.pk, place=0)
    shown = admin(bob).get(address()).content.decode()
    assert "Last change: “Two” stands at: Lead." in shown and "Ann" in shown
    assert len(written(lambda: do(bob, "undo"))) == 1
    assert home().lead == one
    do(bob, "undo")
    assert home().places == EMPTY
    with pytest.raises(Refused):
        do(bob, "undo")
    do(ann, "redo")
    do(ann, "redo")
    assert home().lead == two
    with pytest.raises(Refused):
        do(ann, "redo")
    do(ann, "undo")
    do(ann, "put", story=two.pk, place=2)
    assert History(home()).redo is None, "a new change ends what could be done again"
    do(ann, "undo")
    do(ann, "undo")
    assert home().places == EMPTY


def test_undo_does_not_overrule_the_editor() -> None:
    user, one, two = person(MANAGING), a_story(), a_story()
    do(user, "put", story=one.pk, place=0)
    front = home()
    front.lead = two
    publish(front)
    with pytest.raises(Refused):
        do(user, "undo")
    assert home().lead == two


def test_undo_passes_by_what_else_the_editor_changed() -> None:
    user, one, two = person(MANAGING), a_story(), a_story()
    do(user, "put", story=one.pk, place=0)
    front = home()
    front.seo_title = "Since"
    publish(front)
    do(user, "put", story=two.pk, place=3)
    do(user, "undo")
    do(user, "undo")
    assert (home().places, home().seo_title) == (EMPTY, "Since")
    do(user, "redo")
    do(user, "redo")
    assert home().places == (one.pk, None, None, two.pk, None)


def test_entries_of_older_versions_are_still_shown() -> None:
    user, story = person(MANAGING), a_story()
    made = {"did": "put", "at": 0, "headline": "Old"}
    places = {"before": list(EMPTY), "after": list(EMPTY)}
    for data in (
        made | places,
        {"did": "undo", "of": 7, "told": made} | places,
        {"did": "redo", "of": 7, "what": "Words."} | places,
    ):
        log(instance=home(), action="home.arranged", user=user, data=data)
    address_of_log = reverse("wagtailadmin_pages:history", args=(home().pk,))
    shown = admin(user).get(address_of_log).content.decode()
    assert "“Old” stands at: Lead." in shown
    assert "Undone: “Old” stands at: Lead." in shown and "Done again: Words." in shown
    assert admin(user).get(address()).status_code == 200
    with pytest.raises(Refused):
        do(user, "undo")
    do(user, "put", story=story.pk, place=1)
    do(user, "undo")
    assert home().places == EMPTY


def test_undo_brings_back_only_what_is_public() -> None:
    user, one, two = person(MANAGING), a_story(), a_story()
    do(user, "put", story=one.pk, place=0)
    do(user, "put", story=two.pk, place=0)
    withdraw(one)
    do(user, "undo")
    assert home().places == EMPTY
    assert History(home()).undo is None, "what is left to undo would change nothing"


@pytest.mark.parametrize("way", ["unpublish", "expiry", "privacy", "move"])
def test_places_empty_themselves(way: str, reader: Client) -> None:
    user, story, newest = person(MANAGING), a_story("Gone", hours_ago=5), a_story("Newest")
    section = a_section()
    make_private(section)
    do(user, "put", story=story.pk, place=0)
    do(user, "put", story=newest.pk, place=4)
    draft = home()
    draft.seo_title = "Waits"
    draft.save_revision()

    def go() -> None:
        if way == "unpublish":
            withdraw(story)
        elif way == "expiry":
            ArticlePage.objects.get(pk=story.pk).unpublish(set_expired=True)
        elif way == "privacy":
            make_private(story)
        else:
            move(story, section)

    changes = [change for change in written(go) if change.subject == "home.homepage"]
    assert [change.after and change.after["lead"] for change in changes] == [None]
    assert home().places == (*EMPTY[:4], newest.pk)
    for revision in (home().latest_revision, home().live_revision):
        assert revision is not None and revision.as_object().lead_id is None
    assert home().get_latest_revision_as_object().seo_title == "Waits"
    assert public_titles(reader) == ["Newest"]
    shown = admin(user).get(address()).content.decode()
    assert "“Gone” is no longer public. It left its place: Lead." in shown
    assert PageLogEntry.objects.filter(page=home().pk, action="home.emptied").count() == 1


@pytest.mark.parametrize("published_since", [False, True])
def test_a_story_that_comes_back_waits_to_be_chosen(published_since: bool, reader: Client) -> None:
    """Whether nobody touches the front page meanwhile, or its draft is published as it was."""
    story = a_story("Back", hours_ago=9)
    a_story("Newest")
    do(person(MANAGING), "put", story=story.pk, place=0)
    withdraw(story)
    back(story)
    if published_since:
        publish(home().get_latest_revision_as_object())
    assert home().places == EMPTY
    assert public_titles(reader) == ["Newest", "Back"]


def test_no_old_form_or_draft_brings_it_back(reader: Client) -> None:
    user, story = person(MANAGING), a_story("Back", hours_ago=9)
    newest = a_story("Newest")
    do(user, "put", story=story.pk, place=0)
    named = Revision.objects.for_instance(home()).get(pk=home().live_revision_id)
    typed = home()
    withdraw(story)
    # A form that was opened before the withdrawal, and an old draft: neither keeps its place.
    typed.save_revision()
    assert home().get_latest_revision_as_object().lead_id is None
    named.as_object().save_revision().publish()
    assert home().lead_id is None
    back(story)
    assert public_titles(reader) == ["Newest", "Back"]
    publish(home().get_latest_revision_as_object())
    assert public_titles(reader) == [newest.title, "Back"]


def test_a_scheduled_front_page_forgets_too() -> None:
    user, story, other = person(MANAGING), a_story(), a_story()
    do(user, "put", story=story.pk, place=1)
    at = timezone.now() + timedelta(days=1)
    front = home()
    front.go_live_at = at
    front.save_revision(approved_go_live_at=at)
    home().save_revision()
    withdraw(story)
    [scheduled] = Revision.objects.for_instance(home()).filter(approved_go_live_at__isnull=False)
    assert scheduled.as_object().places == EMPTY
    assert other.live


def test_a_story_that_is_not_public_yet_may_wait_for_its_place(reader: Client) -> None:
    later, newest = a_story("Later", live=False, hours_ago=3), a_story("Newest")
    front = home()
    front.lead = later
    publish(front)
    assert public_titles(reader) == [newest.title]
    shown = admin(person(MANAGING)).get(address()).content.decode()
    assert "“Later” is chosen, but readers cannot see it here." in shown
    back(later)
    assert public_titles(reader) == ["Later", "Newest"]


def test_a_withdrawal_elsewhere_leaves_the_front_page_alone() -> None:
    user, story, other = person(MANAGING), a_story(), a_story()
    do(user, "put", story=story.pk, place=0)
    changes = written(lambda: withdraw(other))
    assert [change.subject for change in changes] == ["news.articlepage"]
    assert home().lead == story
