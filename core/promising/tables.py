"""Rows of what promises take beside the goods themselves, of offers, and of supply that is asked for sooner."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Amount, Base, Instant, Key, Line, Prose, Word
from core.watched import watched


class PromiseClaim(Base):
    """A component (kind "component"; "awaited" when it is got for it) or minutes of a work centre ("capacity") that a promise by plan takes on a day.

    "make": a lot of item_id, good units. for_item_id: into which item's lot it goes (of "make": None for the promised
    item itself). amount is for of_quantity stock units of the promised item: what is still open of the schedule line
    claims its share, less what became of it (core.promising.fulfilled).
    """

    __tablename__ = "promise_claim"
    __table_args__ = (
        Index("ix_promise_claim_item", "item_id"),
        Index("ix_promise_claim_work_centre_day", "work_centre_id", "day"),
    )

    id: Mapped[Key]
    schedule_line_id: Mapped[int] = mapped_column(ForeignKey("schedule_line.id"), index=True)
    kind: Mapped[Word]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    work_centre_id: Mapped[int | None] = mapped_column(ForeignKey("work_centre.id"))
    day: Mapped[date]
    amount: Mapped[Amount]
    of_quantity: Mapped[Amount]
    for_item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))


class Reservation(Base):
    """What the offer of a draft takes until `expires_at`: then it is free again, whether the row is still there or not.

    kind: "goods" or "component" (item_id at site_id, stock units) or "capacity" (minutes of a work centre). day: when
    the goods leave or the work is done.
    """

    __tablename__ = "reservation"
    __table_args__ = (
        Index("ix_reservation_item_expires_at", "item_id", "expires_at"),
        Index("ix_reservation_work_centre_expires_at", "work_centre_id", "expires_at"),
    )

    id: Mapped[Key]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"), index=True)
    draft_line_id: Mapped[int] = mapped_column(ForeignKey("draft_line.id"))
    kind: Mapped[Word]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    work_centre_id: Mapped[int | None] = mapped_column(ForeignKey("work_centre.id"))
    day: Mapped[date]
    amount: Mapped[Amount]
    expires_at: Mapped[Instant]


@watched(
    "expedite",
    ("due_date", "refused"),
    facts=("receipt_id", "item_id", "work_centre_id", "due_date"),
)
class Expedite(Base):
    """Supply asked for sooner, for its draft's promise. One of three:

    receipt_id: the receipt counts as due on due_date, for all once it is booked. item_id: a purchase that is still to be
    made comes by express, or with supplier_id from this supplier, on due_date. work_centre_id: so many minutes of overtime on due_date, for all once booked.
    order_id: what the draft became. refused: it is not to be had, so what was usual counts again.
    """

    __tablename__ = "expedite"

    id: Mapped[Key]
    receipt_id: Mapped[int | None] = mapped_column(ForeignKey("receipt.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"))
    work_centre_id: Mapped[int | None] = mapped_column(ForeignKey("work_centre.id"), index=True)
    minutes: Mapped[Amount | None]
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("sales_order.id"), index=True)
    due_date: Mapped[date]
    cost: Mapped[Amount | None]
    refused: Mapped[bool] = mapped_column(default=False)
    by: Mapped[Line] = mapped_column(default="")
    reason: Mapped[Prose] = mapped_column(default="")
    at: Mapped[Instant]
