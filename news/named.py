"""Documents with names in the place of ids, for people who compare them."""

from __future__ import annotations

from typing import Any

from cms.models import Image
from news.differences import Difference, differences
from news.genres import Genre
from news.models import AuthorPage, Tag

PICTURES = ("lead_image", "social_image")


def named_differences(before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """In: two documents, the first empty where there was none. Out: what a person sees of what
    changed between them.
    """
    texts = iter(with_names(*(text for text in (before, after) if text)))
    return differences(next(texts) if before else {}, next(texts))


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
        | {"genre": str(Genre(text["genre"]).label)}
        for text in documents
    ]


def names(model: type, field: str, ids: list[int | None]) -> dict[int, str]:
    found = model._default_manager.filter(pk__in={pk for pk in ids if pk})  # type: ignore[attr-defined]
    return dict(found.values_list("pk", field))
