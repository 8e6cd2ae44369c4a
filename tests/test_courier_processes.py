"""Couriers as processes on one database: each mail once, and no clock waits for a mail server."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail_server import HANGS, WORKS, MailServer, mail_server
from tests.test_clock_processes import SERVICE, Newsroom, wait_until

COUNT = 40

TELL = f"""
from news.notifications.models import Event
from news.notifications.notices import tell
from tests.builders import a_story, a_user
people = [a_user(name=f"person{{number}}") for number in range({COUNT})]
tell(Event.RETURNED, people, a_story("Ferry", live=False))
"""

DUE_NOW = """
from django.utils import timezone
from news.models import Notice
Notice.objects.filter(tries__gt=0, mailed_at=None).update(mail_at=timezone.now())
"""


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def newsroom(tmp_path: Path, server: MailServer) -> Iterator[Newsroom]:
    newsroom = Newsroom(tmp_path)
    newsroom.environment |= {
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": "x" * 64,
        "BASE_URL": "https://news.example",
        "ALLOWED_HOSTS": "news.example",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(server.port),
        "CLOCK_INTERVAL": "0.2",
    }
    yield newsroom
    if SERVICE:
        newsroom.administer("DROP DATABASE {} WITH (FORCE)")


def test_three_couriers_send_each_mail_once_after_a_server_that_hangs(
    newsroom: Newsroom, server: MailServer
) -> None:
    server.state = HANGS
    newsroom.manage("shell", "-v0", "-c", TELL)
    with newsroom.clocks(3):
        wait_until(lambda: server.calls >= 3)
        newsroom.schedule("Meanwhile", count=2, seconds=0)
        wait_until(lambda: newsroom.live("Meanwhile") == 2)
        assert server.mails == [], "the server hung no more: this says nothing"
        server.state = WORKS
        server.closed.set()
        wait_until(lambda: len(server.mails) >= COUNT - 3)
        newsroom.manage("shell", "-v0", "-c", DUE_NOW)
        wait_until(lambda: len(server.mails) >= COUNT)
        waiting = "SELECT count(*) FROM news_notice WHERE mailed_at IS NULL"
        wait_until(lambda: newsroom.rows(waiting)[0][0] == 0)
    assert Counter(server.people) == {f"person{number}@example.org": 1 for number in range(COUNT)}
    log = newsroom.log_of_clocks()
    assert log.count("The mail delivery waits for the mail server") == 3
