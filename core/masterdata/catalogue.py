"""Items, their units and list prices."""

from __future__ import annotations

from decimal import Decimal

from core.catalogue.tables import Item, ItemUnit, ListPrice
from core.masterdata.checks import (
    differ,
    positive,
    stock_unit_is_one,
    superseded_by_something,
    unit_of_the_item,
)
from core.masterdata.described import DRAFTS, PROMISES, Column, Reference, Table
from core.masterdata.types import (
    COUNTRY,
    CURRENCY,
    GTIN,
    LINE,
    NUMBER,
    PROSE,
    SPAN,
    UNIT,
    WHOLE,
    WORD,
    YES_NO,
    choice,
)
from core.masterdata.write import add_stock_unit

ZERO = Decimal(0)
ITEM = Column("item", WORD, "Our item number.", required=True)
OF_ITEM = Reference("item_id", "items", ("item",))

ITEMS = Table(
    name="items",
    one="item",
    title="Items",
    help="What we sell, buy and make; quantities are in the stock unit.",
    group="catalogue",
    model=Item,
    key=("number",),
    columns=(
        Column("number", WORD, "Our item number.", required=True),
        Column("description", LINE, "In English, as printed.", required=True),
        Column("description_de", LINE, "In German, as printed.", default=""),
        Column("stock_unit", UNIT, "Stock is counted in it.", default="EA", fixed=True),
        Column("gtin", GTIN, "Of one stock unit, with its check digit.", default=""),
        Column("weight_kg", NUMBER, "Of one stock unit.", default=ZERO, unit="kg"),
        Column("kind", choice("bought", "made"), "How it is got anew.", default="bought"),
        Column("lead_days", SPAN, "To buy or make it anew.", default=0, unit="working days"),
        Column("shelf_life_days", SPAN, "From its coming in; 0: it does not expire.", default=0, unit="days"),
        Column("minimum_quantity", NUMBER, "Least that is sold; 0: any.", default=ZERO, unit="stock units"),
        Column("multiple_quantity", NUMBER, "Sold in multiples of; 0: any quantity, whole ones of what is counted in pieces.", default=ZERO, unit="stock units"),
        Column("sale_state", choice("active", "superseded", "blocked"), "Whether it is sold.", default="active"),
        Column("superseded_by", WORD, "Number of the item that replaces it."),
        Column("hazardous", YES_NO, "Dangerous goods.", default=False),
        Column("standard_cost", NUMBER, "Of one stock unit, in our currency; empty: not known.", unit="money"),
        Column("export_code", WORD, "Of the export control list; empty: not listed.", default=""),
        Column("origin_country", COUNTRY, "Two letters, ISO 3166-1.", default=""),
        Column("notes", PROSE, "For our own people.", default=""),
    ),
    references=(Reference("superseded_by_id", "items", ("superseded_by",)),),
    listed=("number", "description", "stock_unit", "gtin", "kind", "lead_days", "minimum_quantity", "multiple_quantity", "sale_state"),
    filters=("kind", "sale_state", "stock_unit", "hazardous"),
    search=("number", "description", "description_de", "gtin"),
    checks=(
        superseded_by_something,
        differ("number", "superseded_by", "An item cannot replace itself; enter another number."),
    ),
    off={"sale_state": "blocked"},
    off_words="blocked for sale",
    touches=(DRAFTS, PROMISES),
    made=add_stock_unit,
)  # fmt: skip

UNITS = Table(
    name="units",
    one="unit",
    title="Units of items",
    help="Packs and other units: one unit holds numerator/denominator stock units.",
    group="catalogue",
    model=ItemUnit,
    key=("item", "unit"),
    columns=(
        ITEM,
        Column("unit", UNIT, "Its code, such as BX or CS.", required=True),
        Column("numerator", WHOLE, "Stock units in one.", required=True, unit="stock units"),
        Column("denominator", WHOLE, "By which the numerator is divided.", default=1),
        Column("gtin", GTIN, "Of this pack.", default=""),
    ),
    references=(OF_ITEM,),
    listed=("item", "unit", "numerator", "denominator", "gtin"),
    filters=("item", "unit"),
    search=("item", "gtin"),
    checks=(positive("numerator", "denominator"), stock_unit_is_one),
    touches=(DRAFTS,),
)

LIST_PRICES = Table(
    name="list-prices",
    one="list price",
    title="List prices",
    help="What an item costs without an agreement.",
    group="catalogue",
    model=ListPrice,
    key=("item", "currency", "unit"),
    columns=(
        ITEM,
        Column("currency", CURRENCY, "ISO 4217.", required=True),
        Column("unit", UNIT, "The price is for one of it.", required=True),
        Column("price", NUMBER, "Of one unit.", required=True, unit="money"),
    ),
    references=(OF_ITEM,),
    listed=("item", "currency", "unit", "price"),
    filters=("item", "currency", "unit"),
    search=("item",),
    checks=(unit_of_the_item,),
    touches=(DRAFTS,),
)

TABLES = (ITEMS, UNITS, LIST_PRICES)
