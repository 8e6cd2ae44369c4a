"""The newsroom of `test_snapshot.py`: the demo, a day in it, a clock that stands still."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, tzinfo
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.models import Page

from cms.media.renditions import SPECS
from cms.models import Image, User
from news.desk.live_text import propose
from news.models import ArticlePage, DeskSettings, SectionPage
from tests import docs_day
from tests.builders import a_story
from tests.snapshot_cleaning import FIRST_ID

# Long ago, so that the age of a story no longer moves it in a search. A month has just begun.
START = datetime(2024, 6, 5, 10, 0)
LOGINS = ("reporter", "editor", "lawyer", "managing", "admin")
IDS_OF_A_TABLE = 100_000

Scene = tuple[dict[str, str], dict[str, str]]


class Clock(datetime):
    """Stands still, but for a microsecond each time that somebody asks."""

    asked = 0

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        Clock.asked += 1
        return START.replace(tzinfo=tz) + timedelta(microseconds=Clock.asked)


@contextmanager
def clock_stopped() -> Iterator[None]:
    """For `timezone.now`, also where it was imported or is a default."""
    with patch.object(timezone, "datetime", Clock):
        yield


@contextmanager
def counters_kept() -> Iterator[None]:
    """PostgreSQL does not take back with a transaction which ids were given."""
    kept = {}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for counter in connection.introspection.sequence_list():
                name = connection.ops.quote_name(counter["name"])
                cursor.execute(f"SELECT last_value, is_called FROM {name}")  # noqa: S608
                kept[name] = cursor.fetchone()
    yield
    with connection.cursor() as cursor:
        for name, (value, used) in kept.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [name, value, used])


def start_high() -> None:
    """Give to what is made from now on ids of nine digits, of no two tables the same."""
    counters = sorted(connection.introspection.sequence_list(), key=lambda row: row["table"])
    with connection.cursor() as cursor:
        for number, counter in enumerate(counters):
            first, table = FIRST_ID + number * IDS_OF_A_TABLE, counter["table"]
            if connection.vendor == "postgresql":
                name = connection.ops.quote_name(counter["name"])
                cursor.execute("SELECT setval(%s, %s)", [name, first])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, first])


def picture(name: str) -> bytes:
    return get_test_image_file_jpeg(size=(160, 100)).file.getvalue()


def a_scene() -> Scene:
    """Out: ids and tokens by name; sessions by login."""
    start_high()
    Page.objects.get(depth=2).delete()  # made before, by the clock of the machine
    call_command("seed_demo", verbosity=0)
    for image in Image.objects.all():
        sizes = {key: [f"sizes/{key}", at, at] for at, key in enumerate(SPECS, start=100)}
        Image.objects.filter(pk=image.pk).update(rendition_files=sizes)
    docs_day.make()
    section = SectionPage.objects.get(slug="opinion", locale__language_code="en")
    for number in range(1, 4):  # more than one page of the feed
        title, hours = f"Letters of week {number}", 24 * 7 * (number + 1)
        a_story(title, slug=f"letters-{number}", parent=section, hours_ago=hours)
    names = ids()
    clients = {name: Client() for name in LOGINS}
    for name in LOGINS:
        assert clients[name].login(username=name, password="dateline")
    names |= a_day(names, clients)
    return names, {name: client.session.session_key for name, client in clients.items()}


def visitor(session: str = "") -> Client:
    """A browser that was not here before, signed in where a session is given."""
    client = Client()
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    return client


def ids() -> dict[str, str]:
    """Of pages by their slugs, `-uk` behind those in Ukrainian; of people by their logins."""
    found = {
        "desk-settings": DeskSettings.load().pk,
        **{user.username: user.pk for user in User.objects.all()},
    }
    for page in Page.objects.filter(depth__gt=1).select_related("locale"):
        language = page.locale.language_code
        found[page.slug if language == "en" else f"{page.slug}-{language}"] = page.pk
    return {name: str(pk) for name, pk in found.items()}


def a_day(names: dict[str, str], clients: dict[str, Client]) -> dict[str, str]:
    """What gives the screens more to show. Out: more names."""

    def get(who: str, address: str) -> str:
        return text_of(clients[who].get(address.format_map(names)))

    def post(who: str, address: str, **data: str) -> str:
        return text_of(clients[who].post(address.format_map(names), data, follow=True))

    def text_of(answer: Any) -> str:
        assert answer.status_code == 200, answer.request["PATH_INFO"]
        return str(answer.content.decode())

    waits = "/admin/stories/{salt-at-kesh-pumps}/"
    post("editor", waits + "claim/")
    post("editor", waits + "read/comment/", path="title", text="Is there a shorter one?")
    post("lawyer", "/admin/stories/{sawmill-rents-analysis}/hold/", held="on", reason="A letter")

    made = [post("editor", waits + "links/", days=days) for days in ("3", "7")]
    token, ended = (re.findall(r"/draft/([\w-]{43})/", screen)[0] for screen in made)
    # The one that lasts longest comes first.
    post("editor", re.findall(r'action="(/admin/\S+/revoke/)"', get("editor", waits + "links/"))[0])

    breaking = "/admin/stories/{storm-watch-dykes}/breaking/"
    [digest] = re.findall(r'name="digest" value="(\w+)"', get("managing", breaking))
    reason, second = "The dyke gives way", names["editor"]
    post("managing", breaking, digest=digest, reason=reason, second=second)

    live = ArticlePage.objects.get(pk=names["tram-six-returns"])
    live.summary = "Tram six returns."
    propose(live, User.objects.get(pk=second), kind="typo", note="", reason="Too long")

    signed_next = ArticlePage.objects.get(pk=names["court-reopens-ferry-tender"])
    return {
        "token": token,
        "ended": ended,
        "task": str(signed_next.current_workflow_task_state.pk),
    }
