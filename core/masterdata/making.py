"""What making an item takes: bills of material, work centres with their days, routings."""

from __future__ import annotations

from decimal import Decimal

from core.masterdata.catalogue import ITEM, OF_ITEM
from core.masterdata.checks import differ, in_order, no_circle, positive
from core.masterdata.described import PROMISES, Column, Reference, Table
from core.masterdata.supply import FREE, OF_SITE, WEEK
from core.masterdata.types import DAY, LINE, NUMBER, PERCENT, WHOLE, WORD, YES_NO
from core.supply.tables import (
    BomLine,
    Qualification,
    RoutingAlternate,
    RoutingStep,
    WorkCentre,
    WorkCentreClosure,
)

ZERO = Decimal(0)
CENTRE = Column("work_centre", WORD, "Code of the work centre.", required=True)
OF_CENTRE = Reference("work_centre_id", "work-centres", ("work_centre",))
STEP = Column("step", WHOLE, "Number of the operation, in the order of work.", required=True)

BOM_LINES = Table(
    name="bom-lines",
    one="line of a bill of material",
    title="Bills of material",
    help="What one stock unit of a made item is made of, everywhere or at one site.",
    group="supply",
    model=BomLine,
    key=("item", "component", "site"),
    columns=(
        Column("item", WORD, "The item that is made.", required=True),
        Column("component", WORD, "The item that goes into it.", required=True),
        Column("site", WORD, "Code of the site that makes it so; empty: all that have no lines of their own for the item."),
        Column("quantity_per", NUMBER, "Of the component in one.", required=True, unit="stock units"),
        Column("scrap_percent", PERCENT, "Lost of it on the way.", default=ZERO, unit="%"),
    ),
    references=(OF_ITEM, Reference("component_id", "items", ("component",)), OF_SITE),
    listed=("item", "component", "site", "quantity_per", "scrap_percent"),
    filters=("item", "component", "site"),
    search=("item", "component"),
    checks=(
        positive("quantity_per"),
        differ("item", "component", "An item is no component of itself; enter another one."),
        no_circle,
    ),
    touches=(PROMISES,),
)  # fmt: skip

WORK_CENTRES = Table(
    name="work-centres",
    one="work centre",
    title="Work centres",
    help="Machines or people with finite minutes.",
    group="supply",
    model=WorkCentre,
    key=("code",),
    columns=(
        Column("code", WORD, "Our code.", required=True),
        Column("name", LINE, "", required=True),
        Column("site", WORD, "Code of the site that it stands at; what is made on it is made there."),
        Column("minutes_per_day", WHOLE, "Productive ones of all machines together.", default=480, unit="minutes"),
        Column("overtime_minutes", WHOLE, "The most that can be asked for beside them on a day; 0: none.", default=0, unit="minutes"),
        Column("overtime_cost", NUMBER, "Of an hour of overtime; empty: not known.", unit="money"),
        Column("reserve_percent", PERCENT, "Of these minutes, kept from promises for breakdowns.", default=ZERO, unit="%"),
        Column("qualified_only", YES_NO, "Makes only items of the table qualifications.", default=False),
        WEEK,
        FREE,
    ),
    references=(OF_SITE,),
    listed=("code", "name", "site", "minutes_per_day"),
    filters=("site",),
    search=("code", "name"),
    touches=(PROMISES,),
)  # fmt: skip

CLOSURES = Table(
    name="work-centre-closures",
    one="closure",
    title="Closures",
    help="Maintenance and other days on which a work centre has no minutes.",
    group="supply",
    model=WorkCentreClosure,
    key=("work_centre", "first"),
    columns=(
        CENTRE,
        Column("first", DAY, "First day.", required=True),
        Column("last", DAY, "Last day, included.", required=True),
        Column("minutes", WHOLE, "Lost on each day; empty: all.", unit="minutes"),
        Column("reason", LINE, "", default=""),
    ),
    references=(OF_CENTRE,),
    listed=("work_centre", "first", "last", "reason"),
    filters=("work_centre",),
    search=("work_centre", "reason"),
    checks=(in_order("first", "last"),),
    touches=(PROMISES,),
)

STEPS = Table(
    name="routing-steps",
    one="routing step",
    title="Routings",
    help="Operations that make an item: minutes for setting up once and for each stock unit.",
    group="supply",
    model=RoutingStep,
    key=("item", "step"),
    columns=(
        ITEM,
        STEP,
        CENTRE,
        Column("setup_minutes", NUMBER, "Once for a lot.", default=ZERO, unit="minutes"),
        Column("run_minutes", NUMBER, "For each stock unit.", default=ZERO, unit="minutes"),
    ),
    references=(OF_ITEM, OF_CENTRE),
    listed=("item", "step", "work_centre", "setup_minutes", "run_minutes"),
    filters=("item", "work_centre"),
    search=("item", "work_centre"),
    touches=(PROMISES,),
)

ALTERNATES = Table(
    name="routing-alternates",
    one="alternate work centre",
    title="Alternates",
    help="Other work centres that are qualified for a step; those of another site make the item there, when they can do all its steps.",
    group="supply",
    model=RoutingAlternate,
    key=("item", "step", "work_centre"),
    columns=(
        ITEM,
        STEP,
        CENTRE,
        Column("setup_minutes", NUMBER, "Once for a lot; empty: as the step.", unit="minutes"),
        Column("run_minutes", NUMBER, "For each stock unit; empty: as the step.", unit="minutes"),
    ),
    references=(Reference("routing_step_id", "routing-steps", ("item", "step")), OF_CENTRE),
    listed=("item", "step", "work_centre"),
    filters=("item", "work_centre"),
    search=("item", "work_centre"),
    touches=(PROMISES,),
)

QUALIFICATIONS = Table(
    name="qualifications",
    one="qualification",
    title="Qualifications",
    help="Items that may be made on a work centre that makes only qualified ones.",
    group="supply",
    model=Qualification,
    key=("item", "work_centre"),
    columns=(
        ITEM,
        CENTRE,
        Column("valid_from", DAY, "First day; empty: always was."),
        Column("valid_to", DAY, "Last day; empty: until further notice."),
    ),
    references=(OF_ITEM, OF_CENTRE),
    listed=("item", "work_centre", "valid_from", "valid_to"),
    filters=("item", "work_centre"),
    search=("item", "work_centre"),
    checks=(in_order("valid_from", "valid_to"),),
    touches=(PROMISES,),
)

TABLES = (BOM_LINES, WORK_CENTRES, CLOSURES, STEPS, ALTERNATES, QUALIFICATIONS)
