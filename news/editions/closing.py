"""Editions of stories that are public no more, or again."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from cms.changes.models import lock_stream
from cms.models import User
from news.content.story import Story
from news.editions.choices import Kind
from news.editions.context import PublicationContext, active_user, current_context
from news.editions.errors import ReasonNeeded
from news.editions.facts import public_facts, report
from news.editions.models import Edition
from news.editions.signatures import newest_edition


def close(stories: Sequence[Story], *, channel: str, live: bool, user: User | None = None) -> None:
    """Write that stories are public no more, all in one transaction.

    In: public stories, the channel, whether their rows stay live. Raises
    ReasonNeeded where nobody has said why.
    """
    passed = ask_why(stories)
    reason, by = (passed.reason, passed.by) if passed else ("", None)
    _write_state(
        stories,
        Kind.WITHDRAWAL,
        channel,
        live=live,
        public=False,
        reason=reason,
        by=by or user or active_user(),
    )


def ask_why(stories: Sequence[Story]) -> PublicationContext | None:
    """Raises ReasonNeeded if public stories go and nobody has said why. Out: who said what."""
    passed = current_context()
    if stories and (passed is None or not passed.reason.strip()):
        raise ReasonNeeded(len(stories), stories[0])
    return passed


def reopen(stories: Sequence[Story], *, channel: str) -> None:
    """Write that live stories are public again: what hid them is gone."""
    by = (passed.by if (passed := current_context()) else None) or active_user()
    _write_state(stories, Kind.RESTORED, channel, live=True, public=True, reason="", by=by)


@transaction.atomic
def _write_state(
    stories: Sequence[Story],
    kind: str,
    channel: str,
    *,
    live: bool,
    public: bool,
    reason: str,
    by: User | None,
) -> None:
    """The same text in another state."""
    if stories:
        lock_stream()
    for story in stories:
        before = newest_edition(story.pk)
        if before is None:
            continue
        edition = Edition.objects.create(
            story_id=story.pk,
            number=before.number + 1,
            kind=kind,
            live=live,
            public=public,
            document=before.document,
            digest=before.digest,
            format=before.format,
            signatures=before.signatures,
            signatures_asked=before.signatures_asked,
            revision_id=before.revision_id,
            channel=channel,
            reason=reason,
            by=by,
            at=timezone.now(),
        )
        shown, now = public_facts(before, story.pk), public_facts(edition, story.pk)
        report(story.pk, shown, now)
