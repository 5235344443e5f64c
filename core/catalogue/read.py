"""Read models of items: search for the pick list, the list, one item with units and prices."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, selectinload

from core.catalogue.tables import Item, ListPrice
from core.errors import NotFound

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ItemRow:
    id: int
    number: str
    description: str
    stock_unit: str
    gtin: str
    kind: str
    lead_days: int
    minimum_quantity: Decimal
    multiple_quantity: Decimal
    sale_state: str


@dataclass(frozen=True, slots=True)
class ItemPage:
    rows: tuple[ItemRow, ...]
    total: int
    page: int
    page_size: int = PAGE_SIZE


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One `unit` holds numerator/denominator stock units."""

    unit: str
    numerator: int
    denominator: int
    gtin: str


@dataclass(frozen=True, slots=True)
class ItemView:
    row: ItemRow
    description_de: str
    weight_kg: Decimal
    hazardous: bool
    notes: str
    superseded_by: str
    units: tuple[UnitRow, ...]
    prices: tuple[tuple[str, str, Decimal], ...]


def item_page(session: Session, text: str = "", page: int = 1, size: int = PAGE_SIZE) -> ItemPage:
    """Items whose number, description or GTIN contains every word of `text`, by number."""
    where = [_contains(word) for word in text.split()[:8]]
    total = session.scalar(select(func.count()).select_from(Item).where(*where)) or 0
    rows = session.scalars(
        select(Item)
        .where(*where)
        .order_by(Item.number)
        .limit(size)
        .offset((max(page, 1) - 1) * size)
    )
    return ItemPage(tuple(map(_row, rows)), total, max(page, 1), size)


def item_view(session: Session, item_id: int) -> ItemView:
    """One item; prices: (currency, unit, price). Raises NotFound."""
    item = session.scalar(select(Item).where(Item.id == item_id).options(selectinload(Item.units)))
    if item is None:
        raise NotFound(f"There is no item {item_id}.")
    successor = session.scalar(select(Item.number).where(Item.id == item.superseded_by_id))
    prices = session.scalars(
        select(ListPrice).where(ListPrice.item_id == item_id).order_by(ListPrice.currency)
    )
    return ItemView(
        row=_row(item),
        description_de=item.description_de,
        weight_kg=item.weight_kg,
        hazardous=item.hazardous,
        notes=item.notes,
        superseded_by=successor or "",
        units=tuple(UnitRow(u.unit, u.numerator, u.denominator, u.gtin) for u in item.units),
        prices=tuple((p.currency, p.unit, p.price) for p in prices),
    )


def _contains(word: str) -> ColumnElement[bool]:
    return or_(
        Item.number.icontains(word, autoescape=True),
        Item.description.icontains(word, autoescape=True),
        Item.description_de.icontains(word, autoescape=True),
        Item.gtin.icontains(word, autoescape=True),
    )


def _row(item: Item) -> ItemRow:
    return ItemRow(
        item.id,
        item.number,
        item.description,
        item.stock_unit,
        item.gtin,
        item.kind,
        item.lead_days,
        item.minimum_quantity,
        item.multiple_quantity,
        item.sale_state,
    )
