"""OAGIS 9 AcknowledgePurchaseOrder: the verb says accepted, modified or rejected, the noun each line as it will come.

An offer is Modified, and its notes say so.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from core.messages.electronic.facts import Business, EchoLine, OrderAnswer, Route, Style
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
    sku,
    status,
    whole,
)
from core.messages.electronic.xml.identifiers import own_number
from core.messages.electronic.xml.tree import Element, Maker, document
from core.messages.electronic.xml.units import unece
from core.messages.facts import Line

E = Maker({"": "http://www.openapplications.org/oagis/9"})
RELEASE = "9.0"
NOUN = "/AcknowledgePurchaseOrder/DataArea/PurchaseOrder"
ACTION = {"": "Accepted", ACCEPTED: "Accepted", CHANGED: "Modified", REJECTED: "Rejected"}
LINE_STATUS = {ACCEPTED: "Accepted", CHANGED: "Modified", REJECTED: "Rejected"}


def order_response(answer: OrderAnswer, route: Route, style: Style) -> bytes:
    order = answer.order
    root = E(
        "AcknowledgePurchaseOrder",
        E(
            "ApplicationArea",
            E("Sender", E("LogicalID", route.sender.id)),
            E("Receiver", E("LogicalID", route.receiver.id)),
            E("CreationDateTime", f"{route.at:%Y-%m-%dT%H:%M:%SZ}"),
            E("BODID", f"{answer.number}-{route.control}"),
        ),
        E(
            "DataArea",
            E(
                "Acknowledge",
                E(
                    "ResponseCriteria",
                    E("ResponseExpression", NOUN, actionCode=ACTION[whole(answer)]),
                ),
            ),
            E(
                "PurchaseOrder",
                E(
                    "PurchaseOrderHeader",
                    E("DocumentID", E("ID", answer.echo.po_number or order.po_number)),
                    E("DocumentDateTime", order.order_date),
                    E("Note", order.notes),
                    _sales_order(order.number),
                    _party("CustomerParty", answer.parties.buyer, "seller"),
                    _party("SupplierParty", answer.parties.supplier, "buyer"),
                ),
                [_line(answer, line) for line in order.lines],
            ),
        ),
        releaseID=RELEASE,
        systemEnvironmentCode="Test" if route.test else "Production",
    )
    return document(root, style)


def _sales_order(number: str) -> Element | None:
    """Our number of the order, where one was made of it."""
    return (
        E("DocumentReference", E("DocumentID", E("ID", number)), type="SalesOrder")
        if number
        else None
    )


def _party(name: str, business: Business, scheme: str) -> Element | None:
    return E(
        name,
        E("PartyIDs", E("ID", own_number(business, scheme) or own_number(business, "gln"))),
        E("Name", business.name),
    )


def _line(answer: OrderAnswer, line: Line) -> Element | None:
    echo = echo_of(answer.echo, line)
    unit = unece(line.asked.unit, answer.echo, echo)
    found = () if status(line) == REJECTED else promises(line)
    coming = sum((p.quantity + p.open for p in found), Decimal(0))
    is_split = len(found) > 1 or any(p.quantity and p.open for p in found)
    return E(
        "PurchaseOrderLine",
        E("LineNumber", line_id(line, echo)),
        E("Note", remark(answer, line)),
        E("Status", E("Code", LINE_STATUS[status(line)])),
        _item(line, echo),
        E("Quantity", coming if coming else "0", unitCode=unit),
        _price(answer, line, echo, unit) if found else None,
        None if is_split else _promised(found[0].day if found else None),
        [_schedule(n, p, unit) for n, p in enumerate(_days(found), 1)] if is_split else None,
    )


def _days(found: tuple[Promise, ...]) -> list[tuple[Decimal, date | None]]:
    """What comes when; what has no day yet stands last, without one."""
    later = [(p.open, None) for p in found if p.open]
    return [*((p.quantity, p.day) for p in found if p.quantity), *later]


def _schedule(number: int, part: tuple[Decimal, date | None], unit: str) -> Element | None:
    quantity, day = part
    return E(
        "PurchaseOrderSchedule",
        E("LineNumber", str(number)),
        E("Quantity", quantity, unitCode=unit),
        _promised(day),
    )


def _promised(day: date | None) -> Element | None:
    return E("PromisedDeliveryDateTime", day)


def _item(line: Line, echo: EchoLine) -> Element | None:
    return E(
        "Item",
        E("CustomerItemID", E("ID", echo.buyer_sku)),
        E("SupplierItemID", E("ID", sku(line, echo))),
        E("Description", line.description or echo.description),
    )


def _price(answer: OrderAnswer, line: Line, echo: EchoLine, unit: str) -> Element | None:
    found = priced(line, echo)
    if found is None:
        return None
    price, basis = found
    return E(
        "UnitPrice",
        E("Amount", price, currencyID=answer.order.currency),
        E("PerQuantity", basis, unitCode=unit),
    )
