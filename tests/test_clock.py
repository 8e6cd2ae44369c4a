"""The clock: what is due becomes public once, whatever refuses; in this process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import PageLogEntry
from wagtail.signals import page_unpublished

from cms.background.schedule import run_due
from cms.log_actions import EXPIRY_REFUSED, PUBLISH_REFUSED
from home.models import StandardPage
from tests.builders import a_page, a_user, home

ROOT = Path(__file__).parent.parent
PUBLISHED = "wagtail.publish.scheduled"
EXPIRED = "wagtail.unpublish.scheduled"


def ago(**since: float) -> datetime:
    return timezone.now() - timedelta(**since)


def scheduled(title: str, at: datetime) -> StandardPage:
    """A page with an approved time, as Wagtail's editor leaves it."""
    page = StandardPage(title=title, slug=slugify(title), live=False, go_live_at=at)
    home().add_child(instance=page)
    page.save_revision(approved_go_live_at=at)
    return page


def scheduled_but_refused(title: str, at: datetime) -> StandardPage:
    """Its address has been taken by a sibling since it was scheduled."""
    page = scheduled(title, at)
    StandardPage.objects.filter(pk=page.pk).update(slug=f"{page.slug}-before")
    a_page(f"Sibling of {title}", slug=page.slug)
    return page


def history(page: StandardPage, action: str) -> list[PageLogEntry]:
    return list(PageLogEntry.objects.filter(page=page.pk, action=action).order_by("pk"))


@pytest.mark.django_db
def test_what_is_due_becomes_public_once_and_nothing_else_does() -> None:
    due = scheduled("Due", ago(seconds=1))
    later = scheduled("Later", ago(hours=-1))
    assert run_due() == 1
    assert run_due() == 0
    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.live, later.live) == (True, False)
    assert len(history(due, PUBLISHED)) == 1
    assert due.get_latest_revision().approved_go_live_at is None


@pytest.mark.django_db
def test_a_change_of_a_live_page_waits_for_its_time() -> None:
    page = a_page("Opening hours")
    page.title, page.go_live_at = "New opening hours", ago(seconds=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    assert run_due() == 1
    page.refresh_from_db()
    assert (page.title, page.live) == ("New opening hours", True)


@pytest.mark.django_db
def test_a_refusal_is_recorded_once_stops_nobody_and_is_tried_again(client: Client) -> None:
    refused = scheduled_but_refused("Refused", ago(hours=1))
    due = scheduled("Due", ago(minutes=1))
    assert [run_due(), run_due(), run_due()] == [1, 0, 0]
    due.refresh_from_db()
    refused.refresh_from_db()
    assert (due.live, refused.live) == (True, False)
    [entry] = history(refused, PUBLISH_REFUSED)
    assert "already in use" in entry.data["reason"]
    assert entry.revision == refused.get_latest_revision()
    assert entry.revision.approved_go_live_at is not None

    client.force_login(a_user(superuser=True))
    page = client.get(f"/admin/pages/{refused.pk}/history/").content.decode()
    assert "Was due, but could not be published: The slug" in page

    StandardPage.objects.get(slug="refused").delete()
    assert run_due() == 1
    refused.refresh_from_db()
    assert (refused.live, refused.slug) == (True, "refused")


@pytest.mark.django_db
def test_another_time_is_another_refusal() -> None:
    refused = scheduled_but_refused("Refused", ago(hours=1))
    run_due()
    revision = refused.get_latest_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=ago(minutes=5))
    run_due()
    run_due()
    assert len(history(refused, PUBLISH_REFUSED)) == 2


@pytest.mark.django_db
def test_what_has_expired_is_taken_back_once() -> None:
    page = a_page("Summer opening hours")
    StandardPage.objects.filter(pk=page.pk).update(expire_at=ago(seconds=1))
    assert [run_due(), run_due()] == [1, 0]
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert len(history(page, EXPIRED)) == 1


@pytest.mark.django_db
def test_an_expiry_that_refuses_is_recorded_once_and_stops_nobody() -> None:
    kept, other = a_page("Kept"), a_page("Other")
    StandardPage.objects.filter(pk__in=[kept.pk, other.pk]).update(expire_at=ago(seconds=1))

    def refuse(instance: StandardPage, **kwargs: object) -> None:
        if instance.pk == kept.pk:
            raise ValueError("It stays.")

    page_unpublished.connect(refuse)
    try:
        assert [run_due(), run_due()] == [1, 0]
    finally:
        page_unpublished.disconnect(refuse)
    kept.refresh_from_db()
    other.refresh_from_db()
    assert (kept.live, other.live) == (True, False)
    [entry] = history(kept, EXPIRY_REFUSED)
    assert entry.message == "Was due to expire, but could not: It stays."


@pytest.mark.django_db
def test_a_change_that_fell_due_before_the_expiry_is_seen_is_not_lost() -> None:
    page = a_page("Opening hours")
    StandardPage.objects.filter(pk=page.pk).update(expire_at=ago(minutes=2))
    page.title, page.go_live_at = "New opening hours", ago(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    run_due()
    page.refresh_from_db()
    assert (page.title, page.live) == ("New opening hours", True)


@pytest.mark.django_db
def test_a_stop_is_heard_between_two_pages() -> None:
    scheduled("Due", ago(seconds=1))
    stop = threading.Event()
    stop.set()
    assert run_due(stop) == 0
    assert run_due() == 1


CLOCKS = """
import threading
print(sum(thread.name == "schedule" for thread in threading.enumerate()))
"""


@pytest.mark.static
@pytest.mark.parametrize(
    ("setting", "script", "clocks"),
    [
        ("web", "import cms.wsgi; from cms.background.runner import start_jobs; start_jobs()", "1"),
        ("off", "import cms.wsgi", "0"),
        ("web", "from django.core.management import call_command; call_command('check')", "0"),
    ],
)
def test_a_web_process_has_one_clock_and_a_command_none(
    setting: str, script: str, clocks: str, tmp_path: Path
) -> None:
    answer = shell(script + CLOCKS, CLOCK=setting, DATA_DIR=str(tmp_path))
    assert answer.stdout.split()[-1] == clocks, answer.stderr


@pytest.mark.static
@pytest.mark.parametrize(("name", "value"), [("CLOCK", "cron"), ("CLOCK_INTERVAL", "60")])
def test_a_bad_setting_stops_the_start(name: str, value: str, tmp_path: Path) -> None:
    answer = shell("", DATA_DIR=str(tmp_path), **{name: value})
    assert answer.returncode != 0
    assert f'"{name}" invalid' in answer.stderr


def shell(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "cms.settings.dev"}
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", script],
        cwd=ROOT,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_tests_run_without_a_clock() -> None:
    assert settings.CLOCK == "web"
    assert "schedule" not in {thread.name for thread in threading.enumerate()}
