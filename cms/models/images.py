"""Pictures. Credit belongs to the picture, a caption to each of its uses."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition


class Image(AbstractImage):
    """An uploaded picture. Wagtail's `description` is its alt text."""

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Photographer and agency, as printed: Jane Doe / Agency."),
    )
    source_url = models.URLField(_("source URL"), blank=True)
    copyright = models.CharField(_("copyright"), max_length=255, blank=True)
    usage_terms = models.CharField(
        _("usage terms"),
        max_length=255,
        blank=True,
        help_text=_("How and until when we may use it."),
    )

    tags = TaggableManager(help_text=None, blank=True, related_name="pictures")

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
        "source_url",
        "copyright",
        "usage_terms",
    )

    class Meta(AbstractImage.Meta):
        # Wagtail's own Image model stays installed and has taken the usual reverse names.
        default_related_name = "pictures"
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]
