"""Rows of customers, their addresses and contacts."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Amount, Base, Instant, Key, Line, Prose, Word


class Customer(Base):
    """delivery_policy: "complete" or "partial". domains: mail domains that are evidence (never proof) of this customer.

    group_name: firms of one group have the same; an order of one may repeat another's. price_tolerance_percent of the
    price and _amount of money of a whole line: a price that keeps every one of them that is above zero passes. approved_items_only: buys only what item_approval names. tax_exempt: pays no tax where
    tax_exemption says so.
    Of deliveries (core.promising.terms): part_quantity, part_value: the least that may come in part, in stock units of a
    line and in the customer's currency, 0 for any; latest_days: after the wished day nothing later is taken, None for
    any; most_dates: on how many days a line may come, 0 for any; substitutes: of core.promising.terms.
    shelf_life_days: goods that expire must last so long after they arrive. supply_priority: 1 is served first when
    stock is shared out by it. under_tolerance_percent: a line that lacks no more than this is done (CustomerItem may say
    otherwise).
    """

    __tablename__ = "customer"

    id: Mapped[Key]
    number: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line] = mapped_column(index=True)
    language: Mapped[Word] = mapped_column(default="en")
    currency: Mapped[Word] = mapped_column(default="EUR")
    payment_terms: Mapped[Line] = mapped_column(default="")
    incoterms: Mapped[Line] = mapped_column(default="")
    tax_id: Mapped[Word] = mapped_column(default="")
    gln: Mapped[Word] = mapped_column(default="")
    group_name: Mapped[Word] = mapped_column(default="", index=True)
    domains: Mapped[list[Any]] = mapped_column(default=list)
    credit_limit: Mapped[Amount | None]
    open_receivables: Mapped[Amount] = mapped_column(default=0)
    blocked: Mapped[bool] = mapped_column(default=False)
    blocked_reason: Mapped[Line] = mapped_column(default="")
    delivery_policy: Mapped[Word] = mapped_column(default="partial")
    part_quantity: Mapped[Amount] = mapped_column(default=0)
    part_value: Mapped[Amount] = mapped_column(default=0)
    latest_days: Mapped[int | None]
    most_dates: Mapped[int] = mapped_column(default=0)
    substitutes: Mapped[Word] = mapped_column(default="ask")
    price_tolerance_percent: Mapped[Amount] = mapped_column(default=0)
    price_tolerance_amount: Mapped[Amount] = mapped_column(default=0)
    minimum_order_value: Mapped[Amount] = mapped_column(default=0)
    approved_items_only: Mapped[bool] = mapped_column(default=False)
    tax_exempt: Mapped[bool] = mapped_column(default=False)
    tax_percent: Mapped[Amount] = mapped_column(default=0)
    receipt_notes: Mapped[bool] = mapped_column(default=True)
    shelf_life_days: Mapped[int] = mapped_column(default=0)
    supply_priority: Mapped[int] = mapped_column(default=5)
    under_tolerance_percent: Mapped[Amount] = mapped_column(default=0)
    notes: Mapped[Prose] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    addresses: Mapped[list[CustomerAddress]] = relationship(
        order_by="CustomerAddress.id", lazy="raise"
    )
    contacts: Mapped[list[Contact]] = relationship(order_by="Contact.id", lazy="raise")


class CustomerAddress(Base):
    """kind: "ship_to" or "bill_to". code: the customer's or our code of the place. street may hold several rows.

    receiving_days: ISO weekdays on which goods are taken in, [] for every working day; closed_dates: ISO days.
    added_at: when a person added it, None when it came with the master data.
    transit_days: where no transit lane says better. carrier_code: the carrier service that is used when an order names none.
    """

    __tablename__ = "customer_address"
    __table_args__ = (UniqueConstraint("customer_id", "kind", "code"),)

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    kind: Mapped[Word]
    code: Mapped[Word]
    name: Mapped[Line]
    street: Mapped[Prose] = mapped_column(default="")
    postal_code: Mapped[Word] = mapped_column(default="")
    city: Mapped[Line] = mapped_column(default="")
    region: Mapped[Line] = mapped_column(default="")
    country: Mapped[Word] = mapped_column(default="")
    gln: Mapped[Word] = mapped_column(default="", index=True)
    transit_days: Mapped[int] = mapped_column(default=1)
    carrier_code: Mapped[Word] = mapped_column(default="")
    is_default: Mapped[bool] = mapped_column(default=False)
    receiving_days: Mapped[list[Any]] = mapped_column(default=list)
    closed_dates: Mapped[list[Any]] = mapped_column(default=list)
    added_at: Mapped[Instant | None]


class Contact(Base):
    """A person at a customer. known: we may answer this address without asking a clerk."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("customer_id", "email"),)

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    name: Mapped[Line] = mapped_column(default="")
    email: Mapped[Line] = mapped_column(index=True)
    known: Mapped[bool] = mapped_column(default=True)
