"""The record of one story: everything that people and the clock did to it, oldest first.

Editions, signatures, decisions of reviewers, changes of the text, fixes and Wagtail's log, each
in one query, however long the record is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
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
DECIDED = {
    TaskState.STATUS_APPROVED: "passed",
    TaskState.STATUS_REJECTED: "returned",
}


@dataclass(frozen=True)
class RecordEntry:
    """One thing that happened. `data` is what else is known of it, as plain data."""

    at: datetime
    what: str
    person: int | None
    name: str
    sentence: str
    reason: str = ""
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def record_of(story: ArticlePage, *, documents: bool = False) -> list[RecordEntry]:
    """In: a story; whether editions bring their document. Out: its record, oldest first."""
    entries = [
        *editions(story, documents),
        *signatures(story),
        *decisions(story),
        *contributions(story),
        *fixes(story),
        *log_entries(story),
    ]
    return sorted(entries, key=lambda entry: entry.at)


def id_and_name(person: User | None) -> tuple[int | None, str]:
    """Id and name; nobody is the clock or a program."""
    if person is None:
        return None, ""
    return person.pk, str(person)


def moment(at: datetime) -> str:
    return date_format(at, "SHORT_DATETIME_FORMAT")


def editions(story: ArticlePage, documents: bool) -> Iterator[RecordEntry]:
    rows = Edition.objects.filter(story=story).select_related("by", "second").order_by("number")
    for row in rows if documents else rows.defer("document"):
        data = {
            "number": row.number,
            "kind": row.kind,
            "door": row.channel,
            "live": row.live,
            "public": row.public,
            "digest": row.digest,
            "signatures": row.signatures,
            "signatures_asked": row.signatures_asked,
            "unreviewed": row.unreviewed,
            "second": row.second_id,
            "revision": row.revision_id,
        }
        sentence = _("Edition %(number)s: %(kind)s. %(door)s.") % {
            "number": row.number,
            "kind": Kind(row.kind).label.partition(":")[0],
            "door": row.get_channel_display(),
        }
        if row.unreviewed:
            second = id_and_name(row.second)[1]
            sentence += " " + _("Not reviewed before; asked to read it: %s.") % second
        extra = {"document": row.document} if documents else {}
        yield RecordEntry(
            row.at, "edition", *id_and_name(row.by), sentence, row.reason, row.note, data | extra
        )


def signatures(story: ArticlePage) -> Iterator[RecordEntry]:
    for row in Signature.objects.filter(story=story).select_related("person"):
        data = {
            "role": row.role,
            "kind": row.kind if row.role == Role.SIGNER else None,
            "digest": row.digest,
            "after_edition": row.after_edition,
            "public_from": row.public_from and row.public_from.isoformat(),
            "embargo": row.embargo,
        }
        sentence = str(Role(row.role).label).capitalize() + "."
        if row.public_from:
            template = _("Embargo until %s.") if row.embargo else _("Public from %s.")
            sentence += " " + template % moment(row.public_from)
        yield RecordEntry(
            row.at, "signature", *id_and_name(row.person), sentence, row.reason, row.note, data
        )


def decisions(story: ArticlePage) -> Iterator[RecordEntry]:
    """What reviewers decided at their stages, with what they wrote to the desk."""
    states = TaskState.objects.for_instance(story).filter(status__in=DECIDED)
    for state in states.select_related("task", "finished_by"):
        words = {"passed": _("%s: passed on."), "returned": _("%s: returned with comments.")}
        data = {"stage": state.task.name, "revision": state.revision_id}
        what = DECIDED[state.status]
        sentence = words[what] % state.task.name
        at = state.finished_at or state.started_at
        yield RecordEntry(
            at, what, *id_and_name(state.finished_by), sentence, state.comment, "", data
        )


def contributions(story: ArticlePage) -> Iterator[RecordEntry]:
    for row in Contribution.objects.filter(story=story).select_related("person"):
        data = {"revision": row.revision_id}
        yield RecordEntry(
            row.at, "contribution", *id_and_name(row.person), _("Changed the text."), data=data
        )


def fixes(story: ArticlePage) -> Iterator[RecordEntry]:
    for row in LiveFix.objects.filter(story=story).select_related("by"):
        kind = Kind(row.kind).label.partition(":")[0]
        sentence = _("Proposed a fix of the live text: %s.") % kind
        data = {
            "kind": row.kind,
            "revision": row.revision_id,
            "after_edition": row.after_edition,
        }
        yield RecordEntry(row.at, "fix", *id_and_name(row.by), sentence, row.reason, row.note, data)


def log_entries(story: ArticlePage) -> Iterator[RecordEntry]:
    """The rest of the desk's work: made, submitted, moved, locked, scheduled, shared, refused."""
    rows = PageLogEntry.objects.filter(page=story.pk).exclude(action__in=TOLD)
    for row in rows.select_related("user").order_by("timestamp", "pk"):
        data = {"action": row.action, "details": row.data}
        yield RecordEntry(
            row.timestamp,
            "log",
            *id_and_name(row.user),
            str(row.message).rstrip(".") + ".",
            data=data,
        )
