"""Derived states of an order, from quantities alone: what people did not decide is computed, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LineQuantities:
    """All in stock units. allocated and on_shipment are of what has not left yet; delivered is part of shipped."""

    ordered: Decimal
    cancelled: Decimal = ZERO
    allocated: Decimal = ZERO
    on_shipment: Decimal = ZERO
    shipped: Decimal = ZERO
    delivered: Decimal = ZERO
    invoiced: Decimal = ZERO
    returned: Decimal = ZERO

    @property
    def wanted(self) -> Decimal:
        return self.ordered - self.cancelled

    @property
    def open(self) -> Decimal:
        return self.wanted - self.shipped

    @property
    def backordered(self) -> Decimal:
        return max(self.open - self.allocated, ZERO)


@dataclass(frozen=True, slots=True)
class Progress:
    """supply: none, partly, allocated, done. shipping: none, partly, shipped, delivered. billing: none, partly,
    invoiced. returns: none, partly, returned. percent: share of the wanted quantity that has left, line by line."""

    supply: str
    shipping: str
    billing: str
    returns: str
    percent: int


def line_state(line: LineQuantities, *, as_wished: bool = False) -> str:
    """One word for a line: cancelled, delivered, shipped, partly shipped, in warehouse, allocated, partly allocated, open,
    backordered. as_wished: all of it is promised for the wished day, so that nothing is short before it is allocated."""
    if line.wanted == 0:
        return "cancelled"
    if line.open == 0:
        return "delivered" if line.delivered >= line.shipped else "shipped"
    if line.shipped > 0:
        return "partly shipped"
    if line.on_shipment > 0:
        return "in warehouse"
    if line.backordered == 0:
        return "allocated"
    if line.allocated > 0:
        return "partly allocated"
    return "open" if as_wished else "backordered"


def progress(lines: Iterable[LineQuantities]) -> Progress:
    """The order's axes from its lines; lines that are cancelled entirely don't count."""
    wanted = [line for line in lines if line.wanted > 0]
    shares = [line.shipped / line.wanted for line in wanted]
    return Progress(
        supply=_supply(wanted),
        shipping=_shipping(wanted),
        billing=_axis(wanted, [q.invoiced for q in wanted], [q.wanted for q in wanted], "invoiced"),
        returns=_axis(
            wanted, [q.returned for q in wanted], [q.shipped for q in wanted], "returned"
        ),
        percent=int(100 * sum(shares) / len(shares)) if shares else 100,
    )


def _axis(lines: list[LineQuantities], done: list[Decimal], whole: list[Decimal], word: str) -> str:
    if not lines or not any(done):
        return "none"
    return word if all(d >= w for d, w in zip(done, whole, strict=True)) else "partly"


def _supply(lines: list[LineQuantities]) -> str:
    if lines and all(line.open == 0 for line in lines):
        return "done"
    if not any(line.allocated for line in lines):
        return "none"
    return "allocated" if all(line.backordered == 0 for line in lines) else "partly"


def _shipping(lines: list[LineQuantities]) -> str:
    if not any(line.shipped for line in lines):
        return "none"
    if any(line.open for line in lines):
        return "partly"
    return "delivered" if all(line.delivered >= line.shipped for line in lines) else "shipped"
