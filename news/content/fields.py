"""Fields of a story."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import model_from_serializable_data
from wagtail.fields import StreamField

from cms.models import Image


class BodyField(StreamField):
    """A StreamField whose blocks stay out of migrations.

    They change nothing in the database; named there, each old migration would need every class
    and label that a block ever had.
    """

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs


def picture(label: Any) -> models.ForeignKey[Any, Image | None]:
    return models.ForeignKey(
        "cms.Image",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=label,
    )


class Genre(models.TextChoices):
    NEWS = "news", _("News")
    ANALYSIS = "analysis", _("Analysis")
    OPINION = "opinion", _("Opinion")
    EXPLAINER = "explainer", _("Explainer")
    INVESTIGATION = "investigation", _("Investigation")
    INTERVIEW = "interview", _("Interview")
    LIVE = "live", _("Live")


class StoryRow:
    """A row that a draft holds inside the story: one of its byline, one of its tags."""

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self:
        """What a row names was looked up by its story, with that of the others."""
        return model_from_serializable_data(cls, data, check_fks=False)
