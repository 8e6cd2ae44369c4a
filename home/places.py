"""The five places of the front page as ids of stories: the lead, then the slots in their order."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

SLOTS = 4
PLACES = 1 + SLOTS

Places = tuple[int | None, ...]


def slots_in_order(slots: Iterable[tuple[int | None, int]]) -> Places:
    """For each slot its number, from 0, and its story. Where a number is missing or taken, the
    story goes to the first slot that is free.
    """
    stories: list[int | None] = [None] * SLOTS
    for number, story in sorted(slots, key=lambda slot: slot[0] is None):
        free = [at for at in range(SLOTS) if stories[at] is None]
        if free:
            stories[number if number in free else free[0]] = story
    return tuple(stories)


def places_in(content: dict[str, Any]) -> Places:
    """The places in the content of a revision."""
    slots = [(slot["sort_order"], slot["story"]) for slot in content.get("slots", ())]
    return (content.get("lead"), *slots_in_order(slots))


def only(places: Places, ids: Collection[int | None]) -> Places:
    return tuple(pk if pk in ids else None for pk in places)


def shown_at(places: Places, public: Collection[int], newest: Iterable[int]) -> Places:
    """What readers see at each place: one that nobody filled, or whose story is not public, fills
    itself with the newest that stands nowhere else.
    """
    chosen = [
        pk if pk in public and pk not in places[:at] else None for at, pk in enumerate(places)
    ]
    others = iter([pk for pk in newest if pk in public and pk not in chosen])
    return tuple(next(others, None) if pk is None else pk for pk in chosen)
