"""What the sums of an order say of a column headed "Price": in a shop's notice it often holds what the whole line costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extraction.lines.cells import Line
from extraction.weighing.clues import Clue

_SUMS = frozenset({"subtotal", "total"})


def extended(lines: Sequence[Line], clues: Sequence[Clue]) -> list[Line]:
    """The lines, their prices taken for amounts where these add up to a printed sum and quantity times price does not."""
    every = [line for line in lines if "unit_price" in line and "quantity" in line]
    if len(every) < max(len(lines), 1) or any("amount" in line for line in lines):
        return list(lines)
    prices = [Decimal(line["unit_price"].value) for line in lines]
    counts = [Decimal(line["quantity"].value) for line in lines]
    told = {Decimal(c.value) for c in clues if c.field in _SUMS}
    added = sum(prices, Decimal(0))
    counted = sum((q * p for q, p in zip(counts, prices, strict=True)), Decimal(0))
    if added not in told or counted in told or added == counted:
        return list(lines)
    return [_as_amount(line) for line in lines]


def _as_amount(line: Line) -> Line:
    price = line["unit_price"]
    rest = {name: value for name, value in line.items() if name != "unit_price"}
    return {**rest, "amount": replace(price, alternatives=())}
