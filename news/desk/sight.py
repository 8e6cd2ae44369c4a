"""Which of the unfinished stories a person sees on the board, and which they asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from wagtail.models import TaskState

from cms.models import User
from news.desk.reach import Reach
from news.desk.unfinished import Unfinished
from news.models import Involved


@dataclass(frozen=True)
class Wish:
    """What somebody asks for: `scope` is mine, desk or all; `section` the path of one; one column
    alone, page by page.
    """

    scope: str = "desk"
    section: str = ""
    person: User | None = None
    column: str = ""
    page: int = 1


class Story(Protocol):
    """A row of a story, light or whole."""

    @property
    def pk(self) -> int: ...
    @property
    def path(self) -> str: ...


def involved_in(user: User) -> set[int]:
    return set(Involved.objects.filter(person=user).values_list("story", flat=True))


class Sight:
    def __init__(self, reach: Reach, stories: Unfinished, wish: Wish, asked: set[int]) -> None:
        """In: also the stories that this person was asked to read."""
        self.reach = reach
        self.stories = stories
        self.wish = wish
        self.mine = stories.of(reach.user, involved_in(reach.user))
        self.judged = self._for_a_lawyer()
        self.known = self.mine | asked | self.judged
        person = wish.person
        self.theirs = stories.of(person, involved_in(person)) if person else set()
        self.places = reach.places()
        self.desk = tuple(reach.desks.values())

    def _for_a_lawyer(self) -> set[int]:
        """What waits, or waited, for a decision at stages that are theirs without a place."""
        tasks = [task.pk for task in self.reach.tasks_everywhere()]
        if not tasks:
            return set()
        decided = TaskState.objects.filter(task__in=tasks, finished_by=self.reach.user)
        ids = decided.values_list("workflow_state__object_id", flat=True)
        waiting = {story.pk for task in tasks for story in self.stories.at_task[task]}
        return waiting | {int(pk) for pk in ids}

    def sees(self, story: Story) -> bool:
        """Where they write, their own, and what is theirs to decide on."""
        return story.path.startswith(self.places) or story.pk in self.known

    def wants(self, story: Story, is_mine: Callable[[Story], bool] | None = None) -> bool:
        """In: a story, and what is theirs besides their own. Out: whether to show it."""
        wish, path = self.wish, story.path
        if not (path.startswith(wish.section) and self.sees(story)):
            return False
        if wish.person and story.pk not in self.theirs:
            return False
        if wish.scope == "mine":
            return story.pk in self.mine or (is_mine is not None and is_mine(story))
        return wish.scope != "desk" or not self.desk or path.startswith(self.desk)

    def in_other_hands(self, story: Story) -> bool:
        person = self.stories.claims.get(story.pk)
        return person is not None and person != self.reach.user
