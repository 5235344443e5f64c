"""A line's days on one row: today, the wish, what the last part waits for, and each promised day; labels never overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.drafts.panes import LineView, PegView, PromiseView
from review_app.show import day as shown
from review_app.show import quantity, today

LETTER = 1.2
"""Per cent of the row that a letter takes where it is narrowest, on a tablet."""

LIMITS = {
    "receipt": ("{number}",),
    "inspection": ("lot {number} in inspection", "in inspection"),
    "return": ("sent back on {number}", "{number}"),
    "buy": ("bought from {number}", "bought"),
    "lead-time": ("lead time",),
    "make": ("made",),
    "step": ("work at {number}", "{number}"),
}
"""What limits, by kind, the longer words first."""


@dataclass(frozen=True, slots=True)
class Day:
    """What of a line is promised for one day, from whatever sites."""

    quantity: Decimal
    promised_date: date
    late_days: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day at so many per cent. label: "" when there is no room for it. after: the label stands to the right of it."""

    at: float
    label: str
    late: bool = False
    after: bool = True

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where its label goes, in per cent."""
        width = LETTER * len(self.label) + 1
        return (self.at, self.at + width) if self.after else (self.at - width, self.at)


@dataclass(frozen=True, slots=True)
class Limit:
    """The supply that limits the last day: a bar with its name."""

    kind: str
    left: float
    width: float
    name: Mark


@dataclass(frozen=True, slots=True)
class Strip:
    """today: None when the row begins earlier or later than today."""

    today: Mark | None
    wish: Mark | None
    days: tuple[Mark, ...]
    limit: Limit | None


def by_day(parts: Iterable[PromiseView]) -> tuple[Day, ...]:
    """Parts that arrive on the same day as one, in the order of days."""
    found: dict[date, Day] = {}
    for part in sorted(parts, key=lambda p: p.promised_date):
        known = found.get(part.promised_date)
        if known is None:
            found[part.promised_date] = Day(
                part.quantity, part.promised_date, part.late_days, part.sentence
            )
        else:
            told = known.sentence
            more = "" if part.sentence in told else f" {part.sentence}"
            found[part.promised_date] = replace(
                known, quantity=known.quantity + part.quantity, sentence=f"{told}{more}"
            )
    return tuple(found.values())


def strip(line: LineView) -> Strip | None:
    """None for a line that comes as wanted from stock, and for one without any promise."""
    parts = (*line.promises, *line.missed)
    peg = _limiting(parts)
    if not parts or not (line.is_late or peg):
        return None
    days, wish, now = by_day(parts), line.requested_date, today()
    ends = [now, *(d.promised_date for d in days), *([wish] if wish else [])]
    ends += [peg.begins, peg.ends] if peg else []
    first, span = min(ends), (max(ends) - min(ends)).days + 1

    def at(day: date) -> float:
        return round(100 * ((day - first).days + 0.5) / span, 2)

    above: list[Mark] = []
    wished = _placed(Mark(at(wish), f"wanted {shown(wish)}"), above) if wish else None
    bar = _limit(peg, at(peg.begins), at(peg.ends), 50 / span, above) if peg else None
    start = Mark(at(now), "today")
    return Strip(
        _placed(start, above) if wish != now and _fits(start, above) else None,
        wished,
        _promised(days, at),
        bar,
    )


def _promised(days: Sequence[Day], at: Callable[[date], float]) -> tuple[Mark, ...]:
    """The last day is named first, then the earlier ones for which there is room."""
    below: list[Mark] = []
    for day in reversed(days):
        what = f"{quantity(day.quantity)} on " if len(days) > 1 else "promised "
        label = f"{what}{shown(day.promised_date)}"
        _placed(Mark(at(day.promised_date), label, day.late_days > 0), below)
    return tuple(reversed(below))


def _limit(peg: PegView, begins: float, ends: float, half: float, above: list[Mark]) -> Limit:
    left, right = round(begins - half, 2), round(ends + half, 2)
    words = [w.format(number=peg.number) for w in LIMITS.get(peg.kind, ("",))]
    marks = [Mark(left, text, peg.late) for text in words]
    fitting = (mark for mark in marks if _fits(mark, above))
    name = _placed(next(fitting, marks[-1]), above)
    return Limit(peg.kind, left, round(right - left, 2), name)


def _placed(mark: Mark, taken: list[Mark]) -> Mark:
    """The mark with its label on the side that is free; without the label when neither is."""
    sides = (replace(mark, after=mark.at < 60), replace(mark, after=mark.at >= 60))
    found = next((m for m in sides if _fits(m, taken)), replace(mark, label=""))
    taken.append(found)
    return found


def _fits(mark: Mark, taken: Sequence[Mark]) -> bool:
    left, right = mark.reach
    apart = (m.reach[1] <= left or right <= m.reach[0] for m in taken if m.label)
    return left >= -1 and right <= 101 and all(apart)


def _limiting(parts: Sequence[PromiseView]) -> PegView | None:
    """What the last part waits for; None when that is only stock."""
    pegs = [peg for peg in parts[-1].pegs if peg.kind != "stock"] if parts else []
    return max(pegs, key=lambda peg: (peg.ends, peg.level), default=None)
