"""A promised part as a small timeline: bars for what it lives from, marks for the wish and the promise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from core.drafts.panes import PegView, PromiseView
from review_app.show import today

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


def plan_bars(promises: Iterable[PromiseView], wish: date | None) -> tuple[Bars, ...]:
    """One for each part that lives from anything that can be named, all on one scale."""
    parts = [part for part in promises if part.pegs]
    days = [today(), *(part.promised_date for part in parts), *([wish] if wish else [])]
    pegs = [peg for part in parts for peg in part.pegs]
    first = min([*days, *(peg.begins for peg in pegs)])
    last = max([*days, *(peg.ends for peg in pegs)])
    return tuple(_bars(part, wish, first, last) for part in parts)


def _bars(part: PromiseView, wish: date | None, first: date, last: date) -> Bars:
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
