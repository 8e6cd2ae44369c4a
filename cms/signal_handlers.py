"""What the publication does when something happens elsewhere.

Loaded last, when every model is there and every app has said which of its facts are shared.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import page_published

from cms.background.runner import register_job
from cms.background.schedule import SCHEDULE_JOB
from cms.changes import recording, wagtail_facts
from cms.changes.registry import PARTS, SHARED
from cms.media.renditions import RENDITIONS_JOB, make_first_rendition
from cms.media.usage import note_uses
from cms.models import Image, PublicationSettings, Rendition
from cms.patches import apply
from cms.wagtail_patches import PATCHES


def note_uses_of_media(instance: Page | PublicationSettings, **kwargs: Any) -> None:
    note_uses(instance)


def prepare_renditions(instance: Image, **kwargs: Any) -> None:
    if instance.renditions_of != instance.shape:
        instance.start_over()
        transaction.on_commit(partial(make_first_rendition, instance.pk))


def make_again(instance: Rendition, **kwargs: Any) -> None:
    """Wagtail removes files when a picture is replaced, or when an operator asks for it."""
    image = Image.objects.filter(pk=instance.image_id).first()
    known = {made[0] for made in image.rendition_files.values()} if image is not None else ()
    if image is not None and instance.file.name in known:
        image.start_over()
        transaction.on_commit(partial(make_first_rendition, image.pk))


wagtail_facts.declare()
apply(PATCHES)
for model in (
    *(facts.model for facts in SHARED.values()),
    *(row for row, _owner in PARTS.values()),
):
    pre_delete.connect(recording.before_removal, sender=model)
    post_delete.connect(recording.after_removal, sender=model)

page_published.connect(note_uses_of_media)
post_save.connect(note_uses_of_media, sender=PublicationSettings)
post_save.connect(prepare_renditions, sender=Image)
post_delete.connect(make_again, sender=Rendition)

register_job(SCHEDULE_JOB)
register_job(RENDITIONS_JOB)
