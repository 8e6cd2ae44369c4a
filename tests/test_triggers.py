"""The net below the guard: the database itself keeps a story live exactly as its edition says."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from wagtail.models import Page

from news.guard.triggers import set_triggers
from news.guard.verify import findings
from news.models import ArticlePage
from tests.builders import a_page, a_section, a_story, an_author, withdraw
from tests.server import Server

pytestmark = [pytest.mark.django_db, pytest.mark.tampered]


def drop_triggers() -> None:
    table = " ON wagtailcore_page" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in ("story_update_by_edition", "story_insert_by_edition"):
            cursor.execute(f"DROP TRIGGER {name}{table}")


def a_twin(page: Page, *, live: bool) -> Page:
    """A row like that of a page, past everything that listens to saves."""
    twin = Page.objects.get(pk=page.pk)
    twin.pk, twin.live, twin.slug = None, live, "twin"
    twin.path = Page._get_path(page.path[:-4], page.depth, 500)
    twin.translation_key = uuid.uuid4()
    return twin


def refused(write: Callable[[], object]) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError as error:
        assert "by an edition" in str(error)
        return True
    return False


def updates_refused() -> bool:
    draft = a_story(live=False)
    return refused(lambda: Page.objects.filter(pk=draft.pk).update(live=True))


def test_no_story_is_made_live_or_dead_by_an_update() -> None:
    live, draft, withdrawn = a_story("Live"), a_story("Draft", live=False), a_story("Withdrawn")
    withdraw(withdrawn)
    alias = live.create_alias(parent=a_section(), update_slug="second")
    for story, to in ((live, False), (draft, True), (withdrawn, True), (alias, False)):
        for model in (Page, ArticlePage):
            change = model.objects.filter(pk=story.pk).update
            assert refused(lambda change=change, to=to: change(live=to)), story.title
    loose = Page.objects.filter(pk=alias.pk)
    assert refused(lambda: loose.update(alias_of=None)), "its live text would have no record"
    assert list(findings()) == []
    assert Client().get(live.url).status_code == 200


def test_no_story_is_inserted_live() -> None:
    live, draft = a_story("Live"), a_story("Draft", live=False)
    for story in (live, draft):
        twin = a_twin(story, live=True)
        assert refused(lambda twin=twin: twin.save_base(raw=True, force_insert=True))
    assert not refused(lambda: a_twin(draft, live=False).save_base(raw=True, force_insert=True))


def test_other_types_of_page_pass() -> None:
    for page in (a_page(), a_section(), an_author()):
        for live in (False, True):
            assert not refused(lambda pk=page.pk, to=live: set_live(pk, to))
    page = a_page()
    assert not refused(lambda: a_twin(page, live=True).save_base(raw=True, force_insert=True))


def set_live(pk: int, to: bool) -> None:
    assert Page.objects.filter(pk=pk).update(live=to) == 1


def test_triggers_that_were_lost_are_made_again() -> None:
    assert updates_refused()
    drop_triggers()
    assert not updates_refused()
    ArticlePage.objects.update(live=False)
    set_triggers("default")
    assert updates_refused()


@pytest.mark.static
def test_a_newsroom_of_an_older_version_migrates(tmp_path: Path) -> None:
    """The triggers name tables that later migrations make anew."""
    house = Server(tmp_path)
    house.manage("migrate", "news", "0003_editions", "-v0")
    assert "Applying news.0004" in house.manage("migrate", "news")
    with closing(sqlite3.connect(tmp_path / "dateline.sqlite3")) as stored:
        found = stored.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert {("story_update_by_edition",), ("story_insert_by_edition",)} <= set(found)
