"""Which of the unfinished stories a person sees on the board, and which they asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wagtail.models import TaskState

from cms.models import User
from news.board.unfinished import Unfinished
from news.review.access import Access
from news.review.participants import Participant


@dataclass(frozen=True)
class BoardFilter:
    """What somebody asks for: `scope` is mine, desk or all; `section` the path of one; one column
    alone, page by page.
    """

    scope: str = "desk"
    section: str = ""
    person: User | None = None
    column: str = ""
    page: int = 1


class StoryRow(Protocol):
    """A row of a story, light or whole."""

    @property
    def pk(self) -> int: ...
    @property
    def path(self) -> str: ...


def participations(user: int) -> set[int]:
    return set(Participant.objects.filter(person=user).values_list("story", flat=True))


class VisibleStories:
    def __init__(
        self, access: Access, stories: Unfinished, filters: BoardFilter, asked: set[int]
    ) -> None:
        """In: also the stories that this person was asked to read."""
        self.access = access
        self.stories = stories
        self.filters = filters
        self.mine = stories.of(access.person, participations(access.person))
        self.judged = self._for_a_lawyer()
        self.known = self.mine | asked | self.judged
        person = filters.person
        self.theirs = stories.of(person.pk, participations(person.pk)) if person else set()
        self.places = access.places()
        self.desk = tuple(access.desks.values())

    def _for_a_lawyer(self) -> set[int]:
        """What waits, or waited, for a decision at stages that are theirs without a place."""
        tasks = [stage.pk for stage in self.access.stages_everywhere(self.stories.stages)]
        if not tasks:
            return set()
        decided = TaskState.objects.filter(task__in=tasks, finished_by=self.access.person)
        ids = decided.values_list("workflow_state__object_id", flat=True)
        waiting = {story.pk for task in tasks for story in self.stories.at_task[task]}
        return waiting | {int(pk) for pk in ids}

    def sees(self, story: StoryRow) -> bool:
        """Where they write, their own, and what is theirs to decide on."""
        return story.path.startswith(self.places) or story.pk in self.known

    def wants(self, story: StoryRow, is_mine: Callable[[StoryRow], bool] | None = None) -> bool:
        """In: a story, and what is theirs besides their own. Out: whether to show it."""
        filters, path = self.filters, story.path
        if not (path.startswith(filters.section) and self.sees(story)):
            return False
        if filters.person and story.pk not in self.theirs:
            return False
        if filters.scope == "mine":
            return story.pk in self.mine or (is_mine is not None and is_mine(story))
        return filters.scope != "desk" or not self.desk or path.startswith(self.desk)

    def in_other_hands(self, story: StoryRow) -> bool:
        person = self.stories.claims.get(story.pk)
        return person is not None and person.pk != self.access.person
