"""Rows of sites, stock, receipts, and what making an item takes. Quantities are in the item's stock unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Amount, Base, Instant, Key, Line, Prose, Word


class Site(Base):
    """A warehouse. cut_off: "HH:MM" in the company's time zone; orders after it leave the next working day."""

    __tablename__ = "site"

    id: Mapped[Key]
    code: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    street: Mapped[Prose] = mapped_column(default="")
    postal_code: Mapped[Word] = mapped_column(default="")
    city: Mapped[Line] = mapped_column(default="")
    country: Mapped[Word] = mapped_column(default="")
    gln: Mapped[Word] = mapped_column(default="")
    cut_off: Mapped[Word] = mapped_column(default="14:00")
    handling_days: Mapped[int] = mapped_column(default=0)
    priority: Mapped[int] = mapped_column(default=1)


class StockLot(Base):
    """On hand of one lot in one bin. quality: "released", "inspection", "blocked"."""

    __tablename__ = "stock_lot"
    __table_args__ = (
        UniqueConstraint("site_id", "item_id", "lot", "bin"),
        CheckConstraint("on_hand_quantity >= 0", name="not_negative"),
        Index("ix_stock_lot_item", "item_id"),
    )

    id: Mapped[Key]
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    lot: Mapped[Word]
    bin: Mapped[Word] = mapped_column(default="")
    on_hand_quantity: Mapped[Amount]
    quality: Mapped[Word] = mapped_column(default="released")
    expires_on: Mapped[date | None]
    received_on: Mapped[date | None]


class StockMovement(Base):
    """The ledger: each change of a lot's on-hand with its cause; its sum equals the balance."""

    __tablename__ = "stock_movement"

    id: Mapped[Key]
    lot_id: Mapped[int] = mapped_column(ForeignKey("stock_lot.id"), index=True)
    quantity: Mapped[Amount]
    reason: Mapped[Word]
    subject: Mapped[Word] = mapped_column(default="")
    subject_id: Mapped[int | None]
    at: Mapped[Instant]
    actor: Mapped[Line]


class Supplier(Base):
    """Whom we buy from. lead_days: working days of theirs; working_days, holidays as of our company, [] for ours.

    rush_days: by how many working days an open purchase can be brought forward at most, at rush_cost (None: not known).
    """

    __tablename__ = "supplier"

    id: Mapped[Key]
    number: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    lead_days: Mapped[int] = mapped_column(default=0)
    working_days: Mapped[list[Any]] = mapped_column(default=list)
    holidays: Mapped[list[Any]] = mapped_column(default=list)
    rush_days: Mapped[int] = mapped_column(default=0)
    rush_cost: Mapped[Amount | None]


class ItemSource(Base):
    """How an item is got anew. supplier_id: who is asked first; lead_days 0: the supplier's, else the item's own.

    receive_days: our working days from the door to the shelf. minimum_lot, multiple_lot: of what is ordered or begun.
    yield_percent: good units out of a hundred begun.
    """

    __tablename__ = "item_source"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"))
    lead_days: Mapped[int] = mapped_column(default=0)
    receive_days: Mapped[int] = mapped_column(default=0)
    minimum_lot: Mapped[Amount] = mapped_column(default=0)
    multiple_lot: Mapped[Amount] = mapped_column(default=0)
    yield_percent: Mapped[Amount] = mapped_column(default=100)


class Receipt(Base):
    """Supply still to come. kind: "purchase", "production", "transfer". Open quantity = quantity - received_quantity.

    Of production: begins_on, and stage "planned", "released" or "started" (its components have left the shelf).
    """

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_item_expected", "item_id", "expected_date"),)

    id: Mapped[Key]
    kind: Mapped[Word]
    number: Mapped[Word]
    supplier: Mapped[Line] = mapped_column(default="")
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    quantity: Mapped[Amount]
    received_quantity: Mapped[Amount] = mapped_column(default=0)
    expected_date: Mapped[date]
    begins_on: Mapped[date | None]
    stage: Mapped[Word] = mapped_column(default="released")
    closed: Mapped[bool] = mapped_column(default=False)


class BomLine(Base):
    __tablename__ = "bom_line"
    __table_args__ = (UniqueConstraint("item_id", "component_id"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    component_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    quantity_per: Mapped[Amount]
    scrap_percent: Mapped[Amount] = mapped_column(default=0)


class WorkCentre(Base):
    """minutes_per_day: productive ones of all machines together. working_days, holidays: [] for the company's."""

    __tablename__ = "work_centre"

    id: Mapped[Key]
    code: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    minutes_per_day: Mapped[int] = mapped_column(default=480)
    working_days: Mapped[list[Any]] = mapped_column(default=list)
    holidays: Mapped[list[Any]] = mapped_column(default=list)


class WorkCentreClosure(Base):
    """Maintenance: no minutes from `first` to `last`, both included."""

    __tablename__ = "work_centre_closure"

    id: Mapped[Key]
    work_centre_id: Mapped[int] = mapped_column(ForeignKey("work_centre.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[Line] = mapped_column(default="")


class RoutingStep(Base):
    """Minutes: setup once, run per stock unit."""

    __tablename__ = "routing_step"
    __table_args__ = (UniqueConstraint("item_id", "step"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    step: Mapped[int]
    work_centre_id: Mapped[int] = mapped_column(ForeignKey("work_centre.id"))
    setup_minutes: Mapped[Amount] = mapped_column(default=0)
    run_minutes: Mapped[Amount] = mapped_column(default=0)


class RoutingAlternate(Base):
    """Another work centre that is qualified for a step; tried when the first one ends it later."""

    __tablename__ = "routing_alternate"
    __table_args__ = (UniqueConstraint("routing_step_id", "work_centre_id"),)

    id: Mapped[Key]
    routing_step_id: Mapped[int] = mapped_column(ForeignKey("routing_step.id"))
    work_centre_id: Mapped[int] = mapped_column(ForeignKey("work_centre.id"))
