"""What was agreed with customers, and how strict the checks are."""

from __future__ import annotations

from decimal import Decimal

from core.agreements.defaults import HOLDS as HOLD_DEFAULTS
from core.agreements.tables import (
    AgreedCharge,
    Blanket,
    BlanketLine,
    Certificate,
    CheckRule,
    ExportControl,
    HoldRule,
    ItemApproval,
    Quote,
    QuoteLine,
    RequiredPaper,
    TaxExemption,
)
from core.masterdata.checks import abroad_or_country, in_order, percent_or_amount, unit_of_the_item
from core.masterdata.described import DRAFTS, Column, Reference, Table
from core.masterdata.parties import CUSTOMER, OF_CUSTOMER
from core.masterdata.rules import (
    check_is_known,
    figures_are_known,
    holders_are_known,
    hours_are_sound,
    people_are_known,
)
from core.masterdata.types import (
    COUNTRY,
    CURRENCY,
    DAY,
    LINE,
    NUMBER,
    PAIRS,
    PERCENT,
    UNIT,
    WHOLE,
    WORD,
    WORDS,
    choice,
)
from core.masterdata.write import set_blanket

ZERO = Decimal(0)
ITEM = Column("item", WORD, "Our item number.", required=True)
ANY_ITEM = Column("item", WORD, "Our item number; empty: every one.")
ANY_CUSTOMER = Column("customer", WORD, "The customer's number; empty: everybody.")
OF_ITEM = Reference("item_id", "items", ("item",))
FROM = Column("valid_from", DAY, "First day; empty: always was.")
TO = Column("valid_to", DAY, "Last day; empty: until further notice.")
DURING = in_order("valid_from", "valid_to")
TERMS = Column("payment_terms", LINE, "Empty: the customer's own.", default="")
INCOTERMS = Column("incoterms", LINE, "Empty: the customer's own.", default="")

QUOTES = Table(
    name="quotes",
    one="quote",
    title="Quotes",
    help="Offers of ours that orders refer to.",
    group="parties",
    model=Quote,
    key=("number",),
    columns=(
        Column("number", WORD, "Our number of the offer.", required=True),
        CUSTOMER,
        Column("currency", CURRENCY, "ISO 4217.", required=True),
        FROM,
        TO,
        Column("state", choice("open", "won", "lost"), "", default="open"),
        TERMS,
        INCOTERMS,
    ),
    references=(OF_CUSTOMER,),
    listed=("number", "customer", "currency", "valid_from", "valid_to", "state"),
    filters=("customer", "state"),
    search=("number", "customer"),
    checks=(DURING,),
    off={"state": "lost"},
    off_words="lost",
    touches=(DRAFTS,),
)

QUOTE_LINES = Table(
    name="quote-lines",
    one="quote line",
    title="Quote lines",
    help="Prices of a quote, from a quantity on.",
    group="parties",
    model=QuoteLine,
    key=("quote", "item", "unit", "minimum_quantity"),
    columns=(
        Column("quote", WORD, "Number of the quote.", required=True),
        ITEM,
        Column("unit", UNIT, "The price is for one of it.", required=True),
        Column("minimum_quantity", NUMBER, "From this many of the unit on.", default=ZERO),
        Column("price", NUMBER, "Of one unit.", required=True, unit="money"),
    ),
    references=(Reference("quote_id", "quotes", ("quote",)), OF_ITEM),
    listed=("quote", "item", "unit", "minimum_quantity", "price"),
    filters=("quote", "item"),
    search=("quote", "item"),
    checks=(unit_of_the_item,),
    touches=(DRAFTS,),
)

BLANKETS = Table(
    name="blankets",
    one="blanket order",
    title="Blanket orders",
    help="Frames that customers call off.",
    group="parties",
    model=Blanket,
    key=("number",),
    columns=(
        Column("number", WORD, "Our number of it.", required=True),
        CUSTOMER,
        Column("po_number", LINE, "The customer's number of it.", default=""),
        Column("currency", CURRENCY, "ISO 4217.", required=True),
        Column("agreed_on", DAY, "When it was agreed."),
        FROM,
        TO,
        TERMS,
        INCOTERMS,
    ),
    references=(OF_CUSTOMER,),
    listed=("number", "customer", "po_number", "currency", "valid_from", "valid_to"),
    filters=("customer",),
    search=("number", "customer", "po_number"),
    checks=(DURING,),
    touches=(DRAFTS,),
    write=set_blanket,
)

