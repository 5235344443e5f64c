"""Rows of sites, stock, receipts, and what making an item takes. Quantities are in the item's stock unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Amount, Base, Instant, Key, Line, Prose, Word
from core.watched import watched


def as_expected(context: Any) -> date | None:
    """The first expectation of a receipt, when nobody gives it."""
    found: date | None = context.get_current_parameters().get("expected_date")
    return found


def once_without(table: str, absent: str, *columns: str) -> Index:
    """One row without `absent` for each of the columns: to a constraint, two rows without a value differ."""
    where = text(f"{absent} IS NULL")
    name = f"ix_{table}_without_{absent.removesuffix('_id')}"
    return Index(name, *columns, unique=True, sqlite_where=where, postgresql_where=where)


@watched(
    "site", ("working_days", "holidays", "handling_days"), facts=("code",), moments=("update",)
)
class Site(Base):
    """A warehouse. cut_off: "HH:MM" in the company's time zone; orders after it leave the next working day.

    ships: to customers; a plant or a central store that does not supplies other sites by transfer. working_days,
    holidays as of our company, [] for the company's.
    """

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
    ships: Mapped[bool] = mapped_column(default=True)
    working_days: Mapped[list[Any]] = mapped_column(default=list)
    holidays: Mapped[list[Any]] = mapped_column(default=list)


class TransferLane(Base):
    """Goods of one site reach another after `days` working days. weekdays: when the lorry leaves, [] every working day."""

    __tablename__ = "transfer_lane"
    __table_args__ = (UniqueConstraint("from_site_id", "to_site_id"),)

    id: Mapped[Key]
    from_site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    to_site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    days: Mapped[int] = mapped_column(default=1)
    weekdays: Mapped[list[Any]] = mapped_column(default=list)


@watched("carrier", ("working_days", "holidays"), facts=("name",), moments=("update",))
class CarrierService(Base):
    """A carrier's way of delivering. cut_off: "HH:MM" after which it takes nothing that day, "" for the site's alone.

    working_days, holidays: on which it drives, [] for every day of our company's week.
    """

    __tablename__ = "carrier_service"

    id: Mapped[Key]
    code: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    cut_off: Mapped[Word] = mapped_column(default="")
    working_days: Mapped[list[Any]] = mapped_column(default=list)
    holidays: Mapped[list[Any]] = mapped_column(default=list)


class TransitLane(Base):
    """Days of a carrier's from a site to a country or to postal codes that begin so. None and "" stand for any.

    Of several that fit, the one that says most counts: country, the longest postal prefix, the carrier that was named,
    the site. When none was named, what is said for any carrier comes first, then the carrier that was entered first.
    """

    __tablename__ = "transit_lane"
    __table_args__ = (Index("ix_transit_lane_country", "country"),)

    id: Mapped[Key]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    carrier_service_id: Mapped[int | None] = mapped_column(ForeignKey("carrier_service.id"))
    country: Mapped[Word] = mapped_column(default="")
    postal_prefix: Mapped[Word] = mapped_column(default="")
    days: Mapped[int] = mapped_column(default=1)


@watched("country", ("working_days", "holidays"), facts=("country",))
class CountryCalendar(Base):
    """When people work where our customers are. working_days: ISO weekdays, [] for our company's; holidays: ISO days."""

    __tablename__ = "country_calendar"

    id: Mapped[Key]
    country: Mapped[Word] = mapped_column(unique=True)
    working_days: Mapped[list[Any]] = mapped_column(default=list)
    holidays: Mapped[list[Any]] = mapped_column(default=list)


@watched(
    "stock_lot",
    ("quality", "expires_on", "customer_id", "release_on"),
    facts=("lot",),
    moments=("update",),
)
class StockLot(Base):
    """On hand of one lot in one bin. quality: "released", "inspection", "blocked". customer_id: kept for this one only.

    release_on: of a lot in inspection, when somebody expects its release; None: as of InspectionTime.
    """

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
    release_on: Mapped[date | None]
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))


