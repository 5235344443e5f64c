"""Rows of the order under review: its fields as read and corrected, what they matched, and its problems."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Amount, Base, Instant, Key, Line, Prose, Subject, Word


class Draft(Subject, Base):
    """kind: "order", "change", "cancellation". Its text lives in `fields`; the columns here are what it means:
    matched ids and typed values, recomputed by core.drafts.assess after every correction.

    earlier: core.inbound.reading.Earlier as JSON with "taken", what core.drafts.earlier.fill took; {} when it repeats none.
    customer_reason ...: {"code": ..., "facts": {...}} of the match. promise: the last answer (core.drafts.promise).
    delivery: terms of this order by group of lines (core.drafts.delivery); choices: by line id the alternative that was
    taken (core.drafts.ways.take).
    duplicate_of_id / revision_of_id: the order this one repeats or revises; order_id: what it became. They are plain
    numbers, since sales_order points here and SQLite cannot add the second half of a circle. quote_id, blanket_id: what
    it is ordered under (core.agreements.tables). warning_count leaves out
    doubtful fields, which doubtful_count counts.
    """

    SUBJECT = "draft"
    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("document_id", "ordinal"),
        Index("ix_draft_status_created_at", "status", "created_at"),
        Index("ix_draft_customer_created_at", "customer_id", "created_at"),
        Index("ix_draft_created_at", "created_at"),
    )

    document_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_document.id"))
    ordinal: Mapped[int] = mapped_column(default=1)
    kind: Mapped[Word] = mapped_column(default="order")
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    customer_reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    ship_to_id: Mapped[int | None] = mapped_column(ForeignKey("customer_address.id"))
    ship_to_reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    bill_to_id: Mapped[int | None] = mapped_column(ForeignKey("customer_address.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    po_number: Mapped[Line] = mapped_column(default="")
    po_key: Mapped[Line] = mapped_column(default="", index=True)
    order_date: Mapped[date | None]
    requested_date: Mapped[date | None]
    currency: Mapped[Word] = mapped_column(default="")
    content_key: Mapped[Word] = mapped_column(default="")
    duplicate_of_id: Mapped[int | None] = mapped_column(index=True)
    revision_of_id: Mapped[int | None] = mapped_column(index=True)
    order_id: Mapped[int | None] = mapped_column(index=True)
    quote_id: Mapped[int | None]
    blanket_id: Mapped[int | None]
    earlier: Mapped[dict[str, Any]] = mapped_column(default=dict)
    promise: Mapped[dict[str, Any]] = mapped_column(default=dict)
    delivery: Mapped[dict[str, Any]] = mapped_column(default=dict)
    choices: Mapped[dict[str, Any]] = mapped_column(default=dict)
    promised_at: Mapped[Instant | None]
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    claimed_until: Mapped[Instant | None]
    parked_until: Mapped[Instant | None]
    blocking_count: Mapped[int] = mapped_column(default=0)
    warning_count: Mapped[int] = mapped_column(default=0)
    doubtful_count: Mapped[int] = mapped_column(default=0)

    lines: Mapped[list[DraftLine]] = relationship(order_by="DraftLine.position", lazy="raise")
    fields: Mapped[list[DraftField]] = relationship(order_by="DraftField.id", lazy="raise")
    problems: Mapped[list[Problem]] = relationship(order_by="Problem.id", lazy="raise")


class DraftLine(Base):
    """One line of a draft. quantity and unit as ordered; stock_quantity exact in the item's stock unit.

    agreed_price: ours for one `unit`, with its source in price_reason. removed lines stay for the record.
    revision: of the drawing, as ordered. configuration: {feature code: choice code}.
    group_name: lines of one group are under the same terms of delivery, "" for the order's own. ordered_item_id: what the
    customer ordered, when a substitute is promised (item_id).
    """

    __tablename__ = "draft_line"
    __table_args__ = (
        UniqueConstraint("draft_id", "position"),
        Index("ix_draft_line_item", "item_id"),
        Index(
            "ix_draft_line_ordered_item",
            "ordered_item_id",
            sqlite_where=text("ordered_item_id IS NOT NULL"),
            postgresql_where=text("ordered_item_id IS NOT NULL"),
        ),
    )

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    position: Mapped[int]
    removed: Mapped[bool] = mapped_column(default=False)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    item_reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    unit: Mapped[Word] = mapped_column(default="")
    unit_reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    factor_numerator: Mapped[int] = mapped_column(default=1)
    factor_denominator: Mapped[int] = mapped_column(default=1)
    quantity: Mapped[Amount | None]
    stock_quantity: Mapped[Amount | None]
    unit_price: Mapped[Amount | None]
    agreed_price: Mapped[Amount | None]
    price_reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    revision: Mapped[Word] = mapped_column(default="")
    configuration: Mapped[dict[str, Any]] = mapped_column(default=dict)
    requested_date: Mapped[date | None]
    group_name: Mapped[Word] = mapped_column(default="")
    ordered_item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))


class DraftField(Base):
    """One field's text, as it stands (`value`) and as the machine read it. line_id None: a header field.

    name: HEADER_FIELDS or LINE_FIELDS. value: "" when absent or cleared. evidence, alternatives as in
    core.inbound.reading. accepted: a person looked at it; corrected: a person changed it.
    """

    __tablename__ = "draft_field"
    __table_args__ = (Index("ix_draft_field_draft_line_name", "draft_id", "line_id", "name"),)

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("draft_line.id"))
    name: Mapped[Word]
    value: Mapped[Prose] = mapped_column(default="")
    read_value: Mapped[Prose] = mapped_column(default="")
    confidence: Mapped[Amount] = mapped_column(default=0)
    source: Mapped[Word] = mapped_column(default="")
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    alternatives: Mapped[list[Any]] = mapped_column(default=list)
    accepted: Mapped[bool] = mapped_column(default=False)
    corrected: Mapped[bool] = mapped_column(default=False)


class Problem(Base):
    """A failed check. field: the name it stands beside. severity: "blocking", "hold" (the order is booked with one) or
    "warning"; blocking says the same of the first. accepted_by: who lets it pass, as policy allows, until accepted_until.
    """

    __tablename__ = "problem"

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    line_id: Mapped[int | None] = mapped_column(ForeignKey("draft_line.id"))
    field: Mapped[Word] = mapped_column(default="")
    code: Mapped[Word] = mapped_column(index=True)
    severity: Mapped[Word] = mapped_column(default="warning")
    blocking: Mapped[bool]
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    accepted_by: Mapped[Line] = mapped_column(default="")
    accepted_reason: Mapped[Prose] = mapped_column(default="")
    accepted_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    accepted_at: Mapped[Instant | None]
    accepted_until: Mapped[Instant | None]


class Onlooker(Base):
    """Who has which draft on the screen: one row a person, the latest; it counts for a minute after `seen_at`."""

    __tablename__ = "onlooker"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    seen_at: Mapped[Instant]
