"""Whether open promises still hold; pure.

Each promise is looked at in its place in the line: supply serves the promises made before it, then the promise itself.
What waits in the warehouse is not judged here, only whether the goods will be there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from core.promising.ask import ZERO, Ask, AskLine, Promised, Supply
from core.promising.atp import answer
from core.promising.delivery import Delivery
from core.promising.free import FreeSupply
from core.promising.load import MOST_DAYS
from core.watch.sight import Minutes, Sight, Turn

ANEW = ("lead-time", "make", "buy")
"""Pegs of what has to be bought or made first; nothing of it is supply yet."""


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A schedule line that is still to be delivered. id: of the schedule line; turn: its place among the promises.

    trusted: how much of it is to be bought or made anew, which is believed until `trusted_until`; awaited: likewise of its
    components (item, quantity, until when). wish: the day that the
    customer asked for. multiple: stock units of one ordered unit; least, most_parts: as of AskLine, from what was agreed.
    """

    id: int
    turn: Turn
    order_id: int
    line_id: int
    item_id: int
    site_id: int | None
    quantity: Decimal
    promised_date: date
    ship_date: date
    wish: date | None = None
    position: int = 0
    multiple: Decimal = ZERO
    least: Decimal = ZERO
    most_parts: int = 0
    trusted: Decimal = ZERO
    trusted_until: date | None = None
    awaited: tuple[tuple[int, Decimal, date], ...] = ()

    def believed(self, today: date) -> Decimal:
        """What is trusted to come although nothing of it is supply yet."""
        return self.trusted if self.trusted_until and self.trusted_until >= today else ZERO

    def awaits(self, item_id: int, today: date) -> Decimal:
        """What is trusted to come of a component, likewise."""
        return sum(
            (q for item, q, until in self.awaited if item == item_id and until >= today), ZERO
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """parts: what can be had in the promise's place. late: how much of it comes after the promised day, the last of it
    on new_date. otherwise: it holds, but not from what it was to come from."""

    parts: tuple[Promised, ...]
    late: Decimal = ZERO
    new_date: date | None = None
    otherwise: bool = False


def as_if_picked_today(supply: Supply, today: date) -> Supply:
    """The picture without the warehouse's own time: what is on the shelf can leave today."""
    first = {
        site.id: (site.calendar or supply.calendar).on_or_after(today) for site in supply.sites
    }
    return replace(
        supply,
        sites=tuple(replace(site, earliest_ship_date=first[site.id]) for site in supply.sites),
        buckets=tuple(
            replace(b, ready_date=min(b.ready_date, first[b.site_id])) if b.kind == "stock" else b
            for b in supply.buckets
        ),
    )


@dataclass(frozen=True, slots=True)
class Way:
    """How an order's goods reach its customer. ask: the order's, without lines; shelf_days: as of Supply."""

    ask: Ask
    delivery: Delivery
    shelf_days: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """What is judged: the promises, on the picture of supply with all that every promise takes, and whose the booked
    minutes are. ways: by order id, of those whose days of travel are in doubt. sourced: items that are bought as a source
    of theirs says; others are bought by their lead time only as a component."""

    supply: Supply
    promises: tuple[OpenPromise, ...]
    minutes: tuple[Minutes, ...] = ()
    today: date = date.min
    ways: Mapping[int, Way] = field(default_factory=dict)
    sourced: frozenset[int] = frozenset()
    sight: Sight = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sight", Sight(self.supply, self.minutes))


@dataclass(frozen=True, slots=True)
class Suspect:
    """Why a promise has to be looked at closely. believed: what of it may still be trusted to be bought or made in time.
    broken: it does not hold as it was planned, whatever else may help."""

    believed: Decimal
    broken: bool = True


def shaken(book: Book) -> dict[int, Suspect]:
    """Promises that have to be looked at closely, by id."""
    known = {promise.id: promise for promise in book.promises}
    found: dict[int, Suspect] = {}
    missing: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    free = FreeSupply(replace(book.supply, demands=()))
    for demand in sorted(book.supply.demands, key=lambda d: d.turn):
        short, later = free.serve(demand)
        promise = known.get(demand.schedule_line_id)
        if promise is None or short <= 0 or _is_far(book, promise):
            continue
        believed = promise.believed(book.today)
        if demand.item_id != promise.item_id:
            missing[promise.id, demand.item_id] += short
            awaits = promise.awaits(demand.item_id, book.today)
            if later > 0 or missing[promise.id, demand.item_id] > awaits:
                found[promise.id] = Suspect(ZERO)  # a component is missing
        elif short > believed or later > 0:
            found.setdefault(promise.id, Suspect(believed, short > believed))
    for promise_id in _overloaded(book) & known.keys():
        found[promise_id] = Suspect(ZERO)
    for promise in book.promises:
        if promise.id not in found and _cannot_travel(book, promise):
            found[promise.id] = Suspect(promise.believed(book.today))
    return found


def waiting(book: Book) -> dict[int, Decimal]:
    """By promise id what of it is not allocated to it yet."""
    item = {promise.id: promise.item_id for promise in book.promises}
    found: dict[int, Decimal] = {}
    for demand in book.supply.demands:
        if item.get(demand.schedule_line_id) == demand.item_id:
            found.setdefault(demand.schedule_line_id, demand.quantity)
    return found


def _is_far(book: Book, promise: OpenPromise) -> bool:
    """So far ahead that supply is not kept for it yet: it can be got anew in the meantime."""
    kept_until = book.supply.horizons.get(promise.item_id)
    return kept_until is not None and promise.ship_date > kept_until


def _overloaded(book: Book) -> set[int]:
    """Of work centres that are booked beyond their minutes: who promised last, until the rest fits."""
    plant = book.supply.plant
    if plant is None:
        return set()
    takers: dict[tuple[int, date], list[Minutes]] = defaultdict(list)
    for taken in book.minutes:
        takers[taken.centre_id, taken.day].append(taken)
    found = set()
    for (centre_id, day), booked in plant.booked.items():
        centre = plant.centres.get(centre_id)
        over = booked - centre.minutes_on(day) if centre else ZERO
        for taken in sorted(takers[centre_id, day], key=lambda m: m.turn, reverse=True):
            if over <= 0:
                break
            found.add(taken.id)
            over -= taken.amount
    return found


def _cannot_travel(book: Book, promise: OpenPromise) -> bool:
    """A day off has come between the door and the customer's."""
    way = book.ways.get(promise.order_id)
    site_id = promise.site_id
    if way is None or site_id not in way.delivery.routes:
        return False
    return way.delivery.latest(site_id or 0, promise.promised_date) < promise.ship_date


def verdict(
    book: Book, promise: OpenPromise, quantity: Decimal, suspect: Suspect, way: Way
) -> Verdict:
    """What can be had for `quantity` of the promise, in its place: after the promises made before it."""
    supply = _seen(book, promise, promise.turn)
    parts = _asked(supply, promise, quantity, promise.promised_date, way)
    late = [part for part in parts if part.promised_date > promise.promised_date]
    anew = sum((part.quantity for part in late if _is_anew(part)), ZERO)
    never = quantity - sum((part.quantity for part in parts), ZERO)
    missing = sum((part.quantity for part in late), never)
    if missing <= min(anew + never, suspect.believed):
        return Verdict(parts, otherwise=missing <= 0 and suspect.broken)
    last = max((part.promised_date for part in late), default=promise.promised_date)
    if never > 0:
        last = max(last, book.today + timedelta(days=MOST_DAYS))
    return Verdict(parts, missing, last)


def sooner(book: Book, promise: OpenPromise, quantity: Decimal, way: Way) -> Verdict | None:
    """A better date for a promise that misses its wish, from goods that no other promise lives from; None without one."""
    if promise.wish is None or promise.promised_date <= max(promise.wish, book.today):
        return None
    supply = _seen(book, promise, None)
    parts = _asked(supply, promise, quantity, promise.wish, way)
    new = max((part.promised_date for part in parts), default=None)
    if new is None or new >= promise.promised_date or any(_is_anew(part) for part in parts):
        return None
    if sum((part.quantity for part in parts), ZERO) < quantity:
        return None
    return Verdict(parts, quantity, new)


def _seen(book: Book, promise: OpenPromise, before: Turn | None) -> Supply:
    buys = promise.item_id in book.sourced
    return book.sight.of(promise.id, promise.item_id, before, buys=buys)


def _asked(
    supply: Supply, promise: OpenPromise, quantity: Decimal, wanted: date, way: Way
) -> tuple[Promised, ...]:
    line = AskLine(
        promise.id,
        promise.item_id,
        quantity,
        wanted,
        promise.position,
        promise.multiple,
        least=promise.least,
        most_parts=promise.most_parts,
        line_id=promise.line_id,
    )
    ways = replace(supply, delivery=way.delivery, shelf_days=way.shelf_days)
    return answer(replace(way.ask, lines=(line,)), ways).lines.get(promise.id, ())


def _is_anew(part: Promised) -> bool:
    return any(peg.kind in ANEW for peg in part.pegging)
