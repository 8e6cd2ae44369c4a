"""What waits for one person to do something, from the rows of all unfinished stories."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from django.db.models import Q

from cms.models import User
from news.board.unfinished import UnfinishedStory
from news.board.visible import VisibleStories
from news.editions.models import Contribution
from news.review.access import StageHolders
from news.review.roles import Stage

MOST = 30
# How many stories at Publication are looked through for those that a stand-in may sign.
LOOKED_THROUGH = 500


class Waiting:
    def __init__(self, visible: VisibleStories, alone: bool) -> None:
        self.visible = visible
        self.alone = alone
        self.access = visible.access
        self.stories = visible.stories
        self.me = visible.access.person

    def to_sign_again(self) -> Iterator[UnfinishedStory]:
        """Scheduled stories whose signature is void, for those who publish there."""
        held = (self.stories.stories[pk] for pk, time in self.stories.times.items() if time.held)
        may = self.access.may
        return islice((story for story in held if may("publish_page", story.path)), MOST)

    def returned(self) -> Iterator[UnfinishedStory]:
        """Their own that came back with comments."""
        for pk, review in self.stories.reviews.items():
            if not review.waiting and pk in self.visible.mine:
                yield self.stories.stories[pk]

    def to_review(self) -> Iterator[UnfinishedStory]:
        """The longest wait first at each stage, less most of what they cannot decide on."""
        changed = set() if self.alone else self._changed_by_me()
        for task in self.stories.stages.values():
            here = self.stories.at_task[task.pk]
            last = task.stage == Stage.PUBLICATION
            held = [story for story in here if self.access.holds(task, story.path)]
            if last and len(held) < len(here):
                held += self._as_stand_in(task, here)
            mine = [
                story
                for story in held
                if not self.visible.in_other_hands(story)
                and (self.alone or not self._wrote(story))
                and not (last and story.pk in changed)
            ]
            yield from mine[:MOST]

    def _wrote(self, story: UnfinishedStory) -> bool:
        return self.me in (story.owner_id, self.stories.reviews[story.pk].requested_by)

    def _changed_by_me(self) -> set[int]:
        """Drafts of stories never published whose text they changed; the others are looked at
        one by one.
        """
        rows = Contribution.objects.filter(person=self.me, story__first_published_at=None)
        return set(rows.values_list("story", flat=True))

    def _as_stand_in(
        self, task: StageHolders, here: list[UnfinishedStory]
    ) -> list[UnfinishedStory]:
        """Where those who publish worked on the text, the editors of the section may sign it."""
        may, holds = self.access.may, self.access.holds
        edited = [
            story
            for story in here
            if may("change_page", story.path) and not holds(task, story.path)
        ][:LOOKED_THROUGH]
        publishers = User.objects.filter(Q(is_superuser=True) | Q(groups__in=list(task.groups)))
        ids = set(publishers.values_list("pk", flat=True))
        worked = Contribution.objects.filter(
            story__in=[story.pk for story in edited], person__in=ids
        ).values_list("story", flat=True)
        known = set(worked)
        reviews = self.stories.reviews
        return [
            story
            for story in edited
            if story.pk in known or ids & {story.owner_id, reviews[story.pk].requested_by}
        ]
