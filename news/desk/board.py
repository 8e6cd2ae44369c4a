"""The board: which stories stand where, and what waits for a person.

In: a person and what they wish to see. Out: columns of cards. The number of queries does not grow
with the number of stories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models import User
from news.desk.acts import Acts
from news.desk.cards import Card, Facts
from news.desk.debts import open_debts, waiting_fixes
from news.desk.reach import Reach
from news.desk.sight import Sight, Story, Wish
from news.desk.unfinished import Unfinished
from news.desk.waiting import Waiting
from news.models import DeskSettings, Edition, LiveFix
from news.models.desk import Stage

DRAFT, SCHEDULED, UNREVIEWED, FIX = "draft", "scheduled", "unreviewed", "fix"
TITLES = {
    DRAFT: _("Drafts"),
    **{stage.value: stage.label for stage in Stage},
    SCHEDULED: _("Scheduled"),
    UNREVIEWED: _("Unreviewed"),
}
ON_BOARD, ON_PAGE = 10, 50
VOID = _("Held: it has to be signed again, the live text changed.")


@dataclass
class Column:
    key: str
    page: int
    size: int
    total: int = 0
    cards: list[Card] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(TITLES[self.key])

    @property
    def pages(self) -> int:
        return -(-self.total // self.size)


# A card before it is made: what it is, of which story, and the edition or fix that it tells of.
Place = tuple[str, int, Any]


class Board:
    def __init__(self, user: User, wish: Wish | None = None) -> None:
        self.user = user
        self.wish = wish or Wish()
        self.settings = DeskSettings.load()
        self.alone = self.settings.signatures == 1
        self.reach = Reach(user)
        self.stories = Unfinished()
        self.debts = list(open_debts())
        self.fixes = list(waiting_fixes())
        asked = {debt.story_id for debt in self.debts if debt.second_id == user.pk}
        self.sight = Sight(self.reach, self.stories, self.wish, asked)
        size = ON_PAGE if self.wish.column else ON_BOARD
        keys = [self.wish.column] if self.wish.column else list(TITLES)
        self.columns = {key: Column(key, self.wish.page, size) for key in keys}
        self.waiting: list[Card] = []
        self._make_cards()

    def _make_cards(self) -> None:
        places: list[tuple[list[Card], Place]] = []
        for column in self.columns.values():
            found = list(self._wanted(column.key))
            column.total = len(found)
            start = (column.page - 1) * column.size
            places += [(column.cards, place) for place in found[start : start + column.size]]
        if not self.wish.column:
            places += [(self.waiting, place) for place in self._waiting()]
        self.facts = Facts({pk for _cards, (_kind, pk, _row) in places}, self.stories, self.user)
        made = [(cards, place[0], self._card(*place)) for cards, place in places]
        acts = Acts(self.reach, self.alone, [card for *_rest, card in made], self.sight.judged)
        for cards, kind, card in made:
            acts.settle(card, kind)
            if cards is not self.waiting or card.act:
                cards.append(card)

    def _wanted(self, key: str) -> Iterator[Place]:
        """What a column holds of what this person sees and asked for, in its order."""
        wants = self.sight.wants
        if key == DRAFT:
            yield from _places(key, filter(wants, self.stories.drafts))
        elif key == SCHEDULED:
            due = (self.stories.stories[pk] for pk in self.stories.times)
            yield from _places(key, filter(wants, due))
        elif key == UNREVIEWED:
            for debt in self.debts:
                if wants(debt.story, self._is_asked(debt)):
                    yield UNREVIEWED, debt.story_id, debt
        else:
            if key == Stage.PUBLICATION:
                for fix in self.fixes:
                    if wants(fix.story, self._may_fix):
                        yield FIX, fix.story_id, fix
            for task in self.reach.tasks_of(key):
                here = self.stories.at_task[task]
                yield from _places(key, (story for story in here if wants(story, self._has(task))))

    def _is_asked(self, debt: Edition) -> Callable[[Story], bool]:
        return lambda story: self.user.pk in (debt.second_id, debt.by_id)

    def _may_fix(self, story: Story) -> bool:
        return self.reach.may("change_page", story.path)

    def _has(self, task_id: int) -> Callable[[Story], bool]:
        """Whether a story at a stage is for this person: nobody else has it in hand."""
        task = self.reach.tasks[task_id]
        sight = self.sight
        return lambda story: self.reach.holds(task, story.path) and not sight.in_other_hands(story)

    def _waiting(self) -> Iterator[Place]:
        """What is probably for this person to do; `act` on the card says whether it is."""
        waiting = Waiting(self.sight, self.alone)
        for debt in self.debts:
            if debt.second_id == self.user.pk:
                yield UNREVIEWED, debt.story_id, debt
        yield from _places(SCHEDULED, waiting.to_sign_again())
        for fix in self.fixes:
            if self._may_fix(fix.story):
                yield FIX, fix.story_id, fix
        yield from _places("stage", waiting.to_review())
        yield from _places(DRAFT, waiting.returned())

    def _card(self, kind: str, story_id: int, row: Edition | LiveFix | None) -> Card:
        card = self.facts.card(story_id)
        if row is not None:
            self.facts.as_public(card)
            card.since = row.at
        if isinstance(row, LiveFix):
            card.fix = True
            card.contributors.add(row.by_id)
        elif isinstance(row, Edition):
            card.edition = row.number
            card.published_by, card.asked = str(row.by or ""), str(row.second or "")
            card.asked_me = row.second_id == self.user.pk
            limit = timedelta(minutes=self.settings.review_minutes)
            card.late = timezone.now() - row.at > limit
        elif kind == SCHEDULED:
            time = self.stories.times[story_id]
            card.at, card.embargo = time.at, time.embargo
            card.held = time.refusal or (str(VOID) if time.void else "")
        return card


def _places(kind: str, stories: Iterable[Story]) -> Iterator[Place]:
    return ((kind, story.pk, None) for story in stories)
