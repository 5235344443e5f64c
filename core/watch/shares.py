"""A proposal how to share out what is not enough of an item, with who gains, who loses, and until when the losers wait."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.errors import NotFound
from core.execution.scarce import RULES, Shares, Want
from core.execution.tables import Allocation
from core.orders.tables import ScheduleLine
from core.parties.tables import Customer
from core.promising.ask import ZERO, AskLine, Bucket, Promised, Supply
from core.promising.atp import answer
from core.promising.picture import lock_goods
from core.promising.taken import less
from core.supply.allocations import on_shipments
from core.supply.tables import Site, StockLot
from core.watch.book import Kept, Ways, beginning_of, book_of, open_promises
from core.watch.tables import PromiseSlip
from core.watch.trial import Book, OpenPromise, Way


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One promise. has: allocated to it now; else_gets: what it would get, first promised first served; gets: by the rule.

    parts: what it gets, with its days; rest: what it lacks then, likewise.
    """

    kept: Kept
    customer_name: str
    priority: int
    has: Decimal
    else_gets: Decimal
    gets: Decimal
    parts: tuple[Promised, ...] = ()
    rest: tuple[Promised, ...] = ()

    @property
    def gain(self) -> Decimal:
        return self.gets - self.else_gets

    @property
    def later(self) -> tuple[Promised, ...]:
        """What comes after the promised day."""
        day = self.kept.promise.promised_date
        return tuple(p for p in (*self.parts, *self.rest) if p.promised_date > day)

    @property
    def lacks(self) -> Decimal:
        return self.kept.promise.quantity - self.gets

    @property
    def changes(self) -> bool:
        """Whether applying the proposal does anything to it."""
        return self.gain != 0 or bool(self.later)


