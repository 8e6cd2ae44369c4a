"""How the newsroom changes Wagtail's admin: one file per subject."""

from __future__ import annotations

from . import account, board, buttons, creation, editor, record, urls

__all__ = ["account", "board", "buttons", "creation", "editor", "record", "urls"]
