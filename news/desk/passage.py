"""Through which door a story goes, and why: said by whoever opens the door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from wagtail.log_actions import get_active_log_context

if TYPE_CHECKING:
    from cms.models import User


@dataclass(frozen=True)
class Passage:
    """`second`: who was asked to read what goes public unreviewed, as breaking news."""

    door: str
    reason: str = ""
    by: User | None = None
    second: User | None = None


_passage: ContextVar[Passage | None] = ContextVar("passage", default=None)


def passage() -> Passage | None:
    return _passage.get()


@contextmanager
def through(
    door: str, reason: str = "", by: User | None = None, second: User | None = None
) -> Iterator[None]:
    """What is published or withdrawn inside goes through this door, for this reason."""
    token = _passage.set(Passage(door, reason, by, second))
    try:
        yield
    finally:
        _passage.reset(token)


def active_user() -> User | None:
    """Whoever is at the door, as Wagtail's log knows them."""
    user: User | None = get_active_log_context().user
    return user
