"""openTRANS 2.1 DISPATCHNOTIFICATION: what left, by line, with the packages that hold it."""

from __future__ import annotations

from core.messages.electronic.facts import DespatchAnswer, Route, Style
from core.messages.electronic.xml.opentrans import (
    VERSION,
    E,
    parties,
    product,
    reference,
    remarks,
)
from core.messages.electronic.xml.packed import Packed, echo_of_shipped, packed
from core.messages.electronic.xml.tree import Element, document, said
from core.messages.electronic.xml.units import unece
from core.messages.facts import ShippedLine


def dispatch_notification(answer: DespatchAnswer, route: Route, style: Style) -> bytes:
    lines = answer.shipment.lines
    root = E(
        "DISPATCHNOTIFICATION",
        E(
            "DISPATCHNOTIFICATION_HEADER",
            E("CONTROL_INFO", E("GENERATION_DATE", f"{route.at:%Y-%m-%dT%H:%M:%S}")),
            _info(answer),
        ),
        E(
            "DISPATCHNOTIFICATION_ITEM_LIST",
            [_item(answer, line, number) for number, line in enumerate(lines, 1)],
        ),
        E("DISPATCHNOTIFICATION_SUMMARY", E("TOTAL_ITEM_NUM", str(len(lines)))),
        version=VERSION,
    )
    return document(root, style)


def _info(answer: DespatchAnswer) -> Element | None:
    shipment, found = answer.shipment, answer.parties
    return E(
        "DISPATCHNOTIFICATION_INFO",
        E("DISPATCHNOTIFICATION_ID", shipment.number),
        E("DISPATCHNOTIFICATION_DATE", shipment.shipped_on or answer.left_at.date()),
        parties(found),
        reference("bmecat:SUPPLIER_IDREF", found.supplier),
        reference("bmecat:BUYER_IDREF", found.buyer),
        E("SHIPMENT_PARTIES_REFERENCE", reference("DELIVERY_IDREF", found.ship_to)),
        E("SHIPMENT_ID", shipment.tracking_number),
        remarks(shipment.carrier),
    )


def _item(answer: DespatchAnswer, line: ShippedLine, number: int) -> Element | None:
    echo = echo_of_shipped(answer, line)
    inside = [each for each in packed(answer) if each.line is line]
    lots = tuple(dict.fromkeys(each.content.lot for each in inside if each.content.lot))
    return E(
        "DISPATCHNOTIFICATION_ITEM",
        E("LINE_ITEM_ID", str(number)),
        product(line.item, line.description, echo, lots),
        E("QUANTITY", line.quantity),
        E("bmecat:ORDER_UNIT", unece(line.unit, answer.echo, echo)),
        E("DELIVERY_COMPLETED", "true" if line.still_to_come <= 0 else "false"),
        reference("bmecat:SUPPLIER_IDREF", answer.parties.supplier),
        E(
            "ORDER_REFERENCE",
            E("ORDER_ID", answer.echo.po_number or answer.shipment.po_number),
            E("LINE_ITEM_ID", echo.line_no or line.number),
        ),
        E(
            "SUPPLIER_ORDER_REFERENCE",
            E("SUPPLIER_ORDER_ID", answer.shipment.order_number),
        ),
        E("SHIPMENT_PARTIES_REFERENCE", reference("DELIVERY_IDREF", answer.parties.ship_to)),
        E("LOGISTIC_DETAILS", E("PACKAGE_INFO", [_package(each) for each in inside if each.unit])),
    )


def _package(each: Packed) -> Element | None:
    holds = each.unit
    assert holds is not None
    return E(
        "PACKAGE",
        E("PACKAGE_ID", holds.sscc, type="sscc"),
        E("PACKAGE_DESCR", holds.kind),
        E("PACKAGE_ORDER_UNIT_QUANTITY", each.content.quantity)
        if each.content.quantity >= 1
        else None,
        E("PACKAGE_DIMENSIONS", E("bmecat:WEIGHT", said(holds.weight_kg)))
        if holds.weight_kg
        else None,
    )
