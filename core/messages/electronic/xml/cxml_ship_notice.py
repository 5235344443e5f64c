"""cXML ShipNoticeRequest: what left, by line, with the packages that hold it."""

from __future__ import annotations

from core.messages.electronic.facts import DespatchAnswer, Route, Style
from core.messages.electronic.xml.cxml import E, instant, noon, order_reference, request
from core.messages.electronic.xml.packed import Packed, echo_of_shipped, package_type, packed
from core.messages.electronic.xml.tree import Element, said
from core.messages.electronic.xml.units import unece
from core.messages.facts import ShippedLine

PACKAGE_LEVEL = "0001"  # Packaging/PackagingLevelCode: a shipping package
LANGUAGE = "en"


def ship_notice(answer: DespatchAnswer, route: Route, style: Style) -> bytes:
    shipment = answer.shipment
    is_complete = all(line.still_to_come <= 0 for line in shipment.lines)
    content = E(
        "ShipNoticeRequest",
        E.always(
            "ShipNoticeHeader",
            shipmentID=shipment.number,
            noticeDate=instant(route.at),
            shipmentDate=instant(answer.left_at),
            deliveryDate=noon(shipment.expected_date),
            shipmentType="actual",
            fulfillmentType="complete" if is_complete else "partial",
        ),
        _carrier(answer),
        E(
            "ShipNoticePortion",
            order_reference(answer.echo.po_number or shipment.po_number, answer.echo.payload_id),
            [_item(answer, line, number) for number, line in enumerate(shipment.lines, 1)],
        ),
    )
    return request(content, route, style, answer.parties.supplier, "shipnotice")


def _carrier(answer: DespatchAnswer) -> Element | None:
    shipment = answer.shipment
    if not shipment.carrier:
        return None
    return E(
        "ShipControl",
        E("CarrierIdentifier", answer.carrier_code, domain="SCAC"),
        E("CarrierIdentifier", shipment.carrier, domain="companyName"),
        E("ShipmentIdentifier", shipment.tracking_number or shipment.number),
    )


def _item(answer: DespatchAnswer, line: ShippedLine, number: int) -> Element | None:
    """Once per line of the order; several lots and packages stand inside."""
    echo = echo_of_shipped(answer, line)
    unit = unece(line.unit, answer.echo, echo)
    inside = [each for each in packed(answer) if each.line is line]
    lots = dict.fromkeys(each.content.lot for each in inside)
    return E(
        "ShipNoticeItem",
        E(
            "ItemID",
            E.always("SupplierPartID", line.item),
            E("BuyerPartID", echo.buyer_sku or line.customer_sku),
        ),
        E("UnitOfMeasure", unit),
        [_packaging(each, unit) for each in inside if each.unit],
        [E("Batch", E("SupplierBatchID", lot)) for lot in lots],
        quantity=said(line.quantity),
        lineNumber=echo.line_no or line.number,
        shipNoticeLineNumber=str(number),
    )


def _packaging(each: Packed, unit: str) -> Element | None:
    holds = each.unit
    assert holds is not None
    return E(
        "Packaging",
        E("PackagingCode", holds.kind, lang=LANGUAGE),
        E("Dimension", E("UnitOfMeasure", "KGM"), quantity=said(holds.weight_kg), type="weight")
        if holds.weight_kg
        else None,
        E("PackagingLevelCode", PACKAGE_LEVEL),
        E("PackageTypeCodeIdentifierCode", package_type(holds.kind)),
        E("ShippingContainerSerialCode", holds.sscc),
        E("ShippingContainerSerialCodeReference", holds.parent),
        E("DispatchQuantity", E("UnitOfMeasure", unit), quantity=said(each.content.quantity)),
    )
