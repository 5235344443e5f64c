"""A line that lacks no more than the customer tolerates is done: the rest is not delivered later (lesson 17).

This is a tolerance of quantity; what a price may differ by is another one, and neither follows from the other.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.catalogue.tables import CustomerItem
from core.journal import Event
from core.orders.cancel import cancel_open_of
from core.orders.progress import LineQuantities
from core.orders.quantities import quantities
from core.orders.rows import lines_of, schedule_of
from core.orders.tables import Order, OrderLine
from core.parties.tables import Customer
from core.values import plain

CLOSER = "policy:delivery-tolerance"
HUNDRED = Decimal(100)


def close_within_tolerance(session: Session, order: Order, *, act: Act) -> tuple[Event, ...]:
    """After a shipment: cancels what its lines still lack when it is within the tolerance, one event for each line.

    A rest that is promised for another day was not shipped short and stays.
    """
    counted, found = quantities(session, [order.id]), []
    for line in lines_of(session, order):
        q = counted[line.id]
        percent = _percent(session, order, line) if _is_short(q) else Decimal(0)
        lacks = q.open
        if percent <= 0 or lacks * HUNDRED > q.ordered * percent:
            continue
        if not _was_due(session, line, act.at.date()):
            continue
        facts = {
            "number": order.number,
            "position": str(line.position),
            "quantity": plain(lacks),
            "reason": f"within the delivery tolerance of {plain(percent)} %",
        }
        found.append(
            journal.advance(
                session,
                order,
                "cancel_line",
                act=Act(CLOSER, act.at, act.under(f"tolerance-{line.id}").key),
                changes=cancel_open_of(session, line, lacks),
                facts=facts,
                without=("order-acknowledgement",),  # the ship notice says that nothing is to come
            )
        )
    return tuple(found)


def _is_short(q: LineQuantities) -> bool:
    """Something has left, a little is open, and nothing of it is on its way through the warehouse."""
    return q.shipped > 0 and q.open > 0 and q.on_shipment == 0


def _was_due(session: Session, line: OrderLine, today: date) -> bool:
    return all(
        row.shipped_quantity > 0 or row.ship_date is None or row.ship_date <= today
        for row in schedule_of(session, [line.id])
        if row.quantity > row.shipped_quantity
    )


def _percent(session: Session, order: Order, line: OrderLine) -> Decimal:
    """What was agreed for the item, else for the customer."""
    own = session.scalars(
        select(CustomerItem.under_tolerance_percent)
        .where(
            CustomerItem.customer_id == order.customer_id,
            CustomerItem.item_id == line.item_id,
            CustomerItem.under_tolerance_percent.is_not(None),
        )
        .order_by((CustomerItem.customer_sku == line.customer_sku).desc(), CustomerItem.id)
    ).first()
    if own is not None:
        return own
    return session.get_one(Customer, order.customer_id).under_tolerance_percent