BLANKET_LINES = Table(
    name="blanket-lines",
    one="blanket line",
    title="Blanket lines",
    help="How much of an item a frame holds, and its price.",
    group="parties",
    model=BlanketLine,
    key=("blanket", "item"),
    columns=(
        Column("blanket", WORD, "Number of the blanket order.", required=True),
        ITEM,
        Column("unit", UNIT, "Quantities and price are of it.", required=True),
        Column("price", NUMBER, "Of one unit.", required=True, unit="money"),
        Column("quantity", NUMBER, "Agreed in all.", required=True),
        Column("called_before", NUMBER, "Called off before this program kept count.", default=ZERO),
    ),
    references=(Reference("blanket_id", "blankets", ("blanket",)), OF_ITEM),
    listed=("blanket", "item", "unit", "price", "quantity", "called_before"),
    filters=("blanket", "item"),
    search=("blanket", "item"),
    checks=(unit_of_the_item,),
    touches=(DRAFTS,),
)

APPROVALS = Table(
    name="approvals",
    one="approval",
    title="Approvals",
    help="Items that a customer has approved; they count for customers that buy approved items only.",
    group="parties",
    model=ItemApproval,
    key=("customer", "item", "revision", "valid_from"),
    columns=(
        CUSTOMER,
        ITEM,
        Column("revision", WORD, "Of the drawing; empty: any.", default=""),
        FROM,
        TO,
        Column("reference", LINE, "What says so.", default=""),
    ),
    references=(OF_CUSTOMER, OF_ITEM),
    listed=("customer", "item", "revision", "valid_from", "valid_to", "reference"),
    filters=("customer", "item"),
    search=("customer", "item", "reference"),
    checks=(DURING,),
    touches=(DRAFTS,),
)

PAPERS = Table(
    name="required-papers",
    one="required paper",
    title="Required papers",
    help="Papers that must be there for a customer, an item, a country; what is empty restricts nothing.",
    group="parties",
    model=RequiredPaper,
    key=("kind", "customer", "item", "country"),
    columns=(
        Column("kind", WORD, "As people write it, such as EN 10204 3.1.", required=True),
        ANY_CUSTOMER,
        ANY_ITEM,
        Column("country", COUNTRY, "Two letters; empty: every one.", default=""),
        Column("needed_for", choice("order", "shipment"), "When it must be there.", default="shipment"),
    ),
    references=(OF_CUSTOMER, OF_ITEM),
    listed=("kind", "customer", "item", "country", "needed_for"),
    filters=("customer", "item", "country", "needed_for"),
    search=("kind", "customer", "item"),
    touches=(DRAFTS,),
)  # fmt: skip

CERTIFICATES = Table(
    name="certificates",
    one="certificate",
    title="Certificates",
    help="Papers that we hold for an item, a customer, both, or (an export licence) a country.",
    group="parties",
    model=Certificate,
    key=("kind", "number", "customer", "item", "country"),
    columns=(
        Column("kind", WORD, "As in required papers.", required=True),
        Column("number", LINE, "Of the paper.", default=""),
        ANY_CUSTOMER,
        ANY_ITEM,
        Column("country", COUNTRY, "Two letters; empty: every one.", default=""),
        FROM,
        TO,
    ),
    references=(OF_CUSTOMER, OF_ITEM),
    listed=("kind", "number", "customer", "item", "country", "valid_to"),
    filters=("customer", "item", "country"),
    search=("kind", "number", "customer", "item"),
    checks=(DURING,),
    touches=(DRAFTS,),
)

EXEMPTIONS = Table(
    name="tax-exemptions",
    one="tax exemption",
    title="Tax exemptions",
    help="Why a tax-exempt customer pays no tax in a country or region; empty: everywhere.",
    group="parties",
    model=TaxExemption,
    key=("customer", "country", "region", "number"),
    columns=(
        CUSTOMER,
        Column("country", COUNTRY, "Two letters; empty: every one.", default=""),
        Column("region", WORD, "State or province; empty: every one.", default=""),
        Column("number", LINE, "Of the certificate.", required=True),
        FROM,
        TO,
    ),
    references=(OF_CUSTOMER,),
    listed=("customer", "country", "region", "number", "valid_from", "valid_to"),
    filters=("customer", "country"),
    search=("customer", "number"),
    checks=(DURING,),
    touches=(DRAFTS,),
)

