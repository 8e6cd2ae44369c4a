"""Who wrote a story."""

from __future__ import annotations

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from news.references import active


class Byline(Orderable):
    """One author of a story, in the order in which they are named."""

    page = ParentalKey("news.ArticlePage", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("news.AuthorPage", on_delete=models.PROTECT, related_name="bylines")

    panels = ["author"]

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "author"], name="one_byline_per_author")
        ]

    def __str__(self) -> str:
        return self.author.title

    @property
    def author_url(self) -> str:
        """Where the author's page is, empty if it is not public."""
        references = active()
        if references is not None:
            page = references.pages.get(self.author_id)
        else:
            page = type(self.author).objects.published().filter(pk=self.author_id).first()
        return page.url if page else ""
