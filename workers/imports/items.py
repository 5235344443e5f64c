"""Items and their units."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.tables import Item, ItemUnit
from core.errors import BadInput
from workers.imports import lookups
from workers.imports.columns import Column, code, gtin, number, one_of, text, unit, whole, yes_no
from workers.imports.run import CHANGED, NEW, SAME, Kind, Values, write

ZERO = Decimal(0)


def _item(session: Session, values: Values, act: Act) -> str:
    """The stock unit gets its own row among the units; a superseding item must stand above in the file, or exist."""
    superseding = values.pop("superseded_by", None)
    if superseding:
        values["superseded_by_id"] = lookups.item(session, superseding).id
        values.setdefault("sale_state", "superseded")
    found = session.scalar(select(Item).where(Item.number == values["number"]))
    if found is None:
        found = Item(**values)
        session.add(found)
        session.flush()
        session.add(ItemUnit(item_id=found.id, unit=found.stock_unit, numerator=1, denominator=1))
        session.flush()
        return NEW
    if values.get("stock_unit", found.stock_unit) != found.stock_unit:
        raise BadInput(
            f"the stock unit is {found.stock_unit} and stays so, since stock is counted in it"
        )
    return CHANGED if write(found, values) else SAME


def _unit(session: Session, values: Values, act: Act) -> str:
    item = lookups.item(session, values.pop("item"))
    if values["unit"] == item.stock_unit and values["numerator"] != values.get("denominator", 1):
        raise BadInput(f"{item.stock_unit} is the stock unit, of which one holds exactly one")
    if values["numerator"] == 0 or values.get("denominator") == 0:
        raise BadInput("numerator and denominator are above zero")
    found = session.scalar(
        select(ItemUnit).where(ItemUnit.item_id == item.id, ItemUnit.unit == values["unit"])
    )
    if found is not None:
        return CHANGED if write(found, values) else SAME
    session.add(ItemUnit(item_id=item.id, **values))
    session.flush()
    return NEW


ITEMS = Kind(
    "items",
    "Items by number; quantities in the stock unit.",
    (
        Column("number", code, required=True),
        Column("description", text(), required=True),
        Column("description_de", text(), default=""),
        Column("stock_unit", unit, default="EA"),
        Column("gtin", gtin, default=""),
        Column("weight_kg", number, default=ZERO),
        Column("kind", one_of("bought", "made"), default="bought"),
        Column("lead_days", whole, default=0, help="working days to buy or make"),
        Column("minimum_quantity", number, default=ZERO),
        Column("multiple_quantity", number, default=ZERO),
        Column("sale_state", one_of("active", "superseded", "blocked"), default="active"),
        Column("superseded_by", code),
        Column("hazardous", yes_no, default=False),
        Column("notes", text(10_000), default=""),
    ),
    _item,
)

UNITS = Kind(
    "units",
    "Packs and other units of items: one unit holds numerator/denominator stock units.",
    (
        Column("item", code, required=True),
        Column("unit", unit, required=True),
        Column("numerator", whole, required=True),
        Column("denominator", whole, default=1),
        Column("gtin", gtin, default=""),
    ),
    _unit,
)
