"""Builders with defaults: rows for tests, flushed, with only what the test cares about spelled out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timezone
from decimal import Decimal
from hashlib import sha256
from typing import Any

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.catalogue.tables import CustomerItem, Item, ItemUnit, ListPrice, PriceAgreement
from core.company.tables import Company
from core.drafts.tables import Draft, DraftField, DraftLine
from core.inbound.tables import Blob, InboundDocument
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Contact, Customer, CustomerAddress
from core.people.tables import User
from core.supply.tables import Receipt, Site, StockLot, StockMovement

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
TODAY = NOW.date()
_count = itertools.count(1)


def an_act(actor: str = "user:1", at: datetime = NOW, key: str | None = None) -> Act:
    return Act(actor, at, key or f"test-{next(_count)}")


def _add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def a_company(session: Session, **changes: Any) -> Company:
    facts = {
        "id": 1,
        "name": "Probe Fittings Ltd",
        "street": "1 Sample Street",
        "postal_code": "AB1 2CD",
        "city": "Sampleton",
        "country": "GB",
        "gln": "2970000000019",
        "mail_from": "orders@probe.example",
        "mail_from_name": "Probe Fittings",
        "mail_domains": ["probe.example"],
        "time_zone": "UTC",
    }
    return _add(session, Company(**{**facts, **changes}))


def a_user(session: Session, role: str = "clerk", **changes: Any) -> User:
    n = next(_count)
    facts = {"login": f"{role}{n}", "name": f"Person {n}", "role": role, "password_hash": "!"}
    return _add(session, User(**{**facts, **changes}))


def a_customer(session: Session, **changes: Any) -> Customer:
    n = next(_count)
    facts = {"number": f"C{n:04d}", "name": f"Customer {n}", "domains": [f"customer{n}.example"]}
    return _add(session, Customer(**{**facts, **changes}))


def an_address(
    session: Session, customer: Customer, kind: str = "ship_to", **changes: Any
) -> CustomerAddress:
    n = next(_count)
    facts = {
        "customer_id": customer.id,
        "kind": kind,
        "code": f"A{n}",
        "name": customer.name,
        "street": f"{n} Dock Road",
        "postal_code": f"{10000 + n}",
        "city": "Hafen",
        "country": "DE",
        "is_default": True,
    }
    return _add(session, CustomerAddress(**{**facts, **changes}))


def a_contact(session: Session, customer: Customer, **changes: Any) -> Contact:
    n = next(_count)
    facts = {
        "customer_id": customer.id,
        "name": f"Buyer {n}",
        "email": f"buyer{n}@customer.example",
    }
    return _add(session, Contact(**{**facts, **changes}))


def an_item(
    session: Session, *, units: tuple[tuple[str, int, int], ...] = (), **changes: Any
) -> Item:
    """units: (unit, numerator, denominator) beside the stock unit itself."""
    n = next(_count)
    facts = {"number": f"IT-{n:04d}", "description": f"Item {n}", "stock_unit": "EA"}
    item: Item = _add(session, Item(**{**facts, **changes}))
    for unit, numerator, denominator in ((item.stock_unit, 1, 1), *units):
        _add(
            session,
            ItemUnit(item_id=item.id, unit=unit, numerator=numerator, denominator=denominator),
        )
    return item


def a_customer_item(session: Session, customer: Customer, item: Item, sku: str) -> CustomerItem:
    return _add(session, CustomerItem(customer_id=customer.id, customer_sku=sku, item_id=item.id))


def a_list_price(
    session: Session, item: Item, price: str, currency: str = "EUR", unit: str = "EA"
) -> ListPrice:
    return _add(
        session, ListPrice(item_id=item.id, currency=currency, unit=unit, price=Decimal(price))
    )


def a_price_agreement(
    session: Session, customer: Customer, item: Item, price: str, **changes: Any
) -> PriceAgreement:
    facts = {
        "customer_id": customer.id,
        "item_id": item.id,
        "unit": "EA",
        "currency": "EUR",
        "price": Decimal(price),
    }
    return _add(session, PriceAgreement(**{**facts, **changes}))


def a_site(session: Session, **changes: Any) -> Site:
    n = next(_count)
    return _add(session, Site(**{"code": f"S{n}", "name": f"Warehouse {n}", **changes}))


def a_lot(
    session: Session, site: Site, item: Item, quantity: str | int, **changes: Any
) -> StockLot:
    """A lot with its opening movement, so that the ledger's sum equals the balance."""
    n = next(_count)
    facts = {"site_id": site.id, "item_id": item.id, "lot": f"L{n}", "bin": f"B-{n}"}
    lot: StockLot = _add(
        session, StockLot(**{**facts, "on_hand_quantity": Decimal(quantity), **changes})
    )
    _add(
        session,
        StockMovement(
            lot_id=lot.id, quantity=Decimal(quantity), reason="opening", at=NOW, actor="test"
        ),
    )
    return lot


