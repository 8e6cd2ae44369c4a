from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from cms import clock, rounds, sizes
from cms.media import note_uses
from cms.models import Image, PublicationSettings, Rendition

rounds.register(clock.ROUNDS)
rounds.register(sizes.ROUNDS)


@receiver(page_published)
def note_uses_of_media(instance: Page, **kwargs: Any) -> None:
    note_uses(instance)


@receiver(post_save, sender=PublicationSettings)
def note_uses_of_the_publication(instance: PublicationSettings, **kwargs: Any) -> None:
    note_uses(instance)


@receiver(post_save, sender=Image)
def prepare_sizes(instance: Image, **kwargs: Any) -> None:
    if instance.sizes_for != instance.shape:
        instance.start_over()
        transaction.on_commit(partial(sizes.make_first, instance.pk))


@receiver(post_delete, sender=Rendition)
def make_again(instance: Rendition, **kwargs: Any) -> None:
    """Wagtail removes files when a picture is replaced, or when an operator asks for it."""
    image = Image.objects.filter(pk=instance.image_id).first()
    if image is not None and instance.file.name in {made[0] for made in image.sizes.values()}:
        image.start_over()
        transaction.on_commit(partial(sizes.make_first, image.pk))
