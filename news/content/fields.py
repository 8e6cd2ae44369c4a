"""Fields of a story."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
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
