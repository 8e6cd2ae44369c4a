"""Pages and API lists run the same, stated number of queries for 3 and for 30 stories.

Counted with one page restriction in the database and a cold site cache.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document

from cms.models import PublicationSettings
from news.models import AuthorPage, SectionPage
from tests.builders import a_page, a_section, a_story, an_author, an_image

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("one_private_page")]

QUERIES = {
    "/": 12,
    "/news/": 8,
    "/news/world/": 9,
    "/news/tag/harbour/": 9,
    "/authors/": 9,
    "/authors/ada-writer/": 8,
    "/search/?q=harbour": 9,
    "/news/world/story-0/": 12,
    "/api/v2/pages/?type=news.ArticlePage&fields=*&limit=20": 12,
    "/api/v2/pages/?limit=20": 6,
}


@pytest.fixture
def menus() -> None:
    settings = PublicationSettings.load()
    about = a_page("About us", slug="about")
    settings.publishing_principles = about
    settings.logo = an_image()
    settings.header_menu = [("entry", {"page": about})]
    settings.save()


def a_document() -> Document:
    return Document.objects.create(title="Paper", file=ContentFile(b"x", name="paper.txt"))


def stories(count: int, start: int = 0) -> None:
    """Stories with everything that could cost a query each."""
    if start == 0:
        a_section("World", slug="world")
        a_section("Culture", slug="culture")
        an_author("Ada Writer", slug="ada-writer", photo=an_image(), bio="<p>Writes.</p>")
    world = SectionPage.objects.get(slug="world")
    ada = AuthorPage.objects.get(slug="ada-writer")
    target: Any = a_story("Target", parent=world, lead_image=an_image()) if start == 0 else None
    for number in range(start, start + count):
        body = [
            ("paragraph", f'<p>The harbour. <a linktype="page" id="{ada.pk}">Ada</a></p>'),
            ("image", {"image": an_image(), "caption": "A quay", "alt": ""}),
            ("quote", {"text": "Quiet.", "attribution": "A sailor"}),
            ("document", {"document": a_document(), "title": ""}),
        ]
        if target is not None:
            body.append(("related_story", {"page": target, "note": "Read this"}))
        a_story(
            f"Story {number}",
            slug=f"story-{number}",
            parent=world,
            authors=(ada, an_author(photo=an_image())),
            tags=("harbour", f"tag-{number}"),
            lead_image=an_image(),
            social_image=an_image(),
            body=body,
            hours_ago=number + 1,
        )


@pytest.mark.usefixtures("menus")
def test_query_counts_do_not_grow(queries_of: Any) -> None:
    stories(3)
    few = {path: queries_of(path) for path in QUERIES}
    stories(27, start=3)
    many = {path: queries_of(path) for path in QUERIES}
    assert few == many
    assert many == QUERIES
    assert max(many.values()) <= 15
