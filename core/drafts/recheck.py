"""Was it promised like this? The promise that is about to be booked against the one that the clerk saw."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from core.drafts.tables import Draft, DraftLine
from core.errors import Stale
from core.promising.ask import ZERO, Answer, Promised
from core.promising.sentences import day_text
from core.values import plain

Steps = list[tuple[date, Decimal]]


def refuse_worse(draft: Draft, lines: Iterable[DraftLine], shown: Answer, now: Answer) -> None:
    """More or earlier is a gift and passes; anything less or later is news that the clerk must see first.

    Raises Stale with (line, what was shown, what can be promised now) for each line that is worse.
    """
    differences = tuple(
        (
            f"line {line.position}",
            _told(shown.lines.get(line.id, ())),
            _told(now.lines.get(line.id, ())),
        )
        for line in lines
        if is_worse(shown.lines.get(line.id, ()), now.lines.get(line.id, ()))
    )
    if differences:
        raise Stale(
            f"Draft {draft.id}: other orders took supply in the meantime, so less can be promised or later now. "
            "Nothing was booked. Look at the new dates and confirm again.",
            differences,
        )


def is_worse(shown: tuple[Promised, ...], now: tuple[Promised, ...]) -> bool:
    """Whether on some day less will have arrived than was shown, or a line is promised that the clerk saw without."""
    if not shown:
        return bool(now)
    got = _steps(now)
    return any(_by(got, day) < quantity for day, quantity in _steps(shown))


def _steps(parts: tuple[Promised, ...]) -> Steps:
    """How much will have arrived by each day of arrival."""
    total, found = ZERO, Steps()
    for part in sorted(parts, key=lambda p: p.promised_date):
        total += part.quantity
        found.append((part.promised_date, total))
    return found


def _by(steps: Steps, day: date) -> Decimal:
    return max((total for when, total in steps if when <= day), default=ZERO)


def _told(parts: tuple[Promised, ...]) -> str:
    if len(parts) == 1:
        return day_text(parts[0].promised_date)
    return ", ".join(f"{plain(p.quantity)} on {day_text(p.promised_date)}" for p in parts)
