"""Rows of shipments: pick lines, packages and what is in them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Amount, Base, Instant, Key, Line, Prose, Subject, Word


class Shipment(Subject, Base):
    """Goods of one order that leave one site together. Statuses: released, picked, packed, shipped, delivered, void."""

    SUBJECT = "shipment"
    __tablename__ = "shipment"
    __table_args__ = (Index("ix_shipment_status", "status"),)

    number: Mapped[Word] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"), index=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    ship_to: Mapped[dict[str, Any]] = mapped_column(default=dict)
    carrier: Mapped[Line] = mapped_column(default="")
    tracking_number: Mapped[Line] = mapped_column(default="")
    shipped_at: Mapped[Instant | None]
    delivered_at: Mapped[Instant | None]
    received_by: Mapped[Line] = mapped_column(default="")

    pick_lines: Mapped[list[PickLine]] = relationship(order_by="PickLine.id", lazy="raise")
    packages: Mapped[list[Package]] = relationship(order_by="Package.number", lazy="raise")


class PickLine(Base):
    """What to take from where, in stock units. picked_quantity None: not picked yet; short picks carry their reason."""

    __tablename__ = "pick_line"
    __table_args__ = (CheckConstraint("quantity > 0", name="positive"),)

    id: Mapped[Key]
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipment.id"), index=True)
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    schedule_line_id: Mapped[int] = mapped_column(ForeignKey("schedule_line.id"), index=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("stock_lot.id"))
    quantity: Mapped[Amount]
    picked_quantity: Mapped[Amount | None]
    short_reason: Mapped[Prose] = mapped_column(default="")


class Package(Base):
    """One physical parcel; sscc is its GS1 serial shipping container code (18 digits)."""

    __tablename__ = "package"
    __table_args__ = (UniqueConstraint("shipment_id", "number"),)

    id: Mapped[Key]
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipment.id"))
    number: Mapped[int]
    sscc: Mapped[Word] = mapped_column(unique=True)
    weight_kg: Mapped[Amount | None]

    contents: Mapped[list[PackageLine]] = relationship(order_by="PackageLine.id", lazy="raise")


class PackageLine(Base):
    __tablename__ = "package_line"
    __table_args__ = (UniqueConstraint("package_id", "pick_line_id"),)

    id: Mapped[Key]
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"))
    pick_line_id: Mapped[int] = mapped_column(ForeignKey("pick_line.id"))
    quantity: Mapped[Amount]
