"""Customers and what belongs to them."""

from __future__ import annotations

from decimal import Decimal

from core.catalogue.tables import CustomerItem, PriceAgreement
from core.masterdata.checks import in_order, reason_when_blocked, unit_of_the_item
from core.masterdata.described import DRAFTS, PROMISES, Column, Reference, Table
from core.masterdata.types import (
    ADDRESS,
    COUNTRY,
    CURRENCY,
    DAY,
    DAYS,
    GLN,
    LINE,
    NUMBER,
    PERCENT,
    PROSE,
    UNIT,
    WEEKDAYS,
    WHOLE,
    WORD,
    WORDS,
    YES_NO,
    choice,
)
from core.parties.tables import Contact, Customer, CustomerAddress

ZERO = Decimal(0)
CUSTOMER = Column("customer", WORD, "The customer's number.", required=True)
OF_CUSTOMER = Reference("customer_id", "customers", ("customer",))

CUSTOMERS = Table(
    name="customers",
    one="customer",
    title="Customers",
    help="Who orders from us: their terms, limits and how they are told apart.",
    group="parties",
    model=Customer,
    key=("number",),
    columns=(
        Column("number", WORD, "Our number of the customer.", required=True),
        Column("name", LINE, "The firm's name as it stands on its orders.", required=True),
        Column("language", choice("en", "de"), "Mails to them are written in it.", default="en"),
        Column("currency", CURRENCY, "Their orders and prices are in it.", default="EUR"),
        Column("payment_terms", LINE, "As printed on acknowledgements.", default=""),
        Column("incoterms", LINE, "Agreed delivery term with its place.", default=""),
        Column("tax_id", WORD, "VAT or tax number; an order that prints it is theirs.", default=""),
        Column("gln", GLN, "Global Location Number of the firm.", default=""),
        Column("domains", WORDS, "Mail domains that are evidence of them.", default=[]),
        Column("credit_limit", NUMBER, "Most that may be open; empty: no limit.", unit="money"),
        Column("open_receivables", NUMBER, "Invoiced and not paid.", default=ZERO, unit="money"),
        Column("blocked", YES_NO, "No order of theirs is confirmed.", default=False),
        Column("blocked_reason", LINE, "Shown where the block stops an order.", default=""),
        Column(
            "delivery_policy",
            choice("partial", "complete"),
            "Whether an order may come in parts.",
            default="partial",
        ),
        Column(
            "part_quantity",
            NUMBER,
            "Least of a line that may come in part; 0: any.",
            default=ZERO,
            unit="stock units",
        ),
        Column(
            "part_value",
            NUMBER,
            "Least value that may come in part; 0: any.",
            default=ZERO,
            unit="money",
        ),
        Column(
            "latest_days",
            WHOLE,
            "Nothing later than this after the wished day is taken; empty: any.",
            unit="days",
        ),
        Column("most_dates", WHOLE, "On how many days a line may come; 0: any.", default=0),
        Column(
            "substitutes_allowed", YES_NO, "A substitute may come without asking.", default=False
        ),
        Column(
            "price_tolerance_percent",
            PERCENT,
            "Their price may differ from ours by this much; 0: the company's limit.",
            default=ZERO,
            unit="%",
        ),
        Column(
            "price_tolerance_amount",
            NUMBER,
            "And by at most this much for a whole line; 0: any.",
            default=ZERO,
            unit="money",
        ),
        Column(
            "minimum_order_value",
            NUMBER,
            "Least that an order is worth; 0: any.",
            default=ZERO,
            unit="money",
        ),
        Column(
            "approved_items_only",
            YES_NO,
            "They buy only what is approved for them (table approvals).",
            default=False,
        ),
        Column(
            "tax_exempt",
            YES_NO,
            "They pay no tax where an exemption says so (table tax-exemptions).",
            default=False,
        ),
        Column("tax_percent", PERCENT, "Added on their invoices.", default=ZERO, unit="%"),
        Column("receipt_notes", YES_NO, "They are told that an order arrived.", default=True),
        Column(
            "shelf_life_days",
            WHOLE,
            "Goods that expire must last so long after they arrive; 0: any.",
            default=0,
            unit="days",
        ),
        Column(
            "supply_priority",
            WHOLE,
            "1 is served first when scarce stock is shared out by it.",
            default=5,
        ),
        Column(
            "under_tolerance_percent",
            PERCENT,
            "A line that lacks no more than this is done; the rest is not delivered later.",
            default=ZERO,
            unit="%",
        ),
        Column("notes", PROSE, "For our own people.", default=""),
    ),
    listed=(
        "number",
        "name",
        "language",
        "currency",
        "payment_terms",
        "delivery_policy",
        "blocked",
    ),
    filters=("language", "currency", "delivery_policy", "blocked"),
    search=("number", "name"),
    checks=(reason_when_blocked,),
    off={"blocked": True, "blocked_reason": "No longer a customer"},
    off_words="blocked as no longer a customer",
    touches=(DRAFTS,),
)

