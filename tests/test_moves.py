"""A story that moves, is renamed, or stands in a second section."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, Page

from home.models import HomePage
from news.models import ArticlePage, NewsIndexPage
from tests.builders import a_section, a_story, an_author, feed, home, publish_again, signed

pytestmark = pytest.mark.django_db


def rename(page: Page, slug: str) -> None:
    page = Page.objects.get(pk=page.pk).specific
    page.slug = slug
    page.save_revision()
    if isinstance(page, ArticlePage):
        signed(page)
    revision = Page.objects.get(pk=page.pk).get_latest_revision()
    revision.publish(skip_permission_checks=True)


def test_old_addresses_lead_to_the_new_ones(
    reader: Client, django_capture_on_commit_callbacks: Any
) -> None:
    world, culture = a_section("World", slug="world"), a_section("Culture", slug="culture")
    story = a_story(parent=world, slug="first")
    with django_capture_on_commit_callbacks(execute=True):
        rename(story, "second")
    assert reader.get("/news/world/first/").headers["Location"] == "/news/world/second/"
    ArticlePage.objects.get(pk=story.pk).move(culture, pos="last-child")
    for old in ("/news/world/first/", "/news/world/second/"):
        answer = reader.get(old, follow=True)
        assert answer.redirect_chain[-1][0] == "/news/culture/second/"
        assert answer.redirect_chain[0][1] == 301
    with django_capture_on_commit_callbacks(execute=True):
        rename(culture, "arts")
    answer = reader.get("/news/culture/second/", follow=True)
    assert answer.redirect_chain[-1][0] == "/news/arts/second/"
    assert reader.get("/news/arts/").status_code == 200


def test_a_story_in_a_second_section(reader: Client) -> None:
    world, culture = a_section("World", slug="world"), a_section("Culture", slug="culture")
    story = a_story("In two places", parent=world, slug="twice", authors=(an_author(),))
    alias = story.create_alias(parent=culture, update_slug="twice")
    page = reader.get("/news/culture/twice/")
    assert page.status_code == 200
    assert f'<link rel="canonical" href="{story.full_url}">' in page.content.decode()
    data = reader.get(f"/api/v2/pages/{alias.pk}/").json()
    assert data["canonical_url"] == story.full_url
    assert data["section"]["slug"] == "culture"
    assert [s.title for s in reader.get("/news/culture/").context_data["listing"].stories] == [
        "In two places"
    ]
    story.title = "Changed"
    publish_again(story)
    assert ArticlePage.objects.get(pk=alias.pk).title == "Changed"


def test_a_second_language(reader: Client) -> None:
    locale = Locale.objects.create(language_code="uk")
    a_story("English story")
    front = home().copy_for_translation(locale)
    HomePage.objects.get(pk=front.pk).save_revision().publish()
    news = feed().copy_for_translation(locale)
    news.title = "Новини"
    news.save_revision().publish()
    story = a_story("Українська новина", parent=NewsIndexPage.objects.get(pk=news.pk))
    assert story.locale == locale
    answer = reader.get("/uk/news/")
    assert answer.status_code == 200
    html = answer.content.decode()
    assert '<html lang="uk"' in html and "Українська новина" in html
    assert "English story" not in html
    assert "Українська новина" not in reader.get("/news/").content.decode()
    assert reader.get(story.url).status_code == 200 and story.url.startswith("/uk/news/")
    found = reader.get("/api/v2/pages/?type=news.ArticlePage&locale=uk").json()["items"]
    assert [item["title"] for item in found] == ["Українська новина"]
    assert reader.get("/uk/search/?q=новина").context_data["count"] == 1
