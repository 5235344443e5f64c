"""What a customer owes and will owe, against the limit: asked again when goods are about to leave (lesson 20)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.strictness import Rules, rules_for
from core.orders.let_pass import let_pass, lifted_by_people
from core.orders.tables import Hold, Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.supply.allocations import on_shipments
from core.values import as_decimal, exact, plain, utc_now

ZERO = Decimal(0)
CODE = "credit-exceeded"
_PREPAID = re.compile(
    r"prepa|vorkasse|vorauskasse|vorausza|proforma|pro forma|(cash|payment|paid|pay) in advance|advance payment",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Exposure:
    """In the customer's currency. shipped: left and not invoiced; open_orders: to be shipped, less what was prepaid.

    limit None: no limit.
    """

    receivables: Decimal
    shipped: Decimal
    open_orders: Decimal
    limit: Decimal | None

    @property
    def total(self) -> Decimal:
        return self.receivables + self.shipped + self.open_orders

    @property
    def excess(self) -> Decimal:
        return ZERO if self.limit is None else max(self.total - self.limit, ZERO)


def is_prepaid(terms: str) -> bool:
    """An order that is paid before it leaves needs no credit."""
    return bool(_PREPAID.search(terms))


def horizon(rules: Rules, today: date) -> date | None:
    """The last day of leaving that counts; what a long bulk order ships later counts when it is released."""
    days = int(rules.limit(CODE, "horizon_days"))
    return today + timedelta(days=days) if days else None


def exposure(session: Session, customer: Customer, today: date | None = None) -> Exposure:
    """Open receivables + shipped and not invoiced + open orders - prepaid; prepaid orders count nothing."""
    rules = rules_for(session, customer.id)
    until = horizon(rules, today or utc_now().date())
    rows = session.execute(
        select(OrderLine, Order)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.customer_id == customer.id, Order.status.in_(("booked", "closed")))
        .where(
            OrderLine.stock_quantity > OrderLine.cancelled_quantity + OrderLine.invoiced_quantity
        )
    ).all()
    lines = [(line, order) for line, order in rows if not is_prepaid(order.payment_terms)]
    later = _not_yet(session, [line.id for line, _ in lines], until) if until else {}
    shipped, by_order = Fraction(0), dict[int, Fraction]()
    prepaid = {order.id: order.prepaid_amount for _, order in lines}
    for line, order in lines:
        price = Fraction(line.price) * line.factor_denominator / line.factor_numerator
        left = Fraction(max(line.shipped_quantity - line.invoiced_quantity, ZERO))
        unshipped = line.stock_quantity - line.cancelled_quantity - line.shipped_quantity
        waiting = Fraction(max(unshipped - later.get(line.id, ZERO), ZERO))
        shipped += left * price
        by_order[order.id] = by_order.get(order.id, Fraction(0)) + waiting * price
    waits = sum(
        (max(v - Fraction(prepaid[k]), Fraction(0)) for k, v in by_order.items()), Fraction(0)
    )
    return Exposure(
        customer.open_receivables, _cents(shipped), _cents(waits), customer.credit_limit
    )


def _not_yet(session: Session, line_ids: list[int], until: date) -> dict[int, Decimal]:
    """By order line what is promised for later than `until` and not handed to the warehouse."""
    rows = session.scalars(
        select(ScheduleLine).where(
            ScheduleLine.line_id.in_(line_ids), ScheduleLine.ship_date > until
        )
    ).all()
    released: dict[int, Decimal] = defaultdict(Decimal)
    for (schedule_id, _), quantity in on_shipments(session, [row.id for row in rows]).items():
        released[schedule_id] += quantity
    found: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row.line_id] += max(row.quantity - row.shipped_quantity - released[row.id], ZERO)
    return found


def _cents(value: Fraction) -> Decimal:
    return as_decimal(Fraction(round(value * 100), 100)) or ZERO


def excess_of(session: Session, order: Order) -> Decimal:
    """How far over the limit the order's customer is now."""
    return exposure(session, session.get_one(Customer, order.customer_id)).excess


def credit_stops(
    session: Session, orders: Sequence[Order], now: datetime | None = None
) -> dict[int, tuple[str, ...]]:
    """By order id why credit stops it; empty when within the limit, prepaid, or when a person let it pass.

    A person lets it pass by accepting the draft's credit problem or by lifting a credit hold of this order; that counts
    until it runs out, and up to the excess that it was given for.
    """
    at = now or utc_now()
    customers = {
        customer.id: customer
        for customer in session.scalars(
            select(Customer).where(
                Customer.id.in_({order.customer_id for order in orders}),
                Customer.credit_limit.is_not(None),
            )
        )
    }
    excess = {k: exposure(session, c, at.date()).excess for k, c in customers.items()}
    asked = [
        o for o in orders if excess.get(o.customer_id, ZERO) > 0 and not is_prepaid(o.payment_terms)
    ]
    approved = _approved(session, asked, at) if asked else {}
    return {
        order.id: _stop(customers[order.customer_id], excess[order.customer_id])
        for order in asked
        if excess[order.customer_id] > approved.get(order.id, ZERO)
    }


def _stop(customer: Customer, excess: Decimal) -> tuple[str, ...]:
    return (
        f"{customer.name} is {plain(excess)} {customer.currency} over the credit limit of "
        f"{plain(customer.credit_limit or ZERO)}. A payment or a higher limit frees it, or whoever may lift the credit hold.",
    )


def _approved(session: Session, orders: Sequence[Order], now: datetime) -> dict[int, Decimal]:
    """By order id up to which excess a person let it pass."""
    lifted = session.scalars(
        select(Hold).where(
            Hold.order_id.in_([order.id for order in orders]),
            Hold.kind == "credit",
            lifted_by_people(now),
        )
    )
    found = {hold.order_id: _amount(hold.facts) for hold in lifted}
    for order_id, problem in let_pass(session, orders, CODE, now):
        found[order_id] = max(found.get(order_id, ZERO), _amount(problem.accepted_facts))
    return found


def _amount(facts: dict[str, object]) -> Decimal:
    """The excess that a word was given for; what was given before values were kept counts for any."""
    return exact(str(facts["over"])) if facts.get("over") else Decimal(10) ** 12
