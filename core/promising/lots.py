"""Planned lots of promises against what became of them: goods that are there, and orders that make them; pure.

A lot that is made for a promise is in the book twice as soon as the shop's own order for it is: as what the promise
claims, and as what the order needs. Each piece of work is counted once: by the promise's plan as long as the order is to
be done in its days, else by the order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction

ZERO = Decimal(0)
NONE, ALL = Fraction(0), Fraction(1)
Key = tuple[int, int]
"""(schedule line, item that is made)."""


@dataclass(frozen=True, slots=True)
class PlannedLot:
    """needed: units that go into the lot of `parent` (0: that the customer gets); lot: good units that it makes.

    first, last: days of its work, None when it needs no work centre.
    """

    item_id: int
    parent: int
    site_id: int
    needed: Decimal
    lot: Decimal
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class PlannedPromise:
    """still: open units that no stock is allocated to; of: units that were to be made. lots: parents before their parts.

    asked_anew: the promise is asked again, so that its claims do not count now.
    """

    schedule_line_id: int
    line_id: int
    turn: tuple[int, date, int]
    still: Decimal
    of: Decimal
    lots: tuple[PlannedLot, ...]
    asked_anew: bool = False


@dataclass(frozen=True, slots=True)
class ShopOrder:
    """The open rest of a production order. begun: its components have left the shelf.

    lines: the order lines that it is said to serve, empty when nobody said.
    """

    id: int
    item_id: int
    site_id: int
    rest: Decimal
    first: date | None
    last: date
    begun: bool = False
    lines: frozenset[int] = frozenset()

    def is_to_be_done_as(self, lot: PlannedLot) -> bool:
        """Whether the days that the lot was planned for are days of the order."""
        if lot.first is None or lot.last is None:
            return True
        return (self.first is None or self.first <= lot.first) and lot.last <= self.last


@dataclass(frozen=True, slots=True)
class Netted:
    """By key what claims still take of a lot's minutes and of its components; absent: as the promise is open.

    served: by order what of its rest stands in claims of promises, so that it needs nothing of its own. pegs: by order
    and order line, whose goods it makes.
    """

    minutes: Mapping[Key, Fraction] = field(default_factory=dict)
    components: Mapping[Key, Fraction] = field(default_factory=dict)
    served: Mapping[int, Decimal] = field(default_factory=dict)
    pegs: Mapping[int, Mapping[int, Decimal]] = field(default_factory=dict)


@dataclass(slots=True)
class _Lot:
    """todo: share that stock does not cover; need, room: units of it that no order makes yet, for the promise and in all.

    elsewhere: share whose minutes an order counts; taken: whose components an order counts or took; begun: took.
    """

    promise: PlannedPromise
    plan: PlannedLot
    todo: Fraction
    need: Decimal
    room: Decimal
    elsewhere: Fraction = NONE
    taken: Fraction = NONE
    begun: Fraction = NONE

    @property
    def key(self) -> Key:
        return self.promise.schedule_line_id, self.plan.item_id


def netted(
    promises: Iterable[PlannedPromise],
    orders: Iterable[ShopOrder],
    stock: Mapping[int, Decimal],
) -> Netted:
    """An order makes what it is said to be for; else what was planned for its days; else what was promised first.

    One that is said to be for a line makes nothing for another. stock: by item what is there beyond what was promised
    from stock.
    """
    ranked = sorted(promises, key=lambda p: p.turn)
    lots = _uncovered(ranked, dict(stock))
    of_item: dict[int, list[_Lot]] = defaultdict(list)
    for lot in lots.values():
        of_item[lot.plan.item_id].append(lot)
    served: dict[int, Decimal] = defaultdict(Decimal)
    pegs: dict[int, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    left = {order: order.rest for order in sorted(orders, key=lambda o: (o.last, o.id))}
    for fits in (_said, _planned_so, _same_place):
        for order in left:
            for lot in (lot for lot in of_item[order.item_id] if fits(order, lot)):
                left[order] -= _made_by(order, lot, left[order], served, pegs)
    return _shares(ranked, lots, served, pegs)


def _uncovered(ranked: list[PlannedPromise], stock: dict[int, Decimal]) -> dict[Key, _Lot]:
    """Each lot with what of it is not there, first promised first served."""
    found: dict[Key, _Lot] = {}
    for promise in ranked:
        whole = max(min(Fraction(promise.still) / Fraction(promise.of), ALL), NONE)
        todo: dict[int, Fraction] = {0: whole}
        for plan in promise.lots:
            above = todo.get(plan.parent, whole)
            there = min(stock.get(plan.item_id, ZERO), _units(plan.needed, above))
            stock[plan.item_id] = stock.get(plan.item_id, ZERO) - there
            share = max(above - Fraction(there) / Fraction(plan.needed), NONE)
            need, room = _units(plan.needed, share), _units(plan.lot, share)
            lot = _Lot(promise, plan, share, need, room)
            found[lot.key] = lot
            todo[plan.item_id] = share
    return found


def _said(order: ShopOrder, lot: _Lot) -> bool:
    return lot.promise.line_id in order.lines


def _same_place(order: ShopOrder, lot: _Lot) -> bool:
    return not order.lines and lot.plan.site_id in (0, order.site_id)


def _planned_so(order: ShopOrder, lot: _Lot) -> bool:
    return _same_place(order, lot) and order.is_to_be_done_as(lot.plan)


def _made_by(
    order: ShopOrder,
    lot: _Lot,
    rest: Decimal,
    served: dict[int, Decimal],
    pegs: dict[int, dict[int, Decimal]],
) -> Decimal:
    """What of the order's rest goes into the lot."""
    used = min(rest, lot.room)
    if used <= 0 or lot.need <= 0:
        return ZERO
    part = min(used, lot.need)
    share = Fraction(part) / Fraction(lot.plan.needed)
    lot.room -= used
    lot.need -= part
    pegs[order.id][lot.promise.line_id] += part
    as_planned = order.is_to_be_done_as(lot.plan)
    if as_planned and not lot.promise.asked_anew:
        served[order.id] += used
    lot.elsewhere += NONE if as_planned else share
    lot.taken += share if order.begun or not as_planned else NONE
    lot.begun += share if order.begun else NONE
    return used


def _shares(
    ranked: list[PlannedPromise],
    lots: Mapping[Key, _Lot],
    served: Mapping[int, Decimal],
    pegs: Mapping[int, Mapping[int, Decimal]],
) -> Netted:
    """What was begun above has taken its parts with it, so that their lots are done."""
    minutes, components = dict[Key, Fraction](), dict[Key, Fraction]()
    for promise in ranked:
        making: dict[int, Fraction] = {0: ALL}
        for plan in promise.lots:
            lot = lots[promise.schedule_line_id, plan.item_id]
            todo = min(lot.todo, making.get(plan.parent, ALL))
            minutes[lot.key] = max(todo - lot.elsewhere, NONE)
            components[lot.key] = max(todo - lot.taken, NONE)
            making[plan.item_id] = max(todo - lot.begun, NONE)
    return Netted(minutes, components, served, pegs)


def _units(quantity: Decimal, share: Fraction) -> Decimal:
    """Six decimals, rounded up."""
    if share == ALL:
        return quantity
    exact = Fraction(quantity) * share * 10**6
    return Decimal(-(-exact.numerator // exact.denominator)).scaleb(-6)


def counted(amount: Decimal, share: Fraction) -> Decimal:
    """Of a claim what still counts, never less than needed."""
    if share >= ALL:
        return amount
    return min(_units(amount, share).quantize(Decimal("0.000001"), ROUND_CEILING), amount)
