"""Forms of the admin that Wagtail lets us name in settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image as PillowImage
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

# Pillow alone cannot read these.
UNREADABLE = ("heic", "heif")


class WholeImageField(WagtailImageField):
    """A picture that can be read to its last line.

    Wagtail lets some truncated files through, and answers others with a 500.
    """

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file and not file.name.lower().endswith(UNREADABLE):
                file.seek(0)
                PillowImage.open(file).load()
                file.seek(0)
        except (OSError, SyntaxError, ValueError) as error:
            raise ValidationError(_("This picture is damaged: %s") % error) from error
        return file


class ImageForm(BaseImageForm):
    file = WholeImageField(label=_("File"), widget=forms.FileInput)
    description = forms.CharField(
        label=_("Alt text"),
        required=False,
        max_length=255,
        help_text=_("What the picture shows, for those who cannot see it."),
    )
    source_url = forms.URLField(label=_("Source URL"), required=False, assume_scheme="https")
