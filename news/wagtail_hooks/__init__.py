"""How the newsroom changes Wagtail's admin: one file per subject."""

from __future__ import annotations

from . import advice, creation, editor, links, paste, record, screens, tags

__all__ = ["advice", "creation", "editor", "links", "paste", "record", "screens", "tags"]
