from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models.audit_log import BaseLogEntry

from cms.clock import EXPIRY_REFUSED, PUBLISH_REFUSED
from cms.models import User
from cms.people import invite


@hooks.register("after_create_user")
def invite_people_without_a_password(request: HttpRequest, user: User) -> None:
    if user.password:
        return
    inviter = request.user
    if isinstance(inviter, User):
        invite(user, invited_by=inviter)
    messages.info(
        request, _("%(email)s has been sent a link to choose a password.") % {"email": user.email}
    )


class PublishRefused(LogFormatter):
    label = gettext_lazy("Scheduled publishing refused")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return _("Was due, but could not be published: %(reason)s") % log_entry.data


class ExpiryRefused(LogFormatter):
    label = gettext_lazy("Scheduled expiry refused")

    def format_message(self, log_entry: BaseLogEntry) -> str:
        return _("Was due to expire, but could not: %(reason)s") % log_entry.data


@hooks.register("register_log_actions")
def what_the_clock_records(actions: LogActionRegistry) -> None:
    actions.register_action(PUBLISH_REFUSED)(PublishRefused)
    actions.register_action(EXPIRY_REFUSED)(ExpiryRefused)
