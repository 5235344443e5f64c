"""Quantities that this customer never orders: a slipped key or a misread unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from core.drafts.case import Case
from core.drafts.checks.values import Found, ProblemFound
from core.values import plain

MOST_COMPARED = 40
ASIDE = 3.0
NORMAL = 1.4826
"""The median distance times this is the standard deviation of normally spread values."""


@dataclass(frozen=True, slots=True)
class Usual:
    """middle, least and most of earlier quantities; spread: of their logarithms, robust against single odd orders."""

    count: int
    middle: Decimal
    least: Decimal
    most: Decimal
    spread: float


def usual(quantities: Sequence[Decimal]) -> Usual | None:
    """Of the newest earlier quantities; None without any above zero."""
    known = [q for q in quantities[:MOST_COMPARED] if q > 0]
    if not known:
        return None
    logs = [math.log(float(q)) for q in known]
    centre = median(logs)
    spread = NORMAL * median(abs(x - centre) for x in logs)
    return Usual(len(known), Decimal(median(known)), min(known), max(known), spread)


def is_unusual(quantity: Decimal, found: Usual, times: Decimal) -> bool:
    """Many times more or less than the middle, beyond what was ever ordered, and far outside the usual spread."""
    if quantity <= 0 or found.least <= quantity <= found.most:
        return False
    distance = abs(math.log(float(quantity)) - math.log(float(found.middle)))
    return (
        distance >= math.log(float(max(times, Decimal("1.1")))) and distance > ASIDE * found.spread
    )


def _whole(middle: Decimal, found: Usual) -> Decimal:
    """The middle of two whole numbers is said as a whole number."""
    whole = found.least == found.least.to_integral_value()
    return middle.quantize(Decimal(1)) if whole else middle


def quantity_is_usual(case: Case) -> Found:
    """Needs a few earlier orders to say anything; says what is usual."""
    enough = int(case.limit("quantity-unusual", "orders"))
    times = case.limit("quantity-unusual", "times")
    for line in case.lines if case.draft.kind != "cancellation" else ():
        stock, found = line.stock_quantity, usual(case.known.ordered.get(line.item_id or 0, ()))
        if line.item_id is None or stock is None or found is None or found.count < max(enough, 1):
            continue
        if not is_unusual(stock, found, times):
            continue
        item = case.items[line.item_id]
        yield ProblemFound(
            "quantity-unusual",
            "quantity",
            line.id,
            {
                "quantity": plain(stock),
                "unit": item.stock_unit,
                "usual": plain(_whole(found.middle, found)),
                "least": plain(found.least),
                "most": plain(found.most),
                "orders": str(found.count),
                "number": item.number,
            },
        )
