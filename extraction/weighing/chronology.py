"""Whether the days of an order can follow each other as they were read: ordered, sent to us, delivered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from extraction.lines.cells import Line
from extraction.weighing.clues import Clue

AHEAD = timedelta(days=3)  # how far an order may be dated after its mail


def is_backwards(clues: Sequence[Clue], lines: Sequence[Line], near: date | None) -> bool:
    """Whether the order is dated after its delivery, or after the day it came (near)."""
    ordered = _best(clues, "order_date")
    if ordered is None:
        return False
    wanted = _best(clues, "requested_date")
    days = [_day(x["requested_date"].value) for x in lines if "requested_date" in x]
    last = wanted or max((d for d in days if d), default=None)
    late = near is not None and ordered > near + AHEAD
    return late or (last is not None and ordered > last)


def _best(clues: Sequence[Clue], field: str) -> date | None:
    own = [c for c in clues if c.field == field]
    return _day(max(own, key=lambda c: c.score).value) if own else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
