"""An order of three lines and what may be said about it: facts for the writers of XML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal

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
    Style,
)
from core.messages.facts import Asked, Line, OrderFacts, Part, ShipmentFacts, ShippedLine
from core.values import Address

DAY = date(2026, 3, 2)
SOON, LATER = date(2026, 3, 20), date(2026, 4, 3)
AT = datetime(2026, 3, 2, 9, 30, tzinfo=timezone.utc)

SUPPLIER = Business(
    "Harbour Fasteners Ltd",
    Address("Harbour Fasteners Ltd", ("Dock Road 4",), "D02 XY45", "Dublin", "", "IE"),
    (
        Identifier("gln", "5390001000006"),
        Identifier("vat", "IE1234567T"),
        Identifier("buyer", "V-900"),
    ),
    "Nora Byrne",
    "nora@harbour.example",
    "+353 1 555 0100",
)
BUYER = Business(
    "Søndre Verksted & Sønner AS",
    Address("Søndre Verksted & Sønner AS", ("Kaigata 4", "Port 2"), "5003", "Bergen", "", "NO"),
    (
        Identifier("0192", "987654325"),
        Identifier("seller", "C-77"),
        Identifier("vat", "NO987654325MVA"),
    ),
    "Liv Haug",
    "liv@verksted.example",
)
SHIP_TO = Business(
    "Lager vest",
    Address("Lager vest", ("Industriveien 9",), "5160", "Laksevåg", "", "NO", "7080001000004"),
    (Identifier("gln", "7080001000004"),),
)
PARTIES = Parties(BUYER, SUPPLIER, SHIP_TO)

ROUTE = Route(Endpoint("5390001000006", "0088"), Endpoint("987654325", "0192"), 41, AT)
PLAIN = Style()


def line(number: str = "1", quantity: str = "400", **changes: object) -> Line:
    """Accepted as ordered unless told otherwise."""
    asked = Asked(Decimal(quantity), "EA", Decimal("0.125"), SOON, "WX-8")
    made = Line(
        number,
        "WX-8",
        "Washer M8",
        asked,
        (Part(Decimal(quantity), SOON),),
        Decimal("0.125"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def parts(*given: tuple[str, date | None]) -> tuple[Part, ...]:
    return tuple(Part(Decimal(quantity), day) for quantity, day in given)


ECHO = Echo(
    "ubl/Order",
    "PO-300",
    lines={
        "1": EchoLine("10", "00771", "WX-8", "4006381333931", "", "Skive M8", "400", "H87", "12.50", "100"),
        "2": EchoLine("20", "00772", "WX-10", "", "", "Skive M10", "50", "H87"),
        "3": EchoLine("30", "00773", "WX-12", "", "", "Skive M12", "6", "H87"),
    },
)  # fmt: skip

ORDER = OrderFacts(
    "SO000123",
    1,
    "PO-300",
    date(2026, 2, 27),
    "NOK",
    (line("1"), line("2", "50"), line("3", "6")),
    SHIP_TO.address,
    BUYER.address,
    "30 days net",
    "DAP",
)


def answer(*lines: Line, **changes: object) -> OrderAnswer:
    """The answer to PO-300, with other lines when given."""
    order = replace(ORDER, lines=lines) if lines else ORDER
    return replace(OrderAnswer("SO000123-1", DAY, order, PARTIES, ECHO), **changes)  # type: ignore[arg-type]


def changed() -> OrderAnswer:
    """Split over two days, price changed and partly without a day, rejected."""
    return answer(
        line("1", parts=parts(("300", SOON), ("100", LATER))),
        line("2", "50", price=Decimal("0.15"), parts=parts(("20", LATER), ("30", None))),
        line("3", "6", parts=(), rejected_reason="No longer made."),
    )


def invoice(**changes: object) -> InvoiceAnswer:
    """Two lines at 25 %, freight on top, everything adding up."""
    made = InvoiceAnswer(
        "IN000042",
        SOON,
        date(2026, 4, 19),
        "NOK",
        "SO000123",
        "PO-300",
        PARTIES,
        (
            InvoicedLine("1", "WX-8", "Washer M8", Decimal("300"), "EA", Decimal("0.125"), Decimal("37.50"), Decimal("25")),
            InvoicedLine("2", "WX-10", "Washer M10", Decimal("50"), "EA", Decimal("0.15"), Decimal("7.50"), Decimal("25")),
        ),
        Decimal("45.00"),
        Decimal("13.75"),
        Decimal("68.75"),
        Decimal("10.00"),
        "SH000077",
        SOON,
        "30 days net",
        "Fjord Bank, IBAN NO93 8601 1117 947, BIC: FJBKNOBB",
        ECHO,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def despatch(**changes: object) -> DespatchAnswer:
    """Line 1 in two cartons on a pallet, of two lots; line 2 loose."""
    shipment = ShipmentFacts(
        "SH000077",
        "SO000123",
        "PO-300",
        SHIP_TO.address,
        SUPPLIER.address,
        (
            ShippedLine("1", "WX-8", "00771", "Washer M8", Decimal("300"), "EA", Decimal("400"), Decimal("100")),
            ShippedLine("2", "WX-10", "00772", "Washer M10", Decimal("50"), "EA", Decimal("50"), Decimal("0")),
        ),
        (),
        "Nordfrakt",
        "NF123456",
        SOON,
        date(2026, 3, 23),
    )  # fmt: skip
    units = (
        PackedUnit("353900010000000016", "pallet", Decimal("31.5")),
        PackedUnit(
            "353900010000000023",
            "carton",
            Decimal("12.25"),
            "353900010000000016",
            (ShippedContent("1", Decimal("200"), "L-1", date(2028, 1, 31)),),
        ),
        PackedUnit(
            "353900010000000030",
            "carton",
            None,
            "353900010000000016",
            (ShippedContent("1", Decimal("100"), "L-2"),),
        ),
    )
    made = DespatchAnswer(
        shipment, PARTIES, units, datetime(2026, 3, 20, 14, 5, tzinfo=timezone.utc), ECHO
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def invoiced(number: str, amount: str, percent: str) -> InvoicedLine:
    given = Decimal(amount)
    return InvoicedLine(number, "X", "X", Decimal(1), "EA", given, given, Decimal(percent))


def untaxed(
    buyer_country: str, *, ours: str = "IE", vat: bool = True, theirs: bool = True
) -> InvoiceAnswer:
    """An invoice without tax into a country."""
    address = Address("x", ("Street",), "1", "Town", "", buyer_country)
    ids = (Identifier("vat", "SE123"),) if theirs else ()
    parties = replace(
        PARTIES,
        supplier=replace(
            PARTIES.supplier,
            address=replace(PARTIES.supplier.address, country=ours),
            ids=tuple(i for i in PARTIES.supplier.ids if vat or i.scheme != "vat"),
        ),
        buyer=replace(PARTIES.buyer, address=address, ids=ids),
        ship_to=replace(PARTIES.ship_to, address=address),
    )
    return invoice(
        parties=parties,
        lines=(invoiced("1", "100.00", "0"),),
        tax=Decimal(0),
        total=Decimal("100.00"),
        freight=Decimal(0),
    )
