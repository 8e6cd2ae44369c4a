"""A story as plain data: what people sign, and what everything behind publication is made of.

Signatures and editions store the number of the format in which their document was made. A format
never changes: a new field comes with a new one, beside the old ones, so that what was signed and
published in them stays computable and verifiable.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from news.content.story import Story

# Field of the story: its name in the document.
DOCUMENT_KEYS = {
    "title": "headline",
    "slug": "slug",
    "summary": "standfirst",
    "kicker": "kicker",
    "genre": "genre",
    "dateline": "dateline",
    "lead_image": "lead_image",
    "lead_image_caption": "lead_image_caption",
    "bylines": "byline",
    "credit_line": "credit_line",
    "body": "body",
    "tagged_items": "tags",
    "published_at": "published_at",
    "canonical_url": "canonical_url",
    "seo_title": "seo_title",
    "search_description": "search_description",
    "social_title": "social_title",
    "social_description": "social_description",
    "social_image": "social_image",
}

PLAIN = (
    *("title", "slug", "summary", "kicker", "genre", "dateline", "lead_image_caption"),
    *("credit_line", "canonical_url", "seo_title", "search_description"),
    *("social_title", "social_description"),
)


def document(story: Story, number: int | None = None) -> dict[str, Any]:
    """The text of a story, or of a draft of it, as plain data in the newest format or the one of
    this number: the same for the same text.
    """
    return FORMATS[number or FORMAT](story)


def format_1(story: Story) -> dict[str, Any]:
    """Pictures, files, pages, authors and tags stand in it by id. Asks the database for nothing
    where byline and tags are at hand, as they are on a draft.
    """
    found: dict[str, Any] = {DOCUMENT_KEYS[name]: getattr(story, name) for name in PLAIN}
    return found | {
        "lead_image": story.lead_image_id,
        "social_image": story.social_image_id,
        "byline": [byline.author_id for byline in in_order(story.bylines.all())],
        "tags": sorted(item.tag_id for item in story.tagged_items.all()),
        "body": [without_ids(block) for block in story.body.raw_data],
        "published_at": date_set_by_hand(story),
    }


FORMATS: dict[int, Callable[[Story], dict[str, Any]]] = {1: format_1}
FORMAT = max(FORMATS)


def digest(data: dict[str, Any]) -> str:
    """In: a document. Out: 64 hexadecimal digits (SHA-256) that no other text has."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def date_set_by_hand(story: Story) -> str | None:
    """The date that an editor gave the story; None for the moment of its publication."""
    given = in_milliseconds(story.published_at)
    return None if given == in_milliseconds(story.first_published_at) else given


def in_milliseconds(moment: datetime | None) -> str | None:
    """As precise as a revision keeps it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds") if moment else None


def in_order(rows: Any) -> list[Any]:
    """Rows of a draft that are not saved yet have no number; they stand as they were given."""
    return sorted(rows, key=lambda row: (row.sort_order is None, row.sort_order or 0, row.pk or 0))


def without_ids(value: Any) -> Any:
    """A block's stored value without what Wagtail numbers, and without parts that are empty.

    A form gives a whole number of a table back as 12.0.
    """
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list):
        return [without_ids(item) for item in value]
    if not isinstance(value, dict):
        return value
    numbered = value.keys() >= {"type", "value"}
    parts = {name: without_ids(part) for name, part in value.items()}
    return {
        name: part
        for name, part in parts.items()
        if not (numbered and name == "id") and part not in ("", None, [], {})
    }
