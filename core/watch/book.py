"""The open promises of some items with the picture of supply that they rest on, from the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.policy import company_zone, policy_of
from core.company.tables import Company
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.orders.terms import as_agreed, goes_together
from core.parties.tables import CustomerAddress
from core.promising.ask import ZERO, Ask, AskLine, Supply
from core.promising.lots import ALL, Netted, counted
from core.promising.picture import lock_goods, picture
from core.promising.promised_before import shelf_days
from core.promising.recipes import purchases_of
from core.promising.tables import PromiseClaim
from core.promising.ways import delivery_of, roads_of
from core.watch.affected import OPEN
from core.watch.claimed import Awaited, Refused, awaited_for, claimed_goods, refused_purchases
from core.watch.sight import Minutes
from core.watch.trial import ANEW, Book, OpenPromise, Way, as_if_picked_today


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise with its rows. together: what is delivered with it on one day has the same; None: it may go alone."""

    promise: OpenPromise
    schedule: ScheduleLine
    line: OrderLine
    order: Order
    together: str | None = None
    transit_days: int = 1


def local_day(session: Session, now: datetime) -> date:
    return now.astimezone(company_zone(session.get(Company, 1))).date()


def with_companions(
    session: Session, item_ids: Collection[int], *, lock: bool = False
) -> tuple[set[int], tuple[Kept, ...]]:
    """The items and what is delivered together with one of them, and all their open promises. lock: the goods first, so
    that nobody else promises them meanwhile."""
    items = set(item_ids)
    if lock:
        lock_goods(session, items)
    kept = open_promises(session, items)
    orders = {row.order.id for row in kept if row.together is not None}
    if orders:
        others = select(OrderLine.item_id).where(OrderLine.order_id.in_(sorted(orders)))
        more = set(session.scalars(others.distinct()))
        if more - items:
            items |= more
            if lock:
                lock_goods(session, items)
            kept = open_promises(session, items)
    return items, kept


def open_promises(session: Session, item_ids: Collection[int]) -> tuple[Kept, ...]:
    """Of booked orders, first promised first; what was never promised is not among them."""
    rows: Any = session.execute(
        select(ScheduleLine, OrderLine, Order, CustomerAddress.transit_days)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .outerjoin(CustomerAddress, CustomerAddress.id == Order.ship_to_id)
        .where(
            OrderLine.item_id.in_(sorted(item_ids)), *OPEN, ScheduleLine.promised_date.is_not(None)
        )
        .order_by(ScheduleLine.id)
        # What was read before the goods were locked must not come back from memory.
        .execution_options(populate_existing=True)
    ).all()
    awaited, refused = awaited_for(session, item_ids), refused_purchases(session)
    return tuple(
        Kept(
            _promise(schedule, line, order, awaited[schedule.id], refused),
            schedule,
            line,
            order,
            _together(order, line),
            1 if transit is None else transit,
        )
        for schedule, line, order, transit in rows
    )


def _together(order: Order, line: OrderLine) -> str | None:
    """The order, or the group of its lines, when it is delivered complete."""
    if not goes_together(order, line):
        return None
    return f"{order.id}:{line.group_name if line.group_name in order.delivery else ''}"


def _promise(
    schedule: ScheduleLine,
    line: OrderLine,
    order: Order,
    awaited: list[Awaited],
    refused: Refused,
) -> OpenPromise:
    """What waits for a purchase that was refused is not trusted to come; what was promised without it since then is."""

    def is_off(item_id: int, day: date) -> bool:
        return day <= refused.get((order.id, item_id), date.min)

    late = any(
        p.get("kind") == "buy"
        and is_off(int(p.get("id", 0)), date.fromisoformat(str(p["due_date"])))
        for p in schedule.pegging
    )
    anew = [p for p in schedule.pegging if p.get("kind") in ANEW and int(p.get("level", 0)) <= 1]
    packed = line.factor_denominator == 1 and line.factor_numerator > 1
    promised = schedule.promised_date
    assert promised is not None
    agreed = as_agreed(order, line, AskLine(0, line.item_id, schedule.quantity, promised))
    ship_date = schedule.ship_date or promised
    return OpenPromise(
        id=schedule.id,
        turn=(
            schedule.id if schedule.ranked_as is None else schedule.ranked_as,
            ship_date,
            schedule.id,
        ),
        order_id=line.order_id,
        line_id=line.id,
        item_id=line.item_id,
        site_id=schedule.site_id,
        quantity=schedule.quantity - schedule.shipped_quantity,
        promised_date=promised,
        ship_date=ship_date,
        wish=schedule.requested_date,
        position=line.position,
        multiple=Decimal(line.factor_numerator) if packed else ZERO,
        least=agreed.least,
        most_parts=agreed.most_parts,
        trusted=ZERO if late else sum((Decimal(str(p["quantity"])) for p in anew), ZERO),
        awaited=tuple(one for one in awaited if not is_off(one[0], one[2])),
        trusted_until=max((date.fromisoformat(str(p["due_date"])) for p in anew), default=None),
    )


