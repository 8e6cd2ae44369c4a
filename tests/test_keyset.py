"""Two thousand stories by key: each once, while others arrive, at the price of the first page."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from news.content.pagination import PAGE_SIZE, before, key_of
from news.content.story import StoryQuerySet
from news.models import ArticlePage
from tests.builders import a_story, feed
from tests.conftest import QueryCount

pytestmark = pytest.mark.django_db

IN_BULK = 1982  # with the demo's 18 in English: a hundred pages


@pytest.fixture
def two_thousand_stories(db: None) -> None:
    call_command("seed_demo", articles=IN_BULK, verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def public() -> StoryQuerySet:
    return feed().stories()


def rows_read(page: QuerySet, table: str = "") -> int:
    """How many rows (of one table) PostgreSQL looks at for one page of the feed."""
    return scanned(json.loads(page.explain(analyze=True, format="json"))[0]["Plan"], table)


def scanned(node: dict[str, Any], table: str) -> int:
    rows = sum(scanned(inner, table) for inner in node.get("Plans", []))
    if "Scan" in node["Node Type"] and node.get("Relation Name", "").startswith(table):
        looked_at = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        rows += round(looked_at * node["Actual Loops"])
    return rows


def test_every_story_once_while_others_are_published_and_at_one_price(
    two_thousand_stories: None, reader: Client, queries_of: QueryCount
) -> None:
    expected = set(public().values_list("pk", flat=True))
    assert len(expected) == 2000
    assert_the_hundredth_page_reads_what_the_first_reads()
    seen: list[int] = []
    paths = ["/news/"]
    while paths[-1]:
        listing = reader.get(paths[-1]).context_data["listing"]
        seen += [story.pk for story in listing.stories]
        paths.append(f"/news/?before={listing.next_key}" if listing.next_key else "")
        if len(paths) % 10 == 0:
            a_story(f"While somebody reads, {len(paths)}", hours_ago=0)
    assert len(seen) == len(set(seen))
    assert set(seen) == expected
    pages = paths[:-1]
    assert len(pages) == 100
    assert queries_of(pages[0]) == queries_of(pages[99])


def assert_the_hundredth_page_reads_what_the_first_reads() -> None:
    newest_first = public().order_by("-published_at", "-pk")
    first = newest_first[:PAGE_SIZE]
    edge = newest_first[99 * PAGE_SIZE - 1]
    hundredth = before(newest_first, key_of(edge))[:PAGE_SIZE]
    assert len(first) == len(hundredth) == PAGE_SIZE
    if connection.vendor == "postgresql":
        stories = ArticlePage._meta.db_table
        for page in (first, hundredth):
            assert rows_read(page.all(), stories) < 2 * PAGE_SIZE
            assert rows_read(page.all()) < 30 * PAGE_SIZE  # sections and parents with them
    else:
        # Straight to the place by the index, whatever the depth, and no sorting.
        plan = hundredth.explain()
        assert "story_language (language_id=? AND published_at<?)" in plan
        assert "TEMP B-TREE" not in plan


@pytest.mark.tampered
def test_a_key_between_two_stories_of_one_moment(reader: Client) -> None:
    """Stories of the same moment are told apart by their ids."""
    stories = [a_story(f"Twin {number}") for number in range(3)]
    moment = stories[0].published_at
    ArticlePage.objects.filter(pk__in=[s.pk for s in stories]).update(published_at=moment)
    key = key_of(ArticlePage.objects.get(pk=stories[1].pk))
    listing = reader.get(f"/news/?before={key}").context_data["listing"]
    assert [story.pk for story in listing.stories] == [stories[0].pk]
