"""Finite load of work centres in day buckets; pure, used up while one ask is answered.

Within a day the order of jobs is free, so a job needs minutes of the day, not an hour of it. Only the steps of one lot
are kept in order: a step that ends after a third of its day leaves two thirds of that day to the next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from core.promising.plant import Centre, Plant, Step

ONE_DAY = timedelta(days=1)
MOST_DAYS = 730
"""No promise is made further ahead than two years."""


Mark = dict[tuple[int, date], Fraction]


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A share of a day's working time: 0 its beginning, 1 its end."""

    day: date
    share: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Run:
    """A step on a centre: minutes by day, begin and end. waited: working days on which it found the centre full."""

    step: int
    centre_id: int
    minutes: tuple[tuple[date, Fraction], ...]
    begins: Moment
    ends: Moment
    waited: int = 0


class Load:
    """Minutes taken by (centre, day)."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._taken = {key: Fraction(minutes) for key, minutes in plant.booked.items()}
        self._whole: dict[tuple[int, date], Fraction] = {}
        for centre in plant.centres.values():
            self._push_on(centre)

    def _push_on(self, centre: Centre) -> None:
        """Work beyond what a day holds (it is late, or the centre was down) fills the days after it."""
        days = sorted(day for number, day in self._taken if number == centre.id)
        day = days[0] if days else date.max
        over = Fraction(0)
        for _ in range(MOST_DAYS if days else 0):
            key = (centre.id, day)
            taken = self._taken.get(key, Fraction(0)) + over
            over = max(taken - self.whole(centre, day), Fraction(0))
            if taken:
                self._taken[key] = taken - over
            if not over:
                day = next((d for d in days if d > day), date.max)
                if day == date.max:
                    break
            else:
                day += ONE_DAY

    def mark(self) -> Mark:
        """What is taken now, to come back to after something was tried."""
        return dict(self._taken)

    def restore(self, mark: Mark) -> None:
        self._taken = dict(mark)

    def whole(self, centre: Centre, day: date) -> Fraction:
        """All productive minutes of the day, taken or not."""
        key = (centre.id, day)
        found = self._whole.get(key)
        if found is None:
            found = self._whole[key] = Fraction(centre.minutes_on(day))
        return found

    def free(self, centre: Centre, day: date) -> Fraction:
        left = self.whole(centre, day) - self._taken.get((centre.id, day), Fraction(0))
        return max(left, Fraction(0))

    def book(self, run: Run) -> None:
        for day, minutes in run.minutes:
            key = (run.centre_id, day)
            self._taken[key] = self._taken.get(key, Fraction(0)) + minutes

    def forwards(self, step: Step, lot: Decimal, start: Moment) -> Run | None:
        """The step from `start` on, on the qualified centre that ends it first; None beyond MOST_DAYS."""
        runs = self._tried(step, lambda c, minutes: self._forwards(step, c, minutes, start), lot)
        return min(runs, key=lambda run: run.ends, default=None)

    def backwards(self, step: Step, lot: Decimal, end: Moment, first: date) -> Run | None:
        """The step ended by `end`, on the qualified centre that begins it last; None when that is before `first`."""
        runs = self._tried(
            step, lambda c, minutes: self._backwards(step, c, minutes, end, first), lot
        )
        return max(runs, key=lambda run: run.begins, default=None)

    def _tried(
        self, step: Step, way: Callable[[Centre, Fraction], Run | None], lot: Decimal
    ) -> list[Run]:
        centres = (self._plant.centres[c] for c in step.centres if c in self._plant.centres)
        tried = (way(centre, Fraction(step.minutes(lot, centre.id))) for centre in centres)
        return [run for run in tried if run is not None]

    def _open(self, step: Step, centre: Centre, day: date) -> Fraction:
        """Minutes of the day on which this step may be done at all."""
        return self.whole(centre, day) if step.may_be_on(centre.id, day) else Fraction(0)

    def _forwards(self, step: Step, centre: Centre, minutes: Fraction, start: Moment) -> Run | None:
        if minutes <= 0:
            return Run(step.number, centre.id, (), start, start)
        left, waited, begins = minutes, 0, None
        taken = list[tuple[date, Fraction]]()
        day, share = start.day, start.share
        for _ in range(MOST_DAYS):
            whole = self._open(step, centre, day)
            used = min(self.free(centre, day), whole * (1 - share), left)
            if used > 0:
                begins = begins or Moment(day, share)
                taken.append((day, used))
                left -= used
                if left == 0:
                    ends = Moment(day, share + used / whole)
                    return Run(step.number, centre.id, tuple(taken), begins, ends, waited)
            elif whole > 0 and share < 1:
                waited += 1
            day, share = day + ONE_DAY, Fraction(0)
        return None

    def _backwards(
        self, step: Step, centre: Centre, minutes: Fraction, end: Moment, first: date
    ) -> Run | None:
        if minutes <= 0:
            return Run(step.number, centre.id, (), end, end)
        left, ends = minutes, None
        taken = list[tuple[date, Fraction]]()
        day, share = end.day, end.share
        while day >= first:
            whole = self._open(step, centre, day)
            used = min(self.free(centre, day), whole * share, left)
            if used > 0:
                ends = ends or Moment(day, share)
                taken.append((day, used))
                left -= used
                if left == 0:
                    begins = Moment(day, share - used / whole)
                    return Run(step.number, centre.id, tuple(reversed(taken)), begins, ends)
            day, share = day - ONE_DAY, Fraction(1)
        return None
