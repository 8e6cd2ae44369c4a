"""What happens on the desk is told to those whom `RECIPIENTS` names, in the same transaction.

Handlers of the signals that Wagtail and the rows of the desk send; `news/signal_handlers.py`
connects them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState

from cms.log_actions import PUBLISH_REFUSED
from cms.models import User
from news.desk.breaking import review_path, unreviewed_editions
from news.desk.models import LiveFix
from news.editions.choices import Channel, Role
from news.editions.models import Edition, Signature
from news.editions.settings import DeskSettings, signs_alone
from news.models import ArticlePage
from news.notifications.models import Event, Notice
from news.notifications.notices import tell
from news.notifications.recipients import RECIPIENTS
from news.review.stages import ReviewTask

# Channels by which a text came before readers. Imports and the demo tell nobody, and what breaking
# news asks for is an event of its own.
TOLD = (Channel.REVIEW, Channel.DIRECT, Channel.SCHEDULE, Channel.FIX, Channel.CODE)
# Begins the key of the notice that a review is late: told once of each edition.
LATE = "late:"
SCHEDULE = "wagtail.publish.schedule"
SIGNED: dict[str, Event] = {
    Role.REVIEW: Event.REVIEWED,
    Role.HOLD: Event.HELD,
    Role.RELEASE: Event.RELEASED,
}


def announce(
    event: str, story: ArticlePage, *, about: Any = None, by: User | None = None, **details: str
) -> None:
    """In: what happened to a story, the row that says so, who did it, and details for `tell`."""
    tell(event, RECIPIENTS[event](story, about), story, by=by, **details)


def reviewed_story(state: WorkflowState) -> ArticlePage | None:
    """The story that a review is about; None for a review of something else."""
    return ArticlePage.objects.filter(pk=state.object_id).first()


def tell_the_next_reviewers(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    """Submitted, also once more after a return, or passed on from the stage before."""
    story = reviewed_story(instance.workflow_state)
    if story is None or not isinstance(instance.task.specific, ReviewTask):
        return
    passed_on = instance.workflow_state.current_task_state is not None
    event = Event.PASSED_ON if passed_on else Event.SUBMITTED
    announce(event, story, about=instance, by=user)


def tell_of_the_return(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    if story := reviewed_story(instance.workflow_state):
        announce(Event.RETURNED, story, by=user, reason=instance.comment)


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


def tell_of_the_publication(instance: Edition, raw: bool, **kwargs: Any) -> None:
    if raw:
        return
    if instance.channel in TOLD:
        # At its time nobody did it: who signed wants to know as well.
        by = None if instance.channel == Channel.SCHEDULE else instance.by
        announce(Event.PUBLISHED, instance.story, by=by, reason=instance.reason)
    elif instance.unreviewed:
        announce(
            Event.BREAKING,
            instance.story,
            about=instance,
            by=instance.by,
            reason=instance.reason,
            path=review_path(instance),
        )


def tell_of_the_signature(instance: Signature, raw: bool, **kwargs: Any) -> None:
    """Of those given outside the stages: a review after publication, a legal hold, its release."""
    if raw or instance.role not in SIGNED:
        return
    story, edition = instance.story, None
    if instance.role == Role.REVIEW:
        edition = Edition.objects.get(story=story, number=instance.after_edition)
    event = SIGNED[instance.role]
    announce(event, story, about=edition, by=instance.person, reason=instance.reason)


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


def tell_of_the_fix(instance: LiveFix, raw: bool, **kwargs: Any) -> None:
    story = instance.story
    if raw or signs_at_once(story, instance.by):
        return
    path = reverse("sign_fix", args=(story.pk,))
    announce(Event.FIX, story, about=instance, by=instance.by, reason=instance.reason, path=path)


def signs_at_once(story: Page, user: User) -> bool:
    """Where one signature is enough, a managing editor's own fix waits for nobody."""
    return signs_alone() and story.permissions_for_user(user).is_publisher


def late_reviews() -> QuerySet[Edition]:
    """Breaking news that has been unreviewed for too long, and of which nobody was told yet."""
    before = timezone.now() - timedelta(minutes=DeskSettings.load().review_minutes)
    told = Notice.objects.filter(key=Concat(Value(LATE), OuterRef("pk"), output_field=CharField()))
    return unreviewed_editions().filter(~Exists(told), at__lte=before)


def escalate(edition: Edition) -> None:
    """Once: tell those who published and should have read it, and those above them."""
    announce(
        Event.LATE,
        edition.story,
        about=edition,
        reason=edition.reason,
        path=review_path(edition),
        key=f"{LATE}{edition.pk}",
    )
