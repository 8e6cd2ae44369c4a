"""Numbers that no database holds, addresses that are none, forms without their parts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from news.desk.breaking import publish_breaking
from news.models import ArticlePage
from tests.builders import a_story, a_user, withdraw
from tests.doors import EDITORS, MANAGING, REPORTERS, admin, fresh

pytestmark = pytest.mark.django_db

HUGE = 10**20


@pytest.fixture
def root() -> Client:
    return admin(a_user(superuser=True))


def test_a_huge_number_is_a_page_that_does_not_exist(root: Client) -> None:
    story = a_story()
    for address in (
        *(f"stories/{HUGE}/{name}/" for name in ("read", "breaking", "fix", "links", "record")),
        f"stories/{HUGE}/editions/1/review/",
        f"stories/{story.pk}/record/{HUGE}/",
        f"front/{HUGE}/",
    ):
        assert root.get(f"/admin/{address}").status_code == 404, address
    assert root.get(f"/admin/?section={HUGE}&person={HUGE}").status_code == 200
    draft = a_story(live=False, owner=a_user(REPORTERS))
    answer = root.post(f"/admin/stories/{draft.pk}/breaking/", {"reason": "x", "second": HUGE})
    assert answer.status_code == 200 and not fresh(draft).live


@pytest.mark.parametrize("wanted", ["x", "%", "-1", "x\x00", "https://elsewhere.example/"])
def test_a_claim_leads_back_to_this_house(root: Client, wanted: str) -> None:
    story = a_story(live=False, owner=a_user(REPORTERS))
    for act in ("claim", "release"):
        answer = root.post(f"/admin/stories/{story.pk}/{act}/", {"next": wanted})
        assert (answer.status_code, answer["Location"]) == (302, "/admin/")


def test_a_fix_without_its_body_is_refused(root: Client) -> None:
    story = a_story("As it is")
    answer = root.post(f"/admin/stories/{story.pk}/fix/", {"title": "Another"})
    assert answer.status_code == 400 and fresh(story).title == "As it is"


@pytest.mark.parametrize("name", ["9999-12", "9999-99", "0000-01", "2026-1", "2026-11%0a", "x"])
def test_months_that_are_none(reader: Client, name: str) -> None:
    a_story()
    assert reader.get(f"/sitemap-{name}.xml").status_code == 404


def refused(story: ArticlePage, sentence: str) -> None:
    chief, second, editions = a_user(MANAGING), a_user(EDITORS), story.editions.count()
    digest = fresh(story).draft_digest
    with pytest.raises(PermissionDenied, match=sentence):
        publish_breaking(story, chief, digest=digest, reason="Now", second=second)
    assert not fresh(story).live and story.editions.count() == editions


def test_breaking_news_is_neither_over_nor_withdrawn() -> None:
    over = a_story(live=False, owner=a_user(REPORTERS))
    draft = over.get_latest_revision_as_object()
    draft.expire_at, draft.expiry_reason = timezone.now() - timedelta(hours=1), "Over"
    draft.save_revision()
    refused(over, "end of its publication")
    gone = a_story("Gone")
    withdraw(gone)
    refused(gone, "withdrawn")
