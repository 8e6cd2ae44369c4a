"""Every story that is not finished, as one light row each: where it stands and since when.

A board reads all of them, in a constant number of queries, and looks closer only at what it shows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, F, Max, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision, WorkflowState
from wagtail.models.content_types import get_default_page_content_type

from cms.log_actions import PUBLISH_REFUSED
from news.desk.models import Claim
from news.editions.choices import Role
from news.editions.models import Edition, Signature
from news.models import ArticlePage
from news.review.access import StageHolders
from news.review.participants import Participant
from news.review.stages import stage_holders


class UnfinishedStory(NamedTuple):
    """A story, as little of it as is needed to tell whose it is."""

    pk: int
    path: str
    owner_id: int | None
    headline: str


class OpenReview(NamedTuple):
    """A review that is not over. Not `waiting`: it was returned."""

    pk: int
    waiting: bool
    task_id: int | None
    requested_by: int | None


@dataclass
class ScheduledTime:
    """When a story becomes public. `void`: the live text changed after it was signed."""

    story_id: int
    headline: str
    revision_id: int
    at: datetime
    embargo: bool = False
    void: bool = True
    refusal: str = ""

    @property
    def held(self) -> bool:
        """Whether it has to be signed again before it can be public."""
        return self.void or bool(self.refusal)

    @property
    def clock(self) -> str:
        return self.at.strftime("%H:%M")


def _by_story(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Wagtail keeps the id of a story as text beside its revisions and reviews."""
    pages = rows.filter(base_content_type=get_default_page_content_type())
    return pages.annotate(story=Cast("object_id", BigIntegerField()))


def reviews() -> QuerySet[WorkflowState]:
    states = (WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES)
    return _by_story(WorkflowState.objects.filter(status__in=states))


def schedules() -> QuerySet[Revision]:
    return _by_story(Revision.objects.filter(approved_go_live_at__isnull=False))


def unfinished_stories(wanted: Q) -> dict[int, UnfinishedStory]:
    """Of the row that every page has, in the order of the newest draft.

    Sorted by the database, so that no moment has to be read for stories that are not shown.
    """
    of_stories = Page.objects.filter(
        wanted, content_type=ContentType.objects.get_for_model(ArticlePage), alias_of=None
    )
    newest = F("latest_revision_created_at").desc(nulls_last=True)
    rows = of_stories.order_by(newest, "-pk").values_list("pk", "path", "owner_id", "draft_title")
    return {row[0]: UnfinishedStory(*row) for row in rows}


class Unfinished:
    """Stories with words that are not public yet, in review or with a time.

    One that was withdrawn is finished until somebody works on it again.
    """

    def __init__(self) -> None:
        self.stages = stage_holders()
        self.claims = {claim.pk: claim.person for claim in Claim.objects.select_related("person")}
        withdrawn = Q(live=False, latest_revision_created_at__lte=F("last_published_at"))
        self.stories = unfinished_stories(Q(has_unpublished_changes=True) & ~withdrawn)
        states = reviews().order_by("current_task_state__started_at", "pk")
        open_reviews = [
            OpenReview(pk, status == WorkflowState.STATUS_IN_PROGRESS, task, person)
            for pk, status, task, person in states.values_list(
                "story", "status", "current_task_state__task", "requested_by"
            )
        ]
        due = schedules().order_by("approved_go_live_at", "pk")
        self.due = list(due.values_list("story", "pk", "approved_go_live_at"))
        going = {*(review.pk for review in open_reviews), *(row[0] for row in self.due)}
        self.stories |= unfinished_stories(Q(pk__in=going - self.stories.keys()))
        self.reviews = {review.pk: review for review in open_reviews if review.pk in self.stories}

    @cached_property
    def times(self) -> dict[int, ScheduledTime]:
        """Of the scheduled, the next first; a story in review is at its stage instead."""
        times: dict[int, ScheduledTime] = {}
        for pk, revision, at in self.due:
            if pk in self.stories and pk not in times and not self.is_in_review(pk):
                times[pk] = ScheduledTime(pk, self.stories[pk].headline, revision, at)
        # The newest signature: whether it is an embargo, and whether it still holds.
        scheduled = schedules().values("story")
        editions = Edition.objects.filter(story__in=scheduled).order_by().values("story")
        numbers = dict(editions.annotate(last=Max("number")).values_list("story", "last"))
        signed = Signature.objects.filter(story__in=scheduled, role=Role.SIGNER).order_by("pk")
        for pk, embargo, after in signed.values_list("story", "embargo", "after_edition"):
            if time := times.get(pk):
                time.embargo, time.void = embargo, after != numbers.get(pk, 0)
        now = timezone.now()
        due = {time.revision_id: time for time in times.values() if time.at <= now}
        refused = PageLogEntry.objects.filter(action=PUBLISH_REFUSED, revision__in=due)
        for revision, data in refused.order_by("timestamp").values_list("revision", "data"):
            due[revision].refusal = data["reason"]
        return times

    def stages_of(self, stage: str) -> list[StageHolders]:
        return [one for one in self.stages.values() if one.stage == stage]

    def is_in_review(self, pk: int) -> bool:
        return pk in self.reviews and self.reviews[pk].waiting

    @cached_property
    def drafts(self) -> list[UnfinishedStory]:
        """Those that nobody reviews and that have no time, the newest first."""
        return [
            story
            for pk, story in self.stories.items()
            if pk not in self.times and not self.is_in_review(pk)
        ]

    @cached_property
    def at_task(self) -> dict[int, list[UnfinishedStory]]:
        """Those in review by the task that they wait at, the longest wait first."""
        found: defaultdict[int, list[UnfinishedStory]] = defaultdict(list)
        for pk, review in self.reviews.items():
            if review.waiting:
                found[review.task_id or 0].append(self.stories[pk])
        return found

    def began(self, story: UnfinishedStory) -> set[int | None]:
        """Who started a story in review, and who submitted it."""
        return {story.owner_id, self.reviews[story.pk].requested_by}

    def of(self, person: int) -> set[int]:
        """Stories that are somebody's own: started, named in, or taken in hand by them."""
        claimed = {pk for pk, holder in self.claims.items() if holder.pk == person}
        owned = {pk for pk, story in self.stories.items() if story.owner_id == person}
        named = Participant.objects.filter(person=person).values_list("story", flat=True)
        return owned | claimed | set(named)
