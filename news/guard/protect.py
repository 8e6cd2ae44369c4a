"""What an edition names stays: its authors, pictures and documents, and the files of these."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from wagtail.documents.models import Document

from cms.models import Image
from news.editions.errors import Refused
from news.editions.models import EditionReference


def is_referenced(row: Model) -> bool:
    """Whether an edition refers to the row."""
    return EditionReference.objects.filter(model=row._meta.label_lower, object_id=row.pk).exists()


def refuse_deletion(instance: Model, **kwargs: Any) -> None:
    if is_referenced(instance):
        raise Refused(_("“%s” cannot be deleted: a story that was public names it.") % instance)


def refuse_new_file(instance: Image | Document, raw: bool, **kwargs: Any) -> None:
    """Readers of a story that was signed with one picture do not get another."""
    if raw or instance._state.adding:
        return
    stored = type(instance)._default_manager.filter(pk=instance.pk).values_list("file", flat=True)
    if stored.first() != instance.file.name and is_referenced(instance):
        raise Refused(
            _("The file of “%s” cannot be replaced: upload a new one, change the story.") % instance
        )