ADDRESSES = Table(
    name="addresses",
    one="address",
    title="Addresses",
    help="Ship-to and bill-to places of customers.",
    group="parties",
    model=CustomerAddress,
    key=("customer", "kind", "code"),
    columns=(
        CUSTOMER,
        Column("kind", choice("ship_to", "bill_to"), "What the place is for.", required=True),
        Column("code", WORD, "Their or our code of the place.", required=True),
        Column("name", LINE, "Who is there.", required=True),
        Column("street", PROSE, "One or several rows.", default=""),
        Column("postal_code", WORD, "", default=""),
        Column("city", LINE, "", default=""),
        Column("region", LINE, "State or province, where addresses have one.", default=""),
        Column("country", COUNTRY, "Two letters, ISO 3166-1.", default=""),
        Column("gln", GLN, "Global Location Number of the place.", default=""),
        Column("transit_days", WHOLE, "From our door to theirs.", default=1, unit="working days"),
        Column("carrier_code", WORD, "Carrier service taken when an order names none (table carriers).", default=""),
        Column("is_default", YES_NO, "Taken when an order names no place.", default=False),
        Column("receiving_days", WEEKDAYS, "Goods are taken in; 1 is Monday; empty: every working day.", default=[]),
        Column("closed_dates", DAYS, "Days on which nobody takes goods in.", default=[]),
    ),
    references=(OF_CUSTOMER,),
    listed=("customer", "kind", "code", "name", "postal_code", "city", "country", "transit_days", "is_default"),
    filters=("customer", "kind", "country"),
    search=("customer", "code", "name", "city"),
    touches=(DRAFTS, PROMISES),
)  # fmt: skip

CONTACTS = Table(
    name="contacts",
    one="contact",
    title="Contacts",
    help="People at customers, by mail address.",
    group="parties",
    model=Contact,
    key=("customer", "email"),
    columns=(
        CUSTOMER,
        Column("email", ADDRESS, "Their mail address.", required=True),
        Column("name", LINE, "How they are greeted.", default=""),
        Column("known", YES_NO, "May be answered without asking a clerk.", default=True),
    ),
    references=(OF_CUSTOMER,),
    listed=("customer", "email", "name", "known"),
    filters=("customer", "known"),
    search=("customer", "email", "name"),
    off={"known": False},
    off_words="no longer known, so that nothing is sent without a clerk",
    touches=(DRAFTS,),
)

PART_NUMBERS = Table(
    name="part-numbers",
    one="part number",
    title="Part numbers",
    help="What customers call our items.",
    group="parties",
    model=CustomerItem,
    key=("customer", "customer_sku"),
    columns=(
        CUSTOMER,
        Column("customer_sku", WORD, "Their number of the item.", required=True),
        Column("item", WORD, "Our item number.", required=True),
        Column("unit", UNIT, "Meant when they name none.", default=""),
        Column("shelf_life_days", WHOLE, "Wanted of this item; empty: as of others.", unit="days"),
        Column(
            "under_tolerance_percent",
            PERCENT,
            "A line may lack so much and is done; empty: as of others.",
            unit="%",
        ),
    ),
    references=(OF_CUSTOMER, Reference("item_id", "items", ("item",))),
    listed=("customer", "customer_sku", "item", "unit"),
    filters=("customer", "item"),
    search=("customer", "customer_sku", "item"),
    checks=(unit_of_the_item,),
    touches=(DRAFTS,),
)

AGREEMENTS = Table(
    name="price-agreements",
    one="price agreement",
    title="Agreed prices",
    help="Prices agreed with a customer, from a quantity on and within their validity.",
    group="parties",
    model=PriceAgreement,
    key=("customer", "item", "unit", "currency", "minimum_quantity", "valid_from"),
    columns=(
        CUSTOMER,
        Column("item", WORD, "Our item number.", required=True),
        Column("unit", UNIT, "The price is for one of it.", required=True),
        Column("currency", CURRENCY, "ISO 4217.", required=True),
        Column("minimum_quantity", NUMBER, "From this many of the unit on.", default=ZERO),
        Column("valid_from", DAY, "First day; empty: always was."),
        Column("price", NUMBER, "Of one unit.", required=True, unit="money"),
        Column("valid_to", DAY, "Last day; empty: until further notice."),
        Column("reference", LINE, "Contract or quote that says so.", default=""),
    ),
    references=(OF_CUSTOMER, Reference("item_id", "items", ("item",))),
    listed=("customer", "item", "unit", "price", "currency", "minimum_quantity", "valid_from", "valid_to"),
    filters=("customer", "item", "currency"),
    search=("customer", "item", "reference"),
    checks=(unit_of_the_item, in_order("valid_from", "valid_to")),
    touches=(DRAFTS,),
)  # fmt: skip

TABLES = (CUSTOMERS, ADDRESSES, CONTACTS, PART_NUMBERS, AGREEMENTS)
