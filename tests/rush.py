"""Writers and followers of the numbered stream, to run in threads."""

from __future__ import annotations

import itertools
import random
import threading
import time
from typing import Any

from django.db import transaction

from cms.changes.models import changes_since
from cms.models import Change

SECONDS = 240


class Undone(Exception):
    """A change that is taken back."""


class Writer:
    """Makes random public changes, each with a word of its own, and takes some back."""

    def __init__(self, number: int, subjects: list[tuple[Any, str]], committing: set[str]) -> None:
        self.random = random.Random(number)  # noqa: S311
        self.words = (f"word-{number}-{count}" for count in itertools.count())
        self.subjects = subjects
        self.committing = committing
        self.kept: list[str] = []

    def run(self, changes: int) -> None:
        for _ in range(changes):
            try:
                self.change_something()
            except Undone:
                continue

    def change_something(self) -> None:
        rows = self.random.sample(self.subjects, self.random.choice([1, 1, 1, 2]))
        words = [next(self.words) for _ in rows]
        with transaction.atomic():
            for (stored, field), word in zip(rows, words, strict=True):
                row = type(stored).objects.get(pk=stored.pk)
                setattr(row, field, word)
                row.save()
            if self.random.random() < 0.2:
                raise Undone
            self.committing.update(words)
        self.kept += words


class Follower:
    """Polls the stream as a cursor does, and keeps what it sees."""

    def __init__(self, start: int, committing: set[str]) -> None:
        self.seen: list[Change] = []
        self.start = start
        self.committing = committing
        self.too_early: list[Change] = []

    def run(self, finished: threading.Event) -> None:
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            last_round = finished.is_set()
            self.look()
            if last_round:
                return
        raise TimeoutError("the writers did not finish")

    def look(self) -> None:
        number = self.seen[-1].number if self.seen else self.start
        changes = changes_since(number, limit=7)
        while changes:
            self.seen += changes
            self.too_early += [one for one in changes if word_of(one) not in self.committing]
            changes = changes_since(changes[-1].number, limit=7)


def word_of(change: Change) -> str:
    """The word that this change brought."""
    before, after = change.before or {}, change.after or {}
    [word] = [value for name, value in after.items() if before.get(name) != value]
    return word
