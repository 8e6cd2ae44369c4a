"""The ways to a draft's links and to the record of a story, and how the log names links."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page
from wagtail.models.audit_log import BaseLogEntry

from cms.models import User
from news.desk.draft_links import MADE, REVOKED, may_share
from news.models import ArticlePage
from news.views.record import may_read_record


@hooks.register("register_page_header_buttons")
def offer_links_and_record(
    page: Page, user: User, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    if isinstance(page, ArticlePage) and may_share(user, page):
        address = reverse("draft_links", args=(page.pk,))
        yield Button(_("Share the draft"), address, icon_name="link", priority=16)
    if isinstance(page, ArticlePage) and not page.alias_of_id and may_read_record(user, page):
        address = reverse("story_record", args=(page.pk,))
        yield Button(_("Record"), address, icon_name="history", priority=17)


def until(log_entry: BaseLogEntry) -> dict[str, str]:
    moment = parse_datetime(log_entry.data.get("until", ""))
    return {"until": date_format(moment, "SHORT_DATETIME_FORMAT") if moment else ""}


class LinkMade(LogFormatter):
    label = gettext_lazy("Share the draft by a link")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return _("Shared the draft by a link, until %(until)s") % until(log_entry)


class LinkRevoked(LogFormatter):
    label = gettext_lazy("Revoke a link to the draft")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return _("Revoked a link to the draft that held until %(until)s") % until(log_entry)


@hooks.register("register_log_actions")
def what_happens_to_links(actions: LogActionRegistry) -> None:
    actions.register_action(MADE)(LinkMade)
    actions.register_action(REVOKED)(LinkRevoked)
