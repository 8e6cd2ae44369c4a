"""A link in running text to a page that readers cannot see is its text and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from wagtail.models import Page

from news.models import ArticlePage
from tests.builders import a_page, a_section, a_story, erase, make_private, move, withdraw

pytestmark = pytest.mark.django_db

SECRET = "unseen-slug"


def private(kind: str, page: Page) -> None:
    make_private(page, kind, "x")


def moved_away(page: Page) -> None:
    members = a_section("Members", slug="members")
    private("login", members)
    move(page, members)


GONE: dict[str, Callable[[Page], object]] = {
    "deleted": erase,
    "unpublished": lambda page: withdraw(page),
    "login": lambda page: private("login", page),
    "password": lambda page: private("password", page),
    "moved under a login": moved_away,
}


def text(story: ArticlePage, reader: Client) -> tuple[str, str, str]:
    """What page, API and search show of a story."""
    body = reader.get(f"/api/v2/pages/{story.pk}/").json()["body"]
    return (
        reader.get(story.url).content.decode(),
        str(body),
        reader.get("/search/?q=landmark").content.decode(),
    )


@pytest.mark.parametrize("kind", ["story", "page"])
@pytest.mark.parametrize("case", GONE)
def test_a_link_to_what_is_gone(case: str, kind: str, reader: Client) -> None:
    target = (a_story if kind == "story" else a_page)("Target", slug=SECRET)
    link = f'<p>The landmark <a linktype="page" id="{target.pk}">words of the link</a>.</p>'
    box = {"title": "Box", "text": link}
    story = a_story("Linking", body=[("paragraph", link), ("fact_box", box)])
    page, body, _found = text(story, reader)
    anchor = f'<a href="{target.url}">words of the link</a>'
    assert page.count(anchor) == body.count(anchor) == 2

    GONE[case](target)
    for shown in text(story, reader):
        assert SECRET not in shown
    page, body, found = text(story, reader)
    assert page.count("words of the link") == body.count("words of the link") == 2
    assert "Linking" in found


def test_a_link_follows_a_move(reader: Client) -> None:
    target = a_story("Target", slug="target")
    link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    story = a_story("Linking", body=[("paragraph", link)])
    target.move(a_section("World", slug="world"), pos="last-child")
    assert 'href="/news/world/target/"' in reader.get(story.url).content.decode()
