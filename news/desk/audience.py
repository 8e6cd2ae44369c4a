"""Who is told of what happens to a story."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.models import (
    Comment,
    CommentReply,
    GroupPagePermission,
    Page,
    Revision,
    TaskState,
    WorkflowState,
)

from cms.models import User
from news.desk.live_text import text_of
from news.desk.permissions import signs_alone
from news.desk.signatures import contributors
from news.kinds import Event
from news.models import (
    ArticlePage,
    AuthorPage,
    Claim,
    Contribution,
    LiveFix,
    ReviewTask,
    Signature,
)
from news.models.desk import Stage


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


def holders(task: ReviewTask, page: Page) -> list[User]:
    """Who may approve at a stage on this page, as `ReviewTask.is_held_by` and `may_approve` have
    it for one person.
    """
    groups = task.groups.filter(
        Q(page_permissions=None) | Q(page_permissions__page__in=page.get_ancestors(inclusive=True))
    )
    held = of_groups(groups)
    if task.stage == Stage.PUBLICATION:
        wrote = contributors(page.specific.get_latest_revision_as_object())
        if User.objects.filter(held, pk__in=wrote).exists():
            held |= of_groups(editing(page))
    return list(colleagues().filter(held).exclude(pk__in=task.own_work(page)))


def of_groups(groups: QuerySet[Group]) -> Q:
    members = User.groups.through.objects.filter(group__in=groups)
    return Q(is_superuser=True) | Q(pk__in=members.values("user"))


def editing(page: Page) -> QuerySet[Group]:
    """The groups that change other people's stories here."""
    rights = GroupPagePermission.objects.filter(
        permission__codename="change_page", page__in=page.get_ancestors(inclusive=True)
    )
    return Group.objects.filter(pk__in=rights.values("group"))


def next_reviewers(story: ArticlePage, step: TaskState) -> list[User]:
    return holders(step.task.specific, story)


def signers_of_fix(story: ArticlePage, fix: LiveFix) -> list[User]:
    """Editors of the section and above, but those who wrote the text."""
    text, _revision = text_of(fix)
    wrote = set() if signs_alone() else contributors(text)
    return list(colleagues().filter(of_groups(editing(story))).exclude(pk__in=wrote))


# In: a story, and the row that tells what happened to it.
Audience = Callable[[ArticlePage, Any], Collection[User]]

AUDIENCE: dict[str, Audience] = {
    Event.SUBMITTED: next_reviewers,
    Event.PASSED_ON: next_reviewers,
    Event.RETURNED: who_touched,
    Event.WITHDRAWN: who_touched,
    Event.SCHEDULED: who_touched,
    Event.PUBLISHED: who_touched,
    Event.REFUSED: who_touched,
    Event.REVIEWED: who_touched,
    Event.HELD: who_touched,
    Event.RELEASED: who_touched,
    Event.COMMENTED: who_touched,
    Event.FIX: signers_of_fix,
}
