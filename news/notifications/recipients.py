"""Who is told of what happens to a story."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import (
    Comment,
    CommentReply,
    Page,
    Revision,
    TaskState,
    WorkflowState,
)

from cms.models import User
from news.desk.live_text import text_of
from news.desk.models import Claim, LiveFix
from news.editions.models import Contribution, Edition, Signature
from news.editions.settings import signs_alone
from news.editions.signatures import Work
from news.models import ArticlePage, AuthorPage
from news.notifications.models import Event
from news.review.access import access_of, editors_at, may_approve
from news.review.roles import ADMINISTRATORS, MANAGING_EDITORS
from news.review.stages import ReviewTask


def colleagues() -> QuerySet[User]:
    """Whoever may come into the admin. Nobody else is told anything."""
    return User.objects.with_perm("wagtailadmin.access_admin")


def who_touched(story: ArticlePage, about: Any = None) -> set[User]:
    """Who owns a story, has it in hand, wrote, changed, signed, judged or commented on it, ever."""
    authors = AuthorPage.objects.filter(pk__in=authors_named_by(story))
    reviews = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page), object_id=str(story.pk)
    )
    touched = Q(pk=story.owner_id)
    for people in (
        authors.values("user"),
        Contribution.objects.filter(story=story.pk).values("person"),
        Signature.objects.filter(story=story.pk).values("person"),
        Claim.objects.filter(story=story.pk).values("person"),
        TaskState.objects.filter(workflow_state__in=reviews).values("finished_by"),
        Comment.objects.filter(page=story.pk).values("user"),
        CommentReply.objects.filter(comment__page=story.pk).values("user"),
    ):
        touched |= Q(pk__in=people)
    return set(colleagues().filter(touched))


def authors_named_by(story: ArticlePage) -> list[int]:
    """Ids of the author pages in the byline of the newest draft, which need not be made whole."""
    drafts = Revision.objects.filter(pk=story.latest_revision_id)
    [rows] = drafts.values_list("content__bylines", flat=True) or [None]
    return [row["author"] for row in rows or ()]


def next_reviewers(story: ArticlePage, step: TaskState) -> list[User]:
    return reviewers(step.task.specific, story)


def reviewers(task: ReviewTask, story: ArticlePage) -> list[User]:
    """Who may approve at a stage."""
    alone = signs_alone()
    work = task.work_on(story)
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


def publisher_and_second(story: ArticlePage, edition: Edition) -> list[User]:
    """Of breaking news: who published it, and who was asked to read it."""
    return [person for person in (edition.by, edition.second) if person is not None]


def publisher_second_and_chiefs(story: ArticlePage, edition: Edition) -> list[User]:
    above = User.objects.filter(groups__name__in=(MANAGING_EDITORS, ADMINISTRATORS))
    return [*above, *publisher_and_second(story, edition)]


def second(story: ArticlePage, edition: Edition) -> list[User]:
    return [edition.second] if edition.second else []


# In: a story, and the row that tells what happened to it.
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
