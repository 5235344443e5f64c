"""What came back and was accepted is credited at the price and the tax of its sale, never more than was billed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.billing.receivable import owe
from core.billing.tables import CreditNote, CreditNoteLine, InvoiceLine
from core.errors import NotEnough
from core.numbers import next_number
from core.orders.money import share
from core.orders.rows import locked_order

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Credit:
    """Of one order line, in the order's currency."""

    stock_quantity: Decimal
    net: Decimal
    tax: Decimal


def credit_for(
    session: Session, order_line_id: int, stock_quantity: Decimal, currency: str
) -> Credit:
    """What `stock_quantity` more gives back after earlier credits of the line. Raises NotEnough beyond what was billed.

    The sum of all credits is rounded down as a whole (lesson 24), so many small returns give what one big one gives.
    """
    billed = _sum(session, InvoiceLine, order_line_id)
    given = _sum(session, CreditNoteLine, order_line_id)
    after = given.stock_quantity + stock_quantity
    if after > billed.stock_quantity:
        raise NotEnough("More would be credited than was billed; nothing was changed.")
    if after == 0:
        return Credit(ZERO, ZERO, ZERO)
    return Credit(
        stock_quantity,
        max(share(billed.net, after, billed.stock_quantity, currency) - given.net, ZERO),
        max(share(billed.tax, after, billed.stock_quantity, currency) - given.tax, ZERO),
    )


def _sum(
    session: Session, table: type[InvoiceLine] | type[CreditNoteLine], order_line_id: int
) -> Credit:
    stock, net, tax = session.execute(
        select(func.sum(table.stock_quantity), func.sum(table.net), func.sum(table.tax)).where(
            table.order_line_id == order_line_id
        )
    ).one()
    return Credit(stock or ZERO, net or ZERO, tax or ZERO)


def issue_credit(
    session: Session,
    order_id: int,
    return_id: int,
    accepted: Mapping[int, Decimal],
    reason: str,
    *,
    act: Act,
) -> CreditNote | None:
    """One credit note per return: order line id -> accepted stock quantity; None when nothing was accepted."""
    order = locked_order(session, order_id)
    issued = session.scalar(select(CreditNote).where(CreditNote.return_id == return_id))
    if issued is not None:
        return issued
    credits = {
        line_id: credit_for(session, line_id, quantity, order.currency)
        for line_id, quantity in sorted(accepted.items())
        if quantity > 0
    }
    if not credits:
        return None
    net = sum((credit.net for credit in credits.values()), ZERO)
    tax = sum((credit.tax for credit in credits.values()), ZERO)
    note = CreditNote(
        number=next_number(session, "credit_note", "CN"),
        order_id=order.id,
        return_id=return_id,
        currency=order.currency,
        net=net,
        tax=tax,
        total=net + tax,
        issued_at=act.at,
        reason=reason,
    )
    session.add(note)
    session.flush()
    session.add_all(
        CreditNoteLine(
            credit_note_id=note.id,
            order_line_id=line_id,
            stock_quantity=credit.stock_quantity,
            net=credit.net,
            tax=credit.tax,
        )
        for line_id, credit in credits.items()
    )
    facts = {"number": note.number, "total": str(note.total), "currency": note.currency}
    owe(session, order.customer_id, -note.total, note.currency)
    journal.advance(session, note, "issue", act=act, facts=facts)
    return note
