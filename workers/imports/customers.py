"""Customers, their addresses, contacts and own part numbers."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.tables import CustomerItem
from core.parties.tables import Contact, Customer, CustomerAddress
from workers.imports import lookups
from workers.imports.columns import (
    Column,
    code,
    currency,
    number,
    one_of,
    text,
    whole,
    words,
    yes_no,
)
from workers.imports.run import CHANGED, NEW, SAME, Kind, Values, write

ZERO = Decimal(0)


def _customer(session: Session, values: Values, act: Act) -> str:
    found = session.scalar(select(Customer).where(Customer.number == values["number"]))
    if found is not None:
        return CHANGED if write(found, values) else SAME
    session.add(Customer(**values))
    session.flush()
    return NEW


def _address(session: Session, values: Values, act: Act) -> str:
    customer = lookups.customer(session, values.pop("customer"))
    found = session.scalar(
        select(CustomerAddress).where(
            CustomerAddress.customer_id == customer.id,
            CustomerAddress.kind == values["kind"],
            CustomerAddress.code == values["code"],
        )
    )
    if found is not None:
        return CHANGED if write(found, values) else SAME
    session.add(CustomerAddress(customer_id=customer.id, **values))
    session.flush()
    return NEW


def _contact(session: Session, values: Values, act: Act) -> str:
    customer = lookups.customer(session, values.pop("customer"))
    values["email"] = values["email"].lower()
    found = session.scalar(
        select(Contact).where(Contact.customer_id == customer.id, Contact.email == values["email"])
    )
    if found is not None:
        return CHANGED if write(found, values) else SAME
    session.add(Contact(customer_id=customer.id, **values))
    session.flush()
    return NEW


def _part_number(session: Session, values: Values, act: Act) -> str:
    customer = lookups.customer(session, values.pop("customer"))
    values["item_id"] = lookups.item(session, values.pop("item")).id
    found = session.scalar(
        select(CustomerItem).where(
            CustomerItem.customer_id == customer.id,
            CustomerItem.customer_sku == values["customer_sku"],
        )
    )
    if found is not None:
        return CHANGED if write(found, values) else SAME
    session.add(CustomerItem(customer_id=customer.id, **values))
    session.flush()
    return NEW


def _email(cell: str) -> str:
    name, at, domain = cell.partition("@")
    if not (name and at and "." in domain) or len(cell) > 255 or any(c.isspace() for c in cell):
        raise ValueError("a mail address")
    return cell


CUSTOMERS = Kind(
    "customers",
    "Customers by number.",
    (
        Column("number", code, required=True),
        Column("name", text(), required=True),
        Column("language", one_of("en", "de"), default="en"),
        Column("currency", currency, default="EUR"),
        Column("payment_terms", text(), default=""),
        Column("incoterms", text(), default=""),
        Column("tax_id", code, default=""),
        Column("gln", code, default=""),
        Column("domains", words, default=[], help="mail domains, joined with |"),
        Column("credit_limit", number),
        Column("open_receivables", number, default=ZERO),
        Column("blocked", yes_no, default=False),
        Column("blocked_reason", text(), default=""),
        Column("delivery_policy", one_of("partial", "complete"), default="partial"),
        Column("price_tolerance_percent", number, default=ZERO),
        Column("tax_percent", number, default=ZERO),
        Column("receipt_notes", yes_no, default=True),
        Column("notes", text(10_000), default=""),
    ),
    _customer,
)

ADDRESSES = Kind(
    "addresses",
    "Ship-to and bill-to addresses by customer, kind and code.",
    (
        Column("customer", code, required=True),
        Column("kind", one_of("ship_to", "bill_to"), required=True),
        Column("code", code, required=True),
        Column("name", text(), required=True),
        Column("street", text(1000), default=""),
        Column("postal_code", code, default=""),
        Column("city", text(), default=""),
        Column("region", text(), default=""),
        Column("country", code, default="", help="two letters, ISO 3166-1"),
        Column("gln", code, default=""),
        Column("transit_days", whole, default=1),
        Column("is_default", yes_no, default=False),
    ),
    _address,
)

CONTACTS = Kind(
    "contacts",
    "People at customers by mail address.",
    (
        Column("customer", code, required=True),
        Column("email", _email, required=True),
        Column("name", text(), default=""),
        Column("known", yes_no, default=True, help="may be answered without asking a clerk"),
    ),
    _contact,
)

PART_NUMBERS = Kind(
    "part-numbers",
    "What customers call our items.",
    (
        Column("customer", code, required=True),
        Column("customer_sku", code, required=True),
        Column("item", code, required=True),
        Column("unit", code, default="", help="meant when the customer names none"),
    ),
    _part_number,
)
