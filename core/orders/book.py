"""A confirmed draft becomes an order: what was agreed is copied, so that later master data cannot change it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.agreements.tables import Blanket, Quote
from core.catalogue.tables import Item
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.errors import BadInput
from core.inbound.tables import InboundDocument
from core.numbers import next_number
from core.orders.history import keep_versions
from core.orders.schedule import plan_new_lines
from core.orders.tables import Order, OrderLine
from core.parties.tables import Contact, Customer, CustomerAddress
from core.promising.agreed import for_order, policy_word
from core.promising.ask import Answer

TERMS = ("payment_terms", "incoterms")
Texts = dict[tuple[int | None, str], str]


def book(session: Session, draft: Draft, promise_answer: Answer, *, act: Act) -> Order:
    """Creates the order of a draft whose customer, items, quantities and promise are settled.

    promise_answer is keyed by draft line id. A draft is booked once: the second time gives the same order.
    """
    booked = session.scalar(select(Order).where(Order.draft_id == draft.id))
    if booked is not None:
        return booked
    customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    if customer is None:
        raise BadInput("Choose the customer before the order is booked.", "customer_id")
    texts = field_texts(session, draft)
    order, lines = _header(session, draft, customer, texts, act), _lines(session, draft)
    order.delivery = for_order(customer, draft.delivery, (line.group_name for line in lines))
    order.delivery_policy = policy_word(order.delivery)
    session.add(order)
    session.flush()
    items = _items(session, lines)
    rows = [
        order_line(order, line, items.get(line.item_id or 0), customer, texts, position)
        for position, line in enumerate(lines, start=1)
    ]
    session.add_all(rows)
    session.flush()
    given, missed = promise_answer.lines, promise_answer.missed
    plan_new_lines(
        session,
        order,
        [
            (row, given.get(line.id, ()), missed.get(line.id, ()))
            for row, line in zip(rows, lines, strict=True)
        ],
    )
    journal.advance(
        session,
        order,
        "book",
        act=act,
        facts={"number": order.number, "po_number": order.po_number, "customer": customer.name},
    )
    keep_versions(session, order, "", act=act)
    return order


def field_texts(session: Session, draft: Draft) -> Texts:
    """The draft's field values by (draft line id or None, name)."""
    rows = session.scalars(select(DraftField).where(DraftField.draft_id == draft.id))
    return {(field.line_id, field.name): field.value for field in rows}


def _lines(session: Session, draft: Draft) -> list[DraftLine]:
    return list(
        session.scalars(
            select(DraftLine)
            .where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(False))
            .order_by(DraftLine.position)
        )
    )


def _items(session: Session, lines: list[DraftLine]) -> dict[int, Item]:
    ids = {line.item_id for line in lines if line.item_id}
    return {row.id: row for row in session.scalars(select(Item).where(Item.id.in_(sorted(ids))))}


def _header(session: Session, draft: Draft, customer: Customer, texts: Texts, act: Act) -> Order:
    document = session.get(InboundDocument, draft.document_id) if draft.document_id else None
    contact = session.get(Contact, draft.contact_id) if draft.contact_id else None

    def text(name: str) -> str:
        return texts.get((None, name), "")

    terms = _cited_terms(session, draft)
    theirs = _accepted_terms(session, draft) | {
        name for name in TERMS if not getattr(customer, name) and not terms.get(name)
    }

    def agreed(name: str) -> str:
        return text(name) if name in theirs else terms.get(name) or getattr(customer, name)

    return Order(
        number=next_number(session, "order", "SO"),
        customer_id=customer.id,
        draft_id=draft.id,
        document_id=draft.document_id,
        po_number=draft.po_number,
        po_key=draft.po_key,
        content_key=draft.content_key,
        order_date=draft.order_date,
        requested_date=draft.requested_date,
        currency=draft.currency or customer.currency,
        payment_terms=agreed("payment_terms"),
        incoterms=agreed("incoterms"),
        ship_via=text("ship_via"),
        notes=text("notes"),
        ship_to_id=draft.ship_to_id,
        ship_to=_address(session, draft.ship_to_id, text("ship_to")),
        quote_id=draft.quote_id,
        blanket_id=draft.blanket_id,
        bill_to=_address(session, draft.bill_to_id or _bill_to(session, customer), ""),
        contact_name=contact.name if contact else text("buyer_contact"),
        contact_email=contact.email if contact else (document.sender_address if document else ""),
        reply_to=document.message_id if document else "",
        booked_at=act.at,
    )


def _cited_terms(session: Session, draft: Draft) -> dict[str, str]:
    """Terms of the quote, else of the blanket, that the order is placed under."""
    found: dict[str, str] = {}
    blanket = session.get(Blanket, draft.blanket_id) if draft.blanket_id else None
    quote = session.get(Quote, draft.quote_id) if draft.quote_id else None
    for cited in (blanket, quote):
        found |= {name: getattr(cited, name) for name in TERMS if getattr(cited, name, "")}
    return found


def _accepted_terms(session: Session, draft: Draft) -> set[str]:
    """Terms of the customer's that differ from the agreed ones count only when a person let them pass."""
    return set(
        session.scalars(
            select(Problem.field).where(
                Problem.draft_id == draft.id,
                Problem.code == "terms-differ",
                Problem.accepted_by != "",
            )
        )
    )


def _bill_to(session: Session, customer: Customer) -> int | None:
    return session.scalar(
        select(CustomerAddress.id)
        .where(CustomerAddress.customer_id == customer.id, CustomerAddress.kind == "bill_to")
        .order_by(CustomerAddress.is_default.desc(), CustomerAddress.id)
    )


def _address(session: Session, address_id: int | None, as_written: str) -> dict[str, Any]:
    found = session.get(CustomerAddress, address_id) if address_id else None
    if found is None:
        return {"street": as_written.replace(", ", "\n")} if as_written else {}
    return kept_address(found)


def kept_address(address: CustomerAddress) -> dict[str, str]:
    """An address as an order keeps it."""
    names = ("name", "street", "postal_code", "city", "region", "country", "gln")
    return {name: getattr(address, name) for name in names}


def order_line(
    order: Order,
    line: DraftLine,
    item: Item | None,
    customer: Customer,
    texts: Texts,
    position: int,
) -> OrderLine:
    """The booked form of one draft line of this item, not added yet; without its schedule."""
    if item is None or not line.quantity or not line.stock_quantity:
        raise BadInput(f"Line {line.position} has no item or no quantity.", "quantity")
    price = line.unit_price if line.unit_price is not None else line.agreed_price
    if price is None:
        raise BadInput(f"Line {line.position} has no price.", "unit_price")
    german = customer.language == "de" and item.description_de
    return OrderLine(
        order_id=order.id,
        position=position,
        customer_line_no=texts.get((line.id, "line_no"), ""),
        draft_line_id=line.id,
        item_id=item.id,
        description=item.description_de if german else item.description,
        customer_sku=texts.get((line.id, "buyer_sku"), ""),
        quantity=line.quantity,
        unit=line.unit or item.stock_unit,
        factor_numerator=line.factor_numerator,
        factor_denominator=line.factor_denominator,
        stock_quantity=line.stock_quantity,
        ordered_price=line.unit_price,
        price=price,
        revision=line.revision,
        configuration=dict(line.configuration or {}),
        requested_date=line.requested_date or order.requested_date,
        group_name=line.group_name,
        ordered_item_id=line.ordered_item_id,
    )
