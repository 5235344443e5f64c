"""What an electronic answer says beside the facts that mail and paper use: who, under which numbers, and their own words back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from core.inbound.envelopes import Endpoint
from core.messages.facts import OrderFacts, ShipmentFacts
from core.values import Address


@dataclass(frozen=True, slots=True)
class Identifier:
    """scheme: "gln", "duns", "seller" (our number of the customer), "buyer" (their number of us or of a place), "vat",
    or an ISO 6523 code ("0192")."""

    scheme: str
    id: str


@dataclass(frozen=True, slots=True)
class Business:
    """A party as an electronic message names it."""

    name: str
    address: Address = field(default_factory=Address)
    ids: tuple[Identifier, ...] = ()
    contact_name: str = ""
    contact_email: str = ""
    contact_phone: str = ""


@dataclass(frozen=True, slots=True)
class Parties:
    buyer: Business
    supplier: Business
    ship_to: Business
    bill_to: Business | None = None


@dataclass(frozen=True, slots=True)
class Style:
    """How the partner wants what we write; all of it from the profile, else as their own last interchange came.

    version: of the message: "004010", "D:96A:UN:EAN008". syntax: of the envelope: "00401", "UNOC:3".
    separators: X12 element, component, segment, repetition; EDIFACT component, element, decimal mark, release,
    segment. una: write the EDIFACT service string advice. newline: after each segment. guideline: an XML family's
    customization id.
    """

    version: str = ""
    syntax: str = ""
    separators: str = ""
    una: bool = True
    newline: str = ""
    charset: str = ""
    guideline: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The envelope of one outgoing interchange; numbers are given by the caller, who took them from the sequence.

    control, group_control, message_control: from 1. group_sender, group_receiver: X12 GS02/GS03, EDIFACT UNG; ""
    takes the interchange's. at: aware instant of writing.
    """

    sender: Endpoint
    receiver: Endpoint
    control: int
    at: datetime
    group_control: int = 1
    message_control: int = 1
    group_sender: str = ""
    group_receiver: str = ""
    test: bool = False
    wants_answer: bool = False


@dataclass(frozen=True, slots=True)
class EchoLine:
    """A line in the customer's own words, as their message gave it; "" when it did not.

    line_no; ids by owner; uom: the raw unit code; price: as printed, for price_basis units; quantity as given.
    price_code: the qualifier of the price basis ("PE", "CT"). action: of a change, what is asked of the line (POC02).
    codes: field -> the qualifier that the number was given under ("buyer_sku": "BP").
    """

    line_no: str = ""
    buyer_sku: str = ""
    supplier_sku: str = ""
    gtin: str = ""
    manufacturer_sku: str = ""
    description: str = ""
    quantity: str = ""
    uom: str = ""
    price: str = ""
    price_basis: str = ""
    price_code: str = ""
    action: str = ""
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Echo:
    """The customer's message that we answer. format: "x12/850", "edifact/ORDERS", "ubl/Order", "cxml/OrderRequest" ...

    lines: by the number of our line (core.messages.facts.Line.number). control: of their message. payload_id: cXML.
    change_number: of an order change that is answered (865, OrderChange response).
    """

    format: str = ""
    po_number: str = ""
    release: str = ""
    purpose: str = ""
    control: str = ""
    payload_id: str = ""
    change_number: str = ""
    received_on: date | None = None
    lines: dict[str, EchoLine] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrderAnswer:
    """An acknowledgement for every format: the same order facts that the mail tells, with parties and their words.

    number: of this answer, unique for ever ("SO000123-2"). is_change: it answers a change (865 rather than 855).
    day: of the answer, in our time zone.
    """

    number: str
    day: date
    order: OrderFacts
    parties: Parties
    echo: Echo = Echo()
    is_change: bool = False


@dataclass(frozen=True, slots=True)
class ShippedContent:
    """What of one line is in one package; quantity in the ordered unit. number: core.messages.facts.Line.number."""

    number: str
    quantity: Decimal
    lot: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class PackedUnit:
    """One handling unit. sscc: 18 digits. parent: the sscc of the pallet that it stands on, "" for none."""

    sscc: str
    kind: str = "carton"
    weight_kg: Decimal | None = None
    parent: str = ""
    contents: tuple[ShippedContent, ...] = ()


@dataclass(frozen=True, slots=True)
class DespatchAnswer:
    """An advance ship notice: the shipment as paper tells it, with the real packing.

    carrier_code: the carrier's SCAC (Standard Carrier Alpha Code) as the partner's profile gives it, "" without one.
    """

    shipment: ShipmentFacts
    parties: Parties
    units: tuple[PackedUnit, ...]
    left_at: datetime
    echo: Echo = Echo()
    carrier_code: str = ""


@dataclass(frozen=True, slots=True)
class InvoicedLine:
    """quantity in the ordered unit, price for one of it, amount = their product rounded; tax_percent of this line."""

    number: str
    item: str
    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    amount: Decimal
    tax_percent: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class InvoiceAnswer:
    """An issued invoice (or credit note) of one shipment; sums as the stored invoice has them, never computed anew."""

    number: str
    day: date
    due_on: date | None
    currency: str
    order_number: str
    po_number: str
    parties: Parties
    lines: tuple[InvoicedLine, ...]
    net: Decimal
    tax: Decimal
    total: Decimal
    freight: Decimal = Decimal(0)
    shipment_number: str = ""
    shipped_on: date | None = None
    payment_terms: str = ""
    bank: str = ""
    echo: Echo = Echo()
    is_credit: bool = False
