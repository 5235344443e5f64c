"""Rows of items, their units, customers' part numbers and prices."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Amount, Base, Key, Line, Prose, Word
from core.units import step_of


class Item(Base):
    """kind: "bought" or "made". sale_state: "active", "superseded" (by superseded_by_id), "blocked".

    standard_cost: of one stock unit in the company's currency. export_code: of the export control list, "" when none.
    shelf_life_days: after it comes in, 0 for what does not expire.
    """

    __tablename__ = "item"

    id: Mapped[Key]
    number: Mapped[Word] = mapped_column(unique=True)
    description: Mapped[Line]
    description_de: Mapped[Line] = mapped_column(default="")
    stock_unit: Mapped[Word] = mapped_column(default="EA")
    gtin: Mapped[Word] = mapped_column(default="", index=True)
    weight_kg: Mapped[Amount] = mapped_column(default=0)
    kind: Mapped[Word] = mapped_column(default="bought")
    lead_days: Mapped[int] = mapped_column(default=0)
    shelf_life_days: Mapped[int] = mapped_column(default=0)
    minimum_quantity: Mapped[Amount] = mapped_column(default=0)
    multiple_quantity: Mapped[Amount] = mapped_column(default=0)
    sale_state: Mapped[Word] = mapped_column(default="active")
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    hazardous: Mapped[bool] = mapped_column(default=False)
    standard_cost: Mapped[Amount | None]
    export_code: Mapped[Word] = mapped_column(default="")
    origin_country: Mapped[Word] = mapped_column(default="")
    notes: Mapped[Prose] = mapped_column(default="")

    @property
    def step(self) -> Decimal:
        """Stock units: what is sold, and sent, is a multiple of it; 0 for any quantity."""
        return step_of(self.stock_unit, self.multiple_quantity)

    units: Mapped[list[ItemUnit]] = relationship(order_by="ItemUnit.id", lazy="raise")


class ItemUnit(Base):
    """One `unit` of the item holds numerator/denominator stock units, exactly."""

    __tablename__ = "item_unit"
    __table_args__ = (
        UniqueConstraint("item_id", "unit"),
        CheckConstraint("numerator > 0 AND denominator > 0", name="positive_factor"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit: Mapped[Word]
    numerator: Mapped[int]
    denominator: Mapped[int] = mapped_column(default=1)
    gtin: Mapped[Word] = mapped_column(default="", index=True)


class ItemRevision(Base):
    """A drawing revision. state: "released", "in work", "withdrawn"; the newest released one is delivered."""

    __tablename__ = "item_revision"
    __table_args__ = (UniqueConstraint("item_id", "revision"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    revision: Mapped[Word]
    state: Mapped[Word] = mapped_column(default="released")
    effective_from: Mapped[date | None]


class ItemFeature(Base):
    """What an order of a configured item has to say. choices: [{"code", "words": [...]}] as customers may write them."""

    __tablename__ = "item_feature"
    __table_args__ = (UniqueConstraint("item_id", "code"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    code: Mapped[Word]
    name: Mapped[Line]
    required: Mapped[bool] = mapped_column(default=True)
    choices: Mapped[list[Any]] = mapped_column(default=list)


class ItemHazard(Base):
    """Transport data of a hazardous item. carriers, site_codes: who may carry and from where, [] for no restriction."""

    __tablename__ = "item_hazard"

    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    un_number: Mapped[Word] = mapped_column(default="")
    proper_name: Mapped[Line] = mapped_column(default="")
    hazard_class: Mapped[Word] = mapped_column(default="")
    packing_group: Mapped[Word] = mapped_column(default="")
    data_sheet: Mapped[Line] = mapped_column(default="")
    data_sheet_until: Mapped[date | None]
    carriers: Mapped[list[Any]] = mapped_column(default=list)
    site_codes: Mapped[list[Any]] = mapped_column(default=list)


class CustomerItem(Base):
    """What a customer calls our item; `unit` is the unit meant when the customer names none.

    shelf_life_days, under_tolerance_percent, substitutes: what this customer wants of this item, None and "usual" for what
    it wants in general.
    """

    __tablename__ = "customer_item"
    __table_args__ = (UniqueConstraint("customer_id", "customer_sku"),)

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    customer_sku: Mapped[Word]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit: Mapped[Word] = mapped_column(default="")
    shelf_life_days: Mapped[int | None]
    under_tolerance_percent: Mapped[Amount | None]
    substitutes: Mapped[Word] = mapped_column(default="usual")


class ListPrice(Base):
    __tablename__ = "list_price"
    __table_args__ = (UniqueConstraint("item_id", "currency", "unit"),)

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    currency: Mapped[Word]
    unit: Mapped[Word]
    price: Mapped[Amount]


class PriceAgreement(Base):
    """A price for one customer and item per `unit`, from minimum_quantity (of that unit), within its validity."""

    __tablename__ = "price_agreement"
    __table_args__ = (Index("ix_price_agreement_customer_item", "customer_id", "item_id"),)

    id: Mapped[Key]
    customer_id: Mapped[int] = mapped_column(ForeignKey("customer.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    unit: Mapped[Word]
    price: Mapped[Amount]
    currency: Mapped[Word]
    minimum_quantity: Mapped[Amount] = mapped_column(default=0)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    reference: Mapped[Line] = mapped_column(default="")


class Substitute(Base):
    """`substitute_id` may be sent instead of `item_id`: numerator/denominator of its stock units for one of the item's.

    both_ways: the item stands in for its substitute too. customer_id: agreed with that customer only. The days are of
    the order, both included; None: no end.
    """

    __tablename__ = "substitute"
    __table_args__ = (
        UniqueConstraint("item_id", "substitute_id", "customer_id"),
        CheckConstraint("numerator > 0 AND denominator > 0", name="positive_ratio"),
        CheckConstraint("item_id != substitute_id", name="another_item"),
    )

    id: Mapped[Key]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    substitute_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"))
    numerator: Mapped[int] = mapped_column(default=1)
    denominator: Mapped[int] = mapped_column(default=1)
    both_ways: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    note: Mapped[Line] = mapped_column(default="")
