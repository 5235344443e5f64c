"""Rows of what promises take beside the goods themselves."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Amount, Base, Key, Word


class PromiseClaim(Base):
    """A component (kind "component") or minutes of a work centre ("capacity") that a promise by plan takes on a day.

    amount is for of_quantity stock units of the promised item: what is still open of the schedule line claims its share.
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
