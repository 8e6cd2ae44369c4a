"""Who may make, change, delete and reach what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, Page

from cms.models import User
from news.models import ArticlePage, AuthorIndexPage
from tests.builders import a_story, a_user, an_author, an_image, feed, home, withdraw
from tests.doors import (
    ADMINISTRATORS,
    AUTHOR,
    EDITORS,
    EVERYBODY,
    LEGAL,
    MANAGING,
    PAGE,
    PAGES,
    REPORTERS,
    SECTION,
    STORY,
    SUPERUSER,
    a_desk,
    admin,
    draft_title,
    edit_form,
    opens,
    person,
)

pytestmark = pytest.mark.django_db


ALL = {"story", "story in culture", "story in world", "section", "author", "page"}
STORIES = {"story", "story in culture", "story in world"}
MAKES = {
    REPORTERS: STORIES,
    EDITORS: STORIES,
    LEGAL: set(),
    MANAGING: ALL,
    ADMINISTRATORS: set(),
    SUPERUSER: ALL,
    "Reporters: culture": {"story in culture"},
    "Editors: culture": {"story in culture"},
}


@pytest.mark.parametrize("role", MAKES)
def test_who_makes_what(role: str) -> None:
    culture, world = a_desk("culture"), a_desk("world")
    user = person(role)
    places = {
        "story": (*STORY, feed().pk),
        "story in culture": (*STORY, culture.pk),
        "story in world": (*STORY, world.pk),
        "section": (*SECTION, feed().pk),
        "author": (*AUTHOR, AuthorIndexPage.objects.get().pk),
        "page": (*PAGE, home().pk),
    }
    may = {name for name, place in places.items() if opens_form(user, place)}
    assert may == MAKES[role]


def opens_form(user: User, place: tuple[str, str, int]) -> bool:
    page = admin(user).get(reverse(f"{PAGES}:add", args=place))
    return page.status_code == 200 and 'id="page-edit-form"' in page.content.decode()


def test_a_reporter_makes_no_section_by_token() -> None:
    _token, text = APIToken.create_token(user=a_user(REPORTERS), name="script")
    before = Page.objects.count()
    data = {"meta": {"parent_id": feed().pk, "type": "news.SectionPage"}, "title": "X", "slug": "x"}
    headers = {"Authorization": f"Bearer {text}"}
    address = "/api/v3/pages/"
    answer = Client().post(address, data, content_type="application/json", headers=headers)
    assert answer.status_code == 403
    assert Page.objects.count() == before


DRAFTS: dict[str, tuple[str, bool]] = {
    # who, their role, may they edit a reporter's draft in Culture
    "owner": (REPORTERS, True),
    "in the byline": (REPORTERS, True),
    "shared with": (REPORTERS, True),
    "another reporter": (REPORTERS, False),
    "an editor": (EDITORS, True),
    "an editor of culture": ("Editors: culture", True),
    "a reporter of culture": ("Reporters: culture", False),
    "an editor of world": ("Editors: world", False),
    "a lawyer": (LEGAL, False),
    "a managing editor": (MANAGING, True),
    "an administrator": (ADMINISTRATORS, False),
    "a superuser": (SUPERUSER, True),
}


@pytest.mark.parametrize("who", DRAFTS)
def test_who_edits_a_draft(who: str) -> None:
    culture = a_desk("culture")
    a_desk("world")
    role, may = DRAFTS[who]
    user = person(role)
    owner = user if who == "owner" else a_user(REPORTERS)
    authors = (an_author(user=user),) if who == "in the byline" else ()
    shared = [user] if who == "shared with" else []
    story = a_story(
        "Before", parent=culture, live=False, owner=owner, authors=authors, shared_with=shared
    )
    assert opens(user, f"{PAGES}:edit", story.pk) == may
    writer = admin(a_user(superuser=True))
    data = edit_form(writer, story, title="After")
    admin(user).post(reverse(f"{PAGES}:edit", args=(story.pk,)), data)
    assert draft_title(story) == ("After" if may else "Before")


DELETES: dict[str, tuple[str, bool, bool, bool]] = {
    # who, role, owner, was it ever public, may they delete it
    "own draft": (REPORTERS, True, False, True),
    "draft of another": (REPORTERS, False, False, False),
    "own story once public": (REPORTERS, True, True, False),
    "editor, once public": (EDITORS, False, True, False),
    "lawyer, draft": (LEGAL, False, False, False),
    "administrator, draft": (ADMINISTRATORS, False, False, False),
    "managing editor, once public": (MANAGING, False, True, False),
    "superuser, once public": (SUPERUSER, False, True, False),
}


@pytest.mark.parametrize("unpublish", [False, True], ids=["live", "unpublished"])
@pytest.mark.parametrize("case", DELETES)
def test_who_deletes_what(case: str, unpublish: bool) -> None:
    role, own, public, may = DELETES[case]
    user = person(role)
    owner = user if own else a_user(REPORTERS)
    authors = () if own else (an_author(user=user),)
    story = a_story("Here", live=public, owner=owner, authors=authors)
    if unpublish:
        withdraw(story)
    admin(user).post(reverse(f"{PAGES}:delete", args=(story.pk,)))
    bulk = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "delete"))
    if not may:
        admin(user).post(f"{bulk}?id={story.pk}&next=/admin/", {"next": "/admin/"})
        _token, text = APIToken.create_token(user=user, name="script")
        headers = {"Authorization": f"Bearer {text}"}
        Client().delete(f"/api/v3/pages/{story.pk}/", headers=headers)
    assert ArticlePage.objects.filter(pk=story.pk).exists() != may


SCREENS: dict[str, tuple[tuple[Any, ...], set[str]]] = {
    "publication": (("wagtailsettings:edit", "cms", "publicationsettings"), {MANAGING, "admin"}),
    "desk settings": (("wagtailsettings:edit", "news", "desksettings"), {"admin"}),
    "users": (("wagtailusers_users:index",), {"admin"}),
    "new user": (("wagtailusers_users:add",), {"admin"}),
    "groups": (("wagtailusers_groups:index",), {"admin"}),
    "API tokens of all": (("wagtailusers_api_tokens:index",), {"admin"}),
    "tags": (("wagtailsnippets_news_tag:list",), {MANAGING}),
    "new tag": (("wagtailsnippets_news_tag:add",), {MANAGING}),
    "new image": (("wagtailimages:add",), {REPORTERS, EDITORS, MANAGING}),
    "new document": (("wagtaildocs:add",), {REPORTERS, EDITORS, MANAGING}),
    "image of another": (("wagtailimages:edit", "IMAGE"), {EDITORS, MANAGING}),
    "privacy of a story": ((f"{PAGES}:set_privacy", "STORY"), {MANAGING}),
    "unpublish a story": ((f"{PAGES}:unpublish", "STORY"), {MANAGING}),
    "front page": ((f"{PAGES}:edit", "HOME"), {MANAGING}),
    "author": ((f"{PAGES}:edit", "AUTHOR"), {MANAGING}),
}


@pytest.mark.parametrize("screen", SCREENS)
def test_who_reaches_which_screen(screen: str) -> None:
    (name, *args), holders = SCREENS[screen]
    makers: dict[str, Callable[[], Page]] = {
        "IMAGE": an_image,
        "STORY": a_story,
        "HOME": home,
        "AUTHOR": an_author,
    }
    args = [makers[arg]().pk if arg in makers else arg for arg in args]
    expected = {ADMINISTRATORS if role == "admin" else role for role in holders} | {SUPERUSER}
    assert {role for role in EVERYBODY if opens(person(role), name, *args)} == expected