def a_receipt(
    session: Session,
    site: Site,
    item: Item,
    quantity: str | int,
    expected: date,
    **changes: Any,
) -> Receipt:
    facts = {
        "kind": "purchase",
        "number": f"PO-{next(_count)}",
        "site_id": site.id,
        "item_id": item.id,
        "quantity": Decimal(quantity),
        "expected_date": expected,
    }
    return _add(session, Receipt(**{**facts, **changes}))


def a_document(session: Session, **changes: Any) -> InboundDocument:
    """A received mail; its raw bytes are a small text that nobody reads."""
    n = next(_count)
    raw = f"From: buyer@customer.example\r\nSubject: Order {n}\r\n\r\nPlease send.\r\n".encode()
    blob = Blob(sha256=sha256(raw).hexdigest(), size=len(raw), content=raw)
    _add(session, blob)
    facts = {
        "channel": "mail",
        "raw_sha256": blob.sha256,
        "size": len(raw),
        "message_id": f"<m{n}@customer.example>",
        "subject_line": f"Order {n}",
        "sender_address": "buyer@customer.example",
        "lane": "order",
        "received_at": NOW,
    }
    document = InboundDocument(**{**facts, **changes})
    journal.advance(session, document, "receive", act=an_act("system:intake"))
    return document


@dataclass(frozen=True, slots=True)
class Wanted:
    """One line of a draft or an order to build: quantity in `unit`, of which one holds `factor` stock units."""

    item: Item
    quantity: Decimal | int | str
    price: str = "10"
    unit: str = "EA"
    factor: int = 1
    requested: date | None = None

    @property
    def ordered(self) -> Decimal:
        return Decimal(self.quantity)

    @property
    def stock(self) -> Decimal:
        return self.ordered * self.factor


def a_draft(
    session: Session,
    customer: Customer | None = None,
    lines: Iterable[Wanted] = (),
    **changes: Any,
) -> Draft:
    """An open draft, matched as far as given, with a field for the PO number and for each line's SKU and quantity."""
    n = next(_count)
    facts = {
        "customer_id": customer.id if customer else None,
        "currency": customer.currency if customer else "EUR",
        "po_number": f"PO{n}",
        "po_key": f"PO{n}",
        "created_at": NOW,
    }
    draft = Draft(**{**facts, **changes})
    journal.advance(session, draft, "open", act=an_act("system:reader"), without=("receipt-note",))
    _add(session, _field(draft, None, "po_number", draft.po_number))
    for position, wanted in enumerate(lines, start=1):
        line = DraftLine(
            draft_id=draft.id,
            position=position,
            item_id=wanted.item.id,
            unit=wanted.unit,
            factor_numerator=wanted.factor,
            quantity=wanted.ordered,
            stock_quantity=wanted.stock,
            unit_price=Decimal(wanted.price),
            agreed_price=Decimal(wanted.price),
            requested_date=wanted.requested or draft.requested_date,
        )
        _add(session, line)
        _add(session, _field(draft, line, "supplier_sku", wanted.item.number))
        _add(session, _field(draft, line, "quantity", str(wanted.ordered)))
    return draft


def _field(draft: Draft, line: DraftLine | None, name: str, value: str) -> DraftField:
    return DraftField(
        draft_id=draft.id,
        line_id=line.id if line else None,
        name=name,
        value=value,
        read_value=value,
        confidence=Decimal("0.99"),
        source="label",
    )


def an_order(
    session: Session,
    customer: Customer,
    lines: Iterable[Wanted],
    *,
    promised: date = TODAY,
    site: Site | None = None,
    **changes: Any,
) -> Order:
    """A booked order: one schedule line per line, promised for `promised` from `site`. Owes no acknowledgement."""
    n = next(_count)
    facts = {
        "number": f"T{n:05d}",
        "customer_id": customer.id,
        "po_number": f"PO{n}",
        "po_key": f"PO{n}",
        "currency": customer.currency,
        "delivery_policy": customer.delivery_policy,
        "ship_to": {"name": customer.name, "street": "9 Dock Road", "city": "Hafen"},
        "contact_email": "buyer@customer.example",
        "booked_at": NOW,
    }
    order = Order(**{**facts, **changes})
    _add(session, order)
    for position, wanted in enumerate(lines, start=1):
        line = OrderLine(
            order_id=order.id,
            position=position,
            item_id=wanted.item.id,
            description=wanted.item.description,
            quantity=wanted.ordered,
            unit=wanted.unit,
            factor_numerator=wanted.factor,
            stock_quantity=wanted.stock,
            ordered_price=Decimal(wanted.price),
            price=Decimal(wanted.price),
            requested_date=wanted.requested,
        )
        _add(session, line)
        _add(
            session,
            ScheduleLine(
                line_id=line.id,
                position=1,
                quantity=wanted.stock,
                site_id=site.id if site else None,
                requested_date=wanted.requested,
                first_promised_date=promised,
                promised_date=promised,
                ship_date=promised,
            ),
        )
    journal.advance(session, order, "book", act=an_act(), without=("order-acknowledgement",))
    return order
