"""What the tool says of places and of what was done with them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from home.places import PLACES


def name_of(at: int) -> str:
    """In: the number of a place, the lead's is 0."""
    return _("Slot %(number)d") % {"number": at} if at else _("Lead")


def names() -> list[str]:
    return [name_of(at) for at in range(PLACES)]


def sentence(data: dict[str, Any]) -> str:
    """In: what the log keeps of a change. Out: what happened, in a sentence."""
    words = {
        "put": _("“%(headline)s” stands at: %(place)s."),
        "swap": _("“%(headline)s” moved to: %(place)s."),
        "empty": _("%(place)s fills itself with the newest again."),
        "undo": _("Undone: %(what)s"),
        "redo": _("Done again: %(what)s"),
        "gone": _("“%(headline)s” is no longer public. It left its place: %(place)s."),
    }
    what = sentence(data["told"]) if "told" in data else data.get("what", "")
    told = {"headline": data.get("headline", ""), "what": what}
    at = data.get("at")
    return words[data["did"]] % (told | {"place": name_of(at) if at is not None else ""})