def book_of(
    session: Session,
    kept: Collection[Kept],
    item_ids: Collection[int],
    *,
    now: datetime,
    travel: bool = False,
    lock: bool = False,
) -> Book:
    """The picture at the beginning of the day, so that an hour makes no promise late.

    What other items' promises take of the same components and work centres is in it too. travel: whether the days on the
    road are in doubt.
    """
    morning = beginning_of(session, now)
    # A recipe may have changed since: a promise still lives from the components that it took.
    goods = {*item_ids, *claimed_goods(session, item_ids)}
    supply = picture(session, goods, now=morning, offers=False, lock=lock)
    centres = supply.plant.centres if supply.plant else {}
    netted = supply.plant.netted if supply.plant else Netted()
    supply, sourced = _with_purchases(session, supply)
    book = Book(
        as_if_picked_today(supply, morning.date()),
        tuple(k.promise for k in kept),
        _minutes(session, centres, netted, morning.date()),
        morning.date(),
        sourced=sourced,
    )
    if not travel:
        return book
    ways = Ways(session, book, kept, morning)
    return replace(book, ways={row.order.id: ways.of(row) for row in kept})


def _with_purchases(session: Session, supply: Supply) -> tuple[Supply, frozenset[int]]:
    """The picture is of many items at once: each of them may be a component of another one, too."""
    if supply.plant is None:
        return supply, frozenset()
    items = supply.sources.keys()
    policy = policy_of(session.get(Company, 1))
    every, sourced = (
        purchases_of(session, items, told=told, calendar=supply.calendar, policy=policy)
        for told in ((), items)
    )
    plant = replace(supply.plant, purchases=every)
    return replace(supply, plant=plant), frozenset(sourced)


def beginning_of(session: Session, now: datetime) -> datetime:
    """Midnight of the company's day."""
    zone = company_zone(session.get(Company, 1))
    return datetime.combine(now.astimezone(zone).date(), time.min, tzinfo=zone)


class Ways:
    """The ways to the customers of these promises, looked up together."""

    def __init__(
        self, session: Session, book: Book, kept: Collection[Kept], morning: datetime
    ) -> None:
        self._book, self._local = book, morning
        self._asks = {row.promise.id: _ask_of(row, book.today) for row in kept}
        self._roads = roads_of(session, self._asks.values())
        customers = {row.order.customer_id for row in kept}
        self._shelf = shelf_days(session, customers, {row.line.item_id for row in kept})
        self._known: dict[object, Way] = {}

    def of(self, row: Kept) -> Way:
        ask, item_id = self._asks[row.promise.id], row.line.item_id
        key = (ask, item_id)
        if key not in self._known:
            supply = self._book.supply
            way = delivery_of(self._roads, ask, supply.sites, supply.calendar, self._local)
            days = self._shelf.get((row.order.customer_id, item_id))
            self._known[key] = Way(ask, way, {} if days is None else {item_id: days})
        return self._known[key]


def _ask_of(row: Kept, today: date) -> Ask:
    """The order's, without lines."""
    order = row.order
    return Ask(
        lines=(),
        today=today,
        transit_days=row.transit_days,
        customer_id=order.customer_id,
        ship_to_id=order.ship_to_id,
        ship_via=order.ship_via,
        country=str(order.ship_to.get("country", "")),
        postal_code=str(order.ship_to.get("postal_code", "")),
    )


def _minutes(
    session: Session, centres: Mapping[int, object], netted: Netted, today: date
) -> tuple[Minutes, ...]:
    rows = session.execute(
        select(
            PromiseClaim.schedule_line_id,
            ScheduleLine.ranked_as,
            ScheduleLine.ship_date,
            PromiseClaim.work_centre_id,
            PromiseClaim.day,
            PromiseClaim.amount,
            PromiseClaim.for_item_id,
        )
        .join(ScheduleLine, ScheduleLine.id == PromiseClaim.schedule_line_id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            PromiseClaim.work_centre_id.in_(sorted(centres)),
            PromiseClaim.day >= today,
            *OPEN,
        )
    )
    return tuple(
        Minutes(
            number,
            (number if rank is None else rank, ship or day, number),
            centre or 0,
            day,
            counted(amount, netted.minutes.get((number, made or 0), ALL)),
        )
        for number, rank, ship, centre, day, amount, made in rows
    )
