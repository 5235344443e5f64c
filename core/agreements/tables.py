"""Rows of what was agreed with a customer or is asked for by one: read by the checks, kept by master data."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Amount, Base, Key, Line, Word


class Quote(Base):
    """An offer of ours. state: "open", "won", "lost". Empty terms: the customer's own."""

    __tablename__ = "quote"

    id: Mapped[Key]
    number: Mapped[Word] = mapped_column(unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    currency: Mapped[Word]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    state: Mapped[Word] = mapped_column(default="open")
    payment_terms: Mapped[Line] = mapped_column(default="")
    incoterms: Mapped[Line] = mapped_column(default="")

    lines: Mapped[list[QuoteLine]] = relationship(order_by="QuoteLine.id", lazy="raise")


class QuoteLine(Base):
    """A price for one `unit`, from minimum_quantity of that unit on."""

    __tablename__ = "quote_line"

    id: Mapped[Key]
    quote_id: Mapped[int] = mapped_column(ForeignKey("quote.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit: Mapped[Word]
    price: Mapped[Amount]
    minimum_quantity: Mapped[Amount] = mapped_column(default=0)


class Blanket(Base):
    """A frame that the customer calls off. po_number: the customer's number of it; po_key: that number for comparing
    (core.drafts.keys.po_key). Orders that call it off name it (sales_order.blanket_id).
    """

    __tablename__ = "blanket"

    id: Mapped[Key]
    number: Mapped[Word] = mapped_column(unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    po_number: Mapped[Line] = mapped_column(default="")
    po_key: Mapped[Line] = mapped_column(default="")
    currency: Mapped[Word]
    agreed_on: Mapped[date | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    payment_terms: Mapped[Line] = mapped_column(default="")
    incoterms: Mapped[Line] = mapped_column(default="")

    lines: Mapped[list[BlanketLine]] = relationship(order_by="BlanketLine.id", lazy="raise")


class BlanketLine(Base):
    """quantity agreed and called_before (called off before this program kept count), both of `unit`; price for one."""

    __tablename__ = "blanket_line"
    __table_args__ = (
        UniqueConstraint("blanket_id", "item_id"),
        CheckConstraint("quantity >= 0 AND called_before >= 0", name="not_negative"),
    )

    id: Mapped[Key]
    blanket_id: Mapped[int] = mapped_column(ForeignKey("blanket.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit: Mapped[Word]
    price: Mapped[Amount]
    quantity: Mapped[Amount]
    called_before: Mapped[Amount] = mapped_column(default=0)


class ItemApproval(Base):
    """The customer has approved this item; revision "": any. Counts for customers with approved_items_only."""

    __tablename__ = "item_approval"
    __table_args__ = (Index("ix_item_approval_customer_item", "customer_id", "item_id"),)

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    revision: Mapped[Word] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    reference: Mapped[Line] = mapped_column(default="")


class RequiredPaper(Base):
    """A paper that must be there for what this row names; what it leaves empty it does not restrict.

    kind: as people write it ("EN 10204 3.1", "end-use statement"). needed_for: "order" or "shipment".
    """

    __tablename__ = "required_paper"

    id: Mapped[Key]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"), index=True)
    country: Mapped[Word] = mapped_column(default="")
    kind: Mapped[Word]
    needed_for: Mapped[Word] = mapped_column(default="shipment")


class Certificate(Base):
    """A paper that we hold: for an item, for a customer, for both or (an export licence) for a country."""

    __tablename__ = "certificate"

    id: Mapped[Key]
    kind: Mapped[Word] = mapped_column(index=True)
    number: Mapped[Line] = mapped_column(default="")
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    country: Mapped[Word] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class TaxExemption(Base):
    """Why a customer with tax_exempt pays no tax there; country "" and region "": everywhere."""

    __tablename__ = "tax_exemption"

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    country: Mapped[Word] = mapped_column(default="")
    region: Mapped[Word] = mapped_column(default="")
    number: Mapped[Line]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class AgreedCharge(Base):
    """A discount or charge; customer_id None: for everybody. kind: "discount", "freight", "surcharge".

    It holds for orders worth at least from_value; percent of the order's value, or amount in `currency`.
    """

    __tablename__ = "agreed_charge"

    id: Mapped[Key]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    kind: Mapped[Word]
    percent: Mapped[Amount] = mapped_column(default=0)
    amount: Mapped[Amount] = mapped_column(default=0)
    currency: Mapped[Word] = mapped_column(default="")
    from_value: Mapped[Amount] = mapped_column(default=0)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    reference: Mapped[Line] = mapped_column(default="")


class ExportControl(Base):
    """What goods with this export code need when they go to a country. need: "licence" or "forbidden".

    country: two letters, "*" for every one abroad. The licence is a certificate of kind "export licence".
    """

    __tablename__ = "export_control"
    __table_args__ = (UniqueConstraint("export_code", "country"),)

    id: Mapped[Key]
    export_code: Mapped[Word]
    country: Mapped[Word]
    need: Mapped[Word] = mapped_column(default="licence")


class CheckRule(Base):
    """How strict one check is, where it differs from core.agreements.defaults.ROWS; customer_id None: for everybody.

    code: a check's code, or code/case. severity: "blocking", "hold", "warning", "off". roles: who may override,
    roles or duties. expires_hours: how long an override counts, None for ever. limits: {name: decimal as text}.
    """

    __tablename__ = "check_rule"
    __table_args__ = (Index("ix_check_rule_code_customer", "code", "customer_id"),)

    id: Mapped[Key]
    code: Mapped[Word]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    severity: Mapped[Word]
    roles: Mapped[list[Any]] = mapped_column(default=list)
    expires_hours: Mapped[int | None]
    limits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012


class HoldRule(Base):
    """Who may place a hold of this kind by hand and lift one that a person placed, where it differs from
    core.agreements.defaults.HOLDS; roles or duties."""

    __tablename__ = "hold_rule"

    id: Mapped[Key]
    kind: Mapped[Word] = mapped_column(unique=True)
    place_roles: Mapped[list[Any]] = mapped_column(default=list)
    lift_roles: Mapped[list[Any]] = mapped_column(default=list)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012
