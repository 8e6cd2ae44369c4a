"""The mail about a notice, plain and HTML, in the language of whoever gets it."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.admin.utils import get_admin_base_url

from cms.models import PublicationSettings
from news.notifications.models import Notice
from news.notifications.texts import mail_subject, notice_text


def mail_of(notice: Notice) -> EmailMultiAlternatives:
    """In: a notice with its person, story and who did it. Out: the mail, not sent yet.

    A notice has one Message-ID for good: should it be sent twice, mail programs show it once.
    """
    publication = PublicationSettings.load()
    profile = getattr(notice.person, "wagtail_userprofile", None)
    language = profile.preferred_language if profile else ""
    zone = profile.current_time_zone if profile else ""
    site = get_admin_base_url()
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
                "Message-ID": f"<notice-{notice.pk}.{notice.at:%Y%m%d%H%M%S}@{host_of(site)}>",
            },
        )
        html = render_to_string("news/mail/notice.html", context)
    mail.attach_alternative(html, "text/html")
    return mail


def host_of(address: str) -> str:
    return urlsplit(address).hostname or "localhost"
