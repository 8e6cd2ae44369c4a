"""A story in a second section: placed and taken away by managing editors, on the stream."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.models import Change, User
from news.models import ArticlePage, Edition, SectionPage
from tests.builders import a_section, a_story, make_private, move, withdraw
from tests.door_table import PEOPLE, PUBLISHERS
from tests.door_ways import by_script, says_why, told
from tests.doors import PAGES, admin, fresh, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def culture() -> SectionPage:
    return a_section("Culture", slug="culture")


@pytest.fixture
def story() -> ArticlePage:
    return a_story("Seen twice", parent=a_section("World", slug="world"))


def by_admin(user: User, story: ArticlePage, place: Page) -> list[str]:
    client = admin(user)
    fields = {"new_title": story.title, "new_slug": "twin", "new_parent_page": place.pk}
    address = reverse(f"{PAGES}:copy", args=(story.pk,))
    return told(client, client.post(address, {**fields, "alias": "on"}))


def by_api(user: User, story: ArticlePage, place: Page) -> list[str]:
    data = {"slug": "twin", "destination_id": place.pk}
    return told(*by_script(user, story, "create_alias", data))


def of_stories() -> QuerySet[Change]:
    return Change.objects.filter(subject="news.articlepage")


def last_change() -> tuple[str, int, str | None, str | None]:
    """Its kind, its subject, and the address before and after."""
    change = of_stories().latest("number")
    paths = [facts and facts["path"] for facts in (change.before, change.after)]
    return (change.kind, change.subject_id, *paths)


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("channel", [by_admin, by_api], ids=lambda channel: channel.__name__)
def test_a_managing_editor_places_it(
    channel: Callable[..., list[str]], role: str, story: ArticlePage, culture: SectionPage
) -> None:
    number = of_stories().count()
    sentences = channel(person(role), story, culture)
    twin = ArticlePage.objects.filter(alias_of=story).first()
    if role not in PUBLISHERS:
        assert twin is None and of_stories().count() == number
        copies = ArticlePage.objects.filter(title=story.title, live=False)
        assert says_why(sentences, role, "") or copies.exists(), "no box to tick: a draft"
        return
    assert twin is not None and Client().get(twin.url).status_code == 200
    assert last_change() == ("created", twin.pk, None, "/home/news/culture/twin/")
    assert not Edition.objects.filter(story=twin).exists()


@pytest.mark.parametrize("role", PEOPLE)
def test_a_managing_editor_takes_it_away(
    role: str, story: ArticlePage, culture: SectionPage
) -> None:
    twin = story.create_alias(parent=culture, update_slug="twin")
    client = admin(person(role))
    answer = client.post(reverse(f"{PAGES}:delete", args=(twin.pk,)))
    gone = not ArticlePage.objects.filter(pk=twin.pk).exists()
    assert gone == (role in PUBLISHERS), told(client, answer)
    assert fresh(story).live and story.editions.count() == 1
    if gone:
        assert last_change() == ("removed", twin.pk, "/home/news/culture/twin/", None)


def test_a_section_with_nothing_but_aliases_can_be_deleted(
    story: ArticlePage, culture: SectionPage
) -> None:
    story.create_alias(parent=culture, update_slug="twin")
    admin(person(PUBLISHERS[0])).post(reverse(f"{PAGES}:delete", args=(culture.pk,)))
    assert not Page.objects.filter(pk=culture.pk).exists()
    assert fresh(story).live


def test_moves_are_on_the_stream(story: ArticlePage, culture: SectionPage) -> None:
    twin = story.create_alias(parent=culture, update_slug="twin")
    inside = a_section("Inside", slug="inside")
    make_private(inside)
    path = story.url_path
    move(story, culture)
    moved = Change.objects.filter(kind="moved").latest("number")
    assert moved.before and moved.after
    assert (moved.subject_id, moved.before["path"]) == (story.pk, path)
    assert moved.after["path"] == fresh(story).url_path == f"/home/news/culture/{story.slug}/"
    move(twin, inside)
    number = of_stories().count()
    move(twin, a_section("Open", slug="open"))
    assert last_change()[0::3] == ("created", "/home/news/open/twin/")
    assert of_stories().count() == number + 1


def test_what_nobody_sees_moves_unnoticed(culture: SectionPage) -> None:
    draft, withdrawn = a_story("Draft", live=False), a_story("Withdrawn")
    withdraw(withdrawn)
    number = of_stories().count()
    for story in (draft, withdrawn):
        move(story, culture)
        fresh(story).create_alias(update_slug=f"twin-{story.pk}")
    assert of_stories().count() == number
