"""Changes of shared facts, written to the numbered stream as they happen.

Every save of a shared model runs in a transaction that also writes its Change, so the two cannot
part. `Page.save()` writes child rows after its own, and all of them make one Change; the other
models are met in `save_base()`, as Django sends `post_save` after the commit where there is no
transaction. A publication or a move of a shared page is one Change with all that hangs on it: used
media are noted, redirects added, then it commits. See `cms/wagtail_patches.py`. Deletions come as
signals: Django sends them, for cascades too, in the transaction that deletes.

`QuerySet.update()`, `bulk_create()` and raw SQL call neither: code that uses them on a shared model
calls `record_change()`. Fixtures and migrations are not recorded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import transaction
from django.db.models import Model
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator
from wagtail.models import Page

from cms.changes.models import Facts, lock_stream, record_change
from cms.changes.registry import SHARED
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


def record_save(save: Callable[..., Any], row: Any, *args: Any, **options: Any) -> Any:
    """`Page.save()` and the `save_base()` of other models, with the Change that it makes."""
    subject = None if options.get("raw") else subject_of(row)
    if (
        subject is None
        or subject.starts_private
        or not touches_facts(subject, row, options.get("update_fields"))
    ):
        return save(row, *args, **options)
    with recorded(subject):
        return save(row, *args, **options)


def record_save_base(save: Callable[..., Any], row: Any, *args: Any, **options: Any) -> Any:
    if isinstance(row, Page):
        return save(row, *args, **options)
    return record_save(save, row, *args, **options)


def record_publication(execute: Callable[..., Any], action: Any, *args: Any, **options: Any) -> Any:
    """One transaction, whatever is published; of shared facts with their Change."""
    subject = subject_of(action.object)
    with recorded(subject) if subject else transaction.atomic():
        return execute(action, *args, **options)


def record_move(execute: Callable[..., Any], action: Any, *args: Any, **options: Any) -> Any:
    subject = subject_of(action.page)
    with recorded(subject, moving=True) if subject else transaction.atomic():
        return execute(action, *args, **options)


def record_redirects(process: Callable[..., Any], batch: BatchRedirectCreator) -> None:
    """Wagtail adds the redirects of a renamed page, and of all below it, in bulk and only after
    the commit. One Change says so, with the facts of the first of them.
    """
    first = batch.items[0] if batch.items else None
    with transaction.atomic():
        lock_stream()
        process(batch)
        if first is not None:
            stored = Redirect.objects.filter(old_path=first.old_path, site_id=first.site_id)
            subject = Subject(stored.latest("pk"))
            note(subject, None, subject.facts())


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
