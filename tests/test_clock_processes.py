"""Several clocks as processes on one database: on time, once, whoever is killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

from tests.server import ROOT, Server
from tests.test_clock import PUBLISHED

SERVICE = os.environ.get("DATABASE_URL", "")
PROMISE_SECONDS = 10
PATIENCE_SECONDS = 40

SCHEDULE = """
from datetime import timedelta
from django.utils import timezone
from tests.test_clock import scheduled, scheduled_but_refused
at = timezone.now() + timedelta(seconds={seconds})
for number in range({count}):
    scheduled(f"{name} {{number}}", at)
{more}
print(at.timestamp())
"""


class Newsroom(Server):
    """A database of its own, of the kind that the tests run on, and processes that use it."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.name = f"clock_{uuid.uuid4().hex[:12]}"
        if SERVICE:
            self.environment["DATABASE_URL"] = f"{SERVICE.rpartition('/')[0]}/{self.name}"
            self.administer("CREATE DATABASE {}")
        self.manage("migrate", "-v0")
        self.manage("setup_newsroom")

    def administer(self, statement: str) -> None:
        """PostgreSQL only: a statement about this database, given from another one."""
        server = f"{SERVICE.rpartition('/')[0]}/postgres"
        with closing(psycopg.connect(server, autocommit=True)) as connection:
            connection.execute(sql.SQL(statement).format(sql.Identifier(self.name)))

    def rows(self, query: str, *values: Any) -> list[Any]:
        """Out: what the database says, past Django."""
        if SERVICE:
            with closing(psycopg.connect(self.environment["DATABASE_URL"])) as connection:
                return connection.execute(query.replace("?", "%s"), values).fetchall()
        with closing(sqlite3.connect(self.data / "dateline.sqlite3", timeout=20)) as connection:
            return connection.execute(query, values).fetchall()

    def schedule(self, name: str, count: int, seconds: float, more: str = "") -> datetime:
        """Schedule `count` pages for so many seconds from now. Out: that time."""
        script = SCHEDULE.format(name=name, count=count, seconds=seconds, more=more)
        return datetime.fromtimestamp(float(self.manage("shell", "-v0", "-c", script)), tz=UTC)

    def live(self, name: str) -> int:
        query = "SELECT count(*) FROM wagtailcore_page WHERE live AND title LIKE ?"
        return int(self.rows(query, f"{name} %")[0][0])

    def entries(self, name: str, action: str) -> list[int]:
        """How many log entries of an action each page has that has any."""
        query = (
            "SELECT count(*) FROM wagtailcore_pagelogentry entry"
            " JOIN wagtailcore_page page ON page.id = entry.page_id"
            " WHERE entry.action = ? AND page.title LIKE ? GROUP BY page.id"
        )
        return [int(row[0]) for row in self.rows(query, action, f"{name} %")]

    def delays(self, name: str, at: datetime) -> tuple[float, float]:
        """How many seconds after `at` the first and the last page became public."""
        column = "first_published_at"
        query = f"SELECT min({column}), max({column}) FROM wagtailcore_page WHERE title LIKE ?"  # noqa: S608
        first, last = (
            datetime.fromisoformat(found) if isinstance(found, str) else found
            for found in self.rows(query, f"{name} %")[0]
        )
        at = at if first.tzinfo else at.replace(tzinfo=None)
        return (first - at).total_seconds(), (last - at).total_seconds()

    @contextmanager
    def clocks(self, count: int) -> Iterator[list[subprocess.Popen[bytes]]]:
        """So many `manage.py clock`. At the end each stops when asked, with exit code 0."""
        command = [sys.executable, "manage.py", "clock"]
        with (self.data / "clock.log").open("w") as log:
            clocks = [
                subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=log)
                for _ in range(count)
            ]
            try:
                yield clocks
                running = [process for process in clocks if process.poll() is None]
                for ask, process in zip((signal.SIGTERM, signal.SIGINT) * 2, running, strict=False):
                    process.send_signal(ask)
                assert [process.wait(timeout=20) for process in running] == [0] * len(running)
            finally:
                for process in clocks:
                    process.kill()
                    process.wait()

    def log_of_clocks(self) -> str:
        return (self.data / "clock.log").read_text()


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    newsroom = Newsroom(tmp_path_factory.mktemp("clock"))
    yield newsroom
    if SERVICE:
        newsroom.administer("DROP DATABASE {} WITH (FORCE)")


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_three_clocks_publish_each_page_once_and_on_time(newsroom: Newsroom) -> None:
    with newsroom.clocks(3):
        refused = "scheduled_but_refused('Crowd refused', at)"
        at = newsroom.schedule("Crowd", count=49, seconds=8, more=refused)
        wait_until(lambda: newsroom.live("Crowd") == 49)
        newsroom.schedule("After", count=1, seconds=0)
        wait_until(lambda: newsroom.live("After") == 1)
    assert newsroom.entries("Crowd", PUBLISHED) == [1] * 49
    assert newsroom.entries("Crowd", "dateline.publish.refused") == [1]
    first, last = newsroom.delays("Crowd", at)
    assert 0 <= first <= last < PROMISE_SECONDS


def test_a_clock_that_is_killed_loses_and_doubles_nothing(newsroom: Newsroom) -> None:
    with newsroom.clocks(3) as clocks:
        at = newsroom.schedule("Killed", count=50, seconds=8)
        wait_until(lambda: newsroom.live("Killed") > 5)
        clocks[0].kill()
        assert newsroom.live("Killed") < 50, "killed too late to say anything"
        wait_until(lambda: newsroom.live("Killed") == 50)
    assert newsroom.entries("Killed", PUBLISHED) == [1] * 50
    first, last = newsroom.delays("Killed", at)
    assert 0 <= first <= last < PROMISE_SECONDS


def test_a_clock_that_starts_late_catches_up(newsroom: Newsroom) -> None:
    newsroom.schedule("Missed", count=5, seconds=-3600)
    assert newsroom.live("Missed") == 0
    with newsroom.clocks(1):
        wait_until(lambda: newsroom.live("Missed") == 5)
    assert newsroom.entries("Missed", PUBLISHED) == [1] * 5


@pytest.mark.skipif(not SERVICE, reason="needs a database that can go away: DATABASE_URL")
def test_a_clock_waits_for_a_database_that_is_away(newsroom: Newsroom) -> None:
    with newsroom.clocks(1):
        newsroom.schedule("Before", count=1, seconds=0)
        wait_until(lambda: newsroom.live("Before") == 1)
        newsroom.administer("ALTER DATABASE {} ALLOW_CONNECTIONS false")
        with closing(psycopg.connect(f"{SERVICE.rpartition('/')[0]}/postgres")) as other:
            end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
            other.execute(end, [newsroom.name])
        wait_until(lambda: "The schedule waits for the database" in newsroom.log_of_clocks())
        newsroom.administer("ALTER DATABASE {} ALLOW_CONNECTIONS true")
        newsroom.schedule("Afterwards", count=1, seconds=0)
        wait_until(lambda: newsroom.live("Afterwards") == 1)
    assert newsroom.log_of_clocks().count("The schedule waits for the database") == 1
