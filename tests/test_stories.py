"""What follows from a story's facts: dates, read time, section, its place in lists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import BadRequest
from django.test import Client
from django.utils import timezone

from news.content.pagination import before, key_of, take
from news.models import ArticlePage, Edition
from tests.builders import (
    a_page,
    a_section,
    a_story,
    an_author,
    feed,
    home,
    publish_again,
    withdraw,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (220, 1), (221, 2), (440, 2), (441, 3)]
)
def test_read_time(words: int, minutes: int) -> None:
    story = a_story(body=[("paragraph", f"<p>{'word ' * words}</p>")])
    assert (story.word_count, story.read_time) == (words, minutes)


def test_every_block_with_words_counts_and_list_items_stand_apart() -> None:
    story = a_story(
        body=[
            ("heading", "Two words"),
            ("paragraph", "<ul><li>one</li><li>two</li></ul>"),
            ("quote", {"text": "three more words", "attribution": "not counted"}),
            ("editors_note", "<p>noted</p>"),
        ]
    )
    assert story.word_count == 2 + 2 + 3 + 1


def test_published_at_is_the_moment_of_publication_unless_set() -> None:
    story = ArticlePage(title="Now", live=False)
    feed().add_child(instance=story)
    before_publishing = timezone.now()
    publish_again(story)
    story = ArticlePage.objects.get(pk=story.pk)
    assert story.published_at == story.first_published_at >= before_publishing
    assert story.updated_at is None

    earlier = a_story(hours_ago=48)
    assert timezone.now() - earlier.published_at > timedelta(hours=47)


def test_a_later_draft_cannot_change_the_date_that_readers_saw() -> None:
    story = a_story(hours_ago=5)
    seen = story.published_at
    story.published_at = timezone.now() - timedelta(days=30)
    story.title = "Changed"
    publish_again(story)
    story = ArticlePage.objects.get(pk=story.pk)
    assert (story.title, story.published_at) == ("Changed", seen)
    edition = Edition.objects.filter(story=story).order_by("-number")[0]
    assert story.updated_at == edition.at > seen


def test_the_section_follows_the_story() -> None:
    culture, world = a_section("Culture"), a_section("World")
    story = a_story(parent=culture)
    assert story.section == culture
    story.move(world, pos="last-child")
    assert ArticlePage.objects.get(pk=story.pk).section == world
    story = ArticlePage.objects.get(pk=story.pk)
    story.move(feed(), pos="last-child")
    assert ArticlePage.objects.get(pk=story.pk).section is None


def test_the_front_page_fills_its_own_slots(reader: Client) -> None:
    newest, second, oldest = (a_story(hours_ago=hours) for hours in (1, 2, 90))
    context = reader.get("/").context_data
    assert [card.pk for card in (context["lead"], *context["slots"])] == [
        newest.pk,
        second.pk,
        oldest.pk,
    ]

    page = home()
    page.lead = oldest
    page.save_revision().publish()
    assert reader.get("/").context_data["lead"].pk == oldest.pk

    withdraw(oldest)
    assert reader.get("/").context_data["lead"].pk == newest.pk


def test_a_page_above_finds_the_page_below_whatever_its_siblings_are_called(reader: Client) -> None:
    one, two = a_section("One", slug="one"), a_section("Two", slug="two")
    first = a_story("First", parent=one, slug="same")
    second = a_story("Second", parent=two, slug="same")
    assert reader.get("/news/one/same/").context_data["page"] == first
    assert reader.get("/news/two/same/").context_data["page"] == second
    assert reader.get("/news/same/").status_code == 404
    assert reader.get("/news/two/same/one/").status_code == 404
    assert reader.get("/one/").status_code == 404


@pytest.mark.tampered
def test_key_pages_visit_every_story_once_while_new_ones_arrive() -> None:
    moment = timezone.now() - timedelta(hours=1)
    expected = [a_story().pk for _ in range(9)]
    ArticlePage.objects.update(published_at=moment)  # all at once: the id decides
    stories = ArticlePage.objects.published()
    seen: list[int] = []
    key = None
    while True:
        page = take(stories, key, size=2)
        seen += [story.pk for story in page.stories]
        a_story(hours_ago=0)
        key = page.next_key
        if key is None:
            break
    assert seen == sorted(expected, reverse=True)


@pytest.mark.parametrize("key", ["", "abc", "1", "-1-1", "1-", "9" * 30 + "-1", "1.5-2", "١-١"])
def test_a_key_that_is_none(key: str) -> None:
    with pytest.raises(BadRequest):
        before(ArticlePage.objects.all(), key)


def test_a_key_names_moment_and_story() -> None:
    story = a_story()
    older = a_story(hours_ago=2)
    assert list(before(ArticlePage.objects.all(), key_of(story))) == [older]


def test_show_more_leads_through_the_whole_feed(reader: Client) -> None:
    for hours in range(45):
        a_story(hours_ago=hours + 1)
    path, seen = "/news/", 0
    while path:
        listing = reader.get(path).context_data["listing"]
        seen += len(listing.stories)
        path = f"/news/?before={listing.next_key}" if listing.next_key else ""
    assert seen == 45


def test_rich_text_outside_of_a_story_is_html(reader: Client) -> None:
    ada = an_author("Ada Writer", slug="ada", bio="<p>Writes of <b>ships</b>.</p>")
    story = a_story(authors=(ada,))
    page = a_page("House rules", slug="rules", body="<p>Read <b>twice</b>.</p>")
    for address, words in ((story.url, "ships"), (ada.url, "ships"), (page.url, "twice")):
        assert f"<b>{words}</b>." in reader.get(address).content.decode(), address
