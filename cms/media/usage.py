"""A picture as data, and which pictures and documents are in public use."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from modelsearch.index import insert_or_update_object
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex

from cms.changes.registry import shared
from cms.media.renditions import OPERATIONS
from cms.models import Image, PublicationSettings, published

NAMES = (*OPERATIONS, "social")


def image_data(image: Image | None, *, caption: str = "", alt: str = "") -> dict[str, Any] | None:
    """A picture as the API gives it.

    In: the picture, and the caption and alt text of this use. Out: plain data with one entry
    in `renditions` for each size `{url, width, height}` (pixels, absolute URLs), or None.
    """
    if image is None:
        return None
    return {
        "id": image.pk,
        "title": image.title,
        "alt": alt or image.description,
        "caption": caption,
        "credit": image.credit,
        "source_url": image.source_url,
        "copyright": image.copyright,
        "usage_terms": image.usage_terms,
        "width": image.width,
        "height": image.height,
        "renditions": {
            name: {
                "url": urljoin(settings.BASE_URL, made.url),
                "width": made.width,
                "height": made.height,
            }
            for name in NAMES
            if (made := image.nearest(name))
        },
    }


def in_public_use(media: QuerySet) -> QuerySet:
    """In: images or documents. Out: those that a public page, or the publication's name, uses."""
    page_type = ContentType.objects.get_for_model(Page)
    public = published(Page.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField())))
    uses = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(media.model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    by_page = uses.filter(base_content_type=page_type).filter(Exists(public))
    by_name = uses.filter(base_content_type=ContentType.objects.get_for_model(PublicationSettings))
    return media.filter(Exists(by_page) | Exists(by_name))


def note_uses(user_of_media: Page | PublicationSettings) -> None:
    """Bring the index of uses up to date with what is stored, within the publication itself, and
    the search index of models that leave it to this.
    """
    model = getattr(user_of_media, "specific_class", type(user_of_media))
    rows = getattr(model, "get_indexed_objects", model.objects.all)()
    stored = rows.get(pk=user_of_media.pk)
    ReferenceIndex.create_or_update_for_object(stored)
    if not getattr(model, "search_auto_update", True):
        insert_or_update_object(stored)


shared(
    *("title", "file", "description", "credit", "source_url", "copyright", "usage_terms"),
    *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
    *("collection", "tags__name"),
    public=in_public_use,
)(Image)
shared("title", "file", "collection", "tags__name", public=in_public_use)(Document)
