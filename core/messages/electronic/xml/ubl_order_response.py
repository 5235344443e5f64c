"""UBL OrderResponse: Peppol BIS Ordering 3 transaction T76, to changes and advanced ordering T116.

An offer is CA, conditionally accepted, with 3, changed, on its lines; the lists of Peppol hold no other word for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from core.messages.electronic.facts import Business, EchoLine, OrderAnswer, Route, Style
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.xml import ubl
from core.messages.electronic.xml.answered import (
    ACCEPTED,
    CHANGED,
    REJECTED,
    Promise,
    echo_of,
    line_id,
    priced,
    promises,
    remark,
    remarks,
    sku,
    status,
    whole,
)
from core.messages.electronic.xml.tree import Element, document, first
from core.messages.electronic.xml.units import unece
from core.messages.facts import Line

E = ubl.maker("OrderResponse")

T76 = ("urn:fdc:peppol.eu:poacc:trns:order_response:3", "urn:fdc:peppol.eu:poacc:bis:ordering:3")
T116 = (
    "urn:fdc:peppol.eu:poacc:trns:order_response_advanced:3",
    "urn:fdc:peppol.eu:poacc:bis:advanced_ordering:3",
)
"""CustomizationID and ProfileID."""

RESPONSE = {"": "AB", ACCEPTED: "AP", CHANGED: "CA", REJECTED: "RE"}
"""OrderResponseCode, UN/CEFACT 4343."""

LINE_STATUS = {ACCEPTED: "5", CHANGED: "3", REJECTED: "7"}
"""LineStatusCode, UN/CEFACT 1229."""


def order_response(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    """AB without lines says that it arrived; AP and RE answer the order as a whole; CA line by line."""
    code = RESPONSE[whole(answer)]
    customization, profile = _process(answer, style)
    order = answer.order
    if not order.currency:
        raise CannotWrite("DocumentCurrencyCode", "the order has no currency")
    root = E(
        "OrderResponse",
        E("cbc:CustomizationID", customization),
        E("cbc:ProfileID", profile),
        E("cbc:ID", answer.number),
        E("cbc:SalesOrderID", order.number),
        E("cbc:IssueDate", answer.day),
        E("cbc:OrderResponseCode", code),
        E("cbc:Note", _note(answer, code)),
        E("cbc:DocumentCurrencyCode", order.currency),
        E("cac:OrderReference", E("cbc:ID", answer.echo.po_number or order.po_number)),
        E("cac:OrderChangeDocumentReference", E("cbc:ID", answer.echo.change_number))
        if profile == T116[1]
        else None,
        _party("cac:SellerSupplierParty", route, answer.parties.supplier, ours=True),
        _party("cac:BuyerCustomerParty", route, answer.parties.buyer, ours=False),
        [*_lines(answer)] if code == "CA" else None,
    )
    return document(root, style)


def _process(answer: OrderAnswer, style: Style) -> tuple[str, str]:
    """Advanced ordering answers orders and changes alike."""
    advanced = answer.is_change or "advanced" in style.guideline
    return ubl.process(style.guideline, ("respons",), T116 if advanced else T76)


def _note(answer: OrderAnswer, code: str) -> str:
    """The order's notes; where no lines may stand, what would have stood on them."""
    told = [] if code == "CA" else list(remarks(answer))
    return "\n".join([note for note in (answer.order.notes, *told) if note])


def _party(name: str, route: Route, business: Business, *, ours: bool) -> Element | None:
    end = route.sender if ours else route.receiver
    return E(
        name,
        E(
            "cac:Party",
            ubl.end_point(E, end, business),
            ubl.identifications(E, business),
            ubl.legal_entity(E, business),
        ),
    )


def _lines(answer: OrderAnswer) -> Iterator[Element | None]:
    """One per line, one more for each further day of delivery; all point to the line of the order."""
    taken = {line_id(line, echo_of(answer.echo, line)) for line in answer.order.lines}
    for line in answer.order.lines:
        echo = echo_of(answer.echo, line)
        number = line_id(line, echo)
        for place, promise in enumerate(promises(line) or (None,), 1):
            own = number if place == 1 else _next(number, place, taken)
            yield _line(answer, line, echo, own, promise)


def _next(number: str, place: int, taken: set[str]) -> str:
    own = f"{number}-{place}"
    while own in taken:
        own += "-"
    taken.add(own)
    return own


def _line(
    answer: OrderAnswer, line: Line, echo: EchoLine, own: str, promise: Promise | None
) -> Element | None:
    said = status(line)
    return E(
        "cac:OrderLine",
        _line_item(answer, line, echo, own, None if said == REJECTED else promise),
        _substitute(line, echo, own) if line.substituted and said != REJECTED else None,
        E("cac:OrderLineReference", E("cbc:LineID", line_id(line, echo))),
    )


def _line_item(
    answer: OrderAnswer, line: Line, echo: EchoLine, own: str, promise: Promise | None
) -> Element | None:
    unit = unece(line.asked.unit, answer.echo, echo)
    number = echo.supplier_sku if line.substituted else sku(line, echo)
    name = first(echo.description, line.asked.sku) if line.substituted else line.description
    return E(
        "cac:LineItem",
        E("cbc:ID", own),
        E("cbc:Note", remark(answer, line)),
        E("cbc:LineStatusCode", LINE_STATUS[status(line)]),
        E("cbc:Quantity", promise.quantity, unitCode=unit) if promise else None,
        E("cbc:MaximumBackorderQuantity", promise.open, unitCode=unit)
        if promise and promise.open
        else None,
        _promised(promise.day if promise else None),
        _price(answer, line, echo, unit) if promise else None,
        ubl.item(E, name, number, echo),
    )


def _promised(day: date | None) -> Element | None:
    return E(
        "cac:Delivery",
        E("cac:PromisedDeliveryPeriod", E("cbc:StartDate", day), E("cbc:EndDate", day)),
    )


def _price(answer: OrderAnswer, line: Line, echo: EchoLine, unit: str) -> Element | None:
    found = priced(line, echo)
    if found is None:
        return None
    price, basis = found
    return E(
        "cac:Price",
        E("cbc:PriceAmount", price, currencyID=answer.order.currency),
        E("cbc:BaseQuantity", basis, unitCode=unit) if basis != Decimal(1) else None,
    )


def _substitute(line: Line, echo: EchoLine, own: str) -> Element | None:
    """What is sent instead, by our number; the line itself stays what was ordered."""
    return E(
        "cac:SellerSubstitutedLineItem",
        E("cbc:ID", own),
        ubl.item(E, line.description, sku(line, echo), EchoLine()),
    )
