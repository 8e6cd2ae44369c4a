"""Which of the unfinished stories a person sees on the board, and which wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q
from wagtail.models import TaskState

from cms.models import User
from news.board.unfinished import Unfinished, UnfinishedStory
from news.editions.models import Contribution
from news.models import ArticlePage
from news.review.access import Access, StageHolders
from news.review.roles import Stage

MOST = 30
# How many stories at Publication are looked through for those that a stand-in may sign.
LOOKED_THROUGH = 500


@dataclass(frozen=True)
class BoardFilter:
    """`scope` is mine, desk or all; `section` the path of one; one `column` alone has pages."""

    scope: str = "desk"
    section: str = ""
    person: User | None = None
    column: str = ""
    page: int = 1


class VisibleStories:
    def __init__(
        self, access: Access, stories: Unfinished, filters: BoardFilter, asked: set[int]
    ) -> None:
        """`asked`: ids of the stories that this person was asked to read."""
        self.access = access
        self.stories = stories
        self.filters = filters
        self.mine = stories.of(access.person)
        self.judged = self._judged()
        self.known = self.mine | asked | self.judged
        self.theirs = stories.of(filters.person.pk) if filters.person else set()
        self.places = access.places()
        self.desk = tuple(access.desks.values())

    def _judged(self) -> set[int]:
        """What waits, or waited, for a decision at stages that are theirs without a place."""
        tasks = [stage.pk for stage in self.access.stages_everywhere(self.stories.stages)]
        if not tasks:
            return set()
        decided = TaskState.objects.filter(task__in=tasks, finished_by=self.access.person)
        ids = decided.values_list("workflow_state__object_id", flat=True)
        waiting = {story.pk for task in tasks for story in self.stories.at_task[task]}
        return waiting | {int(pk) for pk in ids}

    def sees(self, story: UnfinishedStory | ArticlePage) -> bool:
        """Where they write, their own, and what is theirs to decide on."""
        return story.path.startswith(self.places) or story.pk in self.known

    def wants(self, story: UnfinishedStory | ArticlePage, *, waits: bool = False) -> bool:
        """Whether to show a story; one that `waits` for this person is among theirs."""
        filters, path = self.filters, story.path
        if not (path.startswith(filters.section) and self.sees(story)):
            return False
        if filters.person and story.pk not in self.theirs:
            return False
        if filters.scope == "mine":
            return waits or story.pk in self.mine
        return filters.scope != "desk" or not self.desk or path.startswith(self.desk)

    def is_free(self, story: UnfinishedStory) -> bool:
        """Whether nobody else has it in hand."""
        holder = self.stories.claims.get(story.pk)
        return holder is None or holder.pk == self.access.person

    def to_sign_again(self) -> list[UnfinishedStory]:
        """Scheduled stories whose signature is void, for those who publish there."""
        held = [self.stories.stories[pk] for pk, time in self.stories.times.items() if time.held]
        return [story for story in held if self.access.may("publish_page", story.path)][:MOST]

    def returned(self) -> list[UnfinishedStory]:
        """Their own that came back with comments."""
        reviews = self.stories.reviews.values()
        mine = [review.pk for review in reviews if not review.waiting and review.pk in self.mine]
        return [self.stories.stories[pk] for pk in mine]

    def to_review(self, *, alone: bool) -> Iterator[UnfinishedStory]:
        """The longest wait first at each stage, less most of what they cannot decide on."""
        me = self.access.person
        changed: set[int] = set()
        if not alone:
            # Stories that were published before are looked at one by one.
            rows = Contribution.objects.filter(person=me, story__first_published_at=None)
            changed = set(rows.values_list("story", flat=True))
        for stage in self.stories.stages.values():
            here = self.stories.at_task[stage.pk]
            last = stage.stage == Stage.PUBLICATION
            held = [story for story in here if self.access.holds(stage, story.path)]
            if last and len(held) < len(here):
                held += self._as_stand_in(stage, here)
            mine = [
                story
                for story in held
                if self.is_free(story)
                and (alone or me not in self.stories.began(story))
                and not (last and story.pk in changed)
            ]
            yield from mine[:MOST]

    def _as_stand_in(
        self, stage: StageHolders, here: list[UnfinishedStory]
    ) -> list[UnfinishedStory]:
        """Where those who publish worked on the text, the editors of the section may sign it."""
        may, holds = self.access.may, self.access.holds
        edited = [
            story
            for story in here
            if may("change_page", story.path) and not holds(stage, story.path)
        ][:LOOKED_THROUGH]
        holders = User.objects.filter(Q(is_superuser=True) | Q(groups__in=list(stage.groups)))
        publishers = set(holders.values_list("pk", flat=True))
        rows = Contribution.objects.filter(
            story__in=[story.pk for story in edited], person__in=publishers
        )
        worked = set(rows.values_list("story", flat=True))
        return [
            story
            for story in edited
            if story.pk in worked or publishers & self.stories.began(story)
        ]
