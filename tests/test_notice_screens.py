"""Notices in the admin, what people choose of them, and the mails that development keeps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.test.utils.form_data import querydict_from_html

from cms.models import User
from news.models import Notice, NoticeSettings
from news.notifications.models import Event
from news.notifications.notices import mark_read, tell, unread
from tests.builders import a_story, a_user
from tests.doors import ADMINISTRATORS, EDITORS, MANAGING, REPORTERS, SUPERUSER, admin, person

pytestmark = pytest.mark.django_db

LIST, READ, MAILS, ACCOUNT = (
    "/admin/notices/",
    "/admin/notices/read/",
    "/admin/mails/",
    "/admin/account/",
)


def told(user: User, count: int = 1) -> list[Notice]:
    for number in range(count):
        story = a_story(f"Ferry {number}", live=False)
        tell(Event.RETURNED, [user], story, by=a_user(), reason="Ask <the> ferry")
    return list(unread(user))


def test_each_sees_their_own() -> None:
    mine, other = person(EDITORS), person(EDITORS)
    told(mine)
    page = admin(mine).get(LIST).content.decode()
    assert "returned “Ferry 0”." in page
    assert "Ask &lt;the&gt; ferry" in page
    assert "Nobody has told you anything yet." in admin(other).get(LIST).content.decode()


def test_a_list_costs_the_same_for_three_and_for_thirty() -> None:
    user = person(EDITORS)
    client = admin(user)
    told(user, 3)
    client.get(LIST)
    counts = []
    for more in (0, 27):
        told(user, more)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_long_list_has_pages() -> None:
    user = person(EDITORS)
    story = a_story("Ferry", live=False)
    for _number in range(31):
        tell(Event.RETURNED, [user], story)
    client = admin(user)
    assert client.get(LIST).content.decode().count('name="ids"') == 30
    assert client.get(f"{LIST}?p=2").content.decode().count('name="ids"') == 1
    assert client.get(f"{LIST}?p=99").status_code == 404


def test_reading_marks_mine_only() -> None:
    mine, other = person(EDITORS), person(EDITORS)
    first, second, third = told(mine, 3)
    [theirs] = told(other)
    answer = admin(mine).post(READ, {"ids": [first.pk, theirs.pk]})
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert list(unread(mine)) == [second, third]
    assert list(unread(other)) == [theirs]
    assert mark_read(mine, [second.pk]) == 1
    answer = admin(mine).post(READ, {"all": "1", "next": "/admin/"})
    assert answer["Location"] == "/admin/"
    assert not unread(mine).exists()
    assert unread(other).exists()


@pytest.mark.parametrize(
    ("data", "status"),
    [({}, 400), ({"ids": "one"}, 400), ({"ids": "9" * 30}, 400), ({"ids": "999"}, 302)],
)
def test_bad_numbers(data: dict[str, str], status: int) -> None:
    assert admin(person(EDITORS)).post(READ, data).status_code == status


def test_reading_is_posted_and_leads_nowhere_else() -> None:
    user = person(EDITORS)
    told(user)
    assert admin(user).get(READ).status_code == 405
    answer = admin(user).post(READ, {"all": "1", "next": "https://evil.example/"})
    assert answer["Location"] == LIST


def test_strangers_see_nothing() -> None:
    for address in (LIST, MAILS):
        assert admin(a_user()).get(address).status_code == 302
    assert admin(a_user()).post(READ, {"all": "1"}).status_code == 302


def test_people_choose_of_what_they_are_mailed() -> None:
    user = person(REPORTERS)
    user.last_name = "Somebody"
    user.save()
    client = admin(user)
    page = client.get(ACCOUNT).content.decode()
    form = querydict_from_html(page, form_index=page.count("<form") - 1)
    assert sorted(form.getlist("mails-mailed")) == sorted(Event.values)
    form.setlist("mails-mailed", [Event.RETURNED, Event.MENTIONED])
    assert client.post(ACCOUNT, dict(form.lists())).status_code == 302
    muted = NoticeSettings.objects.get(user=user).without_mail
    assert sorted(muted) == sorted(set(Event.values) - {Event.RETURNED, Event.MENTIONED})
    again = client.get(ACCOUNT).content.decode()
    form = querydict_from_html(again, form_index=again.count("<form") - 1)
    assert set(form.getlist("mails-mailed")) == {Event.RETURNED, Event.MENTIONED}
    form.setlist("mails-mailed", ["nonsense"])
    assert client.post(ACCOUNT, dict(form.lists())).status_code == 200


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Path]:
    backend = "django.core.mail.backends.filebased.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_FILE_PATH=str(tmp_path)):
        yield tmp_path


def test_kept_mails_are_shown_to_administrators(kept: Path) -> None:
    send_mail("First", "Choose: http://localhost:8000/admin/x/", None, ["one@example.org"])
    mail = EmailMultiAlternatives("Ferry <b>", "Plain <i>", to=["two@example.org"])
    mail.attach_alternative('<p>HTML "here" <script>alert(1)</script></p>', "text/html")
    mail.send()
    client = admin(person(ADMINISTRATORS))
    page = client.get(MAILS).content.decode()
    assert "First" in page and "Ferry &lt;b&gt;" in page
    addresses = [part.split('"')[0] for part in page.split('href="') if part.startswith(MAILS)]
    shown = "".join(
        client.get(address).content.decode() for address in set(addresses) if address != MAILS
    )
    assert '<a href="http://localhost:8000/admin/x/" rel="nofollow">' in shown
    assert "Plain &lt;i&gt;" in shown
    assert "<script>alert" not in shown
    assert "sandbox srcdoc=" in shown and "&lt;script&gt;alert(1)" in shown


@pytest.mark.parametrize("role", [REPORTERS, EDITORS, MANAGING])
def test_kept_mails_have_links_to_passwords_in_them(kept: Path, role: str) -> None:
    send_mail("First", "Words", None, ["one@example.org"])
    [file] = kept.glob("*.log")
    client = admin(person(role))
    for address in (MAILS, f"{MAILS}{file.stem}/0/"):
        assert client.get(address).status_code == 302


def test_where_mails_are_sent_none_are_shown() -> None:
    client = admin(person(SUPERUSER))
    assert client.get(MAILS).status_code == 404
    assert "/admin/mails/" not in client.get("/admin/").content.decode()


def test_mails_that_are_not_there(kept: Path) -> None:
    (kept.parent / "secret.log").write_text("Subject: Secret\n\nWords\n")
    client = admin(person(SUPERUSER))
    assert "No mail yet." in client.get(MAILS).content.decode()
    assert client.get(f"{MAILS}20260101-000000-1/0/").status_code == 404
    assert client.get(f"{MAILS}..%2Fsecret/0/").status_code == 404
