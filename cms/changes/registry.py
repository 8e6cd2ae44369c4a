"""Shared facts: what the public sees that is not part of a story's own text.

Each model says beside its fields which of them are such facts, `@shared(...)`, or why none is,
`@not_shared(...)`. A system check names the models of ours that say neither. The models of Wagtail
are declared by `cms`, in `wagtail_facts.py` and, for files, in `cms/media/usage.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

ModelClass = TypeVar("ModelClass", bound=type[Model])

PAGE_FACTS = (
    *("title", "slug", "url_path", "seo_title", "search_description"),
    *("show_in_menus", "locale", "alias_of"),
)


@dataclass(frozen=True)
class SharedFacts:
    """`public` narrows rows to those that the public can see; None: pages that are published,
    every row of other models.
    """

    model: Any
    fields: tuple[str, ...]
    public: Callable[[QuerySet], QuerySet] | None = None


# By the label of the model, such as `news.tag`.
SHARED: dict[str, SharedFacts] = {}
# Rows that are facts of another subject: their model, and the field that names it.
PARTS: dict[str, tuple[Any, str]] = {}
# What a reader's page reads besides, and why it is not followed here.
NOT_SHARED: dict[str, str] = {}


def shared(
    *fields: str, public: Callable[[QuerySet], QuerySet] | None = None
) -> Callable[[ModelClass], ModelClass]:
    """Declare fields of a model as shared facts. `slots__story` stands for the field of all rows
    behind `slots`, in their order.
    """

    def declare(model: ModelClass) -> ModelClass:
        SHARED[model._meta.label_lower] = SharedFacts(model, fields, public)
        return model

    return declare


def part_of(owner: str) -> Callable[[ModelClass], ModelClass]:
    """Declare the rows of a model as facts of the row that its field `owner` names."""

    def declare(model: ModelClass) -> ModelClass:
        PARTS[model._meta.label_lower] = model, owner
        return model

    return declare


def not_shared(reason: str) -> Callable[[ModelClass], ModelClass]:
    def declare(model: ModelClass) -> ModelClass:
        NOT_SHARED[model._meta.label_lower] = reason
        return model

    return declare
