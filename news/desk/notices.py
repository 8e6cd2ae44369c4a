"""Telling people what happened to a story, in the transaction of what happened."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from cms.models import User
from news.models import ArticlePage, Notice


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
