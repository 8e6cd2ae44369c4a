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

from tests.browsing import browser
from tests.builders import a_page

__all__ = ["browser"]


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
