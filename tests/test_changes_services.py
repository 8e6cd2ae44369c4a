"""The stream with real transactions: gapless, in order, nothing seen before its commit."""

from __future__ import annotations

import itertools
import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models.signals import pre_save
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from cms.changes.models import changes_since, lock_stream, newest_number, record_change
from cms.models import Change, ChangeCounter, Image, PublicationSettings
from home.models import StandardPage
from tests.builders import a_page, an_author, an_image
from tests.rush import SECONDS, Follower, Writer, word_of

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, READERS = 8, 2
# Who waits for SQLite's one write lock is not served in turn: under a long rush one starves.
CHANGES = 100 if connection.vendor == "sqlite" else 500


@pytest.fixture(scope="module")
def first_rows(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """Each test here ends in a flush: what other tests start from is put back at the end."""
    with django_db_blocker.unblock():
        rows = connection.creation.serialize_db_to_string()
    yield rows
    with django_db_blocker.unblock():
        put_back(rows)


def flush(**options: Any) -> None:
    """Empty every table. Ids count on: those of the first rows must not be given again."""
    call_command("flush", interactive=False, verbosity=0, reset_sequences=False, **options)


def put_back(rows: str) -> None:
    flush(inhibit_post_migrate=True)
    ContentType.objects.clear_cache()
    # Content types first: a page that is read back asks for its own, and would make a second.
    entries = sorted(json.loads(rows), key=lambda row: row["model"] != "contenttypes.contenttype")
    connection.creation.deserialize_db_from_string(json.dumps(entries))
    Site.clear_site_root_paths_cache()


@pytest.fixture(autouse=True)
def newsroom(first_rows: str, transactional_db: None) -> None:
    put_back(first_rows)


def shared_rows() -> list[tuple[Any, str]]:
    photo = an_image()
    author = an_author(photo=photo)
    redirect = Redirect.objects.create(old_path="/old", redirect_link="https://example.org/")
    return [
        (PublicationSettings.load(), "tagline"),
        (Site.objects.get(), "site_name"),
        (photo, "credit"),
        (redirect, "old_path"),
        (author, "role"),
        (a_page(), "introduction"),
        (a_page(), "title"),
    ]


def with_own_connection(work: Callable[..., None], *arguments: Any) -> None:
    try:
        work(*arguments)
    finally:
        connection.close()


def test_many_writers_and_followers() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory refuses a second writer instead of letting it wait")
    subjects = shared_rows()
    start = newest_number()
    ChangeCounter.objects.all().delete()  # the first to come make it anew, all at once
    committing: set[str] = set()
    finished = threading.Event()
    writers = [Writer(number, subjects, committing) for number in range(WRITERS)]
    followers = [Follower(start, committing) for _ in range(READERS)]
    shares = [len(range(number, CHANGES, WRITERS)) for number in range(WRITERS)]
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        following = [pool.submit(with_own_connection, one.run, finished) for one in followers]
        writing = [
            pool.submit(with_own_connection, writer.run, share)
            for writer, share in zip(writers, shares, strict=True)
        ]
        try:
            for work in writing:
                work.result(timeout=SECONDS)
        finally:
            finished.set()
        for work in following:
            work.result(timeout=SECONDS)
    kept = [word for writer in writers for word in writer.kept]
    assert len(kept) > CHANGES / 2
    for follower in followers:
        numbers = [change.number for change in follower.seen]
        assert numbers == list(range(start + 1, start + 1 + len(kept)))
        assert sorted(word_of(change) for change in follower.seen) == sorted(kept)
        assert follower.too_early == []
    assert newest_number() == start + len(kept)
    each_change_begins_where_the_last_one_ended(followers[0].seen)


def each_change_begins_where_the_last_one_ended(changes: list[Change]) -> None:
    by_subject: dict[Any, list[Change]] = defaultdict(list)
    for change in changes:
        by_subject[change.subject, change.subject_id].append(change)
    for history in by_subject.values():
        for earlier, later in itertools.pairwise(history):
            assert later.before == earlier.after


@pytest.fixture
def broken_stream() -> Iterator[None]:
    """No Change can be written."""

    def refuse(**kwargs: Any) -> None:
        raise OSError("the stream is full")

    pre_save.connect(refuse, sender=Change)
    yield
    pre_save.disconnect(refuse, sender=Change)


@pytest.fixture
def rows() -> tuple[Image, StandardPage, StandardPage]:
    image = an_image(credit="Old")
    an_author(photo=image)
    return image, a_page("Old"), a_page("Other")


def test_a_row_and_its_change_do_not_part(
    rows: tuple[Image, StandardPage, StandardPage], request: pytest.FixtureRequest
) -> None:
    """Outside any transaction: what cannot be recorded does not happen."""
    image, page, other = rows
    path = page.path
    request.getfixturevalue("broken_stream")
    image.credit, page.title = "New", "New"
    attempts: list[Callable[[], Any]] = [
        image.save,
        image.delete,
        page.save,
        page.save_revision().publish,
        page.unpublish,
        lambda: Page.objects.get(pk=page.pk).move(other, pos="last-child"),
        lambda: Page.objects.get(pk=page.pk).delete(),
    ]
    for attempt in attempts:
        with pytest.raises(OSError, match="full"):
            attempt()
        assert Image.objects.get(pk=image.pk).credit == "Old"
        stored = StandardPage.objects.get(pk=page.pk)
        assert (stored.title, stored.live, stored.path) == ("Old", True, path)


def test_a_new_address_brings_its_redirect() -> None:
    page = a_page(slug="old")
    start = newest_number()
    page.slug = "new"
    page.save()
    assert [(change.kind, change.subject) for change in changes_since(start)] == [
        ("moved", "home.standardpage"),
        ("created", "wagtailredirects.redirect"),
    ]


def test_outside_a_transaction() -> None:
    for attempt in (
        lock_stream,
        lambda: record_change("changed", "news.tag", 1, None, {"name": "x"}),
    ):
        with pytest.raises(transaction.TransactionManagementError, match="atomic"):
            attempt()


def test_a_flushed_database_counts_anew() -> None:
    flush()
    assert newest_number() == 0
    with transaction.atomic():
        assert record_change("changed", "news.tag", 1, None, {"name": "x"}).number == 1
