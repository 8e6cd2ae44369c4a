"""Who is told of what happens to a story, and the notices they get in the same transaction."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Revision, TaskState

from cms.models import User
from news.desk.live_text import text_of
from news.desk.models import Claim, LiveFix
from news.editions.models import Contribution, Edition, Signature
from news.editions.settings import signs_alone
from news.editions.signatures import Work
from news.models import ArticlePage, AuthorPage
from news.notifications.models import Event, Notice
from news.review.access import access_of, editors_at, may_approve
from news.review.roles import ADMINISTRATORS, MANAGING_EDITORS
from news.review.stages import ReviewTask


def colleagues() -> QuerySet[User]:
    """Whoever may come into the admin. Nobody else is told anything."""
    return User.objects.with_perm("wagtailadmin.access_admin")


def who_touched(story: ArticlePage, about: Any = None) -> set[User]:
    """Who owns a story, has it in hand, wrote, changed, signed, judged or commented on it, ever."""
    drafts = Revision.objects.filter(pk=story.latest_revision_id)
    # The byline of the newest draft, which need not be made whole.
    [bylines] = drafts.values_list("content__bylines", flat=True) or [None]
    authors = AuthorPage.objects.filter(pk__in=[row["author"] for row in bylines or ()])
    touched = Q(pk=story.owner_id)
    for people in (
        authors.values("user"),
        Contribution.objects.filter(story=story.pk).values("person"),
        Signature.objects.filter(story=story.pk).values("person"),
        Claim.objects.filter(story=story.pk).values("person"),
        TaskState.objects.for_instance(story).values("finished_by"),
        Comment.objects.filter(page=story.pk).values("user"),
        CommentReply.objects.filter(comment__page=story.pk).values("user"),
    ):
        touched |= Q(pk__in=people)
    return set(colleagues().filter(touched))


def next_reviewers(story: ArticlePage, step: TaskState) -> list[User]:
    return reviewers(step.task.specific, story)


def reviewers(task: ReviewTask, story: ArticlePage) -> list[User]:
    """Who may approve at a stage."""
    alone, work = signs_alone(), task.work_on(story)
    people = {person.pk: person for person in colleagues()}
    contributors = cache(lambda: access_of(work.contributors).values())
    return [
        people[pk]
        for pk, access in access_of(people).items()
        if access.decides(task.holders, story.path, contributors)
        and may_approve(pk, task.stage, work, alone=alone)
    ]


def signers_of_fix(story: ArticlePage, fix: LiveFix) -> list[User]:
    """Editors of the section and above, but those who wrote the text."""
    text, _revision = text_of(fix)
    wrote = set() if signs_alone() else Work(text).contributors
    return list(colleagues().filter(pk__in=editors_at(story.path)).exclude(pk__in=wrote))


def who_touched_and_chiefs(story: ArticlePage, about: Any = None) -> set[User]:
    return who_touched(story) | set(User.objects.filter(groups__name=MANAGING_EDITORS))


def second(story: ArticlePage, edition: Edition) -> list[User]:
    """Who was asked to read breaking news."""
    return [edition.second] if edition.second else []


def publisher_and_second(story: ArticlePage, edition: Edition) -> list[User]:
    return [*([edition.by] if edition.by else []), *second(story, edition)]


def publisher_second_and_chiefs(story: ArticlePage, edition: Edition) -> list[User]:
    above = User.objects.filter(groups__name__in=(MANAGING_EDITORS, ADMINISTRATORS))
    return [*above, *publisher_and_second(story, edition)]


# Of a story, and the row that says what happened to it.
Recipients = Callable[[ArticlePage, Any], Collection[User]]

RECIPIENTS: dict[str, Recipients] = {
    Event.SUBMITTED: next_reviewers,
    Event.PASSED_ON: next_reviewers,
    Event.RETURNED: who_touched,
    Event.WITHDRAWN: who_touched,
    Event.SCHEDULED: who_touched,
    Event.PUBLISHED: who_touched,
    Event.REFUSED: who_touched,
    Event.BREAKING: second,
    Event.LATE: publisher_second_and_chiefs,
    Event.REVIEWED: publisher_and_second,
    Event.HELD: who_touched_and_chiefs,
    Event.RELEASED: who_touched_and_chiefs,
    Event.COMMENTED: who_touched,
    Event.FIX: signers_of_fix,
}

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
    """Tell everybody but who did it. `path` is the story's editor unless given; what has a `key` is
    told to each person once.
    """
    if asked := ENDS.get(event):
        over = Notice.objects.filter(story=story, event__in=asked, read_at=None)
        over.update(read_at=timezone.now())
    told = {person.pk: person for person in people if person.is_active and person != by}
    now = timezone.now()
    notices = [
        Notice(
            person=person,
            story_id=story.pk,
            event=event,
            by=by,
            reason=reason,
            path=path or reverse("wagtailadmin_pages:edit", args=(story.pk,)),
            key=key,
            mail_at=now,
        )
        for person in told.values()
    ]
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def notices_of(user: User) -> QuerySet[Notice]:
    """What somebody was told, the newest first, with what a list shows of it."""
    of_user = Notice.objects.filter(person=user)
    return of_user.select_related("story", "by").defer("story__body")


def unread(user: User) -> QuerySet[Notice]:
    return notices_of(user).filter(read_at=None)


def mark_read(user: User, ids: Iterable[int] | None = None) -> int:
    """Those with these ids, or all; returns how many were unread."""
    notices = Notice.objects.filter(person=user, read_at=None)
    if ids is not None:
        notices = notices.filter(pk__in=ids)
    return notices.update(read_at=timezone.now())
