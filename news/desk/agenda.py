"""What becomes public in the next two weeks, day by day, in the newsroom's time zone."""

from __future__ import annotations

import zoneinfo
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils import timezone

from news.desk.sight import Sight

DAYS, MOST = 14, 20


@dataclass(frozen=True)
class Entry:
    story_id: int
    headline: str
    at: datetime
    embargo: bool
    held: bool

    @property
    def clock(self) -> str:
        return self.at.strftime("%H:%M")


@dataclass
class Day:
    date: date
    entries: list[Entry] = field(default_factory=list)
    more: int = 0


def agenda(sight: Sight, zone: str) -> list[Day]:
    """In: what somebody sees, and the name of a time zone. Out: fourteen days, today first."""
    here = zoneinfo.ZoneInfo(zone)
    now = timezone.now()
    first = timezone.localtime(now, here).date()
    dates = [first + timedelta(days=number) for number in range(DAYS)]
    days = {date: Day(date) for date in dates}
    for pk, time in sight.stories.times.items():
        story, moment = sight.stories.stories[pk], timezone.localtime(time.at, here)
        if moment > now and moment.date() in days and sight.wants(story):
            day = days[moment.date()]
            if len(day.entries) < MOST:
                entry = Entry(pk, story.headline, moment, time.embargo, time.held)
                day.entries.append(entry)
            else:
                day.more += 1
    return list(days.values())
