"""What Wagtail's log says of our actions, from what an entry keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models.audit_log import BaseLogEntry

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