@dataclass(frozen=True, slots=True)
class Proposal:
    """there: stock and receipts that can leave before `until`; wanted: all that has to leave by then. until: the day of the
    first receipt after which there is enough again; None: the end of what is known. stock: whether only stock is shared.

    seen: tells this proposal from another one.
    """

    item: Item
    site: Site
    rule: str
    rows: tuple[ShareRow, ...]
    there: Decimal
    wanted: Decimal
    until: date | None
    stock: bool

    @property
    def seen(self) -> str:
        said = ";".join(
            f"{r.kept.promise.id}:{r.gets}:{[(p.quantity, p.promised_date) for p in r.later]}"
            for r in self.rows
        )
        return hashlib.sha256(f"{self.rule};{said}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class ScarceItem:
    """short: what of its open promises slips."""

    item_id: int
    item_number: str
    description: str
    stock_unit: str
    site_id: int
    site_code: str
    orders: int
    short: Decimal


def scarce_items(session: Session) -> tuple[ScarceItem, ...]:
    """Items whose promises slip, by site: what lacks most orders first."""
    rows = session.execute(
        select(
            Item,
            Site,
            func.count(PromiseSlip.order_id.distinct()),
            func.sum(PromiseSlip.quantity),
        )
        .join(Item, Item.id == PromiseSlip.item_id)
        .join(ScheduleLine, ScheduleLine.id == PromiseSlip.schedule_line_id)
        .join(Site, Site.id == ScheduleLine.site_id)
        .where(PromiseSlip.kind == "slip", PromiseSlip.status.in_(("open", "refused")))
        .group_by(Item.id, Site.id)
    )
    found = [
        ScarceItem(
            item.id,
            item.number,
            item.description,
            item.stock_unit,
            site.id,
            site.code,
            orders,
            Decimal(short),
        )
        for item, site, orders, short in rows
    ]
    return tuple(sorted(found, key=lambda s: (-s.orders, s.item_number)))


def propose(
    session: Session, item_id: int, site_id: int, rule: str, *, now: datetime, lock: bool = False
) -> Proposal:
    """Raises NotFound for an unknown item, site or rule."""
    item, site = session.get(Item, item_id), session.get(Site, site_id)
    if item is None or site is None or rule not in RULES:
        raise NotFound("There is nothing to share out under this address.")
    if lock:
        lock_goods(session, {item_id})
    every = [row for row in open_promises(session, {item_id}) if row.schedule.site_id == site_id]
    book = book_of(session, every, {item_id}, now=now, lock=lock)
    held = _held(session, [row.schedule.id for row in every])
    until = _until(book, every, held, item_id, site_id)
    kept = [row for row in every if _leaves(row, until)]
    fixed = on_shipments(session, [row.schedule.id for row in kept])
    customers = _customers(session, {row.order.customer_id for row in kept})
    step = book.supply.sources[item_id].step
    wants = [_want(row, customers, fixed, step) for row in kept]
    free = _free(book, item_id, site_id, until)
    has = {row.promise.id: held.get(row.promise.id, ZERO) for row in kept}
    there = free + sum(has.values(), ZERO)
    shares, otherwise = RULES[rule](there, wants), _otherwise(free, wants, has)
    served, rests = _dates(session, book, kept, shares, has, now)
    rows = [
        ShareRow(
            row,
            customers[row.order.customer_id].name,
            customers[row.order.customer_id].supply_priority,
            has[row.promise.id],
            otherwise[row.promise.id],
            shares[row.promise.id],
            served.get(row.promise.id, ()),
            rests.get(row.promise.id, ()),
        )
        for row in kept
    ]
    wanted = sum((want.quantity for want in wants), ZERO)
    stock = there == _free(book, item_id, site_id, date.min) + sum(has.values(), ZERO)
    return Proposal(item, site, rule, tuple(rows), there, wanted, until, stock)


def _until(
    book: Book, rows: list[Kept], held: dict[int, Decimal], item_id: int, site_id: int
) -> date | None:
    """The first receipt before which more is wanted than there is; None: there is none, so all that is known counts."""
    ready = sorted(
        bucket.ready_date
        for bucket in book.supply.buckets
        if bucket.kind != "stock" and (bucket.item_id, bucket.site_id) == (item_id, site_id)
    )
    for day in ready:
        some = [row.promise for row in rows if row.promise.ship_date < day]
        wanted = sum((p.quantity - held.get(p.id, ZERO) for p in some), ZERO)
        if wanted > _free(book, item_id, site_id, day):
            return day
    return None


def _free(book: Book, item_id: int, site_id: int, until: date | None) -> Decimal:
    """Stock that nobody holds and receipts that can leave before `until`, less what is kept for somebody."""
    return sum(
        (
            bucket.quantity
            for bucket in book.supply.buckets
            if _is_common(bucket, item_id, site_id)
            and (bucket.kind == "stock" or until is None or bucket.ready_date < until)
        ),
        ZERO,
    )


def _leaves(row: Kept, until: date | None) -> bool:
    return until is None or row.promise.ship_date < until


def _held(session: Session, schedule_ids: Collection[int]) -> dict[int, Decimal]:
    """By schedule line what is allocated to it of usable lots."""
    rows = session.execute(
        select(Allocation.schedule_line_id, func.sum(Allocation.quantity))
        .join(StockLot, StockLot.id == Allocation.lot_id)
        .where(Allocation.schedule_line_id.in_(schedule_ids), StockLot.quality == "released")
        .group_by(Allocation.schedule_line_id)
    )
    return {schedule_id: Decimal(total) for schedule_id, total in rows}


def _customers(session: Session, ids: Collection[int]) -> dict[int, Customer]:
    return {row.id: row for row in session.scalars(select(Customer).where(Customer.id.in_(ids)))}


def _want(
    row: Kept,
    customers: dict[int, Customer],
    fixed: dict[tuple[int, int], Decimal],
    step: Decimal,
) -> Want:
    promise = row.promise
    taken = sum((q for (schedule_id, _), q in fixed.items() if schedule_id == promise.id), ZERO)
    return Want(
        promise.id,
        promise.quantity,
        promise.ship_date,
        promise.turn,
        customers[row.order.customer_id].supply_priority,
        promise.multiple or step,
        min(taken, promise.quantity),
        _least(row),
    )


def _least(row: Kept) -> Decimal:
    """What may not come in parts is all of it or nothing."""
    promise = row.promise
    alone = row.together is None and promise.most_parts != 1
    return min(promise.least, promise.quantity) if alone else promise.quantity


def _is_common(bucket: Bucket, item_id: int, site_id: int) -> bool:
    """Of the item at the site, and kept for nobody."""
    return (bucket.item_id, bucket.site_id, bucket.customer_id) == (item_id, site_id, 0)


def _otherwise(free: Decimal, wants: Sequence[Want], held: dict[int, Decimal]) -> Shares:
    """Nothing is taken from anybody; what is free goes to who was promised first."""
    found = {}
    for want in sorted(wants, key=lambda w: w.turn):
        has = min(held.get(want.id, ZERO), want.quantity)
        more = min(free, want.quantity - has)
        found[want.id] = has + more
        free -= more
    return found


Parts = dict[int, tuple[Promised, ...]]


def _dates(
    session: Session,
    book: Book,
    kept: list[Kept],
    shares: Shares,
    has: dict[int, Decimal],
    now: datetime,
) -> tuple[Parts, Parts]:
    """(when comes what each gets, when what each lacks). What everybody gets is served first, what leaves first first;
    what is lacking comes after all other promises."""
    ids = {row.promise.id for row in kept}
    first = min((row.promise.turn for row in kept), default=(0, date.min, 0))
    others = tuple(d for d in book.supply.demands if d.schedule_line_id not in ids)
    given_back = sum((max(has[i] - shares[i], ZERO) for i in ids), ZERO)
    supply = _with_more(book.supply, kept, given_back)
    before = replace(supply, demands=tuple(d for d in others if d.turn < first))
    ways = Ways(session, book, kept, beginning_of(session, now))
    served, rests = Parts(), Parts()
    for row in sorted(kept, key=lambda r: (r.promise.ship_date, r.promise.turn)):
        gets = shares[row.promise.id] - min(has[row.promise.id], shares[row.promise.id])
        if gets > 0:
            parts = _ask(before, row.promise, gets, ways.of(row))
            before = less(before, parts)
            served[row.promise.id] = parts
    after = less(replace(supply, demands=others), (p for parts in served.values() for p in parts))
    for row in sorted(kept, key=lambda r: r.promise.turn):
        lacks = row.promise.quantity - shares[row.promise.id]
        if lacks > 0:
            parts = _ask(after, row.promise, lacks, ways.of(row))
            after = less(after, parts)
            rests[row.promise.id] = parts
    return served, rests


def _with_more(supply: Supply, kept: list[Kept], quantity: Decimal) -> Supply:
    """With stock that is taken away from those who hold more than their share, as the first bucket of stock's."""
    if quantity <= 0 or not kept:
        return supply
    item_id, site_id = kept[0].line.item_id, kept[0].schedule.site_id or 0
    today = min(site.earliest_ship_date for site in supply.sites)
    more = Bucket("stock", 0, "", item_id, site_id, quantity, today, today)
    return replace(supply, buckets=(more, *supply.buckets))


def _ask(supply: Supply, promise: OpenPromise, lacks: Decimal, way: Way) -> tuple[Promised, ...]:
    line = AskLine(
        promise.id,
        promise.item_id,
        lacks,
        promise.promised_date,
        promise.position,
        promise.multiple,
        least=promise.least,
        most_parts=promise.most_parts,
    )
    ways = replace(supply, delivery=way.delivery, shelf_days=way.shelf_days)
    return answer(replace(way.ask, lines=(line,)), ways).lines.get(promise.id, ())
