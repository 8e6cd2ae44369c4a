"""Mail delivery: mails what people were told, as a job of its own beside the web.

Any number of processes may do it. A mail is claimed by moving its time forward, which one of them
wins, and sent outside of any transaction. Who is killed between sending and noting it loses
nothing: when the claim has run out the mail goes again, under the same Message-ID.
"""

from __future__ import annotations

import logging
import smtplib
import threading
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.admin.utils import get_admin_base_url

from cms.background.runner import Job, Unavailable
from cms.models import PublicationSettings
from news.notifications.models import Notice
from news.notifications.texts import mail_subject, notice_text

logger = logging.getLogger(__name__)

A_ROUND = 100
# Longer than a mail server takes that answers each question at the last moment.
CLAIM = timedelta(minutes=5)
LONGEST_WAIT = timedelta(minutes=60)

# Says something about one mail; any other error of a connection, about the server.
ABOUT_A_MAIL = (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError)


def deliver(stop: threading.Event | None = None) -> int:
    """Send what is due until `stop` is set; returns how many mails went out.

    Raises Unavailable while the mail server is away: the rest waits for the next round.
    """
    sent = 0
    due = Notice.objects.filter(mail_at__lte=timezone.now()).order_by("mail_at", "pk")
    for pk, mail_at in list(due.values_list("pk", "mail_at")[:A_ROUND]):
        if stop is not None and stop.is_set():
            break
        if claim_mail(pk, mail_at):
            sent += send_mail(pk)
    return sent


def claim_mail(pk: int, mail_at: datetime | None) -> bool:
    """Whether the mail is ours to send: nobody has moved its time since we saw it."""
    unclaimed = Notice.objects.filter(pk=pk, mail_at=mail_at)
    return bool(unclaimed.update(mail_at=timezone.now() + CLAIM))


def send_mail(pk: int) -> bool:
    """Send a claimed mail, if it is wanted."""
    notices = Notice.objects.select_related(
        "person__wagtail_userprofile", "person__notice_settings", "story", "by"
    )
    notice = notices.defer("story__body").filter(pk=pk).first()
    if notice is None or not wants_mail(notice):
        Notice.objects.filter(pk=pk).update(mail_at=None)
        return False
    try:
        mail_of(notice).send()
    except Exception as error:
        # A minute after the first failure, then twice as long each time, up to an hour.
        wait = min(timedelta(minutes=2 ** min(notice.tries, 10)), LONGEST_WAIT)
        next_try = timezone.now() + wait
        Notice.objects.filter(pk=pk).update(tries=notice.tries + 1, mail_at=next_try)
        if isinstance(error, OSError) and not isinstance(error, ABOUT_A_MAIL):
            raise Unavailable("the mail server", str(error) or type(error).__name__) from error
        if not notice.tries:
            logger.exception("The mail of notice %s was refused and is tried again", pk)
        return False
    Notice.objects.filter(pk=pk).update(mail_at=None, mailed_at=timezone.now())
    return True


def wants_mail(notice: Notice) -> bool:
    chosen = getattr(notice.person, "notice_settings", None)
    muted = chosen is not None and notice.event in chosen.without_mail
    return notice.person.is_active and bool(notice.person.email) and not muted


def mail_of(notice: Notice) -> EmailMultiAlternatives:
    """The mail about a notice, plain and HTML, in the language and time zone of its reader.

    A notice has one Message-ID for good: should it be sent twice, mail programs show it once.
    """
    publication = PublicationSettings.load()
    profile = getattr(notice.person, "wagtail_userprofile", None)
    language = profile.preferred_language if profile else ""
    zone = profile.current_time_zone if profile else ""
    site = get_admin_base_url()
    host = urlsplit(site).hostname or "localhost"
    with (
        translation.override(language or settings.LANGUAGE_CODE),
        timezone.override(zone or publication.time_zone),
    ):
        context = {
            "notice": notice,
            "publication": publication,
            "sentence": notice_text(notice),
            "link": f"{site}{notice.path}",
            "settings_link": f"{site}{reverse('wagtailadmin_account')}#tab-notifications",
        }
        mail = EmailMultiAlternatives(
            subject=mail_subject(notice, publication.name),
            body=render_to_string("news/mail/notice.txt", context),
            to=[notice.person.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "Message-ID": f"<notice-{notice.pk}.{notice.at:%Y%m%d%H%M%S}@{host}>",
            },
        )
        mail.attach_alternative(render_to_string("news/mail/notice.html", context), "text/html")
    return mail


DELIVERY_JOB = Job("mail delivery", deliver, "sent %d")
