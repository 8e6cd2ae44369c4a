"""What a set of stories refers to, loaded once and found again by blocks and links.

While `loaded(...)` is active, choosers and links of a body read from here and not from the
database. Pages and stories that are not public are not in here: nothing of them is printed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from wagtail.documents.models import Document

from cms.models import Image, PublicPage


@dataclass(frozen=True)
class References:
    images: dict[int, Image] = field(default_factory=dict)
    stories: dict[int, Any] = field(default_factory=dict)
    pages: dict[int, PublicPage] = field(default_factory=dict)
    documents: dict[int, Document] = field(default_factory=dict)


active: ContextVar[References | None] = ContextVar("references", default=None)


@contextmanager
def loaded(references: References) -> Iterator[References]:
    token = active.set(references)
    try:
        yield references
    finally:
        active.reset(token)


@dataclass
class Mentions:
    """Ids named by stories: what `References` has to hold."""

    images: set[int] = field(default_factory=set)
    stories: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    documents: set[int] = field(default_factory=set)
