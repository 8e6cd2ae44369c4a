"""The record of a story as files: CSV for tables, JSON for programs. Keys: docs/record.md."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

from news.desk.record import RecordEntry
from news.models import ArticlePage

COLUMNS = ("at", "what", "name", "sentence", "reason", "note", "number", "kind", "door", "digest")
# With one of these a cell would be a formula in a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def in_utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def record_as_csv(entries: list[RecordEntry]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for entry in entries:
        row = entry.data | as_data(entry)
        writer.writerow([harmless(row.get(column)) for column in COLUMNS])
    return file.getvalue()


def harmless(value: Any) -> str:
    """In: what a cell holds. Out: the same as text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text.lstrip(" ").startswith(FORMULA) else text


def record_as_json(story: ArticlePage, entries: list[RecordEntry], now: datetime) -> dict[str, Any]:
    return {
        "format": "dateline-record-1",
        "exported_at": in_utc(now),
        "story": {
            "id": story.pk,
            "headline": story.draft_title,
            "address": story.full_url,
            "public": story.live,
        },
        "entries": [as_data(entry) | {"data": entry.data} for entry in entries],
    }


def as_data(entry: RecordEntry) -> dict[str, Any]:
    return {
        "at": in_utc(entry.at),
        "what": entry.what,
        "person": entry.person,
        "name": entry.name,
        "sentence": entry.sentence,
        "reason": entry.reason,
        "note": entry.note,
    }
