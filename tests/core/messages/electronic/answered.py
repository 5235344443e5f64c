"""Facts for answers of every kind, made up, with defaults for what a test does not care about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal
from typing import Any

from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import (
    Business,
    DespatchAnswer,
    Echo,
    EchoLine,
    Identifier,
    InvoiceAnswer,
    InvoicedLine,
    OrderAnswer,
    PackedUnit,
    Parties,
    Route,
    ShippedContent,
)
from core.messages.facts import Asked, Line, OrderFacts, Part, ShipmentFacts, ShippedLine
from core.values import Address

AT = datetime(2026, 9, 15, 9, 30, tzinfo=timezone.utc)
DAY = date(2026, 9, 15)
WANTED = date(2026, 10, 1)
LATER = date(2026, 10, 22)

ROUTE = Route(Endpoint("OURSELVES", "01"), Endpoint("KESTREL", "ZZ"), 7, AT, 3, 4)
EDIFACT_ROUTE = Route(Endpoint("4098765000007", "14"), Endpoint("4012345000009", "14"), 7, AT, 3, 4)

PARTIES = Parties(
    buyer=Business(
        "Kestrel Tools",
        Address(lines=("4 Foundry Lane",), postal_code="04101", city="Port Ellis", region="ME", country="US"),
        (Identifier("buyer", "K001"), Identifier("gln", "4012345000009")),
    ),
    supplier=Business(
        "Flux Works",
        Address(lines=("9 Mill Row",), postal_code="28195", city="Bremen", country="DE"),
        (Identifier("duns", "123456789"), Identifier("gln", "4098765000007"), Identifier("vat", "DE123456788")),
        "Ida Fold", "ida@flux.example", "+49 421 5550",
    ),
    ship_to=Business(
        "Kestrel Depot 4",
        Address(lines=("9 Harbour Road", "Unit 3"), postal_code="04102", city="Port Ellis", region="ME", country="US"),
        (Identifier("buyer", "0042"),),
    ),
)  # fmt: skip

WORDS = EchoLine(
    line_no="10", buyer_sku="000771", supplier_sku="FX-22", gtin="036000291452", description="Flux pens, box of twelve",
    quantity="24.0", uom="CA", price="18.50", price_code="CT",
)  # fmt: skip


def words(**given: str) -> EchoLine:
    return replace(WORDS, **given)


def line(**given: Any) -> Line:
    """24 cases at 18.50, wanted and promised for the same day."""
    asked = given.pop("asked", Asked(Decimal(24), "CS", Decimal("18.50"), WANTED, "000771"))
    parts = given.pop("parts", (Part(Decimal(24), WANTED),))
    default = Line("1", "FX-22", "Flux pens", asked, parts, Decimal("18.50"))
    return replace(default, **given)


def order(*lines: Line, **given: Any) -> OrderFacts:
    default = OrderFacts(
        "SO000123",
        1,
        "K-4471",
        date(2026, 9, 14),
        "USD",
        lines or (line(),),
        PARTIES.ship_to.address,
        Address(),
    )
    return replace(default, **given)


def order_answer(*lines: Line, **given: Any) -> OrderAnswer:
    facts = given.pop("order", None) or order(*lines)
    echo = given.pop("echo", Echo("x12/850", "K-4471", lines={"1": WORDS}))
    default = OrderAnswer("SO000123-1", DAY, facts, PARTIES, echo)
    return replace(default, **given)


SSCCS = ("340123450000000018", "340123450000000025", "340123450000000032")


def shipped(**given: Any) -> DespatchAnswer:
    """30 cases: a pallet with two cartons of 12 and 8, and 10 loose; the second line, 5 cans, in a carton."""
    shipment = ShipmentFacts(
        "SH000031", "SO000123", "K-4471", PARTIES.ship_to.address, PARTIES.supplier.address,
        (
            ShippedLine("1", "FX-22", "000771", "Flux pens", Decimal(30), "CS", Decimal(40), Decimal(10)),
            ShippedLine("2", "CAN-5", "", "Oil, 5 l", Decimal(5), "CAN", Decimal(5), Decimal(0), "L-77"),
        ),
        (), "Northline Freight", "NL-0099812", date(2026, 9, 29), WANTED,
    )  # fmt: skip
    units = (
        PackedUnit(SSCCS[0], "pallet", Decimal("212.5")),
        PackedUnit(SSCCS[1], "carton", Decimal("12.25"), SSCCS[0], (ShippedContent("1", Decimal(12)),)),
        PackedUnit(
            SSCCS[2], "carton", Decimal(9), SSCCS[0],
            (ShippedContent("1", Decimal(8)), ShippedContent("2", Decimal(5), "L-77", date(2027, 3, 31))),
        ),
    )  # fmt: skip
    echo = Echo("x12/850", "K-4471", "7", lines={"1": WORDS})
    default = DespatchAnswer(shipment, PARTIES, units, AT, echo)
    return replace(default, **given)


def invoice(**given: Any) -> InvoiceAnswer:
    lines = (
        InvoicedLine("1", "FX-22", "Flux pens", Decimal(30), "CS", Decimal("18.50"), Decimal("555.00"), Decimal(19)),
        InvoicedLine("2", "CAN-5", "Oil, 5 l", Decimal(5), "CAN", Decimal("41.125"), Decimal("205.63"), Decimal(19)),
    )  # fmt: skip
    default = InvoiceAnswer(
        "IN000077", date(2026, 9, 30), date(2026, 10, 30), "USD", "SO000123", "K-4471", PARTIES, lines,
        Decimal("773.13"), Decimal("146.89"), Decimal("920.02"), Decimal("12.50"), "SH000031", date(2026, 9, 29),
        "30 days net", "Bank of Bremen, IBAN DE02 1203 0000 0000 2020 51",
        Echo("x12/850", "K-4471", lines={"1": WORDS}),
    )  # fmt: skip
    return replace(default, **given)
