"""Changes of shared facts, written to the numbered stream as they happen.

Every save of a shared model runs in a transaction that also writes its Change, so the two cannot
part: `follow_shared_models()` wraps `Page.save()` (it writes child rows after its own, and all of
them make one Change) and `save_base()` of the other models (Django sends `post_save` after the
commit where there is no transaction, too late for this). So does every publication and move of a
shared page with all that hangs on it: used media are noted, redirects added, then it commits.
Deletions come as signals: Django sends them, for cascades too, in the transaction that deletes.

`QuerySet.update()`, `bulk_create()` and raw SQL call neither: whoever uses them on a shared model
calls `record()`. Fixtures and migrations are not recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, pre_delete
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator
from wagtail.models import Page

from cms.changes import wagtail_facts  # noqa: F401 - declares them
from cms.changes.models import Facts, lock_stream, record_change
from cms.changes.registry import PARTS, SHARED
from cms.changes.subjects import Subject, subject_of

_being_saved: ContextVar[tuple[Subject, ...]] = ContextVar("_being_saved", default=())


@contextmanager
def recorded(subject: Subject, *, moving: bool = False) -> Iterator[None]:
    """What happens inside writes one Change, in its own transaction, if public facts differ.

    A save within the save of the same subject belongs to the outer one.
    """
    if subject in _being_saved.get():
        yield
        return
    with transaction.atomic():
        lock_stream()
        before = subject.facts()
        token = _being_saved.set((*_being_saved.get(), subject))
        try:
            yield
        finally:
            _being_saved.reset(token)
        note(subject, before, subject.facts(), moving=moving)


def note(
    subject: Subject, before: Facts | None, after: Facts | None, *, moving: bool = False
) -> None:
    """Record what became of the public facts of a subject. A new place among its neighbours is
    a move too, though no fact of its own differs.
    """
    if before is None and after is None:
        return
    if before is None:
        kind = "created"
    elif after is None:
        kind = "removed"
    elif moving or before.get("url_path") != after.get("url_path"):
        kind = "moved"
    elif before != after:
        kind = "changed"
    else:
        return
    record_change(kind, *subject.key, before, after)


def touches_facts(subject: Subject, row: Model, fields: Any) -> bool:
    """Whether a save of these fields (None: all) may change what the public sees."""
    if fields is None or row is not subject.row:
        return True
    facts = {"live", *(name.partition("__")[0] for name in SHARED[subject.label].fields)}
    return not facts.isdisjoint(name.removesuffix("_id") for name in fields)


def _recording_save(save: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(save)
    def recorded_save(row: Any, *args: Any, **options: Any) -> Any:
        subject = None if options.get("raw") else subject_of(row)
        if (
            subject is None
            or subject.starts_private
            or not touches_facts(subject, row, options.get("update_fields"))
        ):
            return save(row, *args, **options)
        with recorded(subject):
            return save(row, *args, **options)

    return recorded_save


def _recording_action(
    execute: Callable[..., Any], page_of: str, *, moving: bool = False
) -> Callable[..., Any]:
    """In: the `execute()` of a Wagtail action, and which attribute of it is the page."""

    @wraps(execute)
    def recorded_action(action: Any, *args: Any, **options: Any) -> Any:
        subject = subject_of(getattr(action, page_of))
        if subject is None:
            return execute(action, *args, **options)
        with recorded(subject, moving=moving):
            return execute(action, *args, **options)

    return recorded_action


def _recording_batch(process: Callable[..., Any]) -> Callable[..., Any]:
    """Wagtail adds the redirects of a renamed page, and of all below it, in bulk and only after
    the commit. One Change says so, with the facts of the first of them.
    """

    @wraps(process)
    def recorded_batch(batch: BatchRedirectCreator) -> None:
        first = batch.items[0] if batch.items else None
        with transaction.atomic():
            lock_stream()
            process(batch)
            if first is not None:
                stored = Redirect.objects.filter(old_path=first.old_path, site_id=first.site_id)
                subject = Subject(stored.latest("pk"))
                note(subject, None, subject.facts())

    return recorded_batch


def before_removal(instance: Model, origin: Any, **kwargs: Any) -> None:
    """Django announces all rows of a deletion before it deletes the first."""
    subject = subject_of(instance)
    if subject is None:
        return
    lock_stream()
    # Kept on what Django hands to both signals: a deletion that fails leaves nothing behind.
    vars(instance)["_facts_before"] = subject.facts()
    if subject.row is instance and origin is not None:
        origin.__dict__.setdefault("_removed_subjects", []).append(subject)


def after_removal(instance: Model, origin: Any, **kwargs: Any) -> None:
    subject = subject_of(instance)
    if subject is None or subject in _being_saved.get():
        return
    if subject.row is not instance and subject in getattr(origin, "_removed_subjects", ()):
        return
    note(subject, vars(instance)["_facts_before"], subject.facts())


def follow_shared_models() -> None:
    """Start recording. Called once, when all models are loaded."""
    Page.save = _recording_save(Page.save)
    PublishRevisionAction.execute = _recording_action(PublishRevisionAction.execute, "object")
    MovePageAction.execute = _recording_action(MovePageAction.execute, "page", moving=True)
    BatchRedirectCreator.process = _recording_batch(BatchRedirectCreator.process)
    for label in [*SHARED, *PARTS]:
        model: Any = apps.get_model(label)
        if not issubclass(model, Page):
            model.save_base = _recording_save(model.save_base)
        pre_delete.connect(before_removal, sender=model, dispatch_uid=f"before_removal {label}")
        post_delete.connect(after_removal, sender=model, dispatch_uid=f"after_removal {label}")
