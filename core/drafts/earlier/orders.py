"""Which earlier order a customer means: the last one, the one with a number or of a day, or what they usually order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, selectinload

from core.company.policy import company_zone
from core.drafts.case import Case
from core.drafts.keys import po_key
from core.inbound.reading import Earlier
from core.orders.tables import Order, OrderLine

RECENT = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an earlier order. codes: numbers that name it; texts: words that name it; unit as ordered."""

    position: int
    sku: str
    texts: tuple[str, ...]
    quantity: Decimal
    unit: str
    description: str
    codes: tuple[str, ...] = ()
    item_id: int = 0


@dataclass(frozen=True, slots=True)
class Meant:
    """The order meant and its rows; count: from how many orders they were taken together.

    why: when there is none: "customer" (not known), "none", "number" or "day".
    """

    order: Order | None = None
    rows: tuple[Row, ...] = ()
    count: int = 1
    why: str = ""


def meant_order(session: Session, case: Case, earlier: Earlier) -> Meant:
    if case.customer is None:
        return Meant(why="customer")
    if earlier.kind == "number":
        found = _numbered(session, case, earlier.number)
        return _of(found) if found else Meant(why="number")
    if earlier.kind == "date":
        found = _of_day(session, case, date.fromisoformat(earlier.day))
        return _of(found) if found else Meant(why="day")
    orders = _recent(session, case)
    if not orders:
        return Meant(why="none")
    return (_usual(orders) if earlier.kind == "usual" else None) or _of(orders[0])


def _of(order: Order) -> Meant:
    return Meant(order, tuple(_row(line, line.quantity) for line in _lines(order)))


def _lines(order: Order) -> list[OrderLine]:
    """What was not cancelled altogether."""
    return [line for line in order.lines if line.cancelled_quantity < line.stock_quantity]


def _row(line: OrderLine, quantity: Decimal) -> Row:
    return Row(
        line.position,
        "",
        (line.description,),
        quantity,
        line.unit,
        line.description,
        (line.customer_sku,) if line.customer_sku else (),
        line.item_id,
    )


def _usual(orders: Sequence[Order]) -> Meant | None:
    """The items that at least half of the last orders have, each in its most frequent quantity; None when none repeat."""
    often = Counter(item for order in orders for item in {x.item_id for x in _lines(order)})
    least = max(2, (len(orders) + 1) // 2)
    rows: dict[int, Row] = {}
    for order in orders:
        for line in _lines(order):
            if often[line.item_id] >= least and line.item_id not in rows:
                unit, quantity = _most_frequent(orders, line.item_id)
                row = _row(line, quantity)
                rows[line.item_id] = Row(
                    len(rows) + 1, row.sku, row.texts, quantity, unit, row.description, row.codes, row.item_id,
                )  # fmt: skip
    return Meant(orders[0], tuple(rows.values()), len(orders)) if rows else None


def _most_frequent(orders: Sequence[Order], item_id: int) -> tuple[str, Decimal]:
    """Unit and quantity; of two as frequent ones the newer."""
    told = [(x.unit, x.quantity) for order in orders for x in _lines(order) if x.item_id == item_id]
    return Counter(told).most_common(1)[0][0]


def _recent(session: Session, case: Case) -> list[Order]:
    """The customer's last orders, newest first; those booked after the mail came only when there are no others."""
    query = _orders_of(case).order_by(Order.booked_at.desc(), Order.id.desc())
    if case.document is not None:
        before = query.where(Order.booked_at <= case.document.received_at).limit(RECENT)
        found = list(session.scalars(before))
        if found:
            return found
    return list(session.scalars(query.limit(RECENT)))


def _numbered(session: Session, case: Case, number: str) -> Order | None:
    """By the customer's number or by ours."""
    key = po_key(number)
    named = [Order.number == number.upper(), *([Order.po_key == key] if key else [])]
    return session.scalars(
        _orders_of(case).where(or_(*named)).order_by(Order.booked_at.desc(), Order.id.desc())
    ).first()


def _of_day(session: Session, case: Case, day: date) -> Order | None:
    """By the day the customer wrote on it, else by the day we booked it."""
    zone = company_zone(case.company)
    orders = session.scalars(
        _orders_of(case).order_by(Order.booked_at.desc(), Order.id.desc()).limit(500)
    ).all()
    written = [o for o in orders if o.order_date == day]
    booked = [o for o in orders if o.booked_at.astimezone(zone).date() == day]
    return next(iter([*written, *booked]), None)


def _orders_of(case: Case) -> Select[Order]:
    assert case.customer is not None
    return (
        select(Order)
        .where(
            Order.customer_id == case.customer.id,
            Order.status != "cancelled",
            or_(Order.draft_id.is_(None), Order.draft_id != case.draft.id),
        )
        .options(selectinload(Order.lines))
    )
