"""Working-day arithmetic; pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

ONE_DAY = timedelta(days=1)
LONGEST_REST = 60
LONGEST_SPAN = 3650
"""Working days that are counted: what says more was mistyped."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """working_days: ISO weekdays (1 Monday ... 7 Sunday), none meaning every day; holidays: days without work."""

    working_days: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    holidays: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        if day in self.holidays:
            return False
        return not self.working_days or day.isoweekday() in self.working_days

    def both(self, other: Calendar) -> Calendar:
        """Days on which both work; the other's week counts for nothing when they have no weekday in common."""
        week = frozenset(range(1, 8))
        mine, theirs = self.working_days or week, other.working_days or week
        return Calendar(mine & theirs or mine, self.holidays | other.holidays)

    def on_or_after(self, day: date) -> date:
        """The first working day from `day` on; `day` itself when no work is done for two months."""
        return self._seek(day, ONE_DAY)

    def on_or_before(self, day: date) -> date:
        return self._seek(day, -ONE_DAY)

    def plus(self, day: date, days: int) -> date:
        """`days` working days after the first working day from `day` on."""
        found = self.on_or_after(day)
        for _ in range(min(days, LONGEST_SPAN)):
            found = self.on_or_after(_moved(found, ONE_DAY))
        return found

    def minus(self, day: date, days: int) -> date:
        """`days` working days before the last working day up to `day`."""
        found = self.on_or_before(day)
        for _ in range(min(days, LONGEST_SPAN)):
            found = self.on_or_before(_moved(found, -ONE_DAY))
        return found

    def _seek(self, day: date, step: timedelta) -> date:
        found = day
        for _ in range(LONGEST_REST):
            if self.works(found):
                return found
            found = _moved(found, step)
        return day


def _moved(day: date, step: timedelta) -> date:
    """At the end of time (an ERP's "never") it stays where it is."""
    try:
        return day + step
    except OverflowError:
        return day


def calendar_of(row: Any, ours: Calendar) -> Calendar:
    """A row's own working days and holidays where it has any, else the company's."""
    days = frozenset(int(day) for day in row.working_days) or ours.working_days
    free = frozenset(date.fromisoformat(day) for day in row.holidays) or ours.holidays
    return Calendar(days, free)
