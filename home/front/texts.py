"""The names of the places, and what the log and the tool say of a change."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


def place_name(at: int) -> str:
    return _("Slot %(number)d") % {"number": at} if at else _("Lead")


def description(data: dict[str, Any]) -> str:
    """In words, from the data of a log entry.

    That of undo and redo holds the data of the arrangement ("told"), in old entries its words
    ("what").
    """
    texts = {
        "put": _("“%(headline)s” stands at: %(place)s."),
        "swap": _("“%(headline)s” moved to: %(place)s."),
        "empty": _("%(place)s fills itself with the newest again."),
        "undo": _("Undone: %(what)s"),
        "redo": _("Done again: %(what)s"),
        "gone": _("“%(headline)s” is no longer public. It left its place: %(place)s."),
    }
    return texts[data["did"]] % {
        "headline": data.get("headline", ""),
        "place": place_name(data.get("at", 0)),
        "what": description(data["told"]) if "told" in data else data.get("what", ""),
    }
