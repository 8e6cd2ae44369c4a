"""Rows that are written once: what is on record stays as it was."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NoReturn

from django.db import models


def refuse(model: type[models.Model], what: str) -> NoReturn:
    name = model._meta.verbose_name_plural
    raise TypeError(f"{name} are append-only: {what} would rewrite what is on record.")


class AppendOnlyQuerySet(models.QuerySet):
    """Reads and adds. Refuses, with a TypeError, what would change or remove rows."""

    def update(self, **values: Any) -> NoReturn:
        refuse(self.model, "update()")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse(self.model, "bulk_update()")

    def delete(self) -> NoReturn:
        refuse(self.model, "delete()")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        if kwargs.get("update_conflicts"):
            refuse(self.model, "bulk_create(update_conflicts=True)")
        return super().bulk_create(objs, *args, **kwargs)


class AppendOnly(models.Model):
    """Saved once, as a new row. A second save and a delete raise a TypeError.

    A row that goes because what it belongs to is deleted (CASCADE) is not asked: where that
    must not happen, use PROTECT. Fixtures and the flush of tests pass below this.
    """

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            refuse(type(self), "save() of a stored row")
        # Without it a new object with the key of a stored row would overwrite that row.
        super().save(**kwargs | {"force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        refuse(type(self), "delete()")
