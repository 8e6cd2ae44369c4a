"""Who wrote a story."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable


class Byline(Orderable):
    """One author of a story, in the order in which they are named."""

    page = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(
        "news.AuthorPage",
        on_delete=models.PROTECT,
        related_name="bylines",
        verbose_name=_("author"),
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
