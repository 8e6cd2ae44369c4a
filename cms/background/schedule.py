"""The schedule: what is due becomes public, or ceases to be, without cron.

Any number of processes may run it. Each due thing is claimed under a row lock in a transaction
of its own, so exactly one process does it. What refuses is rolled back, put on record once, and
tried again at the next look; it never stops the rest.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from wagtail.log_actions import log, registry
from wagtail.models import DraftStateMixin, Page, Revision

from cms.background.runner import Job
from cms.log_actions import EXPIRY_REFUSED, PUBLISH_REFUSED

logger = logging.getLogger(__name__)

MAX_REASON = 500

# A lost connection, a deadlock, a busy file: says nothing about the story.
PASSING_TROUBLE = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class DueWork:
    """A kind of thing that falls due: which rows are due now, and what is done with one."""

    due: Callable[[], QuerySet]
    do: Callable[[Any], None]
    record: Callable[[Any, str], bool] = lambda row, reason: True


def run_due(stop: threading.Event | None = None) -> int:
    """Publish and expire what is due.

    In: an event that ends the work early, between two things. Out: how many were done here.
    Raises a database error only where the database is away.
    """
    done = 0
    for duty in _all_work():
        for pk in list(duty.due().values_list("pk", flat=True)):
            if stop is not None and stop.is_set():
                return done
            done += _do_or_record(duty, pk)
    return done


_registered: list[DueWork] = []


def register_due_work(duty: DueWork) -> None:
    """For other apps: something else that falls due. Called while they load."""
    _registered.append(duty)


def _all_work() -> Iterator[DueWork]:
    # Publishing comes first: expiring a page in Wagtail clears its schedule, so after a long
    # stop the other order would lose the change that was to keep the page.
    yield DueWork(_due_revisions, _publish, _record_revision)
    for model in _models_with_drafts():
        yield DueWork(partial(_due_to_expire, model), _expire, _record_expiry)
    yield from _registered


def _models_with_drafts() -> list[type[Model]]:
    others = [
        model
        for model in apps.get_models()
        if issubclass(model, DraftStateMixin) and not issubclass(model, Page)
    ]
    return [Page, *others]


def _due_revisions() -> QuerySet:
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now())
    return due.order_by("approved_go_live_at")


def _due_to_expire(model: Any) -> QuerySet:
    return model.objects.filter(live=True, expire_at__lte=timezone.now()).order_by("expire_at")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")


def _expire(row: Any) -> None:
    # Page rows come as plain pages; a page type may have its own way to be unpublished.
    thing = getattr(row, "specific", row)
    thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _do_or_record(duty: DueWork, pk: Any) -> bool:
    """Out: whether the thing was done here. Not done: in other hands, or refused."""
    try:
        return _do(duty, pk)
    except PASSING_TROUBLE as error:
        if not connection.is_usable():
            raise
        logger.warning("The schedule tries %s again: %s", pk, _reason(error))
    except Exception:
        logger.exception("The schedule could not record why %s was refused", pk)
    return False


def _do(duty: DueWork, pk: Any) -> bool:
    try:
        with transaction.atomic():
            # On SQLite the transaction itself is the lock (IMMEDIATE) and this line only reads.
            row = duty.due().filter(pk=pk).select_for_update(skip_locked=True).first()
            if row is None:
                return False
            duty.do(row)
    except PASSING_TROUBLE:
        raise
    except Exception as error:
        reason = _reason(error)
        if _record(duty, pk, reason):
            expected = isinstance(error, PermissionDenied | ValidationError)
            logger.warning("The schedule was refused: %s", reason, exc_info=not expected)
        return False
    return True


def _record(duty: DueWork, pk: Any, reason: str) -> bool:
    """Out: whether the refusal is new. The lock keeps two processes from recording it twice."""
    with transaction.atomic():
        row = duty.due().filter(pk=pk).select_for_update().first()
        # No row: it was done after all, and what failed came after the commit.
        return row is None or duty.record(row, reason)


def _record_revision(revision: Revision, reason: str) -> bool:
    thing, due = revision.content_object, revision.approved_go_live_at
    return _record_once(thing, PUBLISH_REFUSED, {"reason": reason, "due": str(due)}, revision)


def _record_expiry(row: Any, reason: str) -> bool:
    thing = getattr(row, "specific", row)
    return _record_once(thing, EXPIRY_REFUSED, {"reason": reason, "due": str(row.expire_at)}, None)


def _record_once(thing: Any, action: str, data: dict[str, str], revision: Revision | None) -> bool:
    """Log unless the last refusal of this revision says the same. Out: whether it was logged."""
    known = registry.get_logs_for_instance(thing).filter(action=action, revision=revision)
    last = known.order_by("-timestamp", "-pk").first()
    if last is not None and last.data == data:
        return False
    log(instance=thing, action=action, data=data, revision=revision)
    return True


def _reason(error: Exception) -> str:
    """What an error says, in one line."""
    text = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
    first_line = text.strip().partition("\n")[0]
    return first_line[:MAX_REASON] or type(error).__name__


SCHEDULE_JOB = Job("schedule", run_due, "published or expired %d")
