"""What Wagtail's log says of our actions, from what an entry keeps; the actions of the schedule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models.audit_log import BaseLogEntry

PUBLISH_REFUSED = "dateline.publish.refused"
EXPIRY_REFUSED = "dateline.expiry.refused"

Values = Callable[[dict[str, Any]], dict[str, Any]]


def register_log_action(
    actions: LogActionRegistry,
    action: str,
    label: object,
    message: object = "%(message)s",
    values: Values = dict,
) -> None:
    """`message` is a lazy text with the names of what `values` makes of an entry's data."""

    def format_message(self: LogFormatter, log_entry: BaseLogEntry) -> str:
        return str(message) % values(log_entry.data)

    body = {"label": label, "format_message": format_message}
    actions.register_action(action)(type("DataFormatter", (LogFormatter,), body))


@hooks.register("register_log_actions")
def what_the_schedule_records(actions: LogActionRegistry) -> None:
    register_log_action(
        actions,
        PUBLISH_REFUSED,
        gettext_lazy("Scheduled publishing refused"),
        gettext_lazy("Was due, but could not be published: %(reason)s"),
    )
    register_log_action(
        actions,
        EXPIRY_REFUSED,
        gettext_lazy("Scheduled expiry refused"),
        gettext_lazy("Was due to expire, but could not: %(reason)s"),
    )
