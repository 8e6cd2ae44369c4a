"""How the newsroom changes Wagtail's admin: one file per subject."""

from __future__ import annotations

from . import creation, editor, reading, record, screens, tags

__all__ = ["creation", "editor", "reading", "record", "screens", "tags"]
