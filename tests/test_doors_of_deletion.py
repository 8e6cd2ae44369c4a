"""Nobody deletes what was public, nor who or what an edition names."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Page, PageViewRestriction

from cms.models import User
from news.models import ArticlePage, Edition, SectionPage, Signature
from tests.builders import a_section, a_user, an_author, an_image, publish_again, withdraw
from tests.door_rooms import Newsroom, everything
from tests.door_table import DRAFT, PEOPLE, PUBLISHERS, a_story_in, newest, published, visitor
from tests.door_ways import says_why, script, told
from tests.doors import MANAGING, PAGES, REPORTERS, SUPERUSER, admin, fresh, person

pytestmark = pytest.mark.django_db

WHY = "A court asked for it"


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
@pytest.mark.parametrize(
    "channel", [delete, bulk_delete, v3_delete], ids=lambda channel: channel.__name__
)
def test_nobody_deletes_what_was_public(
    channel: Callable[[User, Page], list[str]], name: str, role: str, room: Newsroom
) -> None:
    user = visitor(role, room.owner)
    page = room.target(name.removeprefix("withdrawn "))
    if name == "withdrawn story":
        withdraw(room.stories[0])
    before = everything(room)
    sentences = channel(user, page)
    assert everything(room) == before
    if channel is delete and role in PUBLISHERS:
        editor = admin(user).get(reverse(f"{PAGES}:edit", args=(page.pk,))).content.decode()
        button = reverse(f"{PAGES}:delete", args=(page.pk,))
        assert "page-edit-form" in editor and button not in editor
    assert says_why(sentences, role, "record|public|readers"), sentences


def test_a_draft_is_deleted_with_the_section_above_it() -> None:
    section = a_section("Empty", slug="empty")
    a_story_in(DRAFT, a_user(REPORTERS), section)
    delete(person(MANAGING), section)
    assert not SectionPage.objects.filter(pk=section.pk).exists()


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
