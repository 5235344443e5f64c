"""Rows of promises that slip, and of what customers are told about them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Amount, Base, Line, Prose, Subject, Word


class PromiseNotice(Subject, Base):
    """New dates of one customer's orders, told in one mail. status: drafted, sent, dropped.

    text: the mail as a clerk wrote it, "" as long as it is written from the slips. open_key: one draft per customer.
    """

    SUBJECT = "notice"
    __tablename__ = "promise_notice"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"), index=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    text: Mapped[Prose] = mapped_column(default="")
    open_key: Mapped[Word | None] = mapped_column(unique=True)


class PromiseSlip(Subject, Base):
    """A promise whose date cannot be kept (kind "slip"), or could be better ("sooner"). The schedule line is untouched
    until a person decides. status: open, accepted, refused, gone.

    promised_date: what is promised; new_date: what can be; quantity (stock units): how much of it. cause: key by which
    slips are grouped ("receipt:12"); cause_code, cause_facts: its sentence. reason: of the new date, as a schedule
    line keeps it. open_key: one row for a schedule line and kind as long as it is not accepted or gone.
    """

    SUBJECT = "slip"
    __tablename__ = "promise_slip"
    __table_args__ = (
        Index("ix_promise_slip_status", "status"),
        Index("ix_promise_slip_schedule_line", "schedule_line_id"),
    )

    kind: Mapped[Word]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"), index=True)
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"))
    schedule_line_id: Mapped[int] = mapped_column(ForeignKey("schedule_line.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    quantity: Mapped[Amount]
    promised_date: Mapped[date]
    new_date: Mapped[date]
    cause: Mapped[Word]
    cause_code: Mapped[Word]
    cause_facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[dict[str, Any]] = mapped_column(default=dict)
    decided_by: Mapped[Line] = mapped_column(default="")
    decided_reason: Mapped[Prose] = mapped_column(default="")
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("promise_notice.id"), index=True)
    open_key: Mapped[Word | None] = mapped_column(unique=True)
