"""What somebody asks of the front page: from a posted form to who stands where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from home.front.history import Step, history_of
from home.models import HomePage
from home.places import PLACES, Places, put, replace, swap
from news.editions.errors import Refused
from news.models import ArticlePage

MAX_DIGITS = 18
STEPS = {"up": -1, "down": 1}


@dataclass(frozen=True)
class Deed:
    """The places as they shall be, and what the log keeps of it."""

    places: Places
    data: dict[str, Any]


def deed_of(home: HomePage, posted: Mapping[str, str]) -> Deed:
    """Raises Refused, with a sentence, for what cannot be."""
    asked = posted.get("do", "")
    if asked in ("undo", "redo"):
        history = history_of(home)
        return _step(asked, history.undo if asked == "undo" else history.redo)
    at = _place(posted.get("place", ""))
    if asked == "put":
        story = choosable(home, posted.get("story", ""))
        data = {"did": "put", "at": at, "headline": story.title}
        return Deed(put(home.places, story.pk, at), data)
    stands = home.places[at]
    if stands is None:
        raise Refused(_("Nobody stands there: this place fills itself."))
    if asked == "empty":
        return Deed(replace(home.places, at, None), {"did": "empty", "at": at})
    if asked not in STEPS or not 0 <= at + STEPS[asked] < PLACES:
        raise Refused(_("The front page has no such place."))
    to = at + STEPS[asked]
    headline = ArticlePage.objects.values_list("title", flat=True).get(pk=stands)
    return Deed(swap(home.places, at, to), {"did": "swap", "at": to, "headline": headline})


def _step(asked: str, step: Step | None) -> Deed:
    if step is None:
        raise Refused(_("There is nothing to undo or to do again."))
    return Deed(step.places, {"did": asked, "of": step.entry.pk, "told": step.told})


def _place(number: str) -> int:
    if number not in map(str, range(PLACES)):
        raise Refused(_("The front page has no such place."))
    return int(number)


def choosable(home: HomePage, pk: str) -> ArticlePage:
    """A public story in the language of the page, in its own section."""
    stories = ArticlePage.objects.published().filter(language_id=home.locale_id, alias_of=None)
    is_id = pk.isascii() and pk.isdigit() and len(pk) <= MAX_DIGITS
    found = stories.filter(pk=pk).first() if is_id else None
    if found is None:
        raise Refused(_("Only public stories in the language of this page can stand on it."))
    return found
