"""The demo goes without a trace, and takes nothing else with it."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Locale, Page

from cms.changes.models import changes_since, newest_number
from cms.models import Image, User
from news.guard.verify import findings
from news.models import ArticlePage, Edition, Signature
from tests.builders import a_story, a_user

pytestmark = pytest.mark.django_db


def test_the_demo_goes(reader: Client) -> None:
    call_command("seed_demo", articles=20, verbosity=0)
    public = Edition.objects.count()
    assert public == 40 and not Edition.objects.exclude(channel="demo").exists()
    assert not list(findings())
    before = newest_number()
    call_command("clear_demo", verbosity=0)
    for model in (ArticlePage, Edition, Signature, Image):
        assert not model.objects.exists(), model
    assert not User.objects.filter(username__in=("reporter", "managing"), is_active=True).exists()
    assert list(Locale.objects.values_list("language_code", flat=True)) == ["en"]
    gone = [c for c in changes_since(before, limit=10_000) if c.subject == "news.articlepage"]
    assert len(gone) == public and all(change.after is None for change in gone)
    assert not Page.find_problems()[0]
    for path in ("/", "/news/", "/authors/", "/search/?q=ferry"):
        assert reader.get(path).status_code == 200
    assert reader.get("/news/").context_data["listing"].stories == []
    call_command("seed_demo", verbosity=0)
    assert ArticlePage.objects.live().count() == 20


def test_it_is_refused_once_there_is_work_of_others() -> None:
    with pytest.raises(CommandError, match="no demo"):
        call_command("clear_demo")
    call_command("seed_demo", verbosity=0)
    mine = a_story("Mine", live=False, owner=a_user())
    with pytest.raises(CommandError, match=r"1 stories are not of the demo, “Mine” first"):
        call_command("clear_demo")
    mine.delete()
    a_story("Public")
    with pytest.raises(CommandError, match="1 editions are not of the demo"):
        call_command("clear_demo")
    assert Edition.objects.count() == 21
