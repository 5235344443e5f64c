"""What a mail or document says, as plain values; whoever gathers them never renders, whoever renders never asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from core.values import Address, Parameters


@dataclass(frozen=True, slots=True)
class Sender:
    """Our company, as documents show it. time_zone: IANA name."""

    name: str
    address: Address
    mail_from: str
    mail_from_name: str
    phone: str = ""
    website: str = ""
    tax_ids: tuple[str, ...] = ()
    bank: str = ""
    time_zone: str = "UTC"
    logo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """language: "en", "de"; others fall back to "en"."""

    name: str
    email: str
    language: str = "en"
    company: str = ""


@dataclass(frozen=True, slots=True)
class Thread:
    """The customer's mail that ours answers."""

    message_id: str = ""
    references: tuple[str, ...] = ()
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the customer ordered on one line, as far as the order says; price for one unit.

    item: our number of what was ordered, when something else is confirmed in its place.
    """

    quantity: Decimal
    unit: str
    price: Decimal | None = None
    requested_date: date | None = None
    sku: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One confirmed quantity (in the ordered unit) and its day of arrival; None: no date can be given yet."""

    quantity: Decimal
    promised_date: date | None
    reason: Parameters | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an order as asked and as confirmed. cancelled: quantity taken off, in the ordered unit.

    offered: codes of core.messages.outcome that wait for the customer's word, also where a clerk's correction hides them.
    """

    number: str
    item: str
    description: str
    asked: Asked
    parts: tuple[Part, ...]
    price: Decimal | None
    cancelled: Decimal = Decimal(0)
    rejected_reason: str = ""
    substituted: bool = False
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order for its acknowledgement. number is "" in a preview. revision 1 is the first.

    is_offer: it differs and counts when the customer agrees; differing: where, as core.messages.offer has it.
    """

    number: str
    revision: int
    po_number: str
    order_date: date | None
    currency: str
    lines: tuple[Line, ...]
    ship_to: Address
    bill_to: Address
    payment_terms: str = ""
    incoterms: str = ""
    ship_via: str = ""
    cancelled: bool = False
    notes: str = ""
    is_offer: bool = False
    differing: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    po_number: str
    received_at: datetime


@dataclass(frozen=True, slots=True)
class RejectionFacts:
    po_number: str
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    po_number: str
    questions: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewDate:
    """A quantity (in the ordered unit) of an order's line that comes on another day than was promised."""

    order_number: str
    po_number: str
    line: str
    item: str
    customer_sku: str
    description: str
    quantity: Decimal
    unit: str
    old_date: date
    new_date: date

    @property
    def late(self) -> bool:
        return self.new_date > self.old_date


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """All new dates of one customer, order by order. text: a clerk's own words instead of ours."""

    dates: tuple[NewDate, ...]
    text: str = ""

    @property
    def orders(self) -> tuple[tuple[str, str, tuple[NewDate, ...]], ...]:
        """(order number, purchase order number, its dates), in the order of the dates."""
        named = dict.fromkeys((found.order_number, found.po_number) for found in self.dates)
        return tuple(
            (number, po_number, tuple(d for d in self.dates if d.order_number == number))
            for number, po_number in named
        )


@dataclass(frozen=True, slots=True)
class MessageFacts:
    """An electronic message that a mail carries. format: "997"; answers: number of the interchange that it answers."""

    format: str
    number: str
    answers: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class ShippedLine:
    number: str
    item: str
    customer_sku: str
    description: str
    quantity: Decimal
    unit: str
    ordered: Decimal
    still_to_come: Decimal
    lot: str = ""
    bin: str = ""


@dataclass(frozen=True, slots=True)
class PackageFacts:
    number: int
    sscc: str
    weight_kg: Decimal | None
    lines: tuple[tuple[str, Decimal, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShipmentFacts:
    number: str
    order_number: str
    po_number: str
    ship_to: Address
    ship_from: Address
    lines: tuple[ShippedLine, ...]
    packages: tuple[PackageFacts, ...] = ()
    carrier: str = ""
    tracking_number: str = ""
    shipped_on: date | None = None
    expected_date: date | None = None


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    item: str
    description: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class ReturnFacts:
    number: str
    order_number: str
    po_number: str
    lines: tuple[ReturnedLine, ...]
    send_to: Address
    expires_on: date | None = None
    reason: str = ""
