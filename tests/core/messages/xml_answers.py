"""An order of three lines and what may be said about it: facts for the writers of XML."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone
from decimal import Decimal

from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import (
    Business,
    Echo,
    EchoLine,
    Identifier,
    OrderAnswer,
    Parties,
    Route,
    Style,
)
from core.messages.facts import Asked, Line, OrderFacts, Part
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
