"""How much a customer owes or will owe us: open receivables, shipped and not invoiced, and open orders."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.orders.tables import Order, OrderLine
from core.parties.tables import Customer


def exposure(session: Session, customer: Customer) -> Decimal:
    """In the customer's currency; orders in another one are not counted, nor is what was cancelled or invoiced."""
    rows = session.execute(
        select(
            OrderLine.price,
            OrderLine.factor_numerator,
            OrderLine.factor_denominator,
            OrderLine.stock_quantity,
            OrderLine.cancelled_quantity,
            OrderLine.invoiced_quantity,
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(
            Order.customer_id == customer.id,
            Order.currency == customer.currency,
            Order.status.in_(("booked", "closed")),
            OrderLine.invoiced_quantity < OrderLine.stock_quantity,
        )
    )
    owed = customer.open_receivables
    for price, numerator, denominator, ordered, cancelled, invoiced in rows:
        owed += price * (ordered - cancelled - invoiced) * denominator / numerator
    return owed.quantize(Decimal("0.01"), ROUND_HALF_UP)
