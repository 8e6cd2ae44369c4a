from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from cms.background.runner import register_job
from cms.background.schedule import SCHEDULE_JOB
from cms.media.renditions import RENDITIONS_JOB, make_first_rendition
from cms.media.usage import note_uses
from cms.models import Image, PublicationSettings, Rendition

register_job(SCHEDULE_JOB)
register_job(RENDITIONS_JOB)


@receiver(page_published)
def note_uses_of_media(instance: Page, **kwargs: Any) -> None:
    note_uses(instance)


@receiver(post_save, sender=PublicationSettings)
def note_uses_of_the_publication(instance: PublicationSettings, **kwargs: Any) -> None:
    note_uses(instance)


@receiver(post_save, sender=Image)
def prepare_renditions(instance: Image, **kwargs: Any) -> None:
    if instance.renditions_of != instance.shape:
        instance.start_over()
        transaction.on_commit(partial(make_first_rendition, instance.pk))


@receiver(post_delete, sender=Rendition)
def make_again(instance: Rendition, **kwargs: Any) -> None:
    """Wagtail removes files when a picture is replaced, or when an operator asks for it."""
    image = Image.objects.filter(pk=instance.image_id).first()
    if image is not None and instance.file.name in {
        made[0] for made in image.rendition_files.values()
    }:
        image.start_over()
        transaction.on_commit(partial(make_first_rendition, image.pk))
