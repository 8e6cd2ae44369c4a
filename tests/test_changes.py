"""Every change of a shared fact is one Change; what is not public is none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.core import serializers
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Locale, PageViewRestriction, Site

from cms.changes.models import changes_since, newest_number
from cms.changes.registry import SHARED
from cms.changes.subjects import Subject
from cms.models import PublicationSettings
from news.models import AuthorIndexPage, Tag
from tests.builders import a_page, a_section, a_story, a_user, an_author, feed, home
from tests.canaries import a_document
from tests.following import a_restriction, a_used_image, fresh, written

pytestmark = pytest.mark.django_db


def a_used_document() -> Any:
    document = a_document("Paper")
    a_page(body=f'<p><a linktype="document" id="{document.pk}">file</a></p>')
    return document


def a_used_tag() -> Tag:
    a_story(tags=("harbour",))
    return Tag.objects.get(name="harbour")


def a_closed_collection() -> CollectionViewRestriction:
    return CollectionViewRestriction.objects.create(
        collection=Collection.get_first_root_node().add_child(name="Closed"),
        restriction_type=PageViewRestriction.PASSWORD,
        password="old",
    )


class Case(NamedTuple):
    make: Callable[[], Any]
    public: tuple[str, Any]
    private: tuple[str, Any] | None = None


CASES = {
    "cms.image": Case(a_used_image, ("credit", "Somebody else"), ("file_size", 17)),
    "cms.publicationsettings": Case(PublicationSettings.load, ("tagline", "All of it")),
    "home.homepage": Case(home, ("title", "Front"), ("draft_title", "Other")),
    "home.standardpage": Case(a_page, ("body", "<p>Rules.</p>"), ("draft_title", "Other")),
    "news.authorindexpage": Case(
        AuthorIndexPage.objects.get, ("title", "People"), ("draft_title", "Other")
    ),
    "news.authorpage": Case(an_author, ("role", "Editor"), ("user", None)),
    "news.newsindexpage": Case(feed, ("introduction", "All news."), ("draft_title", "Other")),
    "news.sectionpage": Case(a_section, ("title", "Arts"), ("draft_title", "Other")),
    "news.tag": Case(a_used_tag, ("name", "Harbours")),
    "wagtailcore.collectionviewrestriction": Case(
        a_closed_collection, ("restriction_type", PageViewRestriction.LOGIN), ("password", "new")
    ),
    "wagtailcore.locale": Case(
        lambda: Locale.objects.create(language_code="uk"), ("language_code", "en-gb")
    ),
    "wagtailcore.pageviewrestriction": Case(
        a_restriction, ("restriction_type", PageViewRestriction.LOGIN), ("password", "new")
    ),
    "wagtailcore.site": Case(Site.objects.get, ("site_name", "Dateline")),
    "wagtaildocs.document": Case(a_used_document, ("title", "A paper"), ("file_size", 17)),
    "wagtailredirects.redirect": Case(
        lambda: Redirect.objects.create(old_path="/old", redirect_link="https://example.org/"),
        ("old_path", "/older"),
        ("automatically_created", True),
    ),
}


def test_every_shared_model_has_a_case() -> None:
    assert set(CASES) == set(SHARED)


@pytest.mark.parametrize("label", CASES)
def test_one_change_for_a_save(label: str) -> None:
    row = fresh(CASES[label].make())
    name, value = CASES[label].public
    before = Subject(row).facts()
    assert before is not None
    setattr(row, name, value)
    [change] = written(row.save)
    assert (change.kind, change.subject, change.subject_id) == ("changed", label, row.pk)
    assert change.before is not None and set(change.before) == set(SHARED[label].fields)
    assert change.before[name] == before[name]
    assert change.after == change.before | {name: value}


@pytest.mark.parametrize("label", CASES)
def test_no_change_for_a_save_of_nothing_public(label: str) -> None:
    row = fresh(CASES[label].make())
    assert written(row.save) == []
    private = CASES[label].private
    if private:
        name, value = private
        setattr(row, name, a_user() if name == "user" else value)
        assert written(row.save) == []


@pytest.mark.parametrize("label", CASES)
def test_a_rollback_leaves_neither_change_nor_gap(label: str) -> None:
    row = fresh(CASES[label].make())
    start = newest_number()
    setattr(row, *CASES[label].public)
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        row.save()
        assert newest_number() == start + 1
        raise KeyboardInterrupt
    assert newest_number() == start
    row.save()
    assert [change.number for change in changes_since(start)] == [start + 1]


@pytest.mark.parametrize("label", CASES)
def test_fixtures_record_nothing(label: str) -> None:
    row = fresh(CASES[label].make())
    setattr(row, *CASES[label].public)
    [stored] = serializers.deserialize("json", serializers.serialize("json", [row]))
    assert written(stored.save) == []


# A tag that a story carries does not go: tests/test_keep.py.
@pytest.mark.parametrize(
    "label", sorted(set(CASES) - {"home.homepage", "news.newsindexpage", "news.tag"})
)
def test_removal(label: str) -> None:
    row = fresh(CASES[label].make())
    if label == "wagtailcore.site":
        row = Site.objects.create(hostname="other.example", root_page=home())
    changes = written(row.delete)
    assert [(c.kind, c.subject) for c in changes if c.subject == label] == [("removed", label)]
    assert changes[-1].before is not None and changes[-1].after is None
