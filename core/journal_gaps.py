"""Rows that are read by their number while others still write: what may still be filled in is not passed by."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

T = TypeVar("T")

SETTLED = timedelta(minutes=2)
"""Longer than any transaction lives (core.database: 30 s a statement, 60 s idle)."""


def without_gaps(
    rows: Sequence[T],
    after: int,
    now: datetime,
    *,
    number: Callable[[T], int],
    at: Callable[[T], datetime],
) -> list[T]:
    """The rows, in the order of their numbers, up to the first young gap.

    A number that is missing may be a transaction that has not ended. What stands behind such a gap is held back until
    it is old, so that a reader who goes by the number misses nothing. Before the first number ever there is no gap.
    """
    safe: list[T] = []
    last = after
    for row in rows:
        if last and number(row) != last + 1 and at(row) > now - SETTLED:
            break
        safe.append(row)
        last = number(row)
    return safe
