"""How the newsroom changes Wagtail's admin: one file per subject."""

from __future__ import annotations

from . import account, creation, editor, reading, record, screens, tags

__all__ = ["account", "creation", "editor", "reading", "record", "screens", "tags"]
