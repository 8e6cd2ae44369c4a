"""Pictures. Credit belongs to the picture, a caption to each of its uses."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import AbstractImage, AbstractRendition, Filter

from cms.changes.registry import not_shared

KEPT_METADATA = {"background", "duration", "icc_profile", "loop", "transparency"}
FIRST_CHOICE = ("webp", "jpeg", "avif")


@lru_cache(maxsize=10_000)
def local_url(storage: FileSystemStorage, file: str) -> str:
    return storage.url(file)


class RenditionFile(NamedTuple):
    """One size of a picture: where its file is, and how large it is (pixels)."""

    file: str
    width: int
    height: int

    @property
    def url(self) -> str:
        storage = Rendition._meta.get_field("file").storage
        # Elsewhere an address may be signed, and end.
        if isinstance(storage, FileSystemStorage):
            return local_url(storage, self.file)
        return storage.url(self.file)


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

    # The sizes that are made, by name and format: {"small.webp": [file, width, height]}; of which
    # file and focal point they are; when somebody is to make the missing ones.
    rendition_files = models.JSONField(default=dict, editable=False)
    renditions_of = models.CharField(max_length=255, default="", editable=False)
    renditions_due = models.DateTimeField(
        null=True, default=timezone.now, editable=False, db_index=True
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

    @contextmanager
    def get_willow_image(self) -> Iterator[Any]:
        """The picture upright, without what a camera wrote into the file: place, owner, serial
        numbers. Renditions are made from this; what stays is needed to show them.
        """
        with super().get_willow_image() as original:
            clean = original.auto_orient()
            clean.image = clean.image.copy()
            clean.image.info = {
                name: value for name, value in clean.image.info.items() if name in KEPT_METADATA
            }
            clean.format_name = original.format_name
            yield clean

    def generate_rendition_file(self, filter: Filter, *, source: File | None = None) -> File:
        """Always from `get_willow_image()`, also where Wagtail has opened the original already."""
        return super().generate_rendition_file(filter)

    @property
    def shape(self) -> str:
        """What its sizes depend on."""
        focal = (
            self.focal_point_x,
            self.focal_point_y,
            self.focal_point_width,
            self.focal_point_height,
        )
        return f"{self.file.name} {focal if self.has_focal_point() else ''}".strip()

    def made(self, size: str, form: str) -> RenditionFile | None:
        found = self.rendition_files.get(f"{size}.{form}")
        return RenditionFile(*found) if found else None

    def nearest(self, size: str, *forms: str) -> RenditionFile | None:
        """A size in the first of these formats that is made; else what comes nearest."""
        for form in (*forms, *FIRST_CHOICE):
            if made := self.made(size, form):
                return made
        return self.made("first", "jpeg") or next(
            (RenditionFile(*m) for m in self.rendition_files.values()), None
        )

    def start_over(self) -> None:
        """Forget the sizes: they are of another file or focal point, or gone."""
        again: dict[str, Any] = {
            "rendition_files": {},
            "renditions_of": self.shape,
            "renditions_due": timezone.now(),
        }
        type(self).objects.filter(pk=self.pk).update(**again)
        for name, value in again.items():
            setattr(self, name, value)


@not_shared("made from its image")
class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]
