"""Rows of booked orders, their lines, schedule lines and holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Amount, Base, Instant, Key, Line, Prose, Subject, Word
from core.orders.guards import guard_first_promises


class Order(Subject, Base):
    """A sales order. Addresses are kept as booked: {"name", "street", "postal_code", "city", "region", "country", "gln"}.

    po_key: the purchase order number for comparing (core.drafts.duplicates). revision counts agreed versions from 1.
    reply_to: Message-ID that the acknowledgement answers; contact_email: where answers go. quote_id, blanket_id: what it
    was ordered under. prepaid_amount: what was paid before delivery, in `currency`.
    delivery: the agreed terms by group of lines, "" for the order's own (core.promising.terms).
    """

    SUBJECT = "order"
    __tablename__ = "sales_order"
    __table_args__ = (
        Index("ix_sales_order_customer_po", "customer_id", "po_key"),
        Index("ix_sales_order_booked_at", "booked_at", "id"),
        Index("ix_sales_order_status_booked_at", "status", "booked_at", "id"),
    )

    number: Mapped[Word] = mapped_column(unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), unique=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_document.id"), index=True)
    po_number: Mapped[Line] = mapped_column(default="")
    po_key: Mapped[Line] = mapped_column(default="")
    content_key: Mapped[Word] = mapped_column(default="")
    order_date: Mapped[date | None]
    requested_date: Mapped[date | None]
    currency: Mapped[Word]
    payment_terms: Mapped[Line] = mapped_column(default="")
    incoterms: Mapped[Line] = mapped_column(default="")
    ship_via: Mapped[Line] = mapped_column(default="")
    notes: Mapped[Prose] = mapped_column(default="")
    delivery_policy: Mapped[Word] = mapped_column(default="partial")
    delivery: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ship_to_id: Mapped[int | None] = mapped_column(ForeignKey("customer_address.id"))
    ship_to: Mapped[dict[str, Any]] = mapped_column(default=dict)
    bill_to: Mapped[dict[str, Any]] = mapped_column(default=dict)
    quote_id: Mapped[int | None]
    blanket_id: Mapped[int | None] = mapped_column(index=True)
    prepaid_amount: Mapped[Amount] = mapped_column(default=0)
    contact_name: Mapped[Line] = mapped_column(default="")
    contact_email: Mapped[Line] = mapped_column(default="")
    reply_to: Mapped[Prose] = mapped_column(default="")
    booked_at: Mapped[Instant]

    lines: Mapped[list[OrderLine]] = relationship(order_by="OrderLine.position", lazy="raise")


class OrderLine(Base):
    """quantity in `unit` as ordered; stock_* in the item's stock unit. Open = stock_quantity - cancelled - shipped.

    ordered_price is the customer's, price is what we confirmed, both for one `unit`.
    ordered_item_id: what the customer ordered, when item_id is its substitute. group_name: see Order.delivery.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "position"),
        CheckConstraint("stock_quantity > 0", name="ordered_positive"),
        CheckConstraint("cancelled_quantity >= 0", name="cancelled_not_negative"),
        CheckConstraint(
            "cancelled_quantity + shipped_quantity <= stock_quantity", name="within_ordered"
        ),
        CheckConstraint("returned_quantity <= shipped_quantity", name="returned_within_shipped"),
        Index(
            "ix_order_line_open_item",
            "item_id",
            sqlite_where=text("stock_quantity > cancelled_quantity + shipped_quantity"),
            postgresql_where=text("stock_quantity > cancelled_quantity + shipped_quantity"),
        ),
        Index(
            "ix_order_line_ordered_item",
            "ordered_item_id",
            sqlite_where=text("ordered_item_id IS NOT NULL"),
            postgresql_where=text("ordered_item_id IS NOT NULL"),
        ),
    )

    id: Mapped[Key]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    position: Mapped[int]
    customer_line_no: Mapped[Word] = mapped_column(default="")
    draft_line_id: Mapped[int | None] = mapped_column(ForeignKey("draft_line.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    description: Mapped[Line]
    customer_sku: Mapped[Word] = mapped_column(default="")
    quantity: Mapped[Amount]
    unit: Mapped[Word]
    factor_numerator: Mapped[int] = mapped_column(default=1)
    factor_denominator: Mapped[int] = mapped_column(default=1)
    stock_quantity: Mapped[Amount]
    cancelled_quantity: Mapped[Amount] = mapped_column(default=0)
    shipped_quantity: Mapped[Amount] = mapped_column(default=0)
    invoiced_quantity: Mapped[Amount] = mapped_column(default=0)
    returned_quantity: Mapped[Amount] = mapped_column(default=0)
    ordered_price: Mapped[Amount | None]
    price: Mapped[Amount]
    revision: Mapped[Word] = mapped_column(default="")
    configuration: Mapped[dict[str, Any]] = mapped_column(default=dict)
    requested_date: Mapped[date | None]
    group_name: Mapped[Word] = mapped_column(default="")
    ordered_item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    schedule: Mapped[list[ScheduleLine]] = relationship(
        order_by="ScheduleLine.position", lazy="raise"
    )


class ScheduleLine(Base):
    """One promised quantity (stock units) and date of a line. first_promised_date is written once and never changed.

    Dates are days of arrival at the customer; ship_date is when it leaves `site_id`. reason: {"code", "facts"}.
    ranked_as: the schedule line after which this one is served first, of a call-off; None: its own id is its rank.
    """

    __tablename__ = "schedule_line"
    __table_args__ = (
        UniqueConstraint("line_id", "position"),
        CheckConstraint("quantity >= 0", name="not_negative"),
        Index("ix_schedule_line_first_promised_date", "first_promised_date"),
        Index(
            "ix_schedule_line_open_promised_date",
            "promised_date",
            sqlite_where=text("quantity > shipped_quantity"),
            postgresql_where=text("quantity > shipped_quantity"),
        ),
    )

    id: Mapped[Key]
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    position: Mapped[int]
    quantity: Mapped[Amount]
    shipped_quantity: Mapped[Amount] = mapped_column(default=0)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    requested_date: Mapped[date | None]
    first_promised_date: Mapped[date | None]
    promised_date: Mapped[date | None]
    ship_date: Mapped[date | None]
    actual_date: Mapped[date | None]
    promise_version: Mapped[int] = mapped_column(default=1)
    reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    pegging: Mapped[list[Any]] = mapped_column(default=list)
    ranked_as: Mapped[int | None]


guard_first_promises(Base.metadata.tables[ScheduleLine.__tablename__])


class PromiseVersion(Base):
    """A promise as it stood from `at` on: what was promised, why that day, and why it was promised anew (`cause`)."""

    __tablename__ = "promise_version"
    __table_args__ = (UniqueConstraint("schedule_line_id", "version"),)

    id: Mapped[Key]
    schedule_line_id: Mapped[int] = mapped_column(ForeignKey("schedule_line.id"))
    version: Mapped[int]
    quantity: Mapped[Amount]
    promised_date: Mapped[date | None]
    ship_date: Mapped[date | None]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    cause: Mapped[Prose] = mapped_column(default="")
    actor: Mapped[Line]
    at: Mapped[Instant]


class Hold(Subject, Base):
    """A typed block beside the order's status. kind: credit, quality, export, data, customer, consent, manual.

    stops: the verbs it stops ("allocate", "release", "ship", "invoice"). status: active, released.
    code, facts: the check that it came from and what it found. released_until: how long lifting it counts, None for ever.
    """

    SUBJECT = "hold"
    __tablename__ = "hold"
    __table_args__ = (Index("ix_hold_status", "status"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"), index=True)
    kind: Mapped[Word]
    code: Mapped[Word] = mapped_column(default="")
    reason: Mapped[Prose] = mapped_column(default="")
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    stops: Mapped[list[Any]] = mapped_column(default=list)
    placed_by: Mapped[Line] = mapped_column(default="")
    released_by: Mapped[Line] = mapped_column(default="")
    release_reason: Mapped[Prose] = mapped_column(default="")
    released_until: Mapped[Instant | None]
