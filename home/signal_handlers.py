from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from home.front.emptying import empty_places_of
from news.models import Edition


@receiver(post_save, sender=Edition)
def leave_the_front_page(instance: Edition, raw: bool, **kwargs: Any) -> None:
    """A story that is withdrawn, made private or moved away from readers has no place there."""
    if not instance.public and not raw:
        empty_places_of(instance.story_id)
