"""What a Change is about, and its public facts as they are stored."""

from __future__ import annotations

from typing import Any

from django.db.models import FileField, Model, QuerySet
from wagtail.blocks import StreamValue
from wagtail.models import Page

from cms.changes.models import Facts
from cms.changes.registry import PARTS, SHARED, SharedFacts
from cms.models import published


class Subject:
    """What a Change is about: a row of a shared model."""

    def __init__(self, row: Model) -> None:
        self.row = row
        self.label = label_of(row)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Subject) and self.key == other.key

    @property
    def key(self) -> tuple[str, Any]:
        """Read anew each time: a new row gets its id while it is being saved."""
        return self.label, self.row.pk

    @property
    def starts_private(self) -> bool:
        """Whether this is a new row that cannot be public yet."""
        if isinstance(self.row, Page):
            return self.row._state.adding and not self.row.live
        return self.row._state.adding and SHARED[self.label].public is not None

    def facts(self) -> Facts | None:
        """Its public facts as stored, None while it is not public. A query or two."""
        declared = SHARED[self.label]
        row = public_rows(declared).filter(pk=self.row.pk).first()
        return {name: fact_of(row, name) for name in declared.fields} if row else None


def label_of(row: Model) -> str:
    """The model that a row is stored as: of a page's row in the tree, the page's own type."""
    model: Any = (row.specific_class if isinstance(row, Page) else None) or type(row)
    return model._meta.concrete_model._meta.label_lower


def subject_of(row: Model | None) -> Subject | None:
    """The shared subject whose facts the row holds, if any. The models of migrations are none."""
    label = label_of(row) if row is not None else ""
    if part := PARTS.get(label):
        model, owner = part
        return subject_of(getattr(row, owner)) if isinstance(row, model) else None
    declared = SHARED.get(label)
    if row is None or declared is None or not isinstance(row, (Page, declared.model)):
        return None
    return Subject(row)


def public_rows(declared: SharedFacts) -> QuerySet:
    """The rows of a shared model that the public can see."""
    rows = declared.model._default_manager.all()
    if declared.public is not None:
        return declared.public(rows)
    return published(rows) if issubclass(declared.model, Page) else rows


def fact_of(row: Any, name: str) -> Any:
    relation, _, field = name.partition("__")
    if field:
        rows = getattr(row, relation).all()
        rows = rows if rows.ordered else rows.order_by(field)
        return list(rows.values_list(field, flat=True))
    stored = row._meta.get_field(name)
    value = getattr(row, stored.attname)
    if isinstance(stored, FileField):
        return value.name
    # As stored: reading the blocks themselves would ask for what they refer to.
    return [dict(block) for block in value.raw_data] if isinstance(value, StreamValue) else value
