"""Programs at the doors: nothing that code calls makes an unsigned text public, as nobody or as a
superuser; signed, it is published once.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.models import PageLogEntry

from cms.background.schedule import run_due
from cms.log_actions import PUBLISH_REFUSED
from cms.models import User
from news.editions.choices import Channel as Way
from news.models import ArticlePage
from tests.builders import signed
from tests.door_table import (
    DRAFT,
    REVIEW,
    REWRITE,
    TIMED,
    editions_of,
    live_digest,
    make_due,
    newest,
    readers_see,
    snapshot,
)
from tests.doors import SUPERUSER, fresh, person

pytestmark = pytest.mark.django_db


def revision_publish(story: ArticlePage, user: User | None) -> None:
    story.get_latest_revision().publish(user=user)


def revision_publish_unasked(story: ArticlePage, user: User | None) -> None:
    story.get_latest_revision().publish(user=user, skip_permission_checks=True)


def plain_publish_action(story: ArticlePage, user: User | None) -> None:
    """Wagtail's action for anything with drafts, not the one for pages."""
    PublishRevisionAction(story.get_latest_revision(), user=user).execute()


def workflow_finish(story: ArticlePage, user: User | None) -> None:
    story.current_workflow_state.finish(user=user)


def task_approve(story: ArticlePage, user: User | None) -> None:
    story.current_workflow_task_state.approve(user=user)


def clock_tick(story: ArticlePage, user: User | None) -> None:
    done = run_due()
    entry = PageLogEntry.objects.filter(action=PUBLISH_REFUSED).last()
    assert bool(done) != bool(entry)
    if entry is not None:
        raise PermissionDenied(entry.data["reason"])


def stock_clock(story: ArticlePage, user: User | None) -> None:
    call_command("publish_scheduled")


WITHOUT_ROLE: dict[str, tuple[Callable[[ArticlePage, User | None], None], str, str]] = {
    "revision.publish()": (revision_publish, DRAFT, Way.CODE),
    "revision.publish() beside a schedule": (revision_publish, TIMED, Way.CODE),
    "publish() that asks nobody": (revision_publish_unasked, TIMED, Way.CODE),
    "action for anything with drafts": (plain_publish_action, REWRITE, Way.CODE),
    "workflow finish": (workflow_finish, REVIEW, Way.CODE),
    "workflow finish of a rewrite": (workflow_finish, TIMED, Way.CODE),
    "task approve": (task_approve, REVIEW, Way.CODE),
    "clock": (clock_tick, DRAFT, Way.SCHEDULE),
    "clock, rewrite": (clock_tick, REWRITE, Way.SCHEDULE),
    "publish_scheduled": (stock_clock, REVIEW, Way.SCHEDULE),
}


@pytest.mark.parametrize("by", ["nobody", SUPERUSER])
@pytest.mark.parametrize("name", WITHOUT_ROLE)
def test_a_door_of_programs(name: str, by: str, stories: dict[str, ArticlePage]) -> None:
    go, state, passage = WITHOUT_ROLE[name]
    story = fresh(stories[state])
    user = None if by == "nobody" else person(by)
    if passage == Way.SCHEDULE:
        make_due(story.get_latest_revision())
    before, seen = snapshot(story), readers_see(story)
    with pytest.raises(PermissionDenied, match=r"\bsign"):
        go(fresh(story), user)
    assert snapshot(story) == before
    assert readers_see(story) == seen
    PageLogEntry.objects.all().delete()
    signed(fresh(story))
    text, number = fresh(story).draft_digest, editions_of(story)
    go(fresh(story), user)
    edition = newest(story)
    assert fresh(story).live and edition.number == number + 1
    assert edition.digest == live_digest(story) == text
    assert edition.channel == passage or user is not None
