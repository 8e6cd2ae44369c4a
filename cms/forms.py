"""Forms of the admin that Wagtail lets us name in settings."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm


class ImageForm(BaseImageForm):
    source_url = forms.URLField(label=_("Source URL"), required=False, assume_scheme="https")
