"""Sites, stock, suppliers and what is to come."""

from __future__ import annotations

from decimal import Decimal

from core.masterdata.catalogue import ITEM, OF_ITEM
from core.masterdata.checks import (
    counted_above_allocated,
    for_a_known_order,
    positive,
    received_within,
)
from core.masterdata.described import PROMISES, Column, Reference, Table
from core.masterdata.types import (
    CLOCK,
    COUNTRY,
    DAY,
    DAYS,
    GLN,
    LINE,
    NUMBER,
    PERCENT,
    PROSE,
    SPAN,
    WEEKDAYS,
    WHOLE,
    WORD,
    YES_NO,
    choice,
)
from core.masterdata.write import set_stock
from core.supply.tables import (
    InspectionTime,
    ItemSource,
    KeptStock,
    Receipt,
    Site,
    StockLot,
    StockMovement,
    Supplier,
)

ZERO = Decimal(0)
HUNDRED = Decimal(100)
SITE = Column("site", WORD, "Code of the warehouse.", required=True)
OF_CUSTOMER = Reference("customer_id", "customers", ("customer",))
OF_SITE = Reference("site_id", "sites", ("site",))
WEEK = Column("working_days", WEEKDAYS, "1 is Monday; empty: as our company.", default=[])
FREE = Column("holidays", DAYS, "Days without work; empty: as our company.", default=[])

SITES = Table(
    name="sites",
    one="site",
    title="Sites",
    help="Warehouses that goods leave from.",
    group="supply",
    model=Site,
    key=("code",),
    columns=(
        Column("code", WORD, "Our code of the warehouse.", required=True),
        Column("name", LINE, "", required=True),
        Column("street", PROSE, "One or several rows.", default=""),
        Column("postal_code", WORD, "", default=""),
        Column("city", LINE, "", default=""),
        Column("country", COUNTRY, "Two letters, ISO 3166-1.", default=""),
        Column("gln", GLN, "Global Location Number.", default=""),
        Column("cut_off", CLOCK, "Orders after it leave the next working day.", default="14:00"),
        Column("handling_days", SPAN, "To pick and pack.", default=0, unit="working days"),
        Column("priority", WHOLE, "1 is asked first for stock.", default=1),
        Column("ships", YES_NO, "To customers; no: it supplies other sites only.", default=True),
        WEEK,
        FREE,
    ),
    listed=("code", "name", "city", "country", "cut_off", "handling_days", "priority"),
    filters=("country",),
    search=("code", "name", "city"),
    touches=(PROMISES,),
)

STOCK = Table(
    name="stock",
    one="lot in stock",
    title="Stock counts",
    help="What was counted, by site, item, lot and bin, in stock units; the difference becomes a movement.",
    group="supply",
    model=StockLot,
    key=("site", "item", "lot", "bin"),
    columns=(
        SITE,
        ITEM,
        Column("lot", WORD, "Batch as marked on the goods.", required=True),
        Column("bin", WORD, "Where it lies.", default=""),
        Column("quantity", NUMBER, "Counted.", required=True, unit="stock units", attribute="on_hand_quantity"),
        Column("quality", choice("released", "inspection", "blocked"), "Released is promised; what is in inspection, from the day of its release on.", default="released"),
        Column("expires_on", DAY, "Last day on which it is good."),
        Column("received_on", DAY, "First in, first out goes by it, and inspection begins with it."),
        Column("release_on", DAY, "Of a lot in inspection: its release is expected; empty: by the table inspection times."),
        Column("customer", WORD, "Number of the customer that it is kept for; empty: anybody."),
    ),
    references=(OF_SITE, OF_ITEM, OF_CUSTOMER),
    listed=("site", "item", "lot", "bin", "quantity", "quality", "expires_on"),
    filters=("site", "item", "quality"),
    search=("item", "lot", "bin"),
    checks=(counted_above_allocated,),
    off={"on_hand_quantity": ZERO},
    off_words="counted as zero",
    touches=(PROMISES,),
    write=set_stock,
    moved=(StockMovement.lot_id, StockMovement.at),
)  # fmt: skip

SUPPLIERS = Table(
    name="suppliers",
    one="supplier",
    title="Suppliers",
    help="Whom we buy from, with their lead times and calendars.",
    group="supply",
    model=Supplier,
    key=("number",),
    columns=(
        Column("number", WORD, "Our number of the supplier.", required=True),
        Column("name", LINE, "", required=True),
        Column("lead_days", SPAN, "From our order to our door.", default=0, unit="their working days"),
        Column("late_days", SPAN, "By which they are known to come late; promises add them.", default=0, unit="working days"),
        WEEK,
        FREE,
        Column("rush_days", SPAN, "By how many an open purchase can be brought forward.", default=0, unit="working days"),
        Column("rush_cost", NUMBER, "What that costs; empty: not known.", unit="money"),
        Column("express_days", SPAN, "Lead time of a purchase by express; empty: there is none.", unit="their working days"),
        Column("express_cost", NUMBER, "What express costs beside the goods; empty: not known.", unit="money"),
    ),
    listed=("number", "name", "lead_days"),
    search=("number", "name"),
    touches=(PROMISES,),
)  # fmt: skip

