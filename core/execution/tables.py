"""Rows of allocations: stock firmly tied to an order line."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Amount, Base, Key


class Allocation(Base):
    """quantity (stock units) of a lot held for a schedule line; gone when it is on a shipment that left."""

    __tablename__ = "allocation"
    __table_args__ = (
        UniqueConstraint("schedule_line_id", "lot_id"),
        CheckConstraint("quantity > 0", name="positive"),
    )

    id: Mapped[Key]
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    schedule_line_id: Mapped[int] = mapped_column(ForeignKey("schedule_line.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("stock_lot.id"), index=True)
    quantity: Mapped[Amount]
