"""Every channel by which a public story could cease to be so, for every role: whoever withdraws it
says why; one edition for each story says who and by which channel.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from cms.models import User
from home.models import HomePage
from news.models import Edition, NewsIndexPage
from tests.door_rooms import Newsroom, everything, hide
from tests.door_table import PEOPLE, PUBLISHERS, Answer, is_public, newest, readers_see, visitor
from tests.door_ways import by_script, dialog, says_why, told
from tests.doors import MANAGING, PAGES, admin, fresh, person

pytestmark = pytest.mark.django_db

JSON = "application/json"
WHY = "A court asked for it"
PRIVATE = {"restriction_type": "login"}


def unpublish(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    address = reverse(f"{PAGES}:unpublish", args=(room.target(name).pk,))
    return admin(user).post(address, {"include_descendants": "on", **why})


def in_bulk(user: User, action: str, page: Page, fields: dict[str, Any]) -> Answer:
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    return admin(user).post(f"{address}?id={page.pk}&next=/admin/", fields)


def bulk_unpublish(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    return in_bulk(user, "unpublish", room.target(name), {"include_descendants": "on", **why})


def v3_unpublish(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    return by_script(
        user, room.target(name), "unpublish", {"recursive": True}, why.get("withdrawal_reason", "")
    )[1]


def privacy(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    address = reverse(f"{PAGES}:set_privacy", args=(room.target(name).pk,))
    return dialog(user).post(address, {**PRIVATE, **why})


def destination(room: Newsroom, name: str) -> Page:
    """The private page to which something moves: stories to a section, sections to a feed."""
    if name == "story":
        return room.private
    if found := NewsIndexPage.objects.filter(slug="hidden").first():
        return found
    other = HomePage(title="Elsewhere", slug="elsewhere")
    Page.get_first_root_node().add_child(instance=other)
    hidden = NewsIndexPage(title="Hidden", slug="hidden")
    other.add_child(instance=hidden)
    hide(hidden)
    return hidden


def move(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    where = (room.target(name).pk, destination(room, name).pk)
    return admin(user).post(reverse(f"{PAGES}:move_confirm", args=where), why)


def bulk_move(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    fields = {"chooser": destination(room, name).pk, **why}
    return in_bulk(user, "move", room.target(name), fields)


def v3_move(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    data = {"destination_id": destination(room, name).pk, "position": "last-child"}
    return by_script(user, room.target(name), "move", data, why.get("withdrawal_reason", ""))[1]


WITHDRAW: dict[str, tuple[Callable[..., Answer], str]] = {
    "unpublish": (unpublish, "unpublish"),
    "bulk unpublish": (bulk_unpublish, "unpublish"),
    "v3 unpublish": (v3_unpublish, "unpublish"),
    "privacy": (privacy, "privacy"),
    "move": (move, "move"),
    "bulk move": (bulk_move, "move"),
    "v3 move": (v3_move, "move"),
}


def asked_why(answer: Answer) -> str:
    """How many public stories would go, in the words of the page, dialog or refusal that asks for
    the reason; empty where nothing asks.
    """
    text = answer.content.decode()
    asks = 'name="withdrawal_reason"' in text
    if "json" in answer["Content-Type"]:
        data = answer.json()
        text = data.get("html") or data.get("detail", "")
        asks = 'name="withdrawal_reason"' in text or "say why" in text
    found = re.search(r"\d+ public stor(y|ies)", text)
    return found[0] if found and asks else ""


def before_bulk(user: User, channel: str, page: Page) -> list[str]:
    """What the page before a bulk action says to somebody who may not go on."""
    if not channel.startswith("bulk"):
        return []
    action = channel.removeprefix("bulk ")
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    client = admin(user)
    return told(client, client.get(f"{address}?id={page.pk}&next=/admin/"))


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("name", ["story", "section"])
@pytest.mark.parametrize("channel", WITHDRAW, ids=lambda channel: channel.replace(" ", "-"))
def test_a_door_out(channel: str, name: str, role: str, room: Newsroom) -> None:
    go, way = WITHDRAW[channel]
    user = visitor(role, room.owner)
    destination(room, name)
    before, gone = everything(room), room.gone(name)
    seen = readers_see(room.stories[0])

    answer = go(user, room, name, {})
    assert everything(room) == before
    assert readers_see(room.stories[0]) == seen
    if role not in PUBLISHERS:
        sentences = told(admin(user), answer) + before_bulk(user, channel, room.target(name))
        go(user, room, name, {"withdrawal_reason": WHY})
        assert everything(room) == before
        assert says_why(sentences, role, ""), sentences
        return
    asked = asked_why(answer)
    number = Edition.objects.count()
    go(user, room, name, {"withdrawal_reason": WHY})
    assert Edition.objects.count() == number + len(gone)
    for story in gone:
        edition = newest(story)
        assert not edition.public and not is_public(story)
        assert (edition.kind, edition.channel, edition.reason) == ("withdrawal", way, WHY)
        assert edition.live == fresh(story).live
    assert is_public(room.stories[1]) == (name == "story")
    assert not is_public(room.draft)
    expected = "1 public story" if name == "story" else "2 public stories"
    # Together, so that neither hides the other: what was asked, and who is on record.
    assert (asked, {newest(story).by for story in gone}) == (expected, {user})


@pytest.mark.parametrize("name", ["story", "section"])
def test_the_form_that_asks_why_leads_on(name: str, room: Newsroom) -> None:
    """What a browser posts from it: the hidden fields, the reason, to the form's address."""
    user = person(MANAGING)
    page = unpublish(user, room, name, {}).content.decode()
    form = re.search(r'<form action="([^"]+)" method="POST">(.*?)</form>', page, re.DOTALL)
    assert form, page
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form[2])
    client = admin(user)
    client.post(html.unescape(form[1]), {**dict(hidden), "withdrawal_reason": WHY})
    assert [is_public(story) for story in room.gone(name)] == [False] * len(room.gone(name))
