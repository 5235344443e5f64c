"""What a customer owes and will owe, against the limit: asked again when goods are about to leave (lesson 20)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Problem
from core.orders.tables import Hold, Order, OrderLine
from core.parties.tables import Customer
from core.values import as_decimal, plain

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Exposure:
    """In the customer's currency. limit None: no limit."""

    receivables: Decimal
    open_orders: Decimal
    limit: Decimal | None

    @property
    def excess(self) -> Decimal:
        if self.limit is None:
            return ZERO
        return max(self.receivables + self.open_orders - self.limit, ZERO)


def exposure(session: Session, customer: Customer) -> Exposure:
    """Open receivables plus everything booked and not invoiced yet."""
    rows = session.execute(
        select(
            OrderLine.stock_quantity,
            OrderLine.cancelled_quantity,
            OrderLine.invoiced_quantity,
            OrderLine.price,
            OrderLine.factor_numerator,
            OrderLine.factor_denominator,
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.customer_id == customer.id, Order.status == "booked")
    )
    total = Fraction(0)
    for ordered, cancelled, invoiced, price, numerator, denominator in rows:
        wanted = Fraction(ordered - cancelled - invoiced)
        total += wanted * Fraction(price) * denominator / numerator
    rounded = Fraction(round(total * 100), 100)
    return Exposure(customer.open_receivables, as_decimal(rounded) or ZERO, customer.credit_limit)


def credit_stops(session: Session, orders: Sequence[Order]) -> dict[int, tuple[str, ...]]:
    """By order id why credit stops it; empty when within the limit or when a person let it pass.

    A person lets it pass by accepting the draft's credit problem or by lifting a credit hold of this order.
    """
    approved = _approved(session, orders)
    customers = session.scalars(
        select(Customer).where(
            Customer.id.in_({order.customer_id for order in orders}),
            Customer.credit_limit.is_not(None),
        )
    )
    stops = {customer.id: _stop(session, customer) for customer in customers}
    return {
        order.id: () if order.id in approved else stops.get(order.customer_id, ())
        for order in orders
    }


def _stop(session: Session, customer: Customer) -> tuple[str, ...]:
    excess = exposure(session, customer).excess
    if excess == 0 or customer.credit_limit is None:
        return ()
    return (
        f"{customer.name} is {plain(excess)} {customer.currency} over the credit limit of "
        f"{plain(customer.credit_limit)}: place and lift a credit hold to let this order pass.",
    )


def _approved(session: Session, orders: Sequence[Order]) -> set[int]:
    """Ids of the orders whose credit a person has decided."""
    lifted = session.scalars(
        select(Hold.order_id).where(
            Hold.order_id.in_([order.id for order in orders]),
            Hold.kind == "credit",
            Hold.status == "released",
        )
    ).all()
    accepted = session.scalars(
        select(Problem.draft_id).where(
            Problem.draft_id.in_([order.draft_id for order in orders if order.draft_id]),
            Problem.code == "credit-exceeded",
            Problem.accepted_by != "",
        )
    ).all()
    return {*lifted, *(order.id for order in orders if order.draft_id in accepted)}
