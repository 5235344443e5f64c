"""The promise watch as planners see it: slips by cause, with what each cause costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.promising.sentences import promise_sentence
from core.watch.cause_words import sentence
from core.watch.keep import STANDING
from core.watch.tables import PromiseNotice, PromiseSlip

MOST_SLIPS = 1000
TABS: dict[str, tuple[str, str]] = {
    "slips": ("slip", "open"),
    "expedite": ("slip", "refused"),
    "sooner": ("sooner", "open"),
}
"""Tab -> (kind, status) of its slips."""


@dataclass(frozen=True, slots=True)
class SlipRow:
    """days: civil days by which the date moves, below zero when sooner. value: of what moves, in the order's currency.

    missed: days after the wish, None without one. together: it waits for, or is waited for by, others of its order.
    """

    id: int
    version: int
    order_id: int
    order_number: str
    po_number: str
    customer_id: int
    customer_name: str
    position: int
    item_number: str
    description: str
    quantity: Decimal
    stock_unit: str
    wish: date | None
    promised_date: date
    new_date: date
    days: int
    missed: int | None
    value: Decimal
    currency: str
    reason: str
    decided_by: str
    decided_reason: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """worst: the largest move in days. values: (currency, sum)."""

    key: str
    sentence: str
    slips: tuple[SlipRow, ...]
    orders: int
    customers: int
    worst: int
    values: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class WatchPage:
    """counts: of each tab and of "mails". more: slips beyond those that are shown."""

    groups: tuple[CauseGroup, ...]
    counts: dict[str, int]
    more: int


def watch_page(session: Session, tab: str = "slips") -> WatchPage:
    """The causes that cost most customers first."""
    kind, status = TABS.get(tab, TABS["slips"])
    rows = session.execute(
        select(PromiseSlip, Order, OrderLine, Item, Customer.name, ScheduleLine.requested_date)
        .join(Order, Order.id == PromiseSlip.order_id)
        .join(OrderLine, OrderLine.id == PromiseSlip.line_id)
        .join(Item, Item.id == PromiseSlip.item_id)
        .join(Customer, Customer.id == Order.customer_id)
        .join(ScheduleLine, ScheduleLine.id == PromiseSlip.schedule_line_id)
        .where(PromiseSlip.kind == kind, PromiseSlip.status == status)
        .order_by(PromiseSlip.promised_date, PromiseSlip.id)
        .limit(MOST_SLIPS)
    ).all()
    grouped: dict[str, list[tuple[PromiseSlip, SlipRow]]] = defaultdict(list)
    for slip, order, line, item, customer, wish in rows:
        row = _row(slip, order, line, item, customer, wish)
        grouped[slip.cause].append((slip, row))
    groups = [_group(key, found) for key, found in grouped.items()]
    groups.sort(key=lambda g: (-g.customers, -g.orders, -abs(g.worst), g.key))
    counts = counted(session)
    return WatchPage(tuple(groups), counts, counts.get(tab, 0) - len(rows))


def counted(session: Session) -> dict[str, int]:
    """How much waits in each tab."""
    found = {
        (kind, status): count
        for kind, status, count in session.execute(
            select(PromiseSlip.kind, PromiseSlip.status, func.count())
            .where(PromiseSlip.status.in_(("open", "refused")))
            .group_by(PromiseSlip.kind, PromiseSlip.status)
        )
    }
    mails = select(func.count()).select_from(PromiseNotice)
    drafted = session.scalar(mails.where(PromiseNotice.status == "drafted"))
    return {**{tab: found.get(where, 0) for tab, where in TABS.items()}, "mails": drafted or 0}


def _row(
    slip: PromiseSlip,
    order: Order,
    line: OrderLine,
    item: Item,
    customer: str,
    wish: date | None,
) -> SlipRow:
    each = Fraction(line.price) * line.factor_denominator / line.factor_numerator
    return SlipRow(
        id=slip.id,
        version=slip.version,
        order_id=order.id,
        order_number=order.number,
        po_number=order.po_number,
        customer_id=order.customer_id,
        customer_name=customer,
        position=line.position,
        item_number=item.number,
        description=line.description,
        quantity=slip.quantity,
        stock_unit=item.stock_unit,
        wish=wish,
        promised_date=slip.promised_date,
        new_date=slip.new_date,
        days=(slip.new_date - slip.promised_date).days,
        missed=(slip.new_date - wish).days if wish else None,
        value=Decimal(round(each * Fraction(slip.quantity) * 100)).scaleb(-2),
        currency=order.currency,
        reason=promise_sentence(slip.reason),
        decided_by=slip.decided_by,
        decided_reason=slip.decided_reason,
        found_at=slip.created_at,
    )


def _group(key: str, found: list[tuple[PromiseSlip, SlipRow]]) -> CauseGroup:
    """The newest slip tells the cause as it is now."""
    newest = max((slip for slip, _ in found), key=lambda slip: slip.changed_at)
    rows = tuple(row for _, row in found)
    return CauseGroup(
        key=key,
        sentence=sentence(newest.cause_code, newest.cause_facts),
        slips=rows,
        orders=len({row.order_id for row in rows}),
        customers=len({row.customer_id for row in rows}),
        worst=max((row.days for row in rows), key=abs),
        values=_values(rows),
    )


def _values(rows: Iterable[SlipRow]) -> tuple[tuple[str, Decimal], ...]:
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        sums[row.currency] += row.value
    return tuple(sorted(sums.items()))


@dataclass(frozen=True, slots=True)
class OrderSlip:
    """What the order's own screen says of a promise that slips. refused: its date is kept and expedited."""

    position: int
    quantity: Decimal
    stock_unit: str
    promised_date: date
    new_date: date
    cause: str
    refused: bool


def slips_of_order(session: Session, order_id: int) -> tuple[OrderSlip, ...]:
    rows = session.execute(
        select(PromiseSlip, OrderLine.position, Item.stock_unit)
        .join(OrderLine, OrderLine.id == PromiseSlip.line_id)
        .join(Item, Item.id == PromiseSlip.item_id)
        .where(
            PromiseSlip.order_id == order_id,
            PromiseSlip.kind == "slip",
            PromiseSlip.status.in_(STANDING),
        )
        .order_by(OrderLine.position, PromiseSlip.promised_date)
    )
    return tuple(
        OrderSlip(
            position,
            slip.quantity,
            unit,
            slip.promised_date,
            slip.new_date,
            sentence(slip.cause_code, slip.cause_facts),
            slip.status == "refused",
        )
        for slip, position, unit in rows
    )


def slips_of(session: Session, cause: str, kind: str) -> tuple[int, ...]:
    """Ids of the open slips of one cause, first promised first."""
    return tuple(
        session.scalars(
            select(PromiseSlip.id)
            .where(
                PromiseSlip.cause == cause, PromiseSlip.kind == kind, PromiseSlip.status == "open"
            )
            .order_by(PromiseSlip.schedule_line_id)
        )
    )
