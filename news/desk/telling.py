"""What happens on the desk is told to those whom `AUDIENCE` names, in the same transaction."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState
from wagtail.signals import task_rejected, task_submitted, workflow_cancelled

from cms.clock import PUBLISH_REFUSED
from cms.models import User
from news.desk.audience import AUDIENCE
from news.desk.notices import tell
from news.desk.permissions import signs_alone
from news.kinds import Door, Event
from news.models import ArticlePage, Edition, LiveFix, ReviewTask

# Doors by which a text came before readers. Imports and the demo tell nobody, and what breaking
# news asks for is an event of its own.
TOLD_DOORS = (Door.REVIEW, Door.DIRECT, Door.SCHEDULE, Door.FIX, Door.CODE)

SCHEDULE = "wagtail.publish.schedule"


def announce(
    event: str, story: ArticlePage, *, about: Any = None, by: User | None = None, **details: str
) -> None:
    """In: what happened to a story, the row that says so, who did it, and details for `tell`."""
    tell(event, AUDIENCE[event](story, about), story, by=by, **details)


def reviewed_story(state: WorkflowState) -> ArticlePage | None:
    """The story that a review is about; None for a review of something else."""
    return ArticlePage.objects.filter(pk=state.object_id).first()


@receiver(task_submitted)
def tell_the_next_reviewers(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    """Submitted, also once more after a return, or passed on from the stage before."""
    story = reviewed_story(instance.workflow_state)
    if story is None or not isinstance(instance.task.specific, ReviewTask):
        return
    passed_on = instance.workflow_state.current_task_state is not None
    event = Event.PASSED_ON if passed_on else Event.SUBMITTED
    announce(event, story, about=instance, by=user)


@receiver(task_rejected)
def tell_of_the_return(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    if story := reviewed_story(instance.workflow_state):
        announce(Event.RETURNED, story, by=user, reason=instance.comment)


@receiver(workflow_cancelled)
def tell_of_the_withdrawal(instance: WorkflowState, user: User | None, **kwargs: Any) -> None:
    """A review also ends when its text is published past it, which is told as that."""
    story = reviewed_story(instance)
    if story is not None and not is_published(story):
        announce(Event.WITHDRAWN, story, by=user)


def is_published(story: ArticlePage) -> bool:
    """Whether the newest draft is public, or has its time."""
    newest = story.latest_revision
    return newest is not None and bool(
        newest.pk == story.live_revision_id or newest.approved_go_live_at
    )


@receiver(post_save, sender=Edition)
def tell_of_the_publication(instance: Edition, raw: bool, **kwargs: Any) -> None:
    if raw or instance.door not in TOLD_DOORS:
        return
    # At its time nobody did it: who signed wants to know as well.
    by = None if instance.door == Door.SCHEDULE else instance.by
    announce(Event.PUBLISHED, instance.story, by=by, reason=instance.reason)


@receiver(post_save, sender=PageLogEntry)
def tell_of_the_time(instance: PageLogEntry, raw: bool, **kwargs: Any) -> None:
    """A story got its time, or the clock could not publish it then."""
    if raw or instance.action not in (SCHEDULE, PUBLISH_REFUSED):
        return
    story = ArticlePage.objects.filter(pk=instance.page_id).first()
    if story is None:
        return
    if instance.action == PUBLISH_REFUSED:
        announce(Event.REFUSED, story, reason=instance.data["reason"])
    else:
        announce(Event.SCHEDULED, story, by=instance.user)


@receiver(post_save, sender=LiveFix)
def tell_of_the_fix(instance: LiveFix, raw: bool, **kwargs: Any) -> None:
    story = instance.story
    if raw or signs_at_once(story, instance.by):
        return
    path = reverse("sign_fix", args=(story.pk,))
    announce(Event.FIX, story, about=instance, by=instance.by, reason=instance.reason, path=path)


def signs_at_once(story: Page, user: User) -> bool:
    """Where one signature is enough, a managing editor's own fix waits for nobody."""
    return signs_alone() and story.permissions_for_user(user).is_publisher
