"""Every door by which a public story could cease to be so, for every role: nobody deletes it, and
whoever withdraws it says why; one edition for each story says who and by which door.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction

from cms.clock import tick
from cms.models import User
from home.models import HomePage
from news.models import ArticlePage, Edition, NewsIndexPage, SectionPage, Signature
from tests.builders import a_section, a_user, an_author, an_image, publish_again
from tests.door_table import (
    DRAFT,
    PEOPLE,
    PUBLISHERS,
    REWRITE,
    Answer,
    a_story_in,
    dialog,
    is_public,
    kept_text,
    live_digest,
    newest,
    press,
    published,
    readers_see,
    says_why,
    script,
    snapshot,
    told,
    until_the_end,
    visitor,
)
from tests.doors import (
    EDITORS,
    MANAGING,
    PAGES,
    REPORTERS,
    SUPERUSER,
    admin,
    fresh,
    person,
)

pytestmark = pytest.mark.django_db

JSON = "application/json"
WHY = "A court asked for it"
PRIVATE = {"restriction_type": "login"}


@dataclass(frozen=True)
class Newsroom:
    """A section with two public stories, one of them under rewrite, and a draft."""

    owner: User
    section: SectionPage
    stories: tuple[ArticlePage, ArticlePage]
    draft: ArticlePage
    private: Page

    def target(self, name: str) -> Page:
        return self.stories[0] if name == "story" else self.section

    def gone(self, name: str) -> tuple[ArticlePage, ...]:
        return self.stories[:1] if name == "story" else self.stories


def hide(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def a_newsroom() -> Newsroom:
    owner = a_user(REPORTERS)
    section, private = a_section("World", slug="world"), a_section("Inside", slug="inside")
    hide(private)
    stories = (a_story_in(REWRITE, owner, section), published(a_story_in(DRAFT, owner, section)))
    draft = a_story_in(DRAFT, owner, section)
    return Newsroom(owner, section, stories, draft, private)


@pytest.fixture(scope="module")
def room(django_db_setup: None, django_db_blocker: Any) -> Iterator[Newsroom]:
    yield from until_the_end(django_db_blocker, a_newsroom)


# Doors. In: who, the newsroom, which page goes, why. Out: the answer.


def unpublish(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    address = reverse(f"{PAGES}:unpublish", args=(room.target(name).pk,))
    return admin(user).post(address, {"include_descendants": "on", **why})


def bulk(user: User, action: str, page: Page, fields: dict[str, Any]) -> Answer:
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    return admin(user).post(f"{address}?id={page.pk}&next=/admin/", fields)


def bulk_unpublish(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    return bulk(user, "unpublish", room.target(name), {"include_descendants": "on", **why})


def by_script(user: User, page: Page, action: str, data: dict, why: dict) -> Answer:
    headers = {"Withdrawal-Reason": why["withdrawal_reason"]} if why else {}
    address = f"/api/v3/pages/{page.pk}/actions/{action}/"
    return script(user).post(address, data, content_type=JSON, headers=headers)


def v3_unpublish(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    return by_script(user, room.target(name), "unpublish", {"recursive": True}, why)


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
    return bulk(user, "move", room.target(name), fields)


def v3_move(user: User, room: Newsroom, name: str, why: dict[str, str]) -> Answer:
    data = {"destination_id": destination(room, name).pk, "position": "last-child"}
    return by_script(user, room.target(name), "move", data, why)


WITHDRAW: dict[str, tuple[Callable[..., Answer], str]] = {
    "unpublish": (unpublish, "unpublish"),
    "bulk unpublish": (bulk_unpublish, "unpublish"),
    "v3 unpublish": (v3_unpublish, "unpublish"),
    "privacy": (privacy, "privacy"),
    "move": (move, "move"),
    "bulk move": (bulk_move, "move"),
    "v3 move": (v3_move, "move"),
}


def everything(room: Newsroom) -> list[Any]:
    pages = [snapshot(story) for story in (*room.stories, room.draft)]
    fields = ("pk", "path", "url_path", "live", "expired", "has_unpublished_changes")
    tree = list(Page.objects.order_by("pk").values(*fields))
    return [pages, tree, list(PageViewRestriction.objects.order_by("pk").values())]


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


def before_bulk(user: User, door: str, page: Page) -> list[str]:
    """What the page before a bulk action says to somebody who may not go on."""
    if not door.startswith("bulk"):
        return []
    action = door.removeprefix("bulk ")
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", action))
    client = admin(user)
    return told(client, client.get(f"{address}?id={page.pk}&next=/admin/"))


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("name", ["story", "section"])
@pytest.mark.parametrize("door", WITHDRAW, ids=lambda door: door.replace(" ", "-"))
def test_a_door_out(door: str, name: str, role: str, room: Newsroom) -> None:
    go, way = WITHDRAW[door]
    user = visitor(role, room.owner)
    destination(room, name)
    before, gone = everything(room), room.gone(name)
    seen = readers_see(room.stories[0])

    answer = go(user, room, name, {})
    assert everything(room) == before
    assert readers_see(room.stories[0]) == seen
    if role not in PUBLISHERS:
        sentences = told(admin(user), answer) + before_bulk(user, door, room.target(name))
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
        assert (edition.kind, edition.door, edition.reason) == ("withdrawal", way, WHY)
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


# Nobody deletes what was public.


def delete(user: User, page: Page) -> list[str]:
    client = admin(user)
    address = reverse(f"{PAGES}:delete", args=(page.pk,))
    return told(client, client.post(address, {"withdrawal_reason": WHY}))


def bulk_delete(user: User, page: Page) -> list[str]:
    client = admin(user)
    address = reverse("wagtail_bulk_action", args=("wagtailcore", "page", "delete"))
    address = f"{address}?id={page.pk}&next=/admin/"
    asked = told(client, client.get(address))
    return asked + told(client, client.post(address, {"withdrawal_reason": WHY}))


def v3_delete(user: User, page: Page) -> list[str]:
    client = script(user)
    headers = {"Withdrawal-Reason": WHY}
    told(client, client.delete(f"/api/v3/pages/{page.pk}/actions/delete/", headers=headers))
    return told(client, client.delete(f"/api/v3/pages/{page.pk}/", headers=headers))


@pytest.mark.parametrize("role", PEOPLE)
@pytest.mark.parametrize("name", ["story", "section", "withdrawn story"])
@pytest.mark.parametrize("door", [delete, bulk_delete, v3_delete], ids=lambda door: door.__name__)
def test_nobody_deletes_what_was_public(
    door: Callable[[User, Page], list[str]], name: str, role: str, room: Newsroom
) -> None:
    user = visitor(role, room.owner)
    page = room.target(name.removeprefix("withdrawn "))
    if name == "withdrawn story":
        unpublish(person(SUPERUSER), room, "story", {"withdrawal_reason": WHY})
    before = everything(room)
    sentences = door(user, page)
    assert everything(room) == before
    if door is delete and role in PUBLISHERS:
        editor = admin(user).get(reverse(f"{PAGES}:edit", args=(page.pk,))).content.decode()
        button = reverse(f"{PAGES}:delete", args=(page.pk,))
        assert "page-edit-form" in editor and button not in editor
    assert says_why(sentences, role, "record|public|readers"), sentences


def test_a_draft_is_deleted_with_the_section_above_it() -> None:
    section = a_section("Empty", slug="empty")
    a_story_in(DRAFT, a_user(REPORTERS), section)
    delete(person(MANAGING), section)
    assert not SectionPage.objects.filter(pk=section.pk).exists()


# Programs.

CODE_OUT: dict[str, Callable[[ArticlePage], Any]] = {
    "page.unpublish()": lambda story: story.unpublish(),
    "unpublish as a page": lambda story: Page.objects.get(pk=story.pk).unpublish(),
    "unpublish, unasked": lambda story: UnpublishPageAction(story).execute(
        skip_permission_checks=True
    ),
    "unpublish the page above": lambda story: UnpublishPageAction(
        story.get_parent().specific, include_descendants=True, user=a_user(superuser=True)
    ).execute(),
    "page.delete()": lambda story: story.delete(),
    "delete as a page": lambda story: Page.objects.get(pk=story.pk).delete(),
    "delete, unasked": lambda story: DeletePageAction(story).execute(skip_permission_checks=True),
    "QuerySet.delete()": lambda story: ArticlePage.objects.filter(pk=story.pk).delete(),
    "delete the page above": lambda story: story.get_parent().delete(),
    "restriction": lambda story: PageViewRestriction.objects.create(
        page=story.page_ptr, restriction_type="login"
    ),
    "restriction above": lambda story: PageViewRestriction.objects.create(
        page=story.get_parent(), restriction_type="login"
    ),
    "move": lambda story: MovePageAction(
        story, Page.objects.get(slug="inside"), pos="last-child"
    ).execute(),
}


@pytest.mark.parametrize("way", CODE_OUT)
def test_a_program_says_why_too(way: str, room: Newsroom) -> None:
    before = everything(room)
    with pytest.raises((PermissionDenied, ProtectedError, DatabaseError, TypeError)) as error:
        if "elete" in way:
            with transaction.atomic():
                CODE_OUT[way](fresh(room.stories[0]))
        else:
            CODE_OUT[way](fresh(room.stories[0]))
    assert re.search(r"say why|record|protected|append-only", str(error.value)), error.value
    assert everything(room) == before


# Expiry.


@pytest.mark.parametrize("role", PEOPLE)
def test_expiry_takes_its_reason_when_its_date_is_set(role: str, room: Newsroom) -> None:
    user, story = visitor(role, room.owner), fresh(room.stories[1])
    before, seen = snapshot(story), readers_see(story)
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    sentences = press(user, story, expire_at=later)
    assert snapshot(story) == before, "nothing is saved"
    assert says_why(sentences, role, "why"), sentences
    press(user, story, expire_at=later, expiry_reason="The licence ends")
    kept = kept_text(before, snapshot(story))
    if role in (REPORTERS, EDITORS, *PUBLISHERS):
        assert kept is not None and kept.content["expire_at"]
        assert kept.content["expiry_reason"] == "The licence ends"
    else:
        assert kept is None
    assert readers_see(story) == seen


def test_the_clock_ends_a_story_with_the_reason_that_was_given() -> None:
    story = published(a_story_in(DRAFT, owner=a_user(REPORTERS)))
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    press(person(MANAGING), story, expire_at=later, expiry_reason="The licence ends")
    story = published(story)
    assert story.expire_at and newest(story).number == 1, "a date is no text"
    Page.objects.filter(pk=story.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    assert [tick(), tick()] == [1, 0]
    edition = newest(story)
    assert (edition.number, edition.kind, edition.door) == (2, "withdrawal", "expiry")
    assert edition.reason == "The licence ends" and not edition.live and not edition.public
    assert not is_public(story) and fresh(story).expired


@pytest.mark.parametrize("role", PUBLISHERS)
def test_the_date_of_an_expiry_needs_no_signature(role: str) -> None:
    """The text is what is public already."""
    story = published(a_story_in(DRAFT, owner=a_user(REPORTERS)))
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    form = {"expire_at": later, "expiry_reason": "The licence ends"}
    sentences = press(person(role), story, **form, **{"action-publish": "action-publish"})
    assert fresh(story).expire_at, sentences
    assert fresh(story).live and newest(story).number == 1


def test_a_section_that_expires_takes_no_story_along_unrecorded(room: Newsroom) -> None:
    past = timezone.now() - timedelta(seconds=1)
    Page.objects.filter(pk=room.section.pk).update(expire_at=past)
    tick()
    for story in room.stories:
        assert newest(story).public == is_public(story)


# What the record itself allows.


def test_a_story_that_comes_back_is_restored_on_record(room: Newsroom) -> None:
    story, user = room.stories[0], person(MANAGING)
    text = live_digest(story)
    privacy(user, room, "section", {"withdrawal_reason": WHY})
    inside = published(room.draft)
    assert not is_public(inside) and not newest(inside).public
    dialog(user).post(
        reverse(f"{PAGES}:set_privacy", args=(room.section.pk,)), {"restriction_type": "none"}
    )
    for page in (story, inside):
        edition = newest(page)
        assert edition.kind == "restored" and edition.public and is_public(page)
        assert edition.by == user
    assert newest(story).digest == text


def test_an_alias_follows_its_source_and_goes_by_no_door_of_its_own(room: Newsroom) -> None:
    twin = room.stories[0].create_alias(parent=room.section, update_slug="twin")
    client = admin(person(MANAGING))
    address = reverse(f"{PAGES}:unpublish", args=(twin.pk,))
    answer = client.post(address, {"withdrawal_reason": WHY})
    assert says_why(told(client, answer), MANAGING, "source"), told(client, answer)
    assert fresh(twin).live and is_public(twin)


@pytest.mark.parametrize("model", [Edition, Signature])
def test_what_is_on_record_is_written_once(model: Any) -> None:
    story = published(a_story_in(DRAFT, a_user(REPORTERS)))
    row = model.objects.filter(story=story.pk).first()
    before = list(model.objects.order_by("pk").values())
    row.reason = "Rewritten"
    attempts: list[Callable[[], Any]] = [
        row.save,
        lambda: row.save(update_fields=["reason"]),
        row.delete,
        lambda: model.objects.update(reason="Rewritten"),
        lambda: model.objects.filter(pk=row.pk).delete(),
        lambda: model.objects.bulk_update([row], ["reason"]),
        lambda: model(pk=row.pk, story=row.story, reason="Rewritten").save(),
        lambda: model.objects.update_or_create(pk=row.pk, defaults={"reason": "Rewritten"}),
    ]
    for number, attempt in enumerate(attempts):
        with pytest.raises((TypeError, DatabaseError)), transaction.atomic():
            attempt()
            pytest.fail(f"attempt {number} rewrote the record")
    assert list(model.objects.order_by("pk").values()) == before


def test_who_and_what_an_edition_names_cannot_be_deleted() -> None:
    user = person(SUPERUSER)
    author, picture = an_author("Ann Writer"), an_image("The bridge")
    story = published(a_story_in(DRAFT, a_user(REPORTERS)))
    story.bylines, story.lead_image = [author.bylines.model(author=author)], picture
    story = publish_again(story)
    story.bylines, story.lead_image = [], None
    story = publish_again(story)
    signer: Any = newest(story).by
    client, wrong = admin(user), []
    for address, model, pk in (
        (reverse(f"{PAGES}:delete", args=(author.pk,)), type(author), author.pk),
        (reverse("wagtailimages:delete", args=(picture.pk,)), type(picture), picture.pk),
        (reverse("wagtailusers_users:delete", args=(signer.pk,)), User, signer.pk),
    ):
        sentences = told(client, client.post(address))
        if not model.objects.filter(pk=pk).exists():
            wrong.append(f"{model.__name__} is gone")
        elif not says_why(sentences, SUPERUSER, "record|edition|deactivate|public"):
            wrong.append(f"{model.__name__} stays, without a reason: {sentences}")
    assert not wrong
