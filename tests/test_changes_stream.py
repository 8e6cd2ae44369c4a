"""The stream itself, and that everything a page reads is on it or named."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from cms.changes.models import Facts, changes_since, newest_number, record_change
from cms.changes.registry import NOT_SHARED, PARTS, SHARED
from cms.models import Change, PublicationSettings
from tests.builders import a_page, a_section, a_story, an_author, an_image, home
from tests.canaries import body
from tests.following import a_change, a_restriction, fresh, publish, slots

pytestmark = pytest.mark.django_db


def test_the_stream() -> None:
    start = newest_number()
    changes = [a_change(number) for number in range(3)]
    assert [change.number for change in changes] == [start + 1, start + 2, start + 3]
    assert newest_number() == start + 3
    assert changes_since(start + 1) == changes[1:]
    assert changes_since(start, limit=2) == changes[:2]
    assert changes_since(newest_number()) == []


@pytest.mark.parametrize(
    ("kind", "subject", "before", "says"),
    [
        ("", "news.tag", {}, "1 to 32 letters"),
        ("k" * 33, "news.tag", {}, "1 to 32 letters"),
        ("changed", "news.nothing", {}, "not the label of a model"),
        ("changed", "Tag", {}, "not the label of a model"),
        ("changed", "news.Tag", {}, "not the label of a model"),
        ("changed", "news.tag", None, "is no change"),
    ],
)
def test_bad_changes(kind: str, subject: str, before: Facts | None, says: str) -> None:
    start = newest_number()
    with pytest.raises(ValueError, match=says):
        record_change(kind, subject, 1, before, None)
    assert newest_number() == start


def test_bad_limit() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        changes_since(0, limit=0)


def rewrite(change: Change) -> list[Callable[[], Any]]:
    again = Change(number=change.number, kind="x", subject="news.tag", subject_id=1)
    everything = Change.objects.all()
    return [
        change.save,
        fresh(change).save,
        change.delete,
        everything.delete,
        lambda: everything.update(kind="x"),
        lambda: everything.filter(pk=change.pk).update(kind="x"),
        lambda: everything.bulk_update([change], ["kind"]),
        lambda: everything.update_or_create(pk=change.pk, defaults={"kind": "x"}),
        lambda: everything.bulk_create(
            [again], update_conflicts=True, unique_fields=["number"], update_fields=["kind"]
        ),
    ]


def test_append_only() -> None:
    change = a_change()
    for attempt in rewrite(change):
        with pytest.raises(TypeError, match="append-only"), transaction.atomic():
            attempt()
    impostor = Change(number=change.number, kind="x", subject="news.tag", subject_id=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        impostor.save()
    assert fresh(change).kind == "changed"


TABLE = re.compile(r'(?:FROM|JOIN) "?(\w+)"?')


def test_every_model_that_a_page_reads_is_followed_or_named(reader: Client) -> None:
    """A new model that pages read belongs in `SHARED`, `PARTS` or `NOT_SHARED`."""
    section, ada = a_section(slug="world"), an_author(slug="ada", photo=an_image())
    target = a_story(parent=section, lead_image=an_image())
    story = a_story(
        parent=section,
        authors=(ada,),
        tags=("harbour",),
        slug="story",
        lead_image=an_image(),
        body=[*body("harbour"), ("related_story", {"page": target})],
    )
    about = a_page(slug="about", body=f'<p><a linktype="page" id="{story.pk}">x</a></p>')
    settings = PublicationSettings.load()
    settings.header_menu = [("entry", {"page": about})]
    settings.logo = an_image()
    settings.save()
    front = home()
    slots(front, story)
    publish(front)
    Redirect.objects.create(old_path="/gone", redirect_page=about)
    a_restriction()
    addresses = [
        *("/", "/news/", section.url, story.url, "/news/tag/harbour/", "/authors/", ada.url),
        *(about.url, "/search/?q=harbour", "/gone/", "/nothing/"),
        "/api/v2/pages/?type=news.ArticlePage&fields=*",
        f"/api/v2/pages/{story.pk}/?fields=*",
        *("/api/v2/images/?fields=*", "/api/v2/documents/?fields=*"),
    ]
    with CaptureQueriesContext(connection) as captured:
        answers = {address: reader.get(address).status_code for address in addresses}
    assert set(answers.values()) == {200, 301, 404}, answers
    tables = {table for query in captured.captured_queries for table in TABLE.findall(query["sql"])}
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    read = {models[table]._meta.label_lower for table in tables if table in models}
    assert {"news.articlepage", "cms.image", "home.frontslot", "news.tag"} <= read
    read.discard("wagtailsearch.sqliteftsindexentry")  # SQLite's half of the search index
    assert read - {*SHARED, *PARTS} <= set(NOT_SHARED)


def test_the_lists_name_models() -> None:
    for label in [*SHARED, *PARTS, *NOT_SHARED]:
        assert apps.get_model(label)._meta.label_lower == label
    assert not {*SHARED, *PARTS} & set(NOT_SHARED)
