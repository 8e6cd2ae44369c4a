from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from news.guard.verify import findings
from news.models import Edition
from tests.browsing import browser
from tests.builders import a_page
from tests.door_rooms import room, stories
from tests.server import forget_prepared

__all__ = ["browser", "room", "stories"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Every test starts in a newsroom that `setup_newsroom` has set up."""
    with django_db_blocker.unblock():
        call_command("setup_newsroom", verbosity=0)


@pytest.fixture(autouse=True)
def cold_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


EDITIONS = pytest.StashKey[int]()
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


@pytest.fixture(autouse=True)
def the_record_holds(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every test: what is live is what was signed. `tampered` marks tests that break it."""
    uses_database = request.node.get_closest_marker("django_db") or (
        DATABASE_FIXTURES & set(request.fixturenames)
    )
    if not uses_database or request.node.get_closest_marker("tampered"):
        yield
        return
    request.getfixturevalue("db")  # before us, so that it is there still when the test is over
    yield
    connection.ensure_connection()
    broken = connection.needs_rollback or not connection.is_usable()
    if broken or not (editions := Edition.objects.count()):
        return
    found = list(findings())
    assert not found, f"What is live differs from its record: {found}"
    request.config.stash[EDITIONS] = request.config.stash.get(EDITIONS, 0) + editions


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["editions"] = session.config.stash.get(EDITIONS, 0)
    else:
        forget_prepared()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """With xdist each process has counted its own."""
    counted = getattr(node, "workeroutput", {}).get("editions", 0)
    node.config.stash[EDITIONS] = node.config.stash.get(EDITIONS, 0) + counted


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    number = config.stash.get(EDITIONS, 0)
    terminalreporter.write_line(f"{number} editions compared with what was live after each test.")


@pytest.fixture
def reader() -> Client:
    return Client()


@pytest.fixture
def one_private_page(db: None) -> None:
    """A page restriction somewhere: what costs stock Wagtail queries."""
    page = a_page("For members")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


class QueryCount:
    """Counts the queries of a request with a cold site cache."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def __call__(self, path: str) -> int:
        self.client.get(path)  # renditions and content types exist from now on
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(path)
        assert response.status_code == 200, (path, response.status_code)
        self.queries = [query["sql"] for query in captured.captured_queries]
        return len(self.queries)


@pytest.fixture
def queries_of(reader: Client) -> QueryCount:
    return QueryCount(reader)
