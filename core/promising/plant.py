"""What making and buying takes: recipes, work centres with what is booked on them, purchases; frozen values, pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal

from core.company.calendar import Calendar
from core.values import Period

ZERO = Decimal(0)
HUNDRED = Decimal(100)


def lot_of(quantity: Decimal, minimum: Decimal, multiple: Decimal) -> Decimal:
    """The least quantity that covers `quantity` and is allowed: not under `minimum`, a whole `multiple`."""
    lot = max(quantity, minimum)
    return (lot / multiple).to_integral_value(ROUND_CEILING) * multiple if multiple > 0 else lot


@dataclass(frozen=True, slots=True)
class Component:
    """per: stock units of it in one good unit; scrap_percent: what is lost of it on the way."""

    item_id: int
    per: Decimal
    scrap_percent: Decimal = ZERO

    def needed(self, lot: Decimal) -> Decimal:
        """For a lot; six decimals, rounded up, so that it is never short."""
        exact = lot * self.per * HUNDRED / (HUNDRED - self.scrap_percent)
        return exact.quantize(Decimal("0.000001"), ROUND_CEILING)


@dataclass(frozen=True, slots=True)
class Step:
    """One operation. centres: qualified ones, preferred first. Minutes: setup once a lot, run for one unit."""

    number: int
    centres: tuple[int, ...]
    setup_minutes: Decimal = ZERO
    run_minutes: Decimal = ZERO

    def minutes(self, lot: Decimal) -> Decimal:
        return self.setup_minutes + self.run_minutes * lot


@dataclass(frozen=True, slots=True)
class Recipe:
    """How an item is made. yield_percent: good units out of a hundred begun; minimum, multiple: of a lot begun."""

    item_id: int
    components: tuple[Component, ...] = ()
    steps: tuple[Step, ...] = ()
    yield_percent: Decimal = HUNDRED
    minimum: Decimal = ZERO
    multiple: Decimal = ZERO

    def lot(self, good: Decimal) -> Decimal:
        """Units to begin so that `good` come out, rounded up to whole ones where the item is counted so."""
        begun = good * HUNDRED / self.yield_percent
        if self.yield_percent != HUNDRED:
            begun = begun.quantize(Decimal(1), ROUND_CEILING)
        return lot_of(begun, self.minimum, self.multiple)


@dataclass(frozen=True, slots=True)
class Purchase:
    """How an item is bought: lead_days are working days of the supplier, then receive_days of ours."""

    supplier: str
    lead_days: int
    calendar: Calendar
    receive_days: int = 0


@dataclass(frozen=True, slots=True)
class Centre:
    """A work centre with so many productive minutes on each of its working days. closed: maintenance."""

    id: int
    code: str
    minutes_per_day: Decimal
    calendar: Calendar = field(default_factory=Calendar)
    closed: tuple[Period, ...] = ()

    def minutes_on(self, day: date) -> Decimal:
        if not self.calendar.works(day) or any(p.first <= day <= p.last for p in self.closed):
            return ZERO
        return self.minutes_per_day


@dataclass(frozen=True, slots=True)
class Plant:
    """The making site with its recipes and centres. booked: minutes by (centre, day) that others have already."""

    site_id: int
    recipes: dict[int, Recipe] = field(default_factory=dict)
    purchases: dict[int, Purchase] = field(default_factory=dict)
    centres: dict[int, Centre] = field(default_factory=dict)
    booked: dict[tuple[int, date], Decimal] = field(default_factory=dict)
