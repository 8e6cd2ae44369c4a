"""Documents with names in the place of ids, for people who compare them."""

from __future__ import annotations

from typing import Any

from cms.models import Image
from news.models import AuthorPage, Tag

PICTURES = ("lead_image", "social_image")


def with_names(*documents: dict[str, Any]) -> list[dict[str, Any]]:
    """In: documents. Out: the same, naming authors, tags and pictures (three queries)."""
    authors = names(AuthorPage, "title", [pk for text in documents for pk in text["byline"]])
    tags = names(Tag, "name", [pk for text in documents for pk in text["tags"]])
    pictures = names(Image, "title", [text[name] for text in documents for name in PICTURES])
    return [
        text
        | {"byline": [authors.get(pk, f"#{pk}") for pk in text["byline"]]}
        | {"tags": [tags.get(pk, f"#{pk}") for pk in text["tags"]]}
        | {name: pictures.get(text[name], text[name]) for name in PICTURES}
        for text in documents
    ]


def names(model: type, field: str, ids: list[int | None]) -> dict[int, str]:
    found = model._default_manager.filter(pk__in={pk for pk in ids if pk})  # type: ignore[attr-defined]
    return dict(found.values_list("pk", field))
