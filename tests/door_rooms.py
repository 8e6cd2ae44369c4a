"""Where the tests of the doors take place: made once for each file, the same for each test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.models import User
from news.models import ArticlePage, SectionPage
from tests.builders import a_section, a_user
from tests.door_table import (
    DRAFT,
    REVIEW,
    REWRITE,
    TIMED,
    a_story_in,
    published,
    snapshot,
    until_the_end,
)
from tests.doors import REPORTERS


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


def everything(room: Newsroom) -> list[Any]:
    pages = [snapshot(story) for story in (*room.stories, room.draft)]
    fields = ("pk", "path", "url_path", "live", "expired", "has_unpublished_changes")
    tree = list(Page.objects.order_by("pk").values(*fields))
    return [pages, tree, list(PageViewRestriction.objects.order_by("pk").values())]


@pytest.fixture(scope="module")
def stories(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, ArticlePage]]:
    """One in each state, all of one reporter."""
    yield from until_the_end(django_db_blocker, one_in_each_state)


def one_in_each_state() -> dict[str, ArticlePage]:
    owner = a_user(REPORTERS)
    return {state: a_story_in(state, owner) for state in (DRAFT, REVIEW, REWRITE, TIMED)}
