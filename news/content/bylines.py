"""Who wrote a story."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from cms.changes.registry import not_shared
from cms.models import Image, PublicPage
from news.content.fields import StoryRow


@not_shared("recorded by editions")
class Byline(StoryRow, Orderable):
    """One author of a story, in the order in which they are named."""

    page = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        "news.AuthorPage", models.PROTECT, related_name="bylines", verbose_name=_("author")
    )

    panels = ["author"]

    class Meta(Orderable.Meta):
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        constraints = [
            models.UniqueConstraint(fields=["page", "author"], name="one_byline_per_author")
        ]

    def __str__(self) -> str:
        return self.author.title


COLUMNS = ("author_id", "author__title", "author__role", "author__bio", "author__photo_id")


@dataclass(slots=True)
class Writer:
    """`photo` and `page` are filled in by `loading.py`; no page where it is not public."""

    pk: int
    name: str
    role: str
    bio: str
    photo_id: int | None
    photo: Image | None = field(default=None, repr=False)
    page: PublicPage | None = None


def writers_of(stories: Iterable[int]) -> dict[int, list[Writer]]:
    """Who wrote each, by the ids of the stories, in one query."""
    found: dict[int, list[Writer]] = {pk: [] for pk in stories}
    bylines = Byline.objects.filter(page_id__in=found).order_by("page_id", "sort_order", "pk")
    rows: Iterable[Any] = bylines.values_list("page_id", *COLUMNS)
    for story, *columns in rows:
        found[story].append(Writer(*columns))
    return found


def writers_of_draft(draft: Any) -> list[Writer]:
    """Who its byline names while it is in memory."""
    authors = [byline.author for byline in draft.bylines.all()]
    return [Writer(one.pk, one.title, one.role, one.bio, one.photo_id) for one in authors]
