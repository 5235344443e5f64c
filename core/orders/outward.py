"""Orders as other programs see them: natural keys, exact quantities as text, and the four dates of every promise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from core.billing.tables import Invoice
from core.catalogue.tables import Item
from core.events import EVENTS
from core.journal import Event
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.returns.tables import ReturnAuthorization
from core.shipping.tables import Shipment
from core.supply.tables import Site
from core.values import plain

OWNED: dict[str, Any] = {"shipment": Shipment, "invoice": Invoice, "return": ReturnAuthorization}


def orders_outward(
    session: Session,
    *,
    after: int = 0,
    limit: int = 50,
    status: str = "",
    customer: str = "",
    changed_since: datetime | None = None,
) -> tuple[list[dict[str, Any]], int | None]:
    """(orders, where the next page begins) by the order of booking; None at the end."""
    query = select(Order).where(Order.id > after)
    if status:
        query = query.where(Order.status == status)
    if customer:
        query = query.join(Customer, Customer.id == Order.customer_id).where(
            Customer.number == customer
        )
    if changed_since is not None:
        query = query.where(_touched(changed_since))
    found = session.scalars(query.order_by(Order.id).limit(limit + 1).options(_whole())).all()
    some = found[:limit]
    return _outward(session, some), some[-1].id if len(found) > limit else None


def order_outward(session: Session, number: str) -> dict[str, Any] | None:
    order = session.scalar(select(Order).where(Order.number == number).options(_whole()))
    return _outward(session, [order])[0] if order is not None else None


def _touched(since: datetime) -> ColumnElement[bool]:
    """Whether something happened to the order, or to a shipment, an invoice or a return of it, since then."""
    happened = [Order.changed_at >= since]
    for subject, owner in OWNED.items():
        names = [name for name in EVENTS if name.startswith(f"{subject}.")]
        ids = select(Event.subject_id).where(Event.name.in_(names), Event.at >= since)
        happened.append(Order.id.in_(select(owner.order_id).where(owner.id.in_(ids))))
    return or_(*happened)


def _whole() -> Any:
    return selectinload(Order.lines).selectinload(OrderLine.schedule)


def _outward(session: Session, orders: Sequence[Order]) -> list[dict[str, Any]]:
    customers = _names(session, Customer.id, Customer.number, {o.customer_id for o in orders})
    lines = [line for order in orders for line in order.lines]
    items = _names(session, Item.id, Item.number, {line.item_id for line in lines})
    sites = _names(
        session, Site.id, Site.code, {s.site_id for line in lines for s in line.schedule}
    )
    return [
        {
            "number": order.number,
            "revision": order.revision,
            "status": order.status,
            "customer": customers.get(order.customer_id, ""),
            "po_number": order.po_number,
            "order_date": _day(order.order_date),
            "requested_date": _day(order.requested_date),
            "booked_at": order.booked_at.isoformat(),
            "changed_at": order.changed_at.isoformat(),
            "currency": order.currency,
            "payment_terms": order.payment_terms,
            "incoterms": order.incoterms,
            "delivery_policy": order.delivery_policy,
            "ship_to": order.ship_to,
            "lines": [_line(line, items, sites) for line in order.lines],
        }
        for order in orders
    ]


def _line(line: OrderLine, items: dict[int, str], sites: dict[int, str]) -> dict[str, Any]:
    return {
        "position": line.position,
        "customer_line": line.customer_line_no,
        "item": items.get(line.item_id, ""),
        "customer_sku": line.customer_sku,
        "description": line.description,
        "quantity": plain(line.quantity),
        "unit": line.unit,
        "price": plain(line.price),
        "stock_quantity": plain(line.stock_quantity),
        "cancelled_quantity": plain(line.cancelled_quantity),
        "shipped_quantity": plain(line.shipped_quantity),
        "invoiced_quantity": plain(line.invoiced_quantity),
        "returned_quantity": plain(line.returned_quantity),
        "schedule": [_scheduled(one, sites) for one in line.schedule],
    }


def _scheduled(one: ScheduleLine, sites: dict[int, str]) -> dict[str, Any]:
    return {
        "position": one.position,
        "stock_quantity": plain(one.quantity),
        "shipped_quantity": plain(one.shipped_quantity),
        "site": sites.get(one.site_id or 0, ""),
        "requested_date": _day(one.requested_date),
        "first_promised_date": _day(one.first_promised_date),
        "promised_date": _day(one.promised_date),
        "actual_date": _day(one.actual_date),
        "ship_date": _day(one.ship_date),
        "promise_version": one.promise_version,
    }


def _names(session: Session, key: Any, name: Any, ids: set[Any]) -> dict[int, str]:
    query = select(key, name).where(key.in_(ids - {None}))
    return {row[0]: row[1] for row in session.execute(query)}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


NUMBERED = {"order": Order, "shipment": Shipment, "return": ReturnAuthorization}


def numbers_of(session: Session, events: Sequence[Event]) -> dict[tuple[str, int], tuple[str, str]]:
    """By (subject, id) of these events: its number and the number of its order."""
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for subject, model in NUMBERED.items():
        ids = {e.subject_id for e in events if e.subject == subject}
        if model is Order:
            for key, number in _names(session, Order.id, Order.number, ids).items():
                found[subject, key] = (number, number)
            continue
        owner: Any = model
        query = (
            select(owner.id, owner.number, Order.number)
            .join(Order, Order.id == owner.order_id)
            .where(owner.id.in_(ids))
        )
        for row in session.execute(query):
            found[subject, row[0]] = (row[1], row[2])
    return found
