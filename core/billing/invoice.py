"""What left is billed: one invoice per shipment, at the confirmed price, with the customer's tax."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.billing.receivable import owe
from core.billing.tables import Invoice, InvoiceLine
from core.errors import IllegalStep
from core.exchange.partners import wants_invoice
from core.numbers import next_number
from core.orders.hold import require_free, stopped
from core.orders.money import rounded
from core.orders.rows import locked_order
from core.orders.tables import Order, OrderLine
from core.parties.tables import Customer
from core.shipping.tables import PickLine, Shipment

BILLABLE = ("shipped", "delivered")


def issue_if_free(
    session: Session, shipment: Shipment, order: Order, *, act: Act
) -> Invoice | None:
    """What shipping does: bills at once, unless a hold stops invoices (never the goods that have left)."""
    if stopped(session, order, "invoice"):
        return None
    return issue(session, shipment, act=act)


def issue_due(session: Session, *, act: Act) -> tuple[Invoice, ...]:
    """Bills every shipment that left and has no invoice, as soon as no hold stops it; run it periodically."""
    waiting = session.scalars(
        select(Shipment)
        .outerjoin(Invoice, Invoice.shipment_id == Shipment.id)
        .where(Shipment.status.in_(BILLABLE), Invoice.id.is_(None))
        .order_by(Shipment.id)
    ).all()
    issued = []
    for shipment in waiting:
        order = locked_order(session, shipment.order_id)
        invoice = issue_if_free(session, shipment, order, act=act.under(shipment.number))
        issued += [invoice] if invoice else []
    return tuple(issued)


def issue(session: Session, shipment: Shipment, *, act: Act) -> Invoice:
    """The invoice of a shipment that left; asked again, the same one."""
    order = locked_order(session, shipment.order_id)
    issued = session.scalar(select(Invoice).where(Invoice.shipment_id == shipment.id))
    if issued is not None:
        return issued
    if shipment.status not in BILLABLE:
        raise IllegalStep(f"Shipment {shipment.number} has not left; it cannot be billed.")
    require_free(session, order, "invoice", now=act.at)
    customer = session.get_one(Customer, order.customer_id)
    lines = [
        _line(session.get_one(OrderLine, line_id), quantity, customer.tax_percent, order.currency)
        for line_id, quantity in _shipped(session, shipment).items()
    ]
    invoice = Invoice(
        number=next_number(session, "invoice", "IN"),
        order_id=order.id,
        shipment_id=shipment.id,
        currency=order.currency,
        net=sum((line.net for line in lines), Decimal(0)),
        tax=sum((line.tax for line in lines), Decimal(0)),
        total=sum((line.net + line.tax for line in lines), Decimal(0)),
        issued_at=act.at,
    )
    session.add(invoice)
    session.flush()
    for line in lines:
        line.invoice_id = invoice.id
        session.add(line)
        session.get_one(OrderLine, line.order_line_id).invoiced_quantity += line.stock_quantity
    facts = {
        "number": invoice.number,
        "shipment": shipment.number,
        "total": str(invoice.total),
        "currency": invoice.currency,
    }
    owe(session, order.customer_id, invoice.total, invoice.currency)
    agreed = wants_invoice(session, order.customer_id)
    without = () if agreed else ("invoice-message",)
    journal.advance(session, invoice, "issue", act=act, facts=facts, without=without)
    return invoice


def _shipped(session: Session, shipment: Shipment) -> dict[int, Decimal]:
    """Stock quantity that left, by order line id."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    rows = session.scalars(
        select(PickLine).where(PickLine.shipment_id == shipment.id).order_by(PickLine.order_line_id)
    )
    for row in rows:
        if row.picked_quantity:
            found[row.order_line_id] += row.picked_quantity
    return dict(found)


def _line(line: OrderLine, stock: Decimal, tax_percent: Decimal, currency: str) -> InvoiceLine:
    units = Fraction(stock) * line.factor_denominator / line.factor_numerator
    net = rounded(units * Fraction(line.price), currency)
    return InvoiceLine(
        order_line_id=line.id,
        stock_quantity=stock,
        quantity=_six_places(units),
        unit=line.unit,
        price=line.price,
        net=net,
        tax_percent=tax_percent,
        tax=rounded(Fraction(net) * Fraction(tax_percent) / 100, currency),
    )


def _six_places(units: Fraction) -> Decimal:
    """For print: a third of a box has no exact decimal; the money above was made from the exact ratio."""
    return Decimal(round(units * 10**6)).scaleb(-6)
