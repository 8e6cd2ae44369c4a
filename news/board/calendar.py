"""What becomes public in the next two weeks, day by day, in the newsroom's time zone."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from news.board.visible import VisibleStories

DAYS, MOST = 14, 20


@dataclass(frozen=True)
class CalendarStory:
    story_id: int
    headline: str
    at: datetime
    embargo: bool
    held: bool

    @property
    def clock(self) -> str:
        return self.at.strftime("%H:%M")


@dataclass
class CalendarDay:
    date: date
    entries: list[CalendarStory] = field(default_factory=list)
    more: int = 0


def calendar(visible: VisibleStories, zone: str) -> list[CalendarDay]:
    """In: what somebody sees, and the name of a time zone. Out: fourteen days, today first."""
    here = zoneinfo.ZoneInfo(zone)
    now = timezone.now()
    first = timezone.localtime(now, here).date()
    dates = [first + timedelta(days=number) for number in range(DAYS)]
    days = {date: CalendarDay(date) for date in dates}
    for pk, time in visible.stories.times.items():
        story, moment = visible.stories.stories[pk], timezone.localtime(time.at, here)
        if moment > now and moment.date() in days and visible.wants(story):
            day = days[moment.date()]
            if len(day.entries) < MOST:
                entry = CalendarStory(pk, story.headline, moment, time.embargo, time.held)
                day.entries.append(entry)
            else:
                day.more += 1
    return list(days.values())
