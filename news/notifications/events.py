"""What happens on the desk is told to those whom `RECIPIENTS` names, in the same transaction; a
comment also to whom it names with an @. `news/signal_handlers.py` connects these handlers.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat, Lower
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, PageLogEntry, TaskState, WorkflowState

from cms.log_actions import PUBLISH_REFUSED
from cms.models import User
from news.desk.breaking import review_path, unreviewed_editions
from news.desk.models import LiveFix
from news.editions.choices import Channel, Role
from news.editions.models import Edition, Signature
from news.editions.settings import DeskSettings, signs_alone
from news.models import ArticlePage
from news.notifications.models import Event, Notice
from news.notifications.notices import RECIPIENTS, colleagues, tell
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
# The signs of a username, not in the middle of a word: an address of mail names nobody.
MENTION = re.compile(r"(?<![\w.@+-])@([\w.@+-]+)")


def announce(
    event: str, story: ArticlePage, *, about: Any = None, by: User | None = None, **details: str
) -> None:
    """`about` is the row that says what happened; `details` go to `tell`."""
    tell(event, RECIPIENTS[event](story, about), story, by=by, **details)


def story_with(pk: Any) -> ArticlePage | None:
    """None for a page that is no story."""
    return ArticlePage.objects.filter(pk=pk).first()


def tell_the_next_reviewers(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    """Submitted, also once more after a return, or passed on from the stage before."""
    story = story_with(instance.workflow_state.object_id)
    if story is None or not isinstance(instance.task.specific, ReviewTask):
        return
    passed_on = instance.workflow_state.current_task_state is not None
    event = Event.PASSED_ON if passed_on else Event.SUBMITTED
    announce(event, story, about=instance, by=user)


def tell_of_the_return(instance: TaskState, user: User | None, **kwargs: Any) -> None:
    if story := story_with(instance.workflow_state.object_id):
        announce(Event.RETURNED, story, by=user, reason=instance.comment)


def tell_of_the_withdrawal(instance: WorkflowState, user: User | None, **kwargs: Any) -> None:
    """A review also ends when its text is published past it, which is told as that."""
    story = story_with(instance.object_id)
    if story is None:
        return
    newest = story.latest_revision
    if newest is None or not (newest.pk == story.live_revision_id or newest.approved_go_live_at):
        announce(Event.WITHDRAWN, story, by=user)


def tell_of_the_publication(instance: Edition, raw: bool, **kwargs: Any) -> None:
    if raw or not (instance.channel in TOLD or instance.unreviewed):
        return
    # At its time nobody did it: who signed wants to know as well.
    by = None if instance.channel == Channel.SCHEDULE else instance.by
    reason, path = instance.reason, review_path(instance)
    if instance.channel in TOLD:
        announce(Event.PUBLISHED, instance.story, by=by, reason=reason)
    else:
        announce(Event.BREAKING, instance.story, about=instance, by=by, reason=reason, path=path)


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
    """A story got its time, or the schedule could not publish it then."""
    if raw or instance.action not in (SCHEDULE, PUBLISH_REFUSED):
        return
    story = story_with(instance.page_id)
    if story is None:
        return
    if instance.action == PUBLISH_REFUSED:
        announce(Event.REFUSED, story, reason=instance.data["reason"])
    else:
        announce(Event.SCHEDULED, story, by=instance.user)


def tell_of_the_fix(instance: LiveFix, raw: bool, **kwargs: Any) -> None:
    """Where one signature is enough, a managing editor's own fix waits for nobody."""
    story, by = instance.story, instance.by
    if raw or (signs_alone() and story.permissions_for_user(by).is_publisher):
        return
    path = reverse("sign_fix", args=(story.pk,))
    announce(Event.FIX, story, about=instance, by=by, reason=instance.reason, path=path)


def tell_of_the_comment(
    instance: Comment | CommentReply, raw: bool, created: bool, **kwargs: Any
) -> None:
    """Each person once for each comment or reply, as one who is named if they are. Autosave and
    later changes save it again: then only who is named anew is told.
    """
    names = MENTION.findall(instance.text)
    if raw or not (created or names):
        return
    thread, kind = instance, "comment"
    if isinstance(instance, CommentReply):
        thread, kind = instance.comment, "reply"
    story = story_with(thread.page_id)
    if story is None:
        return
    touched = RECIPIENTS[Event.COMMENTED](story, thread)
    named = [
        person
        for person in mentioned(names)
        if person in touched or story.permissions_for_user(person).can_read_draft()
    ]
    told = {
        "by": instance.user,
        "reason": instance.text,
        "path": f"{reverse('read_story', args=(story.pk,))}#comment-{thread.pk}",
        "key": f"{kind}-{instance.pk}",
    }
    tell(Event.MENTIONED, named, story, **told)
    if created:
        tell(Event.COMMENTED, set(touched) - set(named), story, **told)


def mentioned(names: list[str]) -> list[User]:
    """Colleagues by username, in any case; a full stop after a name is not of it."""
    if not names:
        return []
    wanted = {*names, *(name.rstrip(".@+-") for name in names)}
    people = colleagues().annotate(lowered=Lower("username"))
    found = Q(username__in=wanted) | Q(lowered__in=[name.lower() for name in wanted])
    return list(people.filter(found))


def late_reviews() -> QuerySet[Edition]:
    """Breaking news that has been unreviewed for too long, and of which nobody was told yet."""
    before = timezone.now() - timedelta(minutes=DeskSettings.load().review_minutes)
    told = Notice.objects.filter(key=Concat(Value(LATE), OuterRef("pk"), output_field=CharField()))
    return unreviewed_editions().filter(~Exists(told), at__lte=before)


def escalate(edition: Edition) -> None:
    """Once: tell those who published and should have read it, and those above them."""
    path, key = review_path(edition), f"{LATE}{edition.pk}"
    announce(Event.LATE, edition.story, about=edition, reason=edition.reason, path=path, key=key)
