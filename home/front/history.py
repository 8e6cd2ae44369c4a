"""Undo and redo, read from Wagtail's log of the front page: nothing else remembers them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.log_actions import log
from wagtail.models import PageLogEntry, Revision

from cms.models import User
from home.front.words import sentence
from home.models import HomePage
from home.places import Places, only
from news.models import ArticlePage

ARRANGED = "home.arranged"
EMPTIED = "home.emptied"
REMEMBERED = 60
TOLD = ("did", "at", "headline")


@dataclass(frozen=True)
class Step:
    """A change that can be taken back, or made again: whose it was, and what it leads to."""

    entry: PageLogEntry
    places: Places

    @property
    def words(self) -> str:
        return sentence(self.entry.data)

    @property
    def told(self) -> dict[str, Any]:
        """What the log keeps of it, to be told again in any language."""
        return {name: self.entry.data[name] for name in TOLD if name in self.entry.data}


@dataclass(frozen=True)
class History:
    undo: Step | None
    redo: Step | None
    emptied: PageLogEntry | None


def write(home: HomePage, user: User, revision: Revision, data: dict[str, Any]) -> None:
    """In: what was done, with the places "before" and "after"."""
    log(instance=home, action=ARRANGED, user=user, revision=revision, data=data)


def history_of(home: HomePage) -> History:
    """What can be undone and redone now, and what has emptied itself since. Two queries."""
    logged = PageLogEntry.objects.filter(page=home.pk, action__in=(ARRANGED, EMPTIED))
    entries = list(logged.select_related("user").order_by("-timestamp", "-pk")[:REMEMBERED])
    done, undone = _stacks([entry for entry in reversed(entries) if entry.action == ARRANGED])
    public = _public(home, [*done, *undone])
    last = entries[0] if entries and entries[0].action == EMPTIED else None
    return History(
        undo=_first_step(home, done, public, "after", "before"),
        redo=_first_step(home, undone, public, "before", "after"),
        emptied=last,
    )


def _stacks(entries: list[PageLogEntry]) -> tuple[list[PageLogEntry], list[PageLogEntry]]:
    """In: the log, oldest first. Out: what was done and holds, what was undone and waits."""
    done: list[PageLogEntry] = []
    undone: list[PageLogEntry] = []
    for entry in entries:
        if entry.data["did"] == "undo":
            _carry(done, undone, entry.data["of"])
        elif entry.data["did"] == "redo":
            _carry(undone, done, entry.data["of"])
        else:
            done.append(entry)
            undone.clear()
    return done, undone


def _carry(source: list[PageLogEntry], target: list[PageLogEntry], pk: int) -> None:
    """What lies above has come to nothing meanwhile: its stories went."""
    if any(entry.pk == pk for entry in source):
        while source[-1].pk != pk:
            source.pop()
        target.append(source.pop())


def _public(home: HomePage, entries: list[PageLogEntry]) -> set[int]:
    named = {pk for entry in entries for when in ("before", "after") for pk in entry.data[when]}
    stories = ArticlePage.objects.published().filter(language_id=home.locale_id)
    return set(stories.filter(pk__in=named - {None}).values_list("pk", flat=True))


def _first_step(
    home: HomePage, entries: list[PageLogEntry], public: set[int], left: str, leads_to: str
) -> Step | None:
    """The newest that would change something, while what it left stands still: whoever has used
    the editor since is not overruled. Places that emptied themselves do not count.
    """
    now = home.places
    for entry in reversed(entries):
        stood = entry.data[left]
        if any(pk not in (then, None) for pk, then in zip(now, stood, strict=True)):
            return None
        places = only(tuple(entry.data[leads_to]), public)
        if places != now:
            return Step(entry, places)
    return None
