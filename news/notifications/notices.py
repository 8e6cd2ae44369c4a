"""Telling people what happened to a story, in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from cms.models import User
from news.models import ArticlePage
from news.notifications.models import Event, Notice

# What somebody was asked for, and is not any more once the other thing has happened.
REVIEW = (Event.SUBMITTED, Event.PASSED_ON)
ENDS: dict[str, tuple[Event, ...]] = {
    **dict.fromkeys((*REVIEW, Event.RETURNED, Event.WITHDRAWN, Event.SCHEDULED), REVIEW),
    Event.PUBLISHED: (*REVIEW, Event.FIX),
    Event.REVIEWED: (Event.BREAKING, Event.LATE),
}


def tell(
    event: str,
    people: Iterable[User],
    story: ArticlePage,
    *,
    by: User | None = None,
    reason: str = "",
    path: str = "",
    key: str = "",
) -> None:
    """In: who is told what of which story; who did it (they are not told); the address to go to
    (the story's editor unless given); a key for what is told to each person once only.
    """
    if asked := ENDS.get(event):
        over = Notice.objects.filter(story=story, event__in=asked, read_at=None)
        over.update(read_at=timezone.now())
    told = {person.pk: person for person in people if person.is_active and person != by}
    address = path or reverse("wagtailadmin_pages:edit", args=(story.pk,))
    notices = [
        Notice(
            person=person,
            story_id=story.pk,
            event=event,
            by=by,
            reason=reason,
            path=address,
            key=key,
            mail_at=timezone.now(),
        )
        for person in told.values()
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def notices_of(user: User) -> QuerySet[Notice]:
    """What somebody was told, the newest first, with what a list shows of it."""
    notices = Notice.objects.filter(person=user).select_related("story", "by")
    return notices.defer("story__body")


def unread(user: User) -> QuerySet[Notice]:
    return notices_of(user).filter(read_at=None)


def mark_read(user: User, ids: Iterable[int] | None = None) -> int:
    """In: whose notices, and which of them (None: all). Out: how many were unread."""
    notices = Notice.objects.filter(person=user, read_at=None)
    if ids is not None:
        notices = notices.filter(pk__in=ids)
    return notices.update(read_at=timezone.now())
