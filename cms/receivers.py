from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from cms import clock, rounds
from cms.media import make_renditions, note_uses
from cms.models import Image, PublicationSettings

rounds.register(clock.ROUNDS)


@receiver(page_published)
def note_uses_of_media(instance: Page, **kwargs: Any) -> None:
    note_uses(instance)


@receiver(post_save, sender=PublicationSettings)
def note_uses_of_the_publication(instance: PublicationSettings, **kwargs: Any) -> None:
    note_uses(instance)


@receiver(post_save, sender=Image)
def prepare_sizes(instance: Image, created: bool, **kwargs: Any) -> None:
    if created:
        transaction.on_commit(partial(make_renditions.enqueue, instance.pk))
