"""Rows of invoices and credit notes; money in the order's currency, rounded to the minor unit per line."""

from __future__ import annotations

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Amount, Base, Instant, Key, Line, Subject, Word


class Invoice(Subject, Base):
    """One shipment is invoiced once."""

    SUBJECT = "invoice"
    __tablename__ = "invoice"
    __table_args__ = (UniqueConstraint("shipment_id"),)

    number: Mapped[Word] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"), index=True)
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipment.id"))
    currency: Mapped[Word]
    net: Mapped[Amount]
    tax: Mapped[Amount]
    total: Mapped[Amount]
    issued_at: Mapped[Instant]

    lines: Mapped[list[InvoiceLine]] = relationship(order_by="InvoiceLine.id", lazy="raise")


class InvoiceLine(Base):
    __tablename__ = "invoice_line"

    id: Mapped[Key]
    invoice_id: Mapped[int] = mapped_column(ForeignKey("invoice.id"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    stock_quantity: Mapped[Amount]
    quantity: Mapped[Amount]
    unit: Mapped[Word]
    price: Mapped[Amount]
    net: Mapped[Amount]
    tax_percent: Mapped[Amount]
    tax: Mapped[Amount]


class CreditNote(Subject, Base):
    """What a return gives back, at the price and tax of the original line (lesson 24)."""

    SUBJECT = "credit_note"
    __tablename__ = "credit_note"

    number: Mapped[Word] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"), index=True)
    return_id: Mapped[int | None] = mapped_column(
        ForeignKey("return_authorization.id"), unique=True
    )
    currency: Mapped[Word]
    net: Mapped[Amount]
    tax: Mapped[Amount]
    total: Mapped[Amount]
    issued_at: Mapped[Instant]
    reason: Mapped[Line] = mapped_column(default="")

    lines: Mapped[list[CreditNoteLine]] = relationship(order_by="CreditNoteLine.id", lazy="raise")


class CreditNoteLine(Base):
    __tablename__ = "credit_note_line"

    id: Mapped[Key]
    credit_note_id: Mapped[int] = mapped_column(ForeignKey("credit_note.id"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    stock_quantity: Mapped[Amount]
    net: Mapped[Amount]
    tax: Mapped[Amount]
