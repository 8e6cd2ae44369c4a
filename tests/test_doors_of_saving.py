"""Saving publishes and withdraws nothing, signed or not; an alias is what its source is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Page

from cms.background.schedule import run_due
from news.models import ArticlePage, Edition
from tests.builders import a_user, feed, signed, withdraw
from tests.door_table import (
    DRAFT,
    REWRITE,
    a_story_in,
    is_public,
    make_due,
    newest,
    published,
    readers_see,
    snapshot,
)
from tests.door_ways import by_script, says_why, told
from tests.doors import EDITORS, MANAGING, PAGES, REPORTERS, SUPERUSER, admin, fresh, person

pytestmark = pytest.mark.django_db


def save_story(story: ArticlePage, **fields: Any) -> None:
    save(ArticlePage.objects.get(pk=story.pk), fields)


def save_page(story: ArticlePage, **fields: Any) -> None:
    save(Page.objects.get(pk=story.pk), fields)


def save(page: Page, fields: dict[str, Any], **how: Any) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save(**how)


def save_fields_of_story(story: ArticlePage, **fields: Any) -> None:
    save(ArticlePage.objects.get(pk=story.pk), fields, update_fields=[*fields])


def save_fields_of_page(story: ArticlePage, **fields: Any) -> None:
    save(Page.objects.get(pk=story.pk), fields, update_fields=[*fields])


def update_stories(story: ArticlePage, **fields: Any) -> None:
    ArticlePage.objects.filter(pk=story.pk).update(**fields)


def update_pages(story: ArticlePage, **fields: Any) -> None:
    Page.objects.filter(pk=story.pk).update(**fields)


def bulk_update_pages(story: ArticlePage, **fields: Any) -> None:
    page = Page.objects.get(pk=story.pk)
    for name, value in fields.items():
        setattr(page, name, value)
    Page.objects.bulk_update([page], [*fields])


def sql(story: ArticlePage, **fields: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, story.pk])


SAVES = (save_story, save_page, save_fields_of_story, save_fields_of_page)
PAST_SAVE = (update_stories, update_pages, bulk_update_pages, sql)
NEVER = [
    *((go, DRAFT, {"live": True}) for go in (*SAVES, *PAST_SAVE)),
    *((go, REWRITE, {"title": "Slipped in"}) for go in SAVES),
    *((go, REWRITE, {"live": False}) for go in (*SAVES, *PAST_SAVE[:3])),
    *((go, REWRITE, {"summary": "Slipped in"}) for go in (save_story, save_fields_of_story)),
    (save_story, REWRITE, {"first_published_at": None, "title": "Slipped in"}),
]


def test_a_new_story_is_a_draft_whatever_it_says() -> None:
    born = ArticlePage(title="Born live", live=True, locale=feed().locale)
    feed().add_child(instance=born)
    born = fresh(born)
    assert not born.live and born.has_unpublished_changes and not born.first_published_at
    assert not born.editions.exists() and not is_public(born)


@pytest.mark.parametrize("sign", [False, True], ids=["unsigned", "signed"])
@pytest.mark.parametrize(
    ("go", "state", "fields"), NEVER, ids=lambda value: getattr(value, "__name__", str(value))
)
def test_saving_publishes_and_withdraws_nothing(
    go: Callable[..., None],
    state: str,
    fields: dict[str, Any],
    sign: bool,
    stories: dict[str, ArticlePage],
) -> None:
    story = fresh(stories[state])
    if sign:
        signed(story)
    before, seen = snapshot(story), readers_see(story)
    with pytest.raises((PermissionDenied, DatabaseError), match=r"sign|edition|withdrawn"):
        if go in PAST_SAVE:
            with transaction.atomic():
                go(story, **fields)
        else:
            go(story, **fields)
    assert snapshot(story) == before
    assert readers_see(story) == seen


def test_saving_what_is_not_public_passes() -> None:
    story = a_story_in(REWRITE, owner=a_user(REPORTERS))
    for save_again in SAVES:
        save_again(story, locked=True)
    save_story(story, expire_at=timezone.now() + timedelta(days=1), needs_legal_review=True)
    assert fresh(story).locked and newest(story).number == 1


def test_an_alias_is_live_exactly_when_its_source_is() -> None:
    story = a_story_in(DRAFT, owner=a_user(REPORTERS))
    alias_of = story.create_alias(update_slug="twin")
    story.go_live_at = timezone.now() + timedelta(hours=1)
    story.save_revision()
    published(story)
    fresh(story).update_aliases()
    for go in SAVES:
        with suppress(PermissionDenied):
            go(alias_of, live=True)
    for go in PAST_SAVE:
        with pytest.raises(DatabaseError, match="edition"), transaction.atomic():
            go(alias_of, live=True)
    assert not fresh(story).live and not fresh(alias_of).live and not is_public(alias_of)
    own = Edition.objects.filter(story__in=[story.pk, alias_of.pk])
    assert not own.exists()
    make_due(fresh(story).get_latest_revision())
    assert run_due() == 1
    assert is_public(story) and is_public(alias_of)
    assert [edition.story_id for edition in own.all()] == [story.pk]
    withdraw(fresh(story))
    assert not is_public(story) and not is_public(alias_of)


@pytest.mark.parametrize("channel", ["admin", "v3", "code"])
@pytest.mark.parametrize("role", [EDITORS, MANAGING, SUPERUSER])
def test_an_alias_made_a_story_of_its_own_is_not_public_unsigned(role: str, channel: str) -> None:
    story, user = a_story_in(REWRITE, owner=a_user(REPORTERS)), person(role)
    twin = story.create_alias(update_slug="twin")
    before, seen = snapshot(twin), readers_see(story)
    if channel == "admin":
        client = admin(user)
        address = reverse(f"{PAGES}:convert_alias", args=(twin.pk,))
        sentences = told(client, client.post(address))
    elif channel == "v3":
        sentences = told(*by_script(user, twin, "convert_alias", {}))
    else:
        with pytest.raises((PermissionDenied, DatabaseError)) as error, transaction.atomic():
            ConvertAliasPageAction(fresh(twin), user=user).execute()
        sentences = [str(error.value)]
    assert says_why(sentences, MANAGING, r"\bsign|edition|alias"), sentences
    assert snapshot(twin) == before
    assert readers_see(story) == seen
