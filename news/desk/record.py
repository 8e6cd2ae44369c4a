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
from news.kinds import Kind, Role
from news.models import ArticlePage, Contribution, Edition, LiveFix, Signature

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
class Entry:
    """One thing that happened. `data` is what else is known of it, as plain data."""

    at: datetime
    what: str
    person: int | None
    name: str
    sentence: str
    reason: str = ""
    note: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def record_of(story: ArticlePage, *, documents: bool = False) -> list[Entry]:
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


def named(person: User | None) -> tuple[int | None, str]:
    """Id and name; nobody is the clock or a program."""
    if person is None:
        return None, ""
    return person.pk, str(person)


def moment(at: datetime) -> str:
    return date_format(at, "SHORT_DATETIME_FORMAT")


def editions(story: ArticlePage, documents: bool) -> Iterator[Entry]:
    rows = Edition.objects.filter(story=story).select_related("by", "second").order_by("number")
    for row in rows if documents else rows.defer("document"):
        data = {
            "number": row.number,
            "kind": row.kind,
            "door": row.door,
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
            "door": row.get_door_display(),
        }
        if row.unreviewed:
            second = named(row.second)[1]
            sentence += " " + _("Not reviewed before; asked to read it: %s.") % second
        extra = {"document": row.document} if documents else {}
        yield Entry(row.at, "edition", *named(row.by), sentence, row.reason, row.note, data | extra)


def signatures(story: ArticlePage) -> Iterator[Entry]:
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
        yield Entry(row.at, "signature", *named(row.person), sentence, row.reason, row.note, data)


def decisions(story: ArticlePage) -> Iterator[Entry]:
    """What reviewers decided at their stages, with what they wrote to the desk."""
    states = TaskState.objects.for_instance(story).filter(status__in=DECIDED)
    for state in states.select_related("task", "finished_by"):
        words = {"passed": _("%s: passed on."), "returned": _("%s: returned with comments.")}
        data = {"stage": state.task.name, "revision": state.revision_id}
        what = DECIDED[state.status]
        sentence = words[what] % state.task.name
        at = state.finished_at or state.started_at
        yield Entry(at, what, *named(state.finished_by), sentence, state.comment, "", data)


def contributions(story: ArticlePage) -> Iterator[Entry]:
    for row in Contribution.objects.filter(story=story).select_related("person"):
        data = {"revision": row.revision_id}
        yield Entry(row.at, "contribution", *named(row.person), _("Changed the text."), data=data)


def fixes(story: ArticlePage) -> Iterator[Entry]:
    for row in LiveFix.objects.filter(story=story).select_related("by"):
        kind = Kind(row.kind).label.partition(":")[0]
        sentence = _("Proposed a fix of the live text: %s.") % kind
        data = {
            "kind": row.kind,
            "revision": row.revision_id,
            "after_edition": row.after_edition,
        }
        yield Entry(row.at, "fix", *named(row.by), sentence, row.reason, row.note, data)


def log_entries(story: ArticlePage) -> Iterator[Entry]:
    """The rest of the desk's work: made, submitted, moved, locked, scheduled, shared, refused."""
    rows = PageLogEntry.objects.filter(page=story.pk).exclude(action__in=TOLD)
    for row in rows.select_related("user").order_by("timestamp", "pk"):
        data = {"action": row.action, "details": row.data}
        yield Entry(
            row.timestamp, "log", *named(row.user), str(row.message).rstrip(".") + ".", data=data
        )
