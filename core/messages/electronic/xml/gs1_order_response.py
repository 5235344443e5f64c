"""GS1 XML 3 order response: accepted, rejected or modified as a whole, and when modified line by line and day by day.

In the classes of GS1 XML 3 what is mandatory comes first and the rest by name; the message follows that. Parties are
known by their GLN or by an identifier that the other side gave them. An offer is MODIFIED, and its notes say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from core.messages.electronic.facts import Business, EchoLine, OrderAnswer, Route, Style
from core.messages.electronic.problems import CannotWrite
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
from core.messages.electronic.xml.identifiers import own_number
from core.messages.electronic.xml.tree import Element, Maker, document
from core.messages.electronic.xml.units import unece
from core.messages.facts import Line

E = Maker(
    {
        "order_response": "urn:gs1:ecom:order_response:xsd:3",
        "sh": "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader",
    }
)
VERSION = "3.0"
STATUS = {ACCEPTED: "ACCEPTED", CHANGED: "MODIFIED", REJECTED: "REJECTED"}
"""ResponseStatusCode."""
GTIN_DIGITS = 14


def order_response(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    """Raises CannotWrite when it is only said that the order arrived, for which GS1 XML has no word."""
    said = whole(answer)
    if not said:
        raise CannotWrite("responseStatusCode", "nothing is decided yet")
    lines = list(_lines(answer)) if said == CHANGED else []
    root = E(
        "order_response:orderResponseMessage",
        _header(route),
        E(
            "orderResponse",
            E("creationDateTime", _instant(route)),
            E("documentStatusCode", "ORIGINAL"),
            E(
                "orderResponseIdentification",
                E("entityIdentification", answer.number),
                E("contentOwner", _ids(answer.parties.supplier, route.sender.id, "buyer")),
            ),
            E("responseStatusCode", STATUS[said]),
            E("note", _note(answer, said)),
            E("buyer", _ids(answer.parties.buyer, route.receiver.id, "seller")),
            E("seller", _ids(answer.parties.supplier, route.sender.id, "buyer")),
            E(
                "originalOrder",
                E("entityIdentification", answer.echo.po_number or answer.order.po_number),
            ),
            E("salesOrder", E("entityIdentification", answer.order.number)),
            lines,
        ),
    )
    return document(root, style)


def _instant(route: Route) -> str:
    return route.at.isoformat(timespec="seconds")


def _header(route: Route) -> Element | None:
    return E(
        "sh:StandardBusinessDocumentHeader",
        E("sh:HeaderVersion", "1.0"),
        E("sh:Sender", E("sh:Identifier", route.sender.id, Authority="GS1")),
        E("sh:Receiver", E("sh:Identifier", route.receiver.id, Authority="GS1")),
        E(
            "sh:DocumentIdentification",
            E("sh:Standard", "GS1"),
            E("sh:TypeVersion", VERSION),
            E("sh:InstanceIdentifier", str(route.control)),
            E("sh:Type", "orderResponse"),
            E("sh:MultipleType", "false"),
            E("sh:CreationDateAndTime", _instant(route)),
        ),
    )


def _ids(business: Business, routed: str, scheme: str) -> list[Element | None]:
    """The GLN, else the one that the message came to or from when it is one; and the number the reader knows it by."""
    gln = own_number(business, "gln") or (routed if len(routed) == 13 and routed.isdigit() else "")
    known = {"seller": "SELLER_ASSIGNED_IDENTIFIER_FOR_A_PARTY", "buyer": "BUYER_ASSIGNED_IDENTIFIER_FOR_A_PARTY"}  # fmt: skip
    return [
        E("gln", gln),
        E(
            "additionalPartyIdentification",
            own_number(business, scheme) or ("" if gln else business.name),
            additionalPartyIdentificationTypeCode=known[scheme],
        ),
    ]


def _note(answer: OrderAnswer, said: str) -> str:
    """The order's notes; of an answer without lines, what would have stood on them."""
    told = [] if said == CHANGED else list(remarks(answer))
    return "\n".join(note for note in (answer.order.notes, *told) if note)


def _lines(answer: OrderAnswer) -> Iterator[Element | None]:
    """One per line and day; all of one line name the line of the order that they are about."""
    number = 0
    for place, line in enumerate(answer.order.lines, 1):
        said = status(line)
        for promise in (() if said == REJECTED else promises(line)) or (None,):
            number += 1
            yield _line(answer, line, place, number, promise)


def _line(
    answer: OrderAnswer, line: Line, place: int, number: int, promise: Promise | None
) -> Element | None:
    echo = echo_of(answer.echo, line)
    unit = unece(line.asked.unit, answer.echo, echo)
    price = priced(line, echo)
    theirs = line_id(line, echo)
    quantity = promise.quantity + promise.open if promise else None
    return E(
        "orderResponseLineItem",
        E("lineItemNumber", str(number)),
        E("confirmedQuantity", quantity if quantity is not None else "0", measurementUnitCode=unit),
        E("deliveryDateTime", f"{promise.day.isoformat()}T00:00:00")
        if promise and promise.day
        else None,
        E("lineItemChangeIndicator", STATUS[status(line)]),
        _price(answer, price, unit) if price and promise else None,
        E("note", remark(answer, line)),
        E("originalOrderLineItemNumber", theirs if theirs.isdigit() else str(place)),
        _item(line, echo),
    )


def _price(answer: OrderAnswer, price: tuple[Decimal, Decimal], unit: str) -> list[Element | None]:
    """The price as the customer writes it, with what it is for when that is not one."""
    amount, basis = price
    return [
        E("netPrice", amount, currencyCode=answer.order.currency),
        E("netPriceBaseQuantity", basis, measurementUnitCode=unit) if basis != 1 else None,
    ]


def _item(line: Line, echo: EchoLine) -> Element | None:
    """A substitute does not have the GTIN of what was ordered."""
    gtin = "" if line.substituted else echo.gtin
    return E(
        "transactionalTradeItem",
        E("gtin", gtin.zfill(GTIN_DIGITS) if gtin.isdigit() else ""),
        _numbered("BUYER_ASSIGNED", echo.buyer_sku),
        _numbered("SUPPLIER_ASSIGNED", sku(line, echo)),
    )


def _numbered(kind: str, number: str) -> Element | None:
    return E(
        "additionalTradeItemIdentification",
        number,
        additionalTradeItemIdentificationTypeCode=kind,
    ) if number else None  # fmt: skip
