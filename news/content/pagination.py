"""Pages of a listing by key, not by offset.

The key of a story is when readers first saw it and its id. `?before=<key>` asks for what came
before it: stable while new stories arrive, and the thousandth page costs what the first costs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from news.content.cards import Card, cards

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEY = re.compile(r"(\d{1,17})-(\d{1,18})", re.ASCII)
PAGE_SIZE = 20


@dataclass(frozen=True)
class Slice:
    """One page of a listing, as cards. `next_key` is None on the last one."""

    stories: list[Card]
    next_key: str | None


def key_of(story: Any) -> str:
    """Microseconds since 1970 and the id: `1788400000000000-42`."""
    return f"{(story.published_at - EPOCH) // timedelta(microseconds=1)}-{story.pk}"


def before(queryset: QuerySet, key: str) -> QuerySet:
    """The stories older than a key."""
    match = KEY.fullmatch(key)
    if match is None:
        raise BadRequest(_("“before” is not a place in this list."))
    moment = EPOCH + timedelta(microseconds=int(match[1]))
    # The first condition looks redundant and lets PostgreSQL walk the index from the right place.
    return queryset.filter(published_at__lte=moment).filter(
        Q(published_at__lt=moment) | Q(published_at=moment, pk__lt=int(match[2]))
    )


def take(queryset: QuerySet, key: str | None, size: int = PAGE_SIZE) -> Slice:
    """The stories after the key, newest first; from the newest without one."""
    ordered = queryset.order_by("-published_at", "-pk")
    if key is not None:
        ordered = before(ordered, key)
    stories = cards(ordered[: size + 1])
    more = len(stories) > size
    return Slice(stories[:size], key_of(stories[size - 1]) if more else None)
