"""Pictures, documents, and videos that live elsewhere."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, quote, urljoin, urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.documents.models import Document
from wagtail.embeds.oembed_providers import all_providers
from wagtail.images.blocks import ImageChooserBlock

from cms.media.usage import image_data
from cms.models import Image
from news.blocks.base import ItemsBlock, LoadedChooser, PartsBlock


class LoadedImageBlock(LoadedChooser, ImageChooserBlock):
    kind = "images"


class LoadedDocumentBlock(LoadedChooser, DocumentChooserBlock):
    kind = "documents"


class PictureBlock(PartsBlock):
    image = LoadedImageBlock(label=_("Image"))
    caption = blocks.CharBlock(required=False, max_length=500, label=_("Caption"))
    alt = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Alt text for this use"),
        help_text=_("Empty: the description of the image."),
    )

    class Meta:
        icon = "image"
        template = "news/blocks/image.html"
        description = _("A picture with its caption; the credit comes from the library.")

    def get_preview_value(self) -> Any:
        newest = Image.objects.order_by("-pk").first()
        return self.normalize({"image": newest, "caption": gettext("At the quay"), "alt": ""})

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        return image_data(value["image"], caption=value["caption"], alt=value["alt"])


class GalleryBlock(ItemsBlock):
    class Meta:
        icon = "image"
        template = "news/blocks/gallery.html"
        description = _("Several pictures as one.")

    def get_preview_value(self) -> Any:
        newest = Image.objects.order_by("-pk")[:3]
        return self.normalize([{"image": image, "caption": "", "alt": ""} for image in newest])

    def get_api_representation(self, value: Any, context: Any = None) -> list[Any]:
        pictures = super().get_api_representation(value, context)
        return [picture for picture in pictures if picture is not None]


class DocumentBlock(PartsBlock):
    document = LoadedDocumentBlock(label=_("Document"))
    title = blocks.CharBlock(
        required=False,
        max_length=255,
        label=_("Own title"),
        help_text=_("Empty: the title of the document."),
    )

    class Meta:
        icon = "doc-full-inverse"
        template = "news/blocks/document.html"
        description = _("A file for readers: a ruling, a report.")

    def get_preview_value(self) -> Any:
        return self.normalize(
            {"document": Document.objects.first(), "title": gettext("The ruling")}
        )

    def get_api_representation(self, value: Any, context: Any = None) -> Any:
        document = value["document"]
        if document is None:
            return None
        return {
            "id": document.pk,
            "title": value["title"] or document.title,
            "url": urljoin(settings.BASE_URL, document.url),
            "filename": document.filename,
            "size": document.file_size,
        }


def known_provider(url: str) -> None:
    patterns = (pattern for provider in all_providers for pattern in provider["urls"])
    if not any(re.match(pattern, url) for pattern in patterns):
        raise ValidationError(_("This is not an address of a known video or audio provider."))


def player_of(url: str) -> str:
    """The player for a page of a provider, empty if we know none."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    last = parts.path.rstrip("/").rpartition("/")[2]
    if host == "youtube.com":
        return _youtube(parse_qs(parts.query).get("v", [last])[0])
    if host == "youtu.be":
        return _youtube(last)
    if host == "vimeo.com" and last.isdecimal():
        return f"https://player.vimeo.com/video/{last}?dnt=1"
    if host == "soundcloud.com":
        return f"https://w.soundcloud.com/player/?url={quote(url, safe='')}"
    if host == "open.spotify.com":
        return f"https://open.spotify.com/embed{parts.path}"
    return ""


def _youtube(video: str) -> str:
    return f"https://www.youtube-nocookie.com/embed/{quote(video, safe='')}?autoplay=1"


class EmbedValue(blocks.StructValue):
    @property
    def host(self) -> str:
        return (urlsplit(self["url"]).hostname or "").removeprefix("www.")

    @property
    def player(self) -> str:
        return player_of(self["url"])


class EmbedBlock(PartsBlock):
    """A video or audio elsewhere: a reader's browser asks nobody before the click."""

    url = blocks.URLBlock(validators=[known_provider], label=_("Address"))
    title = blocks.CharBlock(max_length=255, label=_("Title"))

    class Meta:
        icon = "media"
        template = "news/blocks/embed.html"
        description = _("A video or recording elsewhere; it loads when a reader asks for it.")
        value_class = EmbedValue
        preview_value = {"url": "https://vimeo.com/1", "title": _("The launch of the ferry")}

    def get_api_representation(self, value: Any, context: Any = None) -> dict[str, str]:
        return {"url": value["url"], "title": value["title"], "player": value.player}
