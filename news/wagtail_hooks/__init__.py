"""How the newsroom changes Wagtail's admin: one file per subject."""

from __future__ import annotations

from . import account, board, creation, editor, links, reading, record, screens, userbar

__all__ = [
    "account",
    "board",
    "creation",
    "editor",
    "links",
    "reading",
    "record",
    "screens",
    "userbar",
]
