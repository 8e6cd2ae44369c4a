"""Mails of notices: each once, in order, whatever the mail server does meanwhile."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from wagtail.users.models import UserProfile

from cms.background.runner import Job, Unavailable
from cms.models import PublicationSettings, User
from news.models import ArticlePage, Notice, NoticeSettings
from news.notifications.delivery import claim_mail, deliver
from news.notifications.models import Event
from news.notifications.notices import tell
from news.notifications.texts import TEXTS
from tests.builders import a_story, a_user
from tests.mail_server import HANGS, HANGS_UP, REFUSES, WORKS, MailServer, mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        smtp = {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": server.port,
            "EMAIL_TIMEOUT": 0.2,
        }
        with override_settings(**smtp):
            yield server


@pytest.fixture
def story() -> ArticlePage:
    return a_story("Ferry", live=False)


def notices(story: ArticlePage, *people: User, **details: Any) -> None:
    tell(Event.RETURNED, people, story, **{"reason": "Ask the ferry", **details})


def pass_a_day() -> None:
    Notice.objects.filter(mail_at__isnull=False).update(mail_at=timezone.now())


def rounds() -> int:
    """What the courier does in a while, a round after the other."""
    sent = 0
    for _number in range(5):
        try:
            sent += deliver()
        except Unavailable:
            continue
    return sent


def test_a_mail_says_what_who_why_and_where(server: MailServer, story: ArticlePage) -> None:
    editor, writer = a_user(name="editor"), a_user(name="writer")
    notices(story, writer, by=editor, reason="Ask <the> ferry & the quay")
    assert deliver() == 1
    [mail] = server.mails
    assert mail["Subject"] == "[Dateline] Returned: Ferry"
    assert mail["To"] == "writer@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    plain = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    link = f"http://localhost:8000/admin/pages/{story.pk}/edit/"
    for text in (plain, html):
        assert "Editor returned “Ferry”." in text
        assert link in text
        assert "http://localhost:8000/admin/account/#tab-notifications" in text
    assert "Ask <the> ferry & the quay" in plain
    assert "Ask &lt;the&gt; ferry &amp; the quay" in html
    assert "<img" not in html and "<table" not in html


def test_each_event_has_its_words(server: MailServer, story: ArticlePage) -> None:
    assert set(TEXTS) == set(Event)
    by, person = a_user(name="editor"), a_user()
    for event in Event:
        tell(event, [person], story, by=by)
        tell(event, [person], story)
    assert deliver() == 2 * len(Event)
    for mail in server.mails:
        assert "Ferry" in str(mail["Subject"])
        assert "%" not in mail.get_body(("plain",)).get_content()


def test_who_gets_no_mail_keeps_the_notice(server: MailServer, story: ArticlePage) -> None:
    reached, muted, nowhere, gone = (a_user() for _number in range(4))
    NoticeSettings.objects.create(user=muted, without_mail=[Event.RETURNED])
    NoticeSettings.objects.create(user=reached, without_mail=[Event.COMMENTED])
    User.objects.filter(pk=nowhere.pk).update(email="")
    notices(story, reached, muted, nowhere, gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    assert deliver() == 1
    assert server.people == [reached.email]
    assert Notice.objects.count() == 4
    assert not Notice.objects.filter(mail_at__isnull=False).exists()
    assert [row.person for row in Notice.objects.filter(mailed_at__isnull=False)] == [reached]


def test_a_headline_cannot_write_into_the_head_of_a_mail(
    server: MailServer, story: ArticlePage
) -> None:
    evil = "Ferry\r\nBcc: everybody@example.org\n\nHello\u2028\x0b%(who)s %s"
    ArticlePage.objects.filter(pk=story.pk).update(title=evil, draft_title=evil)
    settings = PublicationSettings.load()
    settings.name = "The\nDaily"
    settings.save()
    notices(story, a_user(name="writer"))
    assert deliver() == 1
    [mail] = server.mails
    assert mail["Bcc"] is None
    assert mail["Subject"] == (
        "[The Daily] Returned: Ferry Bcc: everybody@example.org Hello %(who)s %s"
    )


def test_a_mail_speaks_the_language_of_who_gets_it(server: MailServer, story: ArticlePage) -> None:
    person = a_user()
    UserProfile.objects.create(
        user=person, preferred_language="uk", current_time_zone="Europe/Kyiv"
    )
    moment = datetime(2026, 3, 5, 12, 30, tzinfo=UTC)
    notices(story, person, a_user())
    Notice.objects.update(at=moment)
    deliver()
    ukrainian, english = server.mails
    assert 'lang="uk"' in ukrainian.get_body(("html",)).get_content()
    assert "березня" in ukrainian.get_body(("plain",)).get_content()
    assert "14:30" in ukrainian.get_body(("plain",)).get_content()
    assert 'lang="en"' in english.get_body(("html",)).get_content()
    assert "March 5, 2026, 12:30 p.m." in english.get_body(("plain",)).get_content()


@pytest.mark.parametrize("trouble", [HANGS, HANGS_UP, REFUSES])
def test_no_mail_is_lost_by_a_server_in_trouble(
    server: MailServer, story: ArticlePage, trouble: str
) -> None:
    people = [a_user() for _number in range(4)]
    notices(story, *people)
    server.state = trouble
    assert rounds() == 0
    assert Notice.objects.filter(mail_at__gt=timezone.now(), mailed_at=None).count() == 4
    server.state = WORKS
    pass_a_day()
    assert rounds() == 4
    assert rounds() == 0
    assert sorted(server.people) == sorted(person.email for person in people)


def test_no_mail_is_lost_where_no_server_is(server: MailServer, story: ArticlePage) -> None:
    notices(story, a_user())
    with override_settings(EMAIL_PORT=1), pytest.raises(Unavailable, match="refused"):
        deliver()
    pass_a_day()
    assert deliver() == 1


def test_who_cannot_be_reached_holds_nobody_up(server: MailServer, story: ArticlePage) -> None:
    nobody, somebody = a_user(), a_user()
    server.refused_person = nobody.email
    notices(story, nobody, somebody)
    assert deliver() == 1
    assert server.people == [somebody.email]
    assert Notice.objects.get(person=nobody).tries == 1


def test_a_hanging_server_costs_one_wait_a_round(server: MailServer, story: ArticlePage) -> None:
    notices(story, *(a_user() for _number in range(10)))
    server.state = HANGS
    with pytest.raises(Unavailable):
        deliver()
    assert server.calls == 1
    assert Notice.objects.filter(mail_at__lte=timezone.now()).count() == 9


def test_it_waits_twice_as_long_each_time_up_to_an_hour(
    server: MailServer, story: ArticlePage
) -> None:
    notices(story, a_user())
    server.state = REFUSES
    waits = []
    for _number in range(8):
        pass_a_day()
        before = timezone.now()
        assert deliver() == 0
        waited = Notice.objects.get().mail_at - before
        waits.append(round(waited / timedelta(minutes=1)))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]


def test_trouble_is_logged_once_and_so_is_its_end(caplog: pytest.LogCaptureFixture) -> None:
    """Rounds with nothing due, between two tries, are not taken for the end of the trouble."""
    stop = threading.Event()
    away = Unavailable("the mail server", "Connection refused")
    results: list[Unavailable | int] = [away, 0, away, 0, 2, 0, away, 1]

    def work(stop: threading.Event) -> int:
        result = results.pop(0)
        if not results:
            stop.set()
        if isinstance(result, Unavailable):
            raise result
        return result

    with override_settings(CLOCK_INTERVAL=0), caplog.at_level(logging.WARNING):
        thread = threading.Thread(target=Job("mail delivery", work, "sent %d").run, args=(stop,))
        thread.start()
        thread.join(20)
    assert [record.getMessage() for record in caplog.records] == [
        "The mail delivery waits for the mail server: Connection refused",
        "The mail delivery runs again.",
    ] * 2


def test_who_claims_a_mail_second_does_not_send_it(story: ArticlePage) -> None:
    notices(story, a_user())
    notice = Notice.objects.get()
    assert claim_mail(notice.pk, notice.mail_at)
    assert not claim_mail(notice.pk, notice.mail_at)
    assert deliver() == 0


def test_a_claim_of_who_was_killed_runs_out(server: MailServer, story: ArticlePage) -> None:
    """Should both have sent it: one Message-ID, so mail programs show it once."""
    notices(story, a_user())
    assert deliver() == 1
    Notice.objects.update(mail_at=timezone.now(), mailed_at=None)
    assert deliver() == 1
    first, second = (mail["Message-ID"] for mail in server.mails)
    assert first == second


def test_a_stop_is_heard_between_two_mails(server: MailServer, story: ArticlePage) -> None:
    notices(story, a_user(), a_user())
    stop = threading.Event()
    stop.set()
    assert deliver(stop) == 0
    assert server.calls == 0
    assert deliver() == 2


def test_telling_does_not_wait_for_the_mail_server(server: MailServer, story: ArticlePage) -> None:
    server.state = HANGS
    before = time.monotonic()
    notices(story, *(a_user() for _number in range(3)))
    assert server.calls == 0
    assert time.monotonic() - before < 5
