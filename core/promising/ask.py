"""What promising is asked and what it answers: frozen values, all quantities in stock units, all days civil days."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal

from core.company.calendar import Calendar
from core.promising.delivery import Delivery, Lane
from core.promising.plant import Plant
from core.values import Parameters

ZERO = Decimal(0)
AFTER_ALL = 10**12
"""Added to the rank of an offer: every booked promise is served before it."""

GOODS = ("stock", "receipt", "inspection", "return")
"""Kinds of supply that is there or comes, and of what a promise lives from of it."""

ASKED = -1
"""Instead of an order line's id: what is for the lines that are asked anew."""


@dataclass(frozen=True, slots=True)
class AskLine:
    """One wanted line. key: the caller's id, the same in the answer. requested_date: day of arrival, None: soonest.

    multiple: stock units in one ordered unit; a part delivery holds whole ones; 0: as of Source.step. group: the Group that it belongs to.
    most_parts: 0 for as many as make sense; least: no part is smaller unless it is all of the line; latest_date: what
    comes after it is not promised; site_id: only from there, 0 for any; unit_value: money for one stock unit. shelf_days:
    goods that expire must last so long after they arrive. line_id: whose own supply it may use.
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
    shelf_days: int = 0
    line_id: int = ASKED


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
    lines with other terms; a line whose group is not among them is under the policy. customer_id: whose kept stock may
    be used and whose shelf life counts. ship_to_id, else country and postal_code: where it goes; ship_via: how, as a
    carrier service's code or name. transit_days: where no lane says better.
    """

    lines: tuple[AskLine, ...]
    today: date
    policy: str = "partial"
    transit_days: int = 1
    groups: tuple[Group, ...] = ()
    customer_id: int = 0
    ship_to_id: int | None = None
    ship_via: str = ""
    country: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class Bucket:
    """Supply of one item at one site that can leave from `ready_date` to `until` (None: no end).

    here_date: from when the site's own work can use it, without cut-off and picking for customers; None: ready_date.

    kind: "stock" (a lot), "receipt" (purchase, production, transfer), "inspection" (a lot that is to be released) or
    "return" (a customer's); `number` names it to a person. due_date: when it comes in or is released; late: that day has
    passed and it is counted by rule. inspect_days: working days of receiving or inspection after due_date. customer_id: kept for
    this customer, line_id: for this order line, 0 for everybody.
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
    customer_id: int = 0
    line_id: int = 0
    here_date: date | None = None
    inspect_days: int = 0

    @property
    def inspected_until(self) -> date | None:
        return self.here_date if self.inspect_days else None

    def usable_on(self, *, inside: bool) -> date:
        """inside: by the site's own work."""
        return self.here_date if inside and self.here_date else self.ready_date


@dataclass(frozen=True, slots=True)
class Demand:
    """What an earlier promise still takes. rank: smaller was promised earlier and is served first.

    schedule_line_id: whose promise it is, 0 for a production order's or a transfer's need. lasts: the day until which
    goods that expire must be good. customer_id, line_id: it may use what is kept for them. inside: for the
    site's own work, where ship_date is the day on which it is taken from the shelf.
    """

    item_id: int
    site_id: int
    quantity: Decimal
    ship_date: date
    rank: int
    schedule_line_id: int = 0
    customer_id: int = 0
    lasts: date | None = None
    line_id: int = 0
    inside: bool = False

    @property
    def turn(self) -> tuple[int, date, int]:
        """The order of service."""
        return self.rank, self.ship_date, self.schedule_line_id


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """earliest_ship_date: what is there now can leave on this day (cut-off and handling are in it).

    ships: to customers; calendar: its own, None for the company's.
    """

    id: int
    code: str
    priority: int
    handling_days: int
    earliest_ship_date: date
    ships: bool = True
    calendar: Calendar | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """How more of an item is got: kind "bought" or "made", in working days from today. step: a part delivery is a multiple
    of it in stock units, 0 for any quantity."""

    number: str
    unit: str
    kind: str
    lead_days: int
    step: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Supply:
    """The picture against which an ask is answered. sites: most preferred first; sources: by item id.

    plant: what making and buying takes; None: only lead times are known. delivery: the ways to the customer; None: the
    ask's transit days. lanes: between our sites. horizons: by item id the last day for which supply that is ready by
    then is kept; what leaves later is got anew in time. shelf_days: by item id how long goods must last after they
    arrive. one_site: parcels from one site are preferred to sooner ones from several.
    """

    calendar: Calendar
    sites: tuple[SiteFacts, ...]
    buckets: tuple[Bucket, ...] = ()
    demands: tuple[Demand, ...] = ()
    sources: dict[int, Source] = field(default_factory=dict)
    plant: Plant | None = None
    delivery: Delivery | None = None
    lanes: tuple[Lane, ...] = ()
    horizons: dict[int, date] = field(default_factory=dict)
    shelf_days: dict[int, int] = field(default_factory=dict)
    one_site: bool = True


@dataclass(frozen=True, slots=True)
class Peg:
    """From which supply a promise lives. kind: of GOODS, or "lead-time" (to be bought or made).

    Of a plan (core.promising.ctp) also "make" (a lot), "step" (quantity is minutes on a work centre) and "buy";
    level: 1 for the item itself, 2 for its components and so on; begins_on: when work on it begins; item: which item
    it is or is a step of, "" for the promised one. from_site: code of the site from which it is transferred.
    inspected: when it is on the shelf, after receiving and inspection.
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
    from_site: str = ""
    inspected: date | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What a promise takes beside the goods themselves: a component's quantity or a centre's minutes, by a day.

    kind: "component" (item_id at site_id, quantity), "awaited" (a component that is made or bought for it), "capacity"
    (centre_id, minutes) or "make" (a lot of item_id, so many good units). for_item_id: into which item's lot it goes, 0
    for the lot of the promised item itself. of_quantity: stock units of the promised item that it is for.
    """

    kind: str
    day: date
    amount: Decimal
    item_id: int = 0
    centre_id: int = 0
    of_quantity: Decimal = ZERO
    for_item_id: int = 0
    site_id: int = 0


def share_of(amount: Decimal, of: Decimal, still: Decimal) -> Decimal:
    """Of a claim for `of` units what `still` open ones take, never less than needed."""
    if still <= 0:
        return ZERO
    if still >= of:
        return amount
    exact = amount * still / of
    return min(exact.quantize(Decimal("0.000001"), ROUND_CEILING), amount)


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

    missed: parts that would come after the latest day that is acceptable; they are shown, not promised. What
    cannot be made at all (nothing is qualified, or not within two years) is in neither.
    """

    lines: dict[int, tuple[Promised, ...]] = field(default_factory=dict)
    missed: dict[int, tuple[Promised, ...]] = field(default_factory=dict)

    def last_date(self, key: int) -> date | None:
        return max((p.promised_date for p in self.lines.get(key, ())), default=None)