@watched("inspection", ("days",), facts=("item_id", "days"))
class InspectionTime(Base):
    """For how many working days of a site goods of an item that come in are inspected before they are released.

    site_id: None for every site without a row of its own. 0 days: they are not inspected, and what is in inspection all
    the same is no supply.
    """

    __tablename__ = "inspection_time"
    __table_args__ = (
        UniqueConstraint("item_id", "site_id"),
        once_without("inspection_time", "site_id", "item_id"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    days: Mapped[int] = mapped_column(default=0)


@watched("kept_stock", ("quantity", "until"), facts=("item_id", "quantity"))
class KeptStock(Base):
    """So much of an item's stock at a site is kept for one customer, up to and with the day `until`.

    What that customer's orders hold of it counts as kept; a person lowers it when it is used up.
    """

    __tablename__ = "kept_stock"
    __table_args__ = (
        UniqueConstraint("item_id", "site_id", "customer_id"),
        CheckConstraint("quantity >= 0", name="not_negative"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    quantity: Mapped[Amount]
    until: Mapped[date | None]
    reason: Mapped[Line] = mapped_column(default="")


@watched(
    "stock_lot",
    facts=("quantity", "reason"),
    moments=("insert",),
    number="lot_id",
    unless=lambda row: row.reason == "shipped",
)
class StockMovement(Base):
    """The ledger: each change of a lot's on-hand with its cause; its sum equals the balance."""

    __tablename__ = "stock_movement"
    __table_args__ = (
        Index("ix_stock_movement_reason_at", "reason", "at"),
        Index("ix_stock_movement_subject", "subject", "subject_id"),
    )

    id: Mapped[Key]
    lot_id: Mapped[int] = mapped_column(ForeignKey("stock_lot.id"), index=True)
    quantity: Mapped[Amount]
    reason: Mapped[Word]
    subject: Mapped[Word] = mapped_column(default="")
    subject_id: Mapped[int | None]
    at: Mapped[Instant]
    actor: Mapped[Line]


@watched("supplier", ("late_days",), facts=("name",), moments=("update",))
class Supplier(Base):
    """Whom we buy from. lead_days: working days of theirs; working_days, holidays as of our company, [] for ours.

    rush_days: by how many working days an open purchase can be brought forward at most, at rush_cost (None: not known).
    express_days: lead time of a purchase by express, at express_cost; None: there is none.
    late_days: working days by which their deliveries are known to come late; every promise that waits for one adds them.
    """

    __tablename__ = "supplier"

    id: Mapped[Key]
    number: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    lead_days: Mapped[int] = mapped_column(default=0)
    late_days: Mapped[int] = mapped_column(default=0)
    working_days: Mapped[list[Any]] = mapped_column(default=list)
    holidays: Mapped[list[Any]] = mapped_column(default=list)
    rush_days: Mapped[int] = mapped_column(default=0)
    rush_cost: Mapped[Amount | None]
    express_days: Mapped[int | None]
    express_cost: Mapped[Amount | None]


class ItemSource(Base):
    """How an item is got anew, a row for each supplier. preference: the least is asked first; who is not qualified, not
    at all. supplier_id None: of what is made, or is bought from nobody in particular.

    lead_days 0: the supplier's, else the item's own. receive_days: our working days from the door to the shelf.
    minimum_lot, multiple_lot: of what is ordered or begun. unit_cost: of one stock unit in the company's currency, None:
    not known. yield_percent: good units out of a hundred begun.
    """

    __tablename__ = "item_source"
    __table_args__ = (
        UniqueConstraint("item_id", "supplier_id"),
        once_without("item_source", "supplier_id", "item_id"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"))
    preference: Mapped[int] = mapped_column(default=1)
    qualified: Mapped[bool] = mapped_column(default=True)
    lead_days: Mapped[int] = mapped_column(default=0)
    receive_days: Mapped[int] = mapped_column(default=0)
    minimum_lot: Mapped[Amount] = mapped_column(default=0)
    multiple_lot: Mapped[Amount] = mapped_column(default=0)
    unit_cost: Mapped[Amount | None]
    yield_percent: Mapped[Amount] = mapped_column(default=100)


@watched(
    "receipt",
    ("expected_date", "quantity", "closed", "site_id", "for_order", "for_position"),
    facts=("number", "supplier", "item_id", "expected_date", "quantity", "received_quantity"),
)
class Receipt(Base):
    """Supply still to come. kind: "purchase", "production", "transfer". Open quantity = quantity - received_quantity.

    first_expected_date: what was expected when the row was made, kept for ever; ordered_on: when it was asked for.
    line: of the order that brings it, "" when that has one for the item. for_order, for_position: our order and its line
    that it was made or bought for, "" and None when nobody said; what it brings goes there first.
    Of production: begins_on, and stage "planned", "released" or "started" (its components have left the shelf). Of a
    transfer: from_site_id, begins_on is the day it leaves there, "started" when it is on the road.
    """

    __tablename__ = "receipt"
    __table_args__ = (
        Index("ix_receipt_item_expected", "item_id", "expected_date"),
        Index(
            "ix_receipt_open_item",
            "item_id",
            sqlite_where=text("closed IS 0"),
            postgresql_where=text("closed IS false"),
        ),
    )

    id: Mapped[Key]
    kind: Mapped[Word]
    number: Mapped[Word]
    line: Mapped[Word] = mapped_column(default="")
    supplier: Mapped[Line] = mapped_column(default="")
    supplier_id: Mapped[int | None] = mapped_column(ForeignKey("supplier.id"))
    site_id: Mapped[int] = mapped_column(ForeignKey("site.id"))
    from_site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    quantity: Mapped[Amount]
    received_quantity: Mapped[Amount] = mapped_column(default=0)
    expected_date: Mapped[date]
    first_expected_date: Mapped[date | None] = mapped_column(default=as_expected)
    ordered_on: Mapped[date | None]
    begins_on: Mapped[date | None]
    stage: Mapped[Word] = mapped_column(default="released")
    closed: Mapped[bool] = mapped_column(default=False)
    for_order: Mapped[Word] = mapped_column(default="")
    for_position: Mapped[int | None]


class BomLine(Base):
    """site_id: at which site it is made so; None: at all that have no lines of their own for the item."""

    __tablename__ = "bom_line"
    __table_args__ = (
        UniqueConstraint("item_id", "component_id", "site_id"),
        once_without("bom_line", "site_id", "item_id", "component_id"),
        Index("ix_bom_line_component", "component_id"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    component_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    quantity_per: Mapped[Amount]
    scrap_percent: Mapped[Amount] = mapped_column(default=0)


@watched(
    "work_centre",
    ("minutes_per_day", "working_days", "holidays"),
    facts=("code",),
    moments=("update",),
)
class WorkCentre(Base):
    """minutes_per_day: productive ones of all machines together. working_days, holidays: [] for the company's.

    overtime_minutes: the most that can be asked for beside them on a day, at overtime_cost for an hour.
    reserve_percent: of these minutes, kept from promises for breakdowns. qualified_only: makes only items that are
    qualified here (Qualification).
    """

    __tablename__ = "work_centre"

    id: Mapped[Key]
    code: Mapped[Word] = mapped_column(unique=True)
    name: Mapped[Line]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"))
    minutes_per_day: Mapped[int] = mapped_column(default=480)
    overtime_minutes: Mapped[int] = mapped_column(default=0)
    overtime_cost: Mapped[Amount | None]
    reserve_percent: Mapped[Amount] = mapped_column(default=0)
    qualified_only: Mapped[bool] = mapped_column(default=False)
    working_days: Mapped[list[Any]] = mapped_column(default=list)
    holidays: Mapped[list[Any]] = mapped_column(default=list)


@watched("closure", ("first", "last"), facts=("work_centre_id", "first", "last", "reason"))
class WorkCentreClosure(Base):
    """Maintenance from `first` to `last`, both included: so many minutes of each day are lost, None for all of them."""

    __tablename__ = "work_centre_closure"

    id: Mapped[Key]
    work_centre_id: Mapped[int] = mapped_column(ForeignKey("work_centre.id"), index=True)
    first: Mapped[date]
    last: Mapped[date]
    minutes: Mapped[int | None]
    reason: Mapped[Line] = mapped_column(default="")


class Qualification(Base):
    """An item may be made on a work centre, from `valid_from` to `valid_to` (None: no end)."""

    __tablename__ = "qualification"
    __table_args__ = (UniqueConstraint("item_id", "work_centre_id"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    work_centre_id: Mapped[int] = mapped_column(ForeignKey("work_centre.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class RoutingStep(Base):
    """Minutes: setup once, run per stock unit."""

    __tablename__ = "routing_step"
    __table_args__ = (
        UniqueConstraint("item_id", "step"),
        Index("ix_routing_step_work_centre", "work_centre_id"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    step: Mapped[int]
    work_centre_id: Mapped[int] = mapped_column(ForeignKey("work_centre.id"))
    setup_minutes: Mapped[Amount] = mapped_column(default=0)
    run_minutes: Mapped[Amount] = mapped_column(default=0)


class RoutingAlternate(Base):
    """Another work centre that can do a step; taken when the first one ends it later. Minutes: None for the step's."""

    __tablename__ = "routing_alternate"
    __table_args__ = (UniqueConstraint("routing_step_id", "work_centre_id"),)

    id: Mapped[Key]
    routing_step_id: Mapped[int] = mapped_column(ForeignKey("routing_step.id"))
    work_centre_id: Mapped[int] = mapped_column(ForeignKey("work_centre.id"))
    setup_minutes: Mapped[Amount | None]
    run_minutes: Mapped[Amount | None]
