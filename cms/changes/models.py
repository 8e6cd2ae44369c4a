"""The numbered stream of everything that changes what the public can see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.changes.registry import not_shared
from cms.models.append_only import AppendOnly

THE_COUNTER = 1
MAX_KIND = 32

Facts = dict[str, Any]


@not_shared("is the stream itself")
class Change(AppendOnly):
    """One change of what the public can see. Only `record()` writes it.

    `before` and `after` are the public facts of the subject, null where it was or is not public.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=MAX_KIND)
    subject = models.CharField(max_length=100)
    subject_id = models.PositiveBigIntegerField()
    before = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(null=True, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["number"]
        indexes = [models.Index(fields=["subject", "subject_id"], name="change_of_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.subject} {self.subject_id}"


@not_shared("is the stream itself")
class ChangeCounter(models.Model):
    """One row: the last number given. Whoever holds its lock writes the next Change."""

    number = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return str(self.number)


def lock_stream() -> None:
    """Take the lock of the stream early, until the end of the transaction.

    A transaction that writes a Change takes this lock before those of other rows: then no two
    of them wait for each other, and what one reads as "before" is what the last one left.
    """
    _advance(0)


def record_change(
    kind: str, subject: str, subject_id: int, before: Facts | None, after: Facts | None
) -> Change:
    """Write the next Change, in the transaction of what it reports.

    In: what happened ("edition", "created"), the label of the subject's model in lower case
    ("news.articlepage"), its id, its public facts before and after. Out: the Change. Numbers
    have no gaps and become visible in order: each is given under one row lock, which is kept
    until the commit, and a rollback takes it back. Raises TransactionManagementError outside a
    transaction, ValueError for a kind or subject that cannot be.
    """
    return record_changes(kind, subject, [(subject_id, before, after)])[0]


def record_changes(
    kind: str, subject: str, rows: Sequence[tuple[int, Facts | None, Facts | None]]
) -> list[Change]:
    """The same for many subjects of one model at once, numbered as one range.

    In: for each its id and its facts before and after.
    """
    if not kind or len(kind) > MAX_KIND:
        raise ValueError(f"The kind of a change has 1 to {MAX_KIND} letters, not {kind!r}.")
    if not _is_label(subject):
        raise ValueError(f"{subject!r} is not the label of a model, such as news.articlepage.")
    if any(before is None and after is None for _subject_id, before, after in rows):
        raise ValueError("A change of what was not and is not public is no change.")
    _advance(len(rows))
    last = ChangeCounter.objects.values_list("number", flat=True).get(pk=THE_COUNTER)
    changes = [
        Change(
            number=number,
            kind=kind,
            subject=subject,
            subject_id=subject_id,
            before=before,
            after=after,
        )
        for number, (subject_id, before, after) in enumerate(rows, start=last - len(rows) + 1)
    ]
    if len(changes) == 1:
        changes[0].save()
        return changes
    return Change.objects.bulk_create(changes)


def newest_number() -> int:
    """Out: the highest number, 0 while nothing was recorded."""
    return Change.objects.order_by("-number").values_list("number", flat=True).first() or 0


def changes_since(number: int, limit: int = 100) -> list[Change]:
    """In: the last number that a follower has seen. Out: the next changes, oldest first."""
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}.")
    return list(Change.objects.filter(number__gt=number).order_by("number")[:limit])


def _is_label(subject: str) -> bool:
    try:
        return apps.get_model(subject)._meta.label_lower == subject
    except (LookupError, ValueError):
        return False


def _advance(step: int) -> None:
    """Lock the counter and add `step`. An UPDATE: it locks on SQLite as it does on PostgreSQL."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            "A change is recorded in the transaction of what it reports: use transaction.atomic()."
        )
    counter = ChangeCounter.objects.filter(pk=THE_COUNTER)
    if not counter.update(number=F("number") + step):
        ChangeCounter.objects.get_or_create(pk=THE_COUNTER, defaults={"number": newest_number()})
        counter.update(number=F("number") + step)
