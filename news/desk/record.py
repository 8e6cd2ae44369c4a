"""The record of one story: everything that people and the schedule did to it, oldest first.

Editions, signatures, decisions of reviewers, changes of the text, fixes and Wagtail's log, each
in one query, however long the record is. As a file it is CSV for tables or JSON for programs:
docs/record.md names their keys.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import PageLogEntry, TaskState

from cms.models import User
from news.desk.models import LiveFix
from news.editions.choices import Kind, Role
from news.editions.models import Contribution, Edition, Signature
from news.models import ArticlePage

# Told by editions, contributions and decisions already, and more exactly.
TOLD = (
    *("wagtail.edit", "wagtail.publish", "wagtail.unpublish"),
    *("wagtail.workflow.approve", "wagtail.workflow.reject"),
)
DECIDED = {TaskState.STATUS_APPROVED: "passed", TaskState.STATUS_REJECTED: "returned"}
EDITION = (
    "number kind door live public digest signatures signatures_asked unreviewed second revision"
)
# Keys of the record that are named otherwise in the database.
FIELDS = {"door": "channel", "second": "second_id", "revision": "revision_id"}
COLUMNS = ("at", "what", "name", "sentence", "reason", "note", "number", "kind", "door", "digest")
# With one of these a cell would be a formula in a spreadsheet.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@dataclass(frozen=True)
class RecordEntry:
    """One thing that happened. `data` is what else is known of it, as plain data."""

    at: datetime
    what: str
    person: User | None
    sentence: str
    reason: str = ""
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Empty where the schedule or a program did it."""
        return str(self.person or "")

    def as_data(self) -> dict[str, Any]:
        facts = data_of(self, "at what person name sentence reason note")
        return facts | {"at": in_utc(self.at), "person": self.person and self.person.pk}


def record_of(story: ArticlePage, *, documents: bool = False) -> list[RecordEntry]:
    """With `documents` each edition brings the text that was public."""
    entries = [
        *editions(story, documents),
        *signatures(story),
        *decisions(story),
        *contributions(story),
        *fixes(story),
        *log_entries(story),
    ]
    return sorted(entries, key=lambda entry: entry.at)


def data_of(row: Any, keys: str) -> dict[str, Any]:
    return {key: getattr(row, FIELDS.get(key, key)) for key in keys.split()}


def kind_of(row: Edition | LiveFix) -> str:
    return Kind(row.kind).label.partition(":")[0]


def editions(story: ArticlePage, documents: bool) -> Iterator[RecordEntry]:
    rows = Edition.objects.filter(story=story).select_related("by", "second").order_by("number")
    for row in rows if documents else rows.defer("document"):
        facts = {"number": row.number, "kind": kind_of(row), "door": row.get_channel_display()}
        sentence = _("Edition %(number)s: %(kind)s. %(door)s.") % facts
        if row.unreviewed:
            sentence += " " + _("Not reviewed before; asked to read it: %s.") % (row.second or "")
        data = data_of(row, f"{EDITION} document" if documents else EDITION)
        yield RecordEntry(row.at, "edition", row.by, sentence, row.reason, row.note, data)


def signatures(story: ArticlePage) -> Iterator[RecordEntry]:
    for row in Signature.objects.filter(story=story).select_related("person"):
        data = data_of(row, "role kind digest after_edition public_from embargo")
        if row.role != Role.SIGNER:
            data["kind"] = None
        sentence = str(Role(row.role).label).capitalize() + "."
        if row.public_from:
            data["public_from"] = row.public_from.isoformat()
            template = _("Embargo until %s.") if row.embargo else _("Public from %s.")
            sentence += " " + template % date_format(row.public_from, "SHORT_DATETIME_FORMAT")
        yield RecordEntry(row.at, "signature", row.person, sentence, row.reason, row.note, data)


def decisions(story: ArticlePage) -> Iterator[RecordEntry]:
    """What reviewers decided at their stages, with what they wrote to the desk."""
    words = {"passed": _("%s: passed on."), "returned": _("%s: returned with comments.")}
    states = TaskState.objects.for_instance(story).filter(status__in=DECIDED)
    for row in states.select_related("task", "finished_by"):
        what = DECIDED[row.status]
        at = row.finished_at or row.started_at
        data = {"stage": row.task.name, "revision": row.revision_id}
        sentence = words[what] % row.task.name
        yield RecordEntry(at, what, row.finished_by, sentence, row.comment, data=data)


def contributions(story: ArticlePage) -> Iterator[RecordEntry]:
    for row in Contribution.objects.filter(story=story).select_related("person"):
        data = data_of(row, "revision")
        yield RecordEntry(row.at, "contribution", row.person, _("Changed the text."), data=data)


def fixes(story: ArticlePage) -> Iterator[RecordEntry]:
    for row in LiveFix.objects.filter(story=story).select_related("by"):
        sentence = _("Proposed a fix of the live text: %s.") % kind_of(row)
        data = data_of(row, "kind revision after_edition")
        yield RecordEntry(row.at, "fix", row.by, sentence, row.reason, row.note, data)


def log_entries(story: ArticlePage) -> Iterator[RecordEntry]:
    """The rest of the desk's work: made, submitted, moved, locked, scheduled, shared, refused."""
    rows = PageLogEntry.objects.filter(page=story.pk).exclude(action__in=TOLD)
    for row in rows.select_related("user").order_by("timestamp", "pk"):
        sentence = str(row.message).rstrip(".") + "."
        data = {"action": row.action, "details": row.data}
        yield RecordEntry(row.timestamp, "log", row.user, sentence, data=data)


def in_utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def record_as_csv(entries: list[RecordEntry]) -> str:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for entry in entries:
        row = entry.data | entry.as_data()
        writer.writerow([harmless(row.get(column)) for column in COLUMNS])
    return file.getvalue()


def harmless(value: Any) -> str:
    """As text that no spreadsheet takes for a formula."""
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
        "entries": [entry.as_data() | {"data": entry.data} for entry in entries],
    }
