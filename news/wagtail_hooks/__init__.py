"""How the newsroom changes Wagtail's admin: one file per subject."""

from __future__ import annotations

from . import account, buttons, editor, rules, urls

__all__ = ["account", "buttons", "editor", "rules", "urls"]
