"""What an edition names stays: its authors, pictures and documents, and the files of these."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.documents.models import Document

from cms.models import Image
from news.desk.refusals import Refused
from news.models import AuthorPage, Named


def is_named(row: Model) -> bool:
    """Whether an edition refers to the row."""
    return Named.objects.filter(model=row._meta.label_lower, object_id=row.pk).exists()


@receiver(pre_delete, sender=Image)
@receiver(pre_delete, sender=Document)
@receiver(pre_delete, sender=AuthorPage)
def keep_what_is_on_record(instance: Model, **kwargs: Any) -> None:
    if is_named(instance):
        raise Refused(_("“%s” cannot be deleted: a story that was public names it.") % instance)


@receiver(pre_save, sender=Image)
@receiver(pre_save, sender=Document)
def keep_its_file(instance: Image | Document, raw: bool, **kwargs: Any) -> None:
    """Readers of a story that was signed with one picture do not get another."""
    if raw or instance._state.adding:
        return
    stored = type(instance)._default_manager.filter(pk=instance.pk).values_list("file", flat=True)
    if stored.first() != instance.file.name and is_named(instance):
        raise Refused(
            _("The file of “%s” cannot be replaced: upload a new one, change the story.") % instance
        )