CHARGES = Table(
    name="charges",
    one="discount or charge",
    title="Discounts and charges",
    help="Agreed discounts, freight and surcharges: per cent of an order's value, or an amount.",
    group="parties",
    model=AgreedCharge,
    key=("customer", "kind", "currency", "from_value", "valid_from"),
    columns=(
        ANY_CUSTOMER,
        Column("kind", choice("discount", "freight", "surcharge"), "", required=True),
        Column("currency", CURRENCY, "Of the amount and the least value.", default=""),
        Column("from_value", NUMBER, "For orders worth at least this.", default=ZERO, unit="money"),
        FROM,
        Column("percent", PERCENT, "Of the order's value.", default=ZERO, unit="%"),
        Column("amount", NUMBER, "Instead of per cent.", default=ZERO, unit="money"),
        TO,
        Column("reference", LINE, "What says so.", default=""),
    ),
    references=(OF_CUSTOMER,),
    listed=("customer", "kind", "percent", "amount", "currency", "from_value", "valid_from", "valid_to"),
    filters=("customer", "kind"),
    search=("customer", "reference"),
    checks=(DURING, percent_or_amount),
    touches=(DRAFTS,),
)  # fmt: skip

CONTROLS = Table(
    name="export-controls",
    one="export control",
    title="Export controls",
    help="What goods with an export code need when they go to a country.",
    group="parties",
    model=ExportControl,
    key=("export_code", "country"),
    columns=(
        Column("export_code", WORD, "As on the item.", required=True),
        Column("country", WORD, "Two letters, or * for every one abroad.", required=True),
        Column("need", choice("licence", "forbidden"), "", default="licence"),
    ),
    listed=("export_code", "country", "need"),
    filters=("export_code", "country", "need"),
    search=("export_code",),
    checks=(abroad_or_country,),
    touches=(DRAFTS,),
)

RULES = Table(
    name="check-rules",
    one="rule of a check",
    title="Strictness of checks",
    help="How strict one check is, for everybody or for one customer, and who may override it.",
    group="company",
    model=CheckRule,
    key=("code", "customer"),
    columns=(
        Column("code", WORD, "Of the check, or of one case of it.", required=True),
        ANY_CUSTOMER,
        Column("severity", choice("blocking", "hold", "warning", "off"), "What a failure does.", required=True),
        Column("roles", WORDS, "Roles or duties that may override.", default=[]),
        Column("expires_hours", WHOLE, "How long an override counts; empty: for ever.", unit="hours"),
        Column("limits", PAIRS, "Figures that the check goes by: percent=5|amount=10.", default={}),
    ),
    references=(OF_CUSTOMER,),
    listed=("code", "customer", "severity", "roles", "expires_hours", "limits"),
    filters=("code", "customer", "severity"),
    search=("code", "customer"),
    checks=(check_is_known, people_are_known, hours_are_sound, figures_are_known),
    touches=(DRAFTS,),
)  # fmt: skip

HOLDS = Table(
    name="hold-kinds",
    one="kind of hold",
    title="Holds",
    help="Who may place a hold of this kind by hand, and lift one that a person placed. Holds of checks are lifted by who "
    "may override the check.",
    group="company",
    model=HoldRule,
    key=("kind",),
    columns=(
        Column("kind", choice(*(row.kind for row in HOLD_DEFAULTS)), "What kind of hold.", required=True),
        Column("place_roles", WORDS, "Roles or duties that may place it; empty: nobody by hand.", default=[]),
        Column("lift_roles", WORDS, "Roles or duties that may lift it.", required=True),
    ),
    listed=("kind", "place_roles", "lift_roles"),
    checks=(holders_are_known,),
)  # fmt: skip

TABLES = (
    QUOTES,
    QUOTE_LINES,
    BLANKETS,
    BLANKET_LINES,
    APPROVALS,
    PAPERS,
    CERTIFICATES,
    EXEMPTIONS,
    CHARGES,
    CONTROLS,
    RULES,
    HOLDS,
)
