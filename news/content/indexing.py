"""A story that goes live is indexed once, when its byline and its tags are stored as well.

Stock Wagtail brings the index of references up to date for the page and again for every row of its
byline, and the search index before those rows are stored: a tag that is new would not be found.
While `indexed_at_the_end()` is active neither happens; `cms.media.usage.note_uses` does both.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from modelsearch import index
from modelsearch.tasks import insert_or_update_object_task
from wagtail.signal_handlers import disable_reference_index_auto_update

_waiting: ContextVar[bool] = ContextVar("waiting_for_index", default=False)


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    if _waiting.get():
        yield
        return
    token = _waiting.set(True)
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        _waiting.reset(token)


def index_story(instance: Any, raw: bool, **kwargs: Any) -> None:
    if not (raw or _waiting.get()):
        meta = instance._meta
        insert_or_update_object_task.enqueue(meta.app_label, meta.model_name, str(instance.pk))


def remove_story_from_index(instance: Any, **kwargs: Any) -> None:
    index.remove_object(instance)
