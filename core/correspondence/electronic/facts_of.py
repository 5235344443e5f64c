"""Rows -> what an electronic answer says: of an order, a rejected draft, a shipment, an invoice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.billing.tables import Invoice, InvoiceLine
from core.catalogue.tables import Item
from core.correspondence.electronic.echo import draft_line_sources, echo_of, order_line_sources
from core.correspondence.electronic.parties import parties_of
from core.correspondence.electronic.refused import refused_lines
from core.correspondence.electronic.source import Source
from core.correspondence.line_numbers import order_line_numbers
from core.correspondence.order_facts import draft_facts, in_ordered_unit, order_facts
from core.correspondence.ours import company_row, kept_address
from core.correspondence.shipment_facts import shipment_facts
from core.drafts.tables import Draft
from core.exchange.tables import ExchangeMessage
from core.messages.electronic.facts import (
    DespatchAnswer,
    InvoiceAnswer,
    InvoicedLine,
    OrderAnswer,
    PackedUnit,
    ShippedContent,
)
from core.messages.facts import OrderFacts
from core.messages.offer import offer_sentence
from core.orders.tables import Order, OrderLine
from core.parties.tables import Contact, Customer
from core.shipping.tables import Package, PackageLine, PickLine, Shipment
from core.supply.tables import StockLot


def order_answer(
    session: Session,
    order: Order,
    source: Source,
    *,
    is_change: bool,
    at: datetime,
    moved: Mapping[str, str] | None = None,
) -> OrderAnswer:
    """moved: by place among the lines, from 1, the day that was promised before, so that a line for which no day was wished tells of the new
    one as a change."""
    facts = _moved(order_facts(session, order.id), moved or {})
    customer = session.get_one(Customer, order.customer_id)
    if facts.is_offer:
        facts = replace(facts, notes=offer_sentence(facts.differing, customer.language))
    booked = order_line_sources(_lines(session, order.id))
    refused, lines = refused_lines(session, source, booked)
    return OrderAnswer(
        number=_answer_number(session, "order", order.id, order.number),
        day=_day(session, at),
        order=replace(facts, lines=(*facts.lines, *lines)),
        parties=parties_of(
            session,
            source,
            customer,
            ship_to=facts.ship_to,
            bill_to=facts.bill_to,
            ship_to_id=order.ship_to_id,
            contact=(order.contact_name, order.contact_email),
        ),
        echo=echo_of(session, source, {**booked, **refused}),
        is_change=is_change,
    )


def _moved(facts: OrderFacts, moved: Mapping[str, str]) -> OrderFacts:
    lines = list(facts.lines)
    for position, day in moved.items():
        line = lines[int(position) - 1]
        if line.asked.requested_date is None:
            asked = replace(line.asked, requested_date=date.fromisoformat(day))
            lines[int(position) - 1] = replace(line, asked=asked)
    return replace(facts, lines=tuple(lines))


def rejection_answer(
    session: Session, draft: Draft, source: Source, reason: str, *, at: datetime
) -> OrderAnswer:
    """Every line of the draft as one that we do not take."""
    facts = draft_facts(session, draft.id)
    customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    contact = session.get(Contact, draft.contact_id) if draft.contact_id else None
    revised = session.get(Order, draft.revision_of_id) if draft.revision_of_id else None
    lines = tuple(
        replace(line, parts=(), rejected_reason=reason or "Not accepted") for line in facts.lines
    )
    return OrderAnswer(
        number=_answer_number(session, "draft", draft.id, f"D{draft.id:06d}"),
        day=_day(session, at),
        order=replace(facts, number=revised.number if revised else "", lines=lines, notes=reason),
        parties=parties_of(
            session,
            source,
            customer,
            ship_to=facts.ship_to,
            bill_to=facts.bill_to,
            ship_to_id=draft.ship_to_id,
            contact=(contact.name, contact.email) if contact else ("", ""),
        ),
        echo=echo_of(session, source, draft_line_sources(session, draft.id)),
        is_change=draft.kind != "order",
    )


def despatch_answer(session: Session, shipment: Shipment, source: Source) -> DespatchAnswer:
    facts = shipment_facts(session, shipment.id)
    order = session.get_one(Order, shipment.order_id)
    customer = session.get_one(Customer, order.customer_id)
    return DespatchAnswer(
        shipment=facts,
        parties=parties_of(
            session,
            source,
            customer,
            ship_to=facts.ship_to,
            bill_to=kept_address(order.bill_to),
            ship_to_id=order.ship_to_id,
            contact=(order.contact_name, order.contact_email),
        ),
        units=_units(session, shipment.id, order_line_numbers(session, order.id)),
        left_at=shipment.shipped_at or shipment.changed_at,
        echo=echo_of(session, source, order_line_sources(_lines(session, order.id))),
    )


def invoice_answer(session: Session, invoice: Invoice, source: Source) -> InvoiceAnswer:
    order = session.get_one(Order, invoice.order_id)
    customer = session.get_one(Customer, order.customer_id)
    shipment = session.get_one(Shipment, invoice.shipment_id)
    company = company_row(session)
    day = _day(session, invoice.issued_at)
    rows = session.execute(
        select(InvoiceLine, OrderLine, Item)
        .join(OrderLine, OrderLine.id == InvoiceLine.order_line_id)
        .join(Item, Item.id == OrderLine.item_id)
        .where(InvoiceLine.invoice_id == invoice.id)
        .order_by(OrderLine.position)
    )
    named = order_line_numbers(session, order.id)
    return InvoiceAnswer(
        number=invoice.number,
        day=day,
        due_on=_due_on(day, order.payment_terms),
        currency=invoice.currency,
        order_number=order.number,
        po_number=order.po_number,
        parties=parties_of(
            session,
            source,
            customer,
            ship_to=kept_address(shipment.ship_to or order.ship_to),
            bill_to=kept_address(order.bill_to),
            ship_to_id=order.ship_to_id,
            contact=(order.contact_name, order.contact_email),
        ),
        lines=tuple(_invoiced(named[line.id], row, line, item) for row, line, item in rows),
        net=invoice.net,
        tax=invoice.tax,
        total=invoice.total,
        shipment_number=shipment.number,
        shipped_on=_day(session, shipment.shipped_at) if shipment.shipped_at else None,
        payment_terms=order.payment_terms,
        bank=company.bank,
        echo=echo_of(session, source, order_line_sources(_lines(session, order.id))),
    )


def _invoiced(number: str, row: InvoiceLine, line: OrderLine, item: Item) -> InvoicedLine:
    return InvoicedLine(
        number=number,
        item=item.number,
        description=line.description,
        quantity=row.quantity,
        unit=row.unit,
        price=row.price,
        amount=row.net,
        tax_percent=row.tax_percent,
    )


def _lines(session: Session, order_id: int) -> list[OrderLine]:
    return list(
        session.scalars(
            select(OrderLine).where(OrderLine.order_id == order_id).order_by(OrderLine.position)
        )
    )


def _units(session: Session, shipment_id: int, named: dict[int, str]) -> tuple[PackedUnit, ...]:
    """The packages with what is in each, by lot."""
    rows = session.execute(
        select(Package, PackageLine, OrderLine, StockLot)
        .join(PackageLine, PackageLine.package_id == Package.id)
        .join(PickLine, PickLine.id == PackageLine.pick_line_id)
        .join(OrderLine, OrderLine.id == PickLine.order_line_id)
        .join(StockLot, StockLot.id == PickLine.lot_id)
        .where(Package.shipment_id == shipment_id)
        .order_by(Package.number, OrderLine.position, PackageLine.id)
    ).all()
    packages = {package.id: package for package, *_ in rows}
    return tuple(
        PackedUnit(
            sscc=package.sscc,
            weight_kg=package.weight_kg,
            contents=tuple(
                ShippedContent(
                    named[line.id],
                    in_ordered_unit(
                        content.quantity, line.factor_numerator, line.factor_denominator
                    ),
                    lot.lot,
                    lot.expires_on,
                )
                for of, content, line, lot in rows
                if of.id == package.id
            ),
        )
        for package in packages.values()
    )


def _answer_number(session: Session, about: str, about_id: int, number: str) -> str:
    """ "SO000123-2": the second message about this subject; unique for ever."""
    sent = session.scalar(
        select(func.count(ExchangeMessage.id)).where(
            ExchangeMessage.subject == about, ExchangeMessage.subject_id == about_id
        )
    )
    return f"{number}-{(sent or 0) + 1}"


def _day(session: Session, at: datetime) -> date:
    return at.astimezone(ZoneInfo(company_row(session).time_zone)).date()


def _due_on(day: date, terms: str) -> date | None:
    """ "NET30": thirty days from the invoice; other terms are told as they are."""
    digits = terms.upper().removeprefix("NET").strip()
    known = terms.upper().startswith("NET") and digits.isdigit()
    return day + timedelta(days=int(digits)) if known else None
