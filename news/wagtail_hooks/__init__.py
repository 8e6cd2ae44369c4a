"""How the newsroom changes Wagtail's admin: one file per subject."""

from __future__ import annotations

from . import (
    account,
    advice,
    board,
    creation,
    editor,
    links,
    paste,
    reading,
    record,
    screens,
    tags,
    userbar,
)

__all__ = [
    "account",
    "advice",
    "board",
    "creation",
    "editor",
    "links",
    "paste",
    "reading",
    "record",
    "screens",
    "tags",
    "userbar",
]
