"""What promising is asked and what it answers: frozen values, all quantities in stock units, all days civil days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from core.company.calendar import Calendar
from core.promising.plant import Plant
from core.values import Parameters

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class AskLine:
    """One wanted line. key: the caller's id, the same in the answer. requested_date: day of arrival, None: soonest.

    multiple: stock units in one ordered unit; a part delivery holds whole ones. group: the Group that it belongs to.
    most_parts: 0 for as many as make sense; least: no part is smaller unless it is all of the line; latest_date: what
    comes after it is not promised; site_id: only from there, 0 for any; unit_value: money for one stock unit.
    """

    key: int
    item_id: int
    quantity: Decimal
    requested_date: date | None
    position: int = 0
    multiple: Decimal = ZERO
    group: str = ""
    most_parts: int = 0
    least: Decimal = ZERO
    latest_date: date | None = None
    site_id: int = 0
    unit_value: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are delivered under the same terms.

    complete: all of all its lines arrive on one day. least_value: no part delivery is worth less.
    """

    name: str
    complete: bool = False
    least_value: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Ask:
    """Lines that belong to one delivery address.

    policy: "partial" (each line on its own, in parts) or "complete" (all of all lines arrive on one day). groups: of
    lines with other terms; a line whose group is not among them is under the policy.
    """

    lines: tuple[AskLine, ...]
    today: date
    policy: str = "partial"
    transit_days: int = 1
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Bucket:
    """Supply of one item at one site that can leave from `ready_date` to `until` (None: no end).

    kind: "stock" (a lot) or "receipt" (purchase, production, transfer); `number` names it to a person.
    due_date: when it comes in; late: that day has passed and it is counted by rule.
    """

    kind: str
    id: int
    number: str
    item_id: int
    site_id: int
    quantity: Decimal
    ready_date: date
    due_date: date
    until: date | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Demand:
    """What an earlier promise still takes. rank: smaller was promised earlier and is served first."""

    item_id: int
    site_id: int
    quantity: Decimal
    ship_date: date
    rank: int


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """earliest_ship_date: what is there now can leave on this day (cut-off and handling are in it)."""

    id: int
    code: str
    priority: int
    handling_days: int
    earliest_ship_date: date


@dataclass(frozen=True, slots=True)
class Source:
    """How more of an item is got: kind "bought" or "made", in working days from today."""

    number: str
    unit: str
    kind: str
    lead_days: int


@dataclass(frozen=True, slots=True)
class Supply:
    """The picture against which an ask is answered. sites: most preferred first; sources: by item id.

    plant: what making and buying takes; None: only lead times are known.
    """

    calendar: Calendar
    sites: tuple[SiteFacts, ...]
    buckets: tuple[Bucket, ...] = ()
    demands: tuple[Demand, ...] = ()
    sources: dict[int, Source] = field(default_factory=dict)
    plant: Plant | None = None


@dataclass(frozen=True, slots=True)
class Peg:
    """From which supply a promise lives. kind: "stock", "receipt" or "lead-time" (to be bought or made).

    Of a plan (core.promising.ctp) also "make" (a lot), "step" (quantity is minutes on a work centre) and "buy";
    level: 1 for the item itself, 2 for its components and so on; begins_on: when work on it begins; item: which item
    it is or is a step of, "" for the promised one.
    """

    kind: str
    id: int
    number: str
    quantity: Decimal
    due_date: date
    late: bool = False
    level: int = 0
    begins_on: date | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """What a promise takes beside the goods themselves: a component's quantity or a centre's minutes, by a day.

    kind: "component" (item_id at the plant's site, quantity) or "capacity" (centre_id, minutes). of_quantity: stock
    units of the promised item that it is for.
    """

    kind: str
    day: date
    amount: Decimal
    item_id: int = 0
    centre_id: int = 0
    of_quantity: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Promised:
    """A quantity that leaves `site_id` on ship_date and arrives on promised_date, with the reason for that day.

    claims: what making it takes of components and capacity, so that later promises leave it alone.
    """

    quantity: Decimal
    promised_date: date
    ship_date: date
    site_id: int
    reason: Parameters
    pegging: tuple[Peg, ...] = ()
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """Per AskLine.key the promised parts in order of their day; their quantities and the missed ones are what was asked.

    missed: parts that would come after the latest day that is acceptable; they are shown, not promised.
    """

    lines: dict[int, tuple[Promised, ...]] = field(default_factory=dict)
    missed: dict[int, tuple[Promised, ...]] = field(default_factory=dict)

    def last_date(self, key: int) -> date | None:
        return max((p.promised_date for p in self.lines.get(key, ())), default=None)
