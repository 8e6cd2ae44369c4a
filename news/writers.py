"""Who wrote a story, as readers see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from cms.models import Image, PublicPage

COLUMNS = ("author_id", "author__title", "author__role", "author__bio", "author__photo_id")


@dataclass(slots=True)
class Writer:
    """`photo` and `page` are filled in by `news.loading`; no page where it is not public."""

    pk: int
    name: str
    role: str
    bio: str
    photo_id: int | None
    photo: Image | None = field(default=None, repr=False)
    page: PublicPage | None = None


def writers_of(stories: Iterable[int]) -> dict[int, list[Writer]]:
    """In: ids of stories. Out: who wrote each, in the order of its byline. One query."""
    found: dict[int, list[Writer]] = {pk: [] for pk in stories}
    if found:
        bylines = apps.get_model("news", "Byline").objects.filter(page_id__in=found)
        rows: Iterable[Any] = bylines.order_by("page_id", "sort_order").values_list(
            "page_id", *COLUMNS
        )
        for story, *columns in rows:
            found[story].append(Writer(*columns))
    return found


def writers_of_draft(draft: Any) -> list[Writer]:
    """Who its byline names while it is in memory."""
    authors = [byline.author for byline in draft.bylines.all()]
    return [Writer(one.pk, one.title, one.role, one.bio, one.photo_id) for one in authors]
