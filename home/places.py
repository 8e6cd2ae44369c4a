"""The five places of the front page, as ids: the lead, then the slots in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

SLOTS = 4
PLACES = 1 + SLOTS

Places = tuple[int | None, ...]
Story = TypeVar("Story")


def at_their_places(slots: Iterable[tuple[int | None, int]]) -> Places:
    """In: for each slot its number, from 0, and its story. Out: who stands where.

    Where a number is missing or taken, the story goes to the next place that is free.
    """
    places: list[int | None] = [None] * SLOTS
    homeless = []
    for number, story in slots:
        if number is not None and 0 <= number < SLOTS and places[number] is None:
            places[number] = story
        else:
            homeless.append(story)
    for story in homeless:
        if None in places:
            places[places.index(None)] = story
    return tuple(places)


def filled(
    places: Places, public: Mapping[int, Story], newest: Sequence[tuple[int, Story]]
) -> list[Story | None]:
    """What readers see at each place.

    In: who was chosen, the public stories by id, the newest with their ids. A place that nobody
    filled, or whose story is not public, fills itself with the newest that stands nowhere else.
    """
    chosen = [
        pk if pk in public and pk not in places[:at] else None for at, pk in enumerate(places)
    ]
    others = iter([story for pk, story in newest if pk not in chosen])
    return [next(others, None) if pk is None else public[pk] for pk in chosen]


def put(places: Places, story: int, at: int) -> Places:
    """A story that has a place already changes places with the one that stands there."""
    if story in places:
        return swap(places, places.index(story), at)
    return replace(places, at, story)


def replace(places: Places, at: int, story: int | None) -> Places:
    return (*places[:at], story, *places[at + 1 :])


def swap(places: Places, one: int, other: int) -> Places:
    return replace(replace(places, one, places[other]), other, places[one])


def only(places: Places, ids: Iterable[int]) -> Places:
    """The same without the stories that are not among these."""
    known = set(ids)
    return tuple(pk if pk in known else None for pk in places)
