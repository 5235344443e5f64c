"""How goods travel: between our sites, by carrier to a customer's door, and when people work there."""

from __future__ import annotations

from core.masterdata.checks import differ
from core.masterdata.described import PROMISES, Column, Reference, Table
from core.masterdata.types import CLOCK, COUNTRY, DAYS, LINE, SPAN, WEEKDAYS, WORD
from core.supply.tables import CarrierService, CountryCalendar, TransferLane, TransitLane

FREE = Column("holidays", DAYS, "Days without work.", default=[])

TRANSFERS = Table(
    name="transfer-lanes",
    one="transfer lane",
    title="Transfers between sites",
    help="How long goods of one site take to another.",
    group="supply",
    model=TransferLane,
    key=("from_site", "to_site"),
    columns=(
        Column("from_site", WORD, "Code of the site that they leave.", required=True),
        Column("to_site", WORD, "Code of the site that they reach.", required=True),
        Column("days", SPAN, "On the way.", default=1, unit="working days"),
        Column("weekdays", WEEKDAYS, "The lorry leaves; 1 is Monday; empty: every working day.", default=[]),
    ),
    references=(
        Reference("from_site_id", "sites", ("from_site",)),
        Reference("to_site_id", "sites", ("to_site",)),
    ),
    listed=("from_site", "to_site", "days", "weekdays"),
    filters=("from_site", "to_site"),
    search=("from_site", "to_site"),
    checks=(differ("from_site", "to_site", "A site needs no way to itself; enter another one."),),
    touches=(PROMISES,),
)  # fmt: skip

CARRIERS = Table(
    name="carriers",
    one="carrier service",
    title="Carriers",
    help="Carriers' ways of delivering, with the days on which they drive.",
    group="supply",
    model=CarrierService,
    key=("code",),
    columns=(
        Column("code", WORD, "Our code.", required=True),
        Column("name", LINE, "", required=True),
        Column("cut_off", CLOCK, "After it they take nothing that day; empty: the site's.", default=""),
        Column("working_days", WEEKDAYS, "They drive; 1 is Monday; empty: as our company.", default=[]),
        FREE,
    ),
    listed=("code", "name", "cut_off", "working_days"),
    search=("code", "name"),
    touches=(PROMISES,),
)  # fmt: skip

LANES = Table(
    name="transit-lanes",
    one="transit lane",
    title="Transit lanes",
    help="Days of a carrier from a site to a country, or to postal codes that begin so; empty stands for any.",
    group="supply",
    model=TransitLane,
    key=("site", "carrier", "country", "postal_prefix"),
    columns=(
        Column("site", WORD, "Code of the site; empty: any."),
        Column("carrier", WORD, "Code of the carrier service; empty: any."),
        Column("country", COUNTRY, "Two letters; empty: any.", default=""),
        Column("postal_prefix", WORD, "First letters or digits of postal codes; empty: any.", default=""),
        Column("days", SPAN, "On the way.", default=1, unit="the carrier's days"),
    ),
    references=(
        Reference("site_id", "sites", ("site",)),
        Reference("carrier_service_id", "carriers", ("carrier",)),
    ),
    listed=("site", "carrier", "country", "postal_prefix", "days"),
    filters=("site", "carrier", "country"),
    search=("site", "carrier", "country", "postal_prefix"),
    touches=(PROMISES,),
)  # fmt: skip

CALENDARS = Table(
    name="country-calendars",
    one="calendar of a country",
    title="Calendars of countries",
    help="When people work where our customers are.",
    group="supply",
    model=CountryCalendar,
    key=("country",),
    columns=(
        Column("country", COUNTRY, "Two letters, ISO 3166-1.", required=True),
        Column("working_days", WEEKDAYS, "1 is Monday; empty: as our company.", default=[]),
        FREE,
    ),
    listed=("country", "working_days", "holidays"),
    search=("country",),
    touches=(PROMISES,),
)

TABLES = (TRANSFERS, CARRIERS, LANES, CALENDARS)
