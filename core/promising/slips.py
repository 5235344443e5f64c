"""Which earlier promises would come later if supply were given away before them; pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from core.promising.ask import ZERO, Demand, Supply
from core.promising.free import Fit, FreeSupply


@dataclass(frozen=True, slots=True)
class Slip:
    """A promise (its schedule line) leaves on to_date instead of from_date; None: no supply is known."""

    schedule_line_id: int
    from_date: date
    to_date: date | None


def slips(before: Supply, after: Supply) -> tuple[Slip, ...]:
    """Promises that are covered later in `after` than in `before`, and later than they are promised."""
    was, becomes = covered(before), covered(after)
    promised: dict[int, date] = {}
    for demand in before.demands:
        key = demand.schedule_line_id
        promised[key] = max(demand.ship_date, promised.get(key, date.min))
    found = []
    for key, day in becomes.items():
        old = max(was[key], promised[key])
        if day > old:
            found.append(Slip(key, old, None if day == date.max else day))
    return tuple(found)


def covered(supply: Supply) -> dict[int, date]:
    """By schedule line the day on which all of the promise can leave; date.max when known supply is not enough."""
    free = FreeSupply(replace(supply, demands=()))
    found: dict[int, date] = {}
    for demand in sorted(supply.demands, key=lambda d: d.turn):
        day = _served(free, demand)
        if demand.schedule_line_id:
            key = demand.schedule_line_id
            found[key] = max(day, found.get(key, date.min))
    return found


def _served(free: FreeSupply, demand: Demand) -> date:
    """From the latest supply that is in time, then from what comes next (as core.promising.free serves)."""
    item_id, site_id = demand.item_id, demand.site_id
    fit = Fit(demand.customer_id, demand.lasts, line_id=demand.line_id, inside=demand.inside)
    short = demand.quantity
    later = sorted({day for day in free.dates(item_id, site_id, fit) if day > demand.ship_date})
    for day in (demand.ship_date, *later):
        pegs = free.take(item_id, site_id, day, short, fit)
        short -= sum((peg.quantity for peg in pegs), ZERO)
        if short <= ZERO:
            return day
    return date.max
