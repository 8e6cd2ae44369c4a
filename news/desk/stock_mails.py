"""Wagtail's own mails are off: the desk tells people itself (`telling`, `mentions`), so nobody
gets two mails, and none is sent while somebody waits for an answer.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin import signal_handlers
from wagtail.admin.views.account import NotificationsSettingsPanel
from wagtail.admin.views.pages.edit import EditView


def nobody(*args: Any) -> None:
    """Tells nobody."""


# Wagtail connects its notifiers when its own app is ready, which is after ours.
signal_handlers.register_signal_handlers = nobody
EditView.send_commenting_notifications = nobody
# Their settings in the account: ours are in `news.wagtail_hooks.account`.
NotificationsSettingsPanel.is_active = nobody
