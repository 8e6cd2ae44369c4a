"""Pictures: the sizes in which they are shown, a picture as data, and which are in public use.

One table of sizes for pages and API, so that both find the same renditions already made.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast
from django_tasks import task
from wagtail.models import Page, ReferenceIndex

from cms.models import Image, PublicationSettings, published

RENDITIONS = {
    "small": "width-480|format-webp",
    "medium": "width-960|format-webp",
    "large": "width-1600|format-webp",
    "teaser": "fill-720x480|format-webp",
    "thumb": "fill-240x160|format-webp",
    "portrait": "fill-240x240|format-webp",
    "social": "fill-1200x630|format-jpeg",
}


@task()
def make_renditions(image_id: int) -> None:
    """Make every size of a picture, so that no reader's request has to."""
    image = Image.objects.filter(pk=image_id).first()
    if image is not None:
        image.get_renditions(*RENDITIONS.values())


def image_data(image: Image | None, *, caption: str = "", alt: str = "") -> dict[str, Any] | None:
    """A picture as the API gives it.

    In: the picture, and the caption and alt text of this use. Out: plain data with one entry
    in `renditions` for each size `{url, width, height}` (pixels, absolute URLs), or None.
    """
    if image is None:
        return None
    renditions = image.get_renditions(*RENDITIONS.values())
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
                "url": renditions[spec].full_url,
                "width": renditions[spec].width,
                "height": renditions[spec].height,
            }
            for name, spec in RENDITIONS.items()
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
    """Bring the index of uses up to date with what is stored, within the publication itself.

    Wagtail does the same from its queue, which may run later.
    """
    model = getattr(user_of_media, "specific_class", type(user_of_media))
    ReferenceIndex.create_or_update_for_object(model.objects.get(pk=user_of_media.pk))
