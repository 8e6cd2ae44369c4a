"""Undo and redo. Every arrangement is a published revision, and its log entry names its parent,
the revision that it was made on. Undo restores the places of the parent; redo those of the newest
arrangement that was made on the current revision.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from wagtail.models import PageLogEntry, Revision

from home.models import HomePage, may_stand
from home.places import Places, only, places_in

ARRANGED = "home.arranged"
EMPTIED = "home.emptied"
REMEMBERED = 60


class Restoration(NamedTuple):
    """Which arrangement is undone or done again, and the revision that this restores."""

    arrangement: PageLogEntry
    revision_id: int
    places: Places


class History:
    """`current` is the revision whose places stand on the page, `emptied` the last log entry if a
    story has left its place since.
    """

    def __init__(self, home: HomePage) -> None:
        logged = PageLogEntry.objects.filter(page=home.pk, action__in=(ARRANGED, EMPTIED))
        entries = list(logged.select_related("user").order_by("-timestamp", "-pk")[:REMEMBERED])
        self.emptied = entries[0] if entries and entries[0].action == EMPTIED else None
        arranged = [entry for entry in entries if entry.action == ARRANGED]
        # Undo and redo have no parent themselves, nor have entries of older versions.
        parents = {entry: entry.data["parent"] for entry in arranged if "parent" in entry.data}
        self.now = home.places
        self.places = _places_by_revision(
            {*(entry.revision_id for entry in arranged), *parents.values()}
        )
        self.current = home.live_revision_id
        if arranged and self.places.get(arranged[0].revision_id) == self.now:
            # Nobody has used the editor since.
            self.current = arranged[0].data.get("restores", arranged[0].revision_id)
        self.undo = self._first_change(
            {entry.revision_id: (entry, parent) for entry, parent in parents.items()}
        )
        self.redo = self._first_change(
            {parent: (entry, entry.revision_id) for entry, parent in reversed(parents.items())}
        )

    def _first_change(self, steps: Mapping[int, tuple[PageLogEntry, int]]) -> Restoration | None:
        """Passes over revisions that would change nothing, as their stories are gone."""
        at = self.current
        while at in steps:
            entry, at = steps[at]
            if (places := self.places.get(at, self.now)) != self.now:
                return Restoration(entry, at, places)
        return None


def _places_by_revision(ids: set[int]) -> dict[int, Places]:
    """Without the stories that were withdrawn since."""
    contents = Revision.objects.filter(pk__in=ids).values_list("pk", "content")
    stored = {pk: places_in(content) for pk, content in contents}
    kept = may_stand({pk for places in stored.values() for pk in places})
    return {pk: only(places, kept) for pk, places in stored.items()}
