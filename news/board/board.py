"""The board: where stories are in the review, and what waits for a person.

The number of queries does not grow with the number of stories.
"""

from __future__ import annotations

import hashlib
import time
import zoneinfo
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Count, Max
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, PageLogEntry, TaskState

from cms.changes.models import newest_number
from cms.models import User
from news.board.actions import Actions
from news.board.cards import BoardCard, CardFacts
from news.board.unfinished import ScheduledTime, Unfinished, UnfinishedStory
from news.board.visible import BoardFilter, VisibleStories
from news.desk.breaking import listed_unreviewed
from news.desk.live_text import waiting_fixes
from news.desk.models import Claim, LiveFix
from news.editions.models import Edition, Signature
from news.editions.settings import DeskSettings
from news.notifications.notices import unread
from news.review.access import Access
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


# A card before it is made: its kind, its story, and the edition or fix that it tells of.
Place = tuple[str, int, Edition | LiveFix | None]


def _places(kind: str, stories: Iterable[UnfinishedStory]) -> Iterator[Place]:
    return ((kind, story.pk, None) for story in stories)


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
        self.asked = [edition for edition in self.unreviewed if edition.second_id == user.pk]
        asked = {edition.story_id for edition in self.asked}
        self.visible = VisibleStories(self.access, self.stories, self.filters, asked)
        size = ON_PAGE if self.filters.column else ON_BOARD
        keys = [self.filters.column] if self.filters.column else list(TITLES)
        self.columns = {key: Column(key, self.filters.page, size) for key in keys}
        self.waiting: list[BoardCard] = []
        self._make_cards()

    def _make_cards(self) -> None:
        places: list[tuple[list[BoardCard], Place]] = []
        for column in self.columns.values():
            found = list(self._in_column(column.key))
            column.total = len(found)
            start = (column.page - 1) * column.size
            places += [(column.cards, place) for place in found[start : start + column.size]]
        if not self.filters.column:
            places += [(self.waiting, place) for place in self._waiting()]
        facts = CardFacts({pk for _cards, (_kind, pk, _row) in places}, self.stories, self.user)
        made = [(cards, place[0], self._card(facts, *place)) for cards, place in places]
        actions = Actions(self.visible, [card for *_rest, card in made], alone=self.alone)
        for cards, kind, card in made:
            actions.settle(card, kind)
            if cards is not self.waiting or card.act:
                cards.append(card)

    def _in_column(self, key: str) -> Iterator[Place]:
        """What a column holds of what this person sees and asked for, in its order."""
        wants = self.visible.wants
        if key == DRAFT:
            yield from _places(key, filter(wants, self.stories.drafts))
        elif key == SCHEDULED:
            due = (self.stories.stories[pk] for pk in self.stories.times)
            yield from _places(key, filter(wants, due))
        elif key == UNREVIEWED:
            for edition in self.unreviewed:
                if wants(edition.story, waits=self.user.pk in (edition.second_id, edition.by_id)):
                    yield UNREVIEWED, edition.story_id, edition
        else:
            if key == Stage.PUBLICATION:
                for fix in self.fixes:
                    if wants(fix.story, waits=self._may_fix(fix)):
                        yield FIX, fix.story_id, fix
            holds, is_free = self.access.holds, self.visible.is_free
            for stage in self.stories.stages_of(key):
                for story in self.stories.at_task[stage.pk]:
                    if wants(story, waits=holds(stage, story.path) and is_free(story)):
                        yield key, story.pk, None

    def _may_fix(self, fix: LiveFix) -> bool:
        return self.access.may("change_page", fix.story.path)

    def _waiting(self) -> Iterator[Place]:
        """What is probably for this person to do; `act` on the card says whether it is."""
        yield from ((UNREVIEWED, edition.story_id, edition) for edition in self.asked)
        yield from _places(SCHEDULED, self.visible.to_sign_again())
        yield from ((FIX, fix.story_id, fix) for fix in self.fixes if self._may_fix(fix))
        yield from _places("stage", self.visible.to_review(alone=self.alone))
        yield from _places(DRAFT, self.visible.returned())

    def _card(
        self, facts: CardFacts, kind: str, pk: int, row: Edition | LiveFix | None
    ) -> BoardCard:
        card = facts.card(pk)
        if row is not None:
            facts.show_public_text(card)
            card.since = row.at
        if isinstance(row, LiveFix):
            card.fix = True
            card.contributors.add(row.by_id)
        elif isinstance(row, Edition):
            card.edition = row.number
            card.published_by, card.asked = str(row.by or ""), str(row.second or "")
            card.asked_me = row.second_id == self.user.pk
            card.late = timezone.now() - row.at > timedelta(minutes=self.settings.review_minutes)
        elif kind == SCHEDULED:
            scheduled = self.stories.times[pk]
            card.at, card.embargo = scheduled.at, scheduled.embargo
            card.held = scheduled.refusal or (str(VOID) if scheduled.void else "")
        return card


DAYS, MOST_OF_A_DAY = 14, 20


@dataclass
class CalendarDay:
    date: date
    entries: list[ScheduledTime] = field(default_factory=list)
    more: int = 0


def calendar(visible: VisibleStories, zone: str) -> list[CalendarDay]:
    """What becomes public in the next two weeks, today first, by the clock of a time zone."""
    here = zoneinfo.ZoneInfo(zone)
    now = timezone.now()
    first = timezone.localtime(now, here).date()
    dates = [first + timedelta(days=number) for number in range(DAYS)]
    days = {date: CalendarDay(date) for date in dates}
    for pk, scheduled in visible.stories.times.items():
        moment = timezone.localtime(scheduled.at, here)
        day = days.get(moment.date())
        if day is None or moment <= now or not visible.wants(visible.stories.stories[pk]):
            continue
        if len(day.entries) < MOST_OF_A_DAY:
            day.entries.append(replace(scheduled, at=moment))
        else:
            day.more += 1
    return list(days.values())


# Times are shown in words ("3 minutes ago"), deadlines pass.
SECONDS = 60
# Whatever happens to a story writes one of these: rows that only ever come.
GROWING = (PageLogEntry, ModelLogEntry, TaskState, Signature, Edition, LiveFix)


def board_version(user: User) -> str:
    """Differs whenever the user would see something else; asked without reading the board."""
    seen: list[object] = [user.pk, get_language(), int(time.time()) // SECONDS, newest_number()]
    seen += [model._default_manager.aggregate(Max("pk"))["pk__max"] for model in GROWING]
    claims = Claim.objects.aggregate(Count("pk"), Max("at"))
    told = unread(user).aggregate(Count("pk"), Max("pk"))
    seen += [*claims.values(), *told.values()]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]
