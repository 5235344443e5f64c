"""The list of orders: named views, search, one page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select, true
from sqlalchemy.orm import Session

from core.execution.tables import Allocation
from core.orders.money import line_net
from core.orders.progress import ZERO, LineQuantities, progress
from core.orders.quantities import quantities
from core.orders.tables import Hold, Order, OrderLine, ScheduleLine
from core.orders.view_values import OrderPage, OrderRow
from core.paging import total_of
from core.parties.tables import Customer
from core.values import utc_now

PAGE_SIZE = 50


def _open_schedule() -> ColumnElement[bool]:
    return ScheduleLine.quantity > ScheduleLine.shipped_quantity


def _late_lines(today: date) -> Select[Any]:
    return select(ScheduleLine.line_id).where(_open_schedule(), ScheduleLine.promised_date < today)


def _late(today: date) -> ColumnElement[bool]:
    orders = select(OrderLine.order_id).where(OrderLine.id.in_(_late_lines(today)))
    return Order.id.in_(orders) & (Order.status == "booked")


def _held(_today: date) -> ColumnElement[bool]:
    return exists(select(Hold.id).where(Hold.order_id == Order.id, Hold.status == "active"))


def _short() -> ColumnElement[bool]:
    allocated = (
        select(func.coalesce(func.sum(Allocation.quantity), 0))
        .where(Allocation.schedule_line_id == ScheduleLine.id)
        .scalar_subquery()
    )
    return ScheduleLine.quantity - ScheduleLine.shipped_quantity > allocated


def _backordered(_today: date) -> ColumnElement[bool]:
    return exists(
        select(ScheduleLine.id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .where(OrderLine.order_id == Order.id, _short())
    ) & (Order.status == "booked")


VIEWS: dict[str, Callable[[date], ColumnElement[bool]]] = {
    "open": lambda _: Order.status == "booked",
    "late": _late,
    "backordered": _backordered,
    "held": _held,
    "closed": lambda _: Order.status == "closed",
    "cancelled": lambda _: Order.status == "cancelled",
    "all": lambda _: true(),
}


def order_page(
    session: Session,
    *,
    view: str = "open",
    search: str = "",
    customer_id: int | None = None,
    today: date | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> OrderPage:
    """Orders of a named view (unknown: all), newest first. search: number, purchase order or customer, any part of it."""
    today, page, search = today or utc_now().date(), max(page, 1), search.strip()
    named = VIEWS.get(view, VIEWS["all"])(today)
    wanted = _matching(search, customer_id) & named
    rows = _found(session, wanted, today, (page - 1) * page_size, page_size)
    counts = _counts(session, today)
    count = select(func.count()).select_from(Order).where(wanted)
    is_whole = not search and customer_id is None and view in counts
    total = (
        counts[view]
        if is_whole
        else total_of(page, page_size, len(rows), lambda: session.scalar(count))
    )
    return OrderPage(rows, total, page, page_size, counts)


def orders_named(session: Session, search: str, *, today: date, most: int) -> tuple[OrderRow, ...]:
    """The newest orders that `search` names, as of order_page."""
    return _found(session, _matching(search.strip(), None), today, 0, most)


def _found(
    session: Session, wanted: ColumnElement[bool], today: date, offset: int, limit: int
) -> tuple[OrderRow, ...]:
    rows = session.execute(
        select(Order, Customer.name)
        .join(Customer, Customer.id == Order.customer_id)
        .where(wanted)
        .order_by(Order.booked_at.desc(), Order.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return _rows(session, [(order, name) for order, name in rows], today)


def _counts(session: Session, today: date) -> dict[str, int]:
    """Orders by view, in the views' order."""
    by_status: dict[str, int] = dict(
        session.execute(select(Order.status, func.count()).group_by(Order.status)).all()
    )
    special = {name: session.scalar(query) or 0 for name, query in _special(today).items()}
    known = {
        "open": by_status.get("booked", 0),
        "closed": by_status.get("closed", 0),
        "cancelled": by_status.get("cancelled", 0),
        "all": sum(by_status.values()),
    }
    return {name: special[name] if name in special else known[name] for name in VIEWS}


def _special(today: date) -> dict[str, Select[Any]]:
    """What is late or held is rare and found by its own index, whatever the book holds."""
    is_booked = exists().where(Order.id == OrderLine.order_id, Order.status == "booked")
    late = select(func.count(OrderLine.order_id.distinct())).where(
        OrderLine.id.in_(_late_lines(today)), is_booked
    )
    return {
        "late": late,
        "backordered": select(func.count()).select_from(Order).where(_backordered(today)),
        "held": select(func.count(Hold.order_id.distinct())).where(Hold.status == "active"),
    }


def _matching(search: str, customer_id: int | None) -> ColumnElement[bool]:
    found: ColumnElement[bool] = true()
    if search:
        customers = select(Customer.id).where(
            Customer.name.icontains(search, autoescape=True)
            | Customer.number.icontains(search, autoescape=True)
        )
        found = or_(
            Order.number.icontains(search, autoescape=True),
            Order.po_number.icontains(search, autoescape=True),
            Order.customer_id.in_(customers),
        )
    return found if customer_id is None else found & (Order.customer_id == customer_id)


def _rows(session: Session, orders: list[tuple[Order, str]], today: date) -> tuple[OrderRow, ...]:
    ids = [order.id for order, _ in orders]
    counted = quantities(session, ids)
    lines: defaultdict[int, list[OrderLine]] = defaultdict(list)
    for line in session.scalars(select(OrderLine).where(OrderLine.order_id.in_(ids))):
        lines[line.order_id].append(line)
    next_dates = _next_dates(session, ids)
    holds = _holds(session, ids)
    return tuple(
        OrderRow(
            id=order.id,
            number=order.number,
            status=order.status,
            customer_id=order.customer_id,
            customer_name=customer,
            po_number=order.po_number,
            booked_at=order.booked_at,
            requested_date=order.requested_date,
            next_date=next_dates.get(order.id),
            late=order.status == "booked" and next_dates.get(order.id, today) < today,
            currency=order.currency,
            net=_net(lines[order.id], counted, order.currency),
            line_count=len(lines[order.id]),
            hold_count=holds.get(order.id, 0),
            progress=progress(counted[line.id] for line in lines[order.id]),
        )
        for order, customer in orders
    )


def _net(lines: list[OrderLine], counted: dict[int, LineQuantities], currency: str) -> Decimal:
    nets = (
        line_net(
            counted[line.id].wanted,
            line.price,
            line.factor_numerator,
            line.factor_denominator,
            currency,
        )
        for line in lines
    )
    return sum(nets, ZERO)


def _next_dates(session: Session, order_ids: list[int]) -> dict[int, date]:
    rows = session.execute(
        select(OrderLine.order_id, func.min(ScheduleLine.promised_date))
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .where(
            OrderLine.order_id.in_(order_ids),
            _open_schedule(),
            ScheduleLine.promised_date.is_not(None),
        )
        .group_by(OrderLine.order_id)
    )
    return {order_id: day for order_id, day in rows if day is not None}


def _holds(session: Session, order_ids: list[int]) -> dict[int, int]:
    rows = session.execute(
        select(Hold.order_id, func.count())
        .where(Hold.order_id.in_(order_ids), Hold.status == "active")
        .group_by(Hold.order_id)
    )
    return dict(rows.all())
