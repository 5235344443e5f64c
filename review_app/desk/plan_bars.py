"""A promised part as a small timeline: bars for what it lives from, marks for the wish and the promise."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.drafts.panes import LineView, PegView, PromiseView
from review_app.show import day as shown
from review_app.show import quantity, today

MOST_BARS = 24


@dataclass(frozen=True, slots=True)
class Bar:
    """left, width: in per cent of the whole span."""

    words: str
    kind: str
    level: int
    left: float
    width: float
    late: bool


@dataclass(frozen=True, slots=True)
class Bars:
    """wish, promise: per cent from the left; wish None when the customer named no day. more: bars that are left out."""

    rows: tuple[Bar, ...]
    first: date
    last: date
    wish: float | None
    promise: float
    more: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A day on the line's strip: at so many per cent. after: the label stands to the right of it."""

    at: float
    label: str
    late: bool = False
    after: bool = True


@dataclass(frozen=True, slots=True)
class Strip:
    """A line's days on one row: the wish, each promised part, and the supply that limits the last of them."""

    wish: Mark | None
    parts: tuple[Mark, ...]
    limit: Bar | None


def strip(line: LineView) -> Strip | None:
    """None for a line that comes as wanted from stock, and for one without any promise."""
    parts = (*line.promises, *line.missed)
    limit = _limiting(parts)
    if not parts or not (line.is_late or limit):
        return None
    wish = line.requested_date
    days = [today(), *(p.promised_date for p in parts), *([wish] if wish else [])]
    days += [limit.begins, limit.ends] if limit else []
    first, span = min(days), (max(days) - min(days)).days + 1

    def at(day: date) -> float:
        return round(100 * ((day - first).days + 0.5) / span, 2)

    def mark(day: date, label: str, late: bool = False) -> Mark:
        return Mark(at(day), label, late, at(day) < 60)

    several = len(parts) > 1
    return Strip(
        mark(wish, f"wanted {shown(wish)}") if wish else None,
        tuple(
            mark(
                p.promised_date,
                f"{quantity(p.quantity) + ' on ' if several else ''}{shown(p.promised_date)}",
                p.late_days > 0,
            )
            for p in parts
        ),
        _limit_bar(limit, at, span) if limit else None,
    )


def _limiting(parts: Sequence[PromiseView]) -> PegView | None:
    """What the last part waits for; None when that is only stock."""
    pegs = [peg for peg in parts[-1].pegs if peg.kind != "stock"] if parts else []
    return max(pegs, key=lambda peg: (peg.ends, peg.level), default=None)


def _limit_bar(peg: PegView, at: Callable[[date], float], span: int) -> Bar:
    half = 50 / span
    left, right = at(peg.begins) - half, at(peg.ends) + half
    return Bar(peg.words, peg.kind, 1, round(left, 2), round(right - left, 2), peg.late)


def plan_bars(promises: Iterable[PromiseView], wish: date | None) -> tuple[Bars, ...]:
    """One for each part that lives from anything that can be named."""
    return tuple(_bars(part, wish) for part in promises if part.pegs)


def _bars(part: PromiseView, wish: date | None) -> Bars:
    days = [today(), part.promised_date, *([wish] if wish else [])]
    first = min([*days, *(peg.begins for peg in part.pegs)])
    last = max([*days, *(peg.ends for peg in part.pegs)])
    span = (last - first).days + 1

    def at(day: date) -> float:
        return round(100 * (day - first).days / span, 2)

    def bar(peg: PegView) -> Bar:
        begins = max(peg.begins, first)
        width = at(peg.ends + timedelta(days=1)) - at(begins)
        return Bar(peg.words, peg.kind, peg.level, at(begins), round(width, 2), peg.late)

    return Bars(
        tuple(bar(peg) for peg in part.pegs[:MOST_BARS]),
        first,
        last,
        at(wish) if wish else None,
        at(part.promised_date),
        max(len(part.pegs) - MOST_BARS, 0),
    )
