"""Rows of returns. What came back and what was decided are two axes: quantities here, dispositions beside them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Amount, Base, Instant, Key, Line, Prose, Subject, Word
from core.watched import watched


@watched("return", ("status",), facts=("number",), moments=("update",))
class ReturnAuthorization(Subject, Base):
    """Statuses: requested, authorised, refused, received, closed, cancelled. resolution: credit, replace, repair."""

    SUBJECT = "return"
    __tablename__ = "return_authorization"

    number: Mapped[Word] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("inbound_document.id"))
    reason: Mapped[Prose] = mapped_column(default="")
    resolution: Mapped[Word] = mapped_column(default="credit")
    expires_on: Mapped[date | None]
    refused_reason: Mapped[Prose] = mapped_column(default="")

    lines: Mapped[list[ReturnLine]] = relationship(order_by="ReturnLine.id", lazy="raise")


class ReturnLine(Base):
    """Stock units. decision: "pending", "accepted", "rejected", set at inspection."""

    __tablename__ = "return_line"
    __table_args__ = (
        UniqueConstraint("return_id", "order_line_id"),
        CheckConstraint("quantity > 0", name="positive"),
        CheckConstraint("disposed_quantity <= received_quantity", name="disposed_within_received"),
    )

    id: Mapped[Key]
    return_id: Mapped[int] = mapped_column(ForeignKey("return_authorization.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    quantity: Mapped[Amount]
    received_quantity: Mapped[Amount] = mapped_column(default=0)
    disposed_quantity: Mapped[Amount] = mapped_column(default=0)
    accepted_quantity: Mapped[Amount] = mapped_column(default=0)
    decision: Mapped[Word] = mapped_column(default="pending")
    decision_reason: Mapped[Prose] = mapped_column(default="")
    condition: Mapped[Prose] = mapped_column(default="")
    lot: Mapped[Word] = mapped_column(default="")

    dispositions: Mapped[list[Disposition]] = relationship(order_by="Disposition.id", lazy="raise")


class Disposition(Base):
    """What becomes of returned goods. kind: "restock", "repair", "scrap", "send_back"."""

    __tablename__ = "disposition"

    id: Mapped[Key]
    return_line_id: Mapped[int] = mapped_column(ForeignKey("return_line.id"), index=True)
    kind: Mapped[Word]
    quantity: Mapped[Amount]
    lot_id: Mapped[int | None] = mapped_column(ForeignKey("stock_lot.id"))
    at: Mapped[Instant]
    actor: Mapped[Line]
