"""The board: where stories are in the review, and what waits for a person.

The number of queries does not grow with the number of stories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.models import User
from news.board.actions import Actions
from news.board.cards import BoardCard, CardFacts
from news.board.unfinished import Unfinished
from news.board.visible import BoardFilter, StoryRow, VisibleStories
from news.board.waiting import Waiting
from news.desk.breaking import listed_unreviewed
from news.desk.live_text import waiting_fixes
from news.desk.models import LiveFix
from news.editions.models import Edition
from news.editions.settings import DeskSettings
from news.review.access import Access, StageHolders
from news.review.roles import Stage

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
    cards: list[BoardCard] = field(default_factory=list)

    @property
    def title(self) -> str:
        return str(TITLES[self.key])

    @property
    def pages(self) -> int:
        return -(-self.total // self.size)


# A card before it is made: what it is, of which story, and the edition or fix that it tells of.
Place = tuple[str, int, Any]


class Board:
    def __init__(self, user: User, filters: BoardFilter | None = None) -> None:
        self.user = user
        self.filters = filters or BoardFilter()
        self.settings = DeskSettings.load()
        self.alone = self.settings.signatures == 1
        self.access = Access.of(user)
        self.stories = Unfinished()
        self.unreviewed = list(listed_unreviewed())
        self.fixes = list(waiting_fixes())
        asked = {edition.story_id for edition in self.unreviewed if edition.second_id == user.pk}
        self.visible = VisibleStories(self.access, self.stories, self.filters, asked)
        size = ON_PAGE if self.filters.column else ON_BOARD
        keys = [self.filters.column] if self.filters.column else list(TITLES)
        self.columns = {key: Column(key, self.filters.page, size) for key in keys}
        self.waiting: list[BoardCard] = []
        self._make_cards()

    def _make_cards(self) -> None:
        places: list[tuple[list[BoardCard], Place]] = []
        for column in self.columns.values():
            found = list(self._wanted(column.key))
            column.total = len(found)
            start = (column.page - 1) * column.size
            places += [(column.cards, place) for place in found[start : start + column.size]]
        if not self.filters.column:
            places += [(self.waiting, place) for place in self._waiting()]
        self.facts = CardFacts(
            {pk for _cards, (_kind, pk, _row) in places}, self.stories, self.user
        )
        made = [(cards, place[0], self._card(*place)) for cards, place in places]
        actions = Actions(
            self.access,
            self.stories.stages,
            [card for *_rest, card in made],
            alone=self.alone,
            known=self.visible.judged,
        )
        for cards, kind, card in made:
            actions.settle(card, kind)
            if cards is not self.waiting or card.act:
                cards.append(card)

    def _wanted(self, key: str) -> Iterator[Place]:
        """What a column holds of what this person sees and asked for, in its order."""
        wants = self.visible.wants
        if key == DRAFT:
            yield from _places(key, filter(wants, self.stories.drafts))
        elif key == SCHEDULED:
            due = (self.stories.stories[pk] for pk in self.stories.times)
            yield from _places(key, filter(wants, due))
        elif key == UNREVIEWED:
            for edition in self.unreviewed:
                if wants(edition.story, self._is_asked(edition)):
                    yield UNREVIEWED, edition.story_id, edition
        else:
            if key == Stage.PUBLICATION:
                for fix in self.fixes:
                    if wants(fix.story, self._may_fix):
                        yield FIX, fix.story_id, fix
            for stage in self.stories.stages_of(key):
                here, mine = self.stories.at_task[stage.pk], self._has(stage)
                yield from _places(key, (story for story in here if wants(story, mine)))

    def _is_asked(self, edition: Edition) -> Callable[[StoryRow], bool]:
        return lambda story: self.user.pk in (edition.second_id, edition.by_id)

    def _may_fix(self, story: StoryRow) -> bool:
        return self.access.may("change_page", story.path)

    def _has(self, stage: StageHolders) -> Callable[[StoryRow], bool]:
        """Whether a story at a stage is for this person: nobody else has it in hand."""
        holds, taken = self.access.holds, self.visible.in_other_hands
        return lambda story: holds(stage, story.path) and not taken(story)

    def _waiting(self) -> Iterator[Place]:
        """What is probably for this person to do; `act` on the card says whether it is."""
        waiting = Waiting(self.visible, self.alone)
        for edition in self.unreviewed:
            if edition.second_id == self.user.pk:
                yield UNREVIEWED, edition.story_id, edition
        yield from _places(SCHEDULED, waiting.to_sign_again())
        for fix in self.fixes:
            if self._may_fix(fix.story):
                yield FIX, fix.story_id, fix
        yield from _places("stage", waiting.to_review())
        yield from _places(DRAFT, waiting.returned())

    def _card(self, kind: str, story_id: int, row: Edition | LiveFix | None) -> BoardCard:
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


def _places(kind: str, stories: Iterable[StoryRow]) -> Iterator[Place]:
    return ((kind, story.pk, None) for story in stories)