SOURCES = Table(
    name="item-sources",
    one="source of an item",
    title="Item sources",
    help="How an item is got anew: from whom, how long it takes, in which lots; one row for each supplier.",
    group="supply",
    model=ItemSource,
    key=("item", "supplier"),
    columns=(
        ITEM,
        Column("supplier", WORD, "Number of the supplier; empty: it is made, or bought from nobody in particular."),
        Column("preference", WHOLE, "1 is asked first; the others are other ways for a late line.", default=1),
        Column("qualified", YES_NO, "It may be bought there.", default=True),
        Column("lead_days", SPAN, "0: the supplier's, else the item's own.", default=0, unit="working days"),
        Column("receive_days", SPAN, "From the door to the shelf.", default=0, unit="working days"),
        Column("minimum_lot", NUMBER, "Least that is ordered or begun.", default=ZERO, unit="stock units"),
        Column("multiple_lot", NUMBER, "Ordered or begun in multiples of; 0: any.", default=ZERO, unit="stock units"),
        Column("unit_cost", NUMBER, "Of one stock unit from there, in our currency; empty: not known.", unit="money"),
        Column("yield_percent", PERCENT, "Good units out of a hundred begun.", default=HUNDRED, unit="%"),
    ),
    references=(OF_ITEM, Reference("supplier_id", "suppliers", ("supplier",))),
    listed=("item", "supplier", "preference", "qualified", "lead_days", "receive_days", "minimum_lot", "multiple_lot", "unit_cost"),
    filters=("item", "supplier", "qualified"),
    search=("item", "supplier"),
    checks=(positive("yield_percent"),),
    touches=(PROMISES,),
)  # fmt: skip

RECEIPTS = Table(
    name="receipts",
    one="receipt to come",
    title="Supply to come",
    help="Purchase, production and transfer orders that bring goods, one row for each of their lines.",
    group="supply",
    model=Receipt,
    key=("kind", "number", "line", "item"),
    columns=(
        Column("kind", choice("purchase", "production", "transfer"), "How it comes.", required=True),
        Column("number", WORD, "Number of the order that brings it.", required=True),
        Column("line", WORD, "Line of that order; empty when it has one for the item.", default=""),
        ITEM,
        SITE,
        Column("supplier", LINE, "Name of who sends it.", default=""),
        Column("supplier_number", WORD, "Our number of them (table suppliers)."),
        Column("from_site", WORD, "Of a transfer: code of the site that it leaves."),
        Column("quantity", NUMBER, "Ordered in all.", required=True, unit="stock units"),
        Column("received_quantity", NUMBER, "Of it already here.", default=ZERO, unit="stock units"),
        Column("expected_date", DAY, "At our door, or off the last machine.", required=True),
        Column("ordered_on", DAY, "When it was asked for; lead times are measured from it."),
        Column("begins_on", DAY, "Of production: first day of work; of a transfer: it leaves."),
        Column("stage", choice("planned", "released", "started"), "How far it is.", default="released"),
        Column("for_order", WORD, "Number of our order that it was made or bought for; empty: for any.", default=""),
        Column("for_position", WHOLE, "Line of that order; empty: any of its lines."),
        Column("closed", YES_NO, "Nothing more comes of it.", default=False),
    ),
    references=(
        OF_ITEM,
        OF_SITE,
        Reference("supplier_id", "suppliers", ("supplier_number",)),
        Reference("from_site_id", "sites", ("from_site",)),
    ),
    listed=("kind", "number", "line", "item", "quantity", "expected_date", "site", "received_quantity", "closed"),
    filters=("kind", "item", "site", "closed"),
    search=("number", "item", "supplier"),
    checks=(positive("quantity"), received_within, for_a_known_order),
    off={"closed": True},
    off_words="closed",
    touches=(PROMISES,),
)  # fmt: skip

INSPECTIONS = Table(
    name="inspection-times",
    one="inspection time",
    title="Inspection times",
    help="How long goods of an item are inspected when they come in; promises count them from their release on.",
    group="supply",
    model=InspectionTime,
    key=("item", "site"),
    columns=(
        ITEM,
        Column("site", WORD, "Code of the warehouse; empty: all that have no row of their own."),
        Column("days", SPAN, "From coming in to release; 0: not inspected.", required=True, unit="working days"),
    ),
    references=(OF_ITEM, OF_SITE),
    listed=("item", "site", "days"),
    filters=("item", "site"),
    search=("item",),
    touches=(PROMISES,),
)  # fmt: skip

KEPT = Table(
    name="kept-stock",
    one="stock kept for a customer",
    title="Kept stock",
    help="So much of an item's stock at a site is kept for one customer.",
    group="supply",
    model=KeptStock,
    key=("item", "site", "customer"),
    columns=(
        ITEM,
        SITE,
        Column("customer", WORD, "The customer's number.", required=True),
        Column("quantity", NUMBER, "Kept.", required=True, unit="stock units"),
        Column("until", DAY, "Last day; empty: until further notice."),
        Column("reason", LINE, "", default=""),
    ),
    references=(OF_ITEM, OF_SITE, OF_CUSTOMER),
    listed=("item", "site", "customer", "quantity", "until", "reason"),
    filters=("item", "site", "customer"),
    search=("item", "customer", "reason"),
    touches=(PROMISES,),
)

TABLES = (
    SITES,
    STOCK,
    SUPPLIERS,
    SOURCES,
    RECEIPTS,
    INSPECTIONS,
    KEPT,
)
