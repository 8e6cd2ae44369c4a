"""A story as lists show it. Read as columns, not as a page: lists are what readers open most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cms.models import Addresses, Image
from news.content.bylines import Writer
from news.content.fields import Genre

COLUMNS = (
    "pk",
    "title",
    "summary",
    "kicker",
    "genre",
    "published_at",
    "breaking_until",
    "lead_image_id",
    "lead_image_caption",
    "section_id",
    "section__title",
    "url_path",
)


@dataclass(slots=True)
class Card:
    """`lead_image` and `writers` are filled in by `loading.py`."""

    pk: int
    title: str
    summary: str
    kicker: str
    genre: str
    published_at: datetime
    breaking_until: datetime | None
    lead_image_id: int | None
    lead_image_caption: str
    section_id: int | None
    section: str | None
    url: str
    full_url: str
    lead_image: Image | None = None
    writers: list[Writer] = field(default_factory=list)
    snippet: str = ""

    @property
    def is_breaking(self) -> bool:
        return self.breaking_until is not None and self.breaking_until > timezone.now()

    @property
    def is_opinion(self) -> bool:
        return self.genre == Genre.OPINION

    @property
    def portrait(self) -> Image | None:
        """Of who speaks, in opinion."""
        return self.writers[0].photo if self.is_opinion and self.writers else None

    @property
    def genre_label(self) -> str:
        return str(Genre(self.genre).label)


def cards(stories: QuerySet) -> list[Card]:
    """The stories in their order, in one query."""
    addresses = Addresses()
    rows: Iterable[Any] = stories.values_list(*COLUMNS)
    return [Card(*(*row[:-1], *addresses.of(row[-1]))) for row in rows]


def cards_by_id(stories: QuerySet, ids: Iterable[int]) -> dict[int, Card]:
    """Those of the stories that have these ids. No query for no ids."""
    wanted = set(ids)
    found = cards(stories.filter(pk__in=wanted).order_by()) if wanted else []
    return {card.pk: card for card in found}
