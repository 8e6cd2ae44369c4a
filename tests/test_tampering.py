"""What changes a live story behind its record: the database refuses it, or verify names it."""

from __future__ import annotations

import json
import subprocess
import uuid
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import PageViewRestriction

from news.models import ArticlePage, ArticleTag, Byline, Tag
from tests.builders import (
    a_section,
    a_story,
    an_author,
    an_image,
    make_private,
    publish_again,
    withdraw,
)
from tests.server import Server
from tests.test_triggers import drop_triggers

pytestmark = [pytest.mark.django_db, pytest.mark.tampered]


def verify() -> tuple[int, set[int]]:
    """Out: the exit code, and the ids of the stories that are named."""
    out, code = StringIO(), 0
    try:
        call_command("verify_editions", stdout=out)
    except SystemExit as stop:
        code = int(str(stop.code))
    *named, summary = out.getvalue().splitlines()
    assert "checked" in summary
    return code, {int(line.split()[0]) for line in named}


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1, "the test changes what it means to change"


def a_full_story(*, live: bool = True) -> ArticlePage:
    authors = (an_author(), an_author())
    story = a_story("As signed", authors=authors, tags=("one", "two"), live=live)
    if not live:
        return story
    story.summary = "Signed again"
    return publish_again(story)


def other_body(story: ArticlePage) -> None:
    body = json.dumps([{"type": "heading", "value": "Unsigned", "id": str(uuid.uuid4())}])
    run("UPDATE news_articlepage SET body = %s WHERE page_ptr_id = %s", body, story.pk)


def other_title(story: ArticlePage) -> None:
    run("UPDATE wagtailcore_page SET title = %s WHERE id = %s", "Unsigned", story.pk)


def without_tag(story: ArticlePage) -> None:
    row = story.tagged_items.first().pk
    run("DELETE FROM news_articletag WHERE id = %s", row)


def with_tag(story: ArticlePage) -> None:
    tag = Tag.objects.create(name="Unsigned", slug="unsigned")
    ArticleTag.objects.create(content_object_id=story.pk, tag=tag)


def without_byline(story: ArticlePage) -> None:
    run("DELETE FROM news_byline WHERE id = %s", story.bylines.first().pk)


def bylines_swapped(story: ArticlePage) -> None:
    first, second = Byline.objects.filter(page=story).order_by("sort_order", "pk")
    Byline.objects.filter(pk=first.pk).update(sort_order=1)
    Byline.objects.filter(pk=second.pk).update(sort_order=0)


def not_live(story: ArticlePage) -> None:
    drop_triggers()
    run("UPDATE wagtailcore_page SET live = %s WHERE id = %s", False, story.pk)


def other_document(story: ArticlePage) -> None:
    edition = story.editions.get(number=1)
    changed = json.dumps({**edition.document, "headline": "Never said"})
    run("UPDATE news_edition SET document = %s WHERE id = %s", changed, edition.pk)


def other_digest(story: ArticlePage) -> None:
    run(
        "UPDATE news_edition SET digest = %s WHERE story_id = %s AND number = 2",
        "0" * 64,
        story.pk,
    )


def without_edition(number: int) -> Callable[[ArticlePage], None]:
    def delete(story: ArticlePage) -> None:
        edition = story.editions.get(number=number).pk
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM news_editionreference WHERE edition_id = %s", [edition])
        run("DELETE FROM news_edition WHERE id = %s", edition)

    return delete


def without_editions(story: ArticlePage) -> None:
    for number in (1, 2):
        without_edition(number)(story)


def hidden_in_bulk(story: ArticlePage) -> None:
    restriction = PageViewRestriction(page=story.page_ptr, restriction_type="login")
    PageViewRestriction.objects.bulk_create([restriction])


def without_a_time_away(story: ArticlePage) -> None:
    """What is left says the same as what was deleted; the stream remembers."""
    hidden = make_private(story)
    hidden.delete()
    for number in (3, 4):
        without_edition(number)(story)


def update(**values: object) -> Callable[[ArticlePage], None]:
    return lambda story: ArticlePage.objects.filter(pk=story.pk).update(**values)


TAMPERINGS: dict[str, Callable[[ArticlePage], object]] = {
    "headline by queryset": update(title="Unsigned"),
    "headline by SQL": other_title,
    "slug by queryset": update(slug="unsigned"),
    "standfirst by queryset": update(summary="Unsigned"),
    "date by queryset": update(published_at="2001-01-01T00:00:00Z"),
    "picture by queryset": lambda story: update(lead_image=an_image())(story),
    "body by SQL": other_body,
    "tag taken off": without_tag,
    "tag added": with_tag,
    "byline taken off": without_byline,
    "bylines in another order": bylines_swapped,
    "taken off by SQL": not_live,
    "document of an old edition": other_document,
    "digest of an edition": other_digest,
    "first edition deleted": without_edition(1),
    "newest edition deleted": without_edition(2),
    "all editions deleted": without_editions,
    "editions deleted that changed nothing together": without_a_time_away,
    "hidden in bulk": hidden_in_bulk,
}


@pytest.mark.parametrize("how", TAMPERINGS)
def test_exactly_the_tampered_story_is_named(how: str) -> None:
    bystanders = a_full_story(), a_full_story(live=False), a_story("Withdrawn")
    withdraw(bystanders[2])
    story = a_full_story()
    assert verify() == (0, set())
    TAMPERINGS[how](story)
    assert verify() == (1, {story.pk})


def test_a_draft_made_live_is_named() -> None:
    draft, withdrawn = a_full_story(live=False), a_story("Withdrawn")
    withdraw(withdrawn)
    drop_triggers()
    ArticlePage.objects.update(live=True)
    assert verify() == (1, {draft.pk, withdrawn.pk})


def test_an_alias_with_other_words_is_named_alone() -> None:
    story = a_full_story()
    alias = story.create_alias(parent=a_section(), update_slug="second")
    assert verify() == (0, set())
    other_title(alias)
    assert verify() == (1, {alias.pk})


def test_a_withdrawn_edition_that_is_deleted_is_named() -> None:
    story = a_full_story()
    withdraw(story)
    without_edition(3)(story)
    assert verify() == (1, {story.pk})


@pytest.mark.static
def test_the_command_as_a_process(tmp_path: Path) -> None:
    house = Server(tmp_path)
    house.manage("migrate", "-v0")
    house.manage("setup_newsroom")
    begin = "from tests.builders import a_story; print(a_story('As signed').pk)"
    pk = house.manage("shell", "-v0", "-c", begin).split()[-1]
    assert "0 differ" in house.manage("verify_editions")
    tamper = f"from wagtail.models import Page; Page.objects.filter(pk={pk}).update(title='Other')"
    house.manage("shell", "-v0", "-c", tamper)
    with pytest.raises(subprocess.CalledProcessError) as failed:
        house.manage("verify_editions")
    assert failed.value.returncode == 1
    assert failed.value.stdout.startswith(f"{pk} “Other” shows another text than edition 1")
