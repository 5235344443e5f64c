"""UBL DespatchAdvice: Peppol transaction T16, with the real packing by SSCC."""

from __future__ import annotations

from core.messages.electronic.facts import Business, DespatchAnswer, PackedUnit, Route, Style
from core.messages.electronic.xml import ubl
from core.messages.electronic.xml.packed import Packed, echo_of_shipped, package_type, packed
from core.messages.electronic.xml.tree import Element, document, first, said
from core.messages.electronic.xml.units import unece
from core.values import Address

E = ubl.maker("DespatchAdvice")

SPECIFICATION = "urn:fdc:peppol.eu:poacc:trns:despatch_advice:3"
PROCESS = "urn:fdc:peppol.eu:poacc:bis:despatch_advice:3"
GROSS_WEIGHT = "AAB"  # UN/CEFACT 6313
NO_SHIPMENT_OF_ITS_OWN = "NA"  # T16: the line's shipment needs an id and has none


def despatch_advice(answer: DespatchAnswer, route: Route, style: Style) -> bytes:
    shipment = answer.shipment
    names = ("despatch", "dispatch")
    customization, profile = ubl.process(style.guideline, names, (SPECIFICATION, PROCESS))
    parties = answer.parties
    root = E(
        "DespatchAdvice",
        E("cbc:CustomizationID", customization),
        E("cbc:ProfileID", profile),
        E("cbc:ID", shipment.number),
        E("cbc:IssueDate", shipment.shipped_on or answer.left_at.date()),
        E("cac:OrderReference", E("cbc:ID", answer.echo.po_number or shipment.po_number)),
        _party("cac:DespatchSupplierParty", route, parties.supplier, shipment.ship_from, ours=True),
        _party("cac:DeliveryCustomerParty", route, parties.ship_to, shipment.ship_to, ours=False),
        _trader("cac:BuyerCustomerParty", parties.buyer),
        _trader("cac:SellerSupplierParty", parties.supplier),
        _shipment(answer),
        [_line(answer, each, number) for number, each in enumerate(packed(answer), 1)],
    )
    return document(root, style)


def _party(
    name: str, route: Route, business: Business, place: Address, *, ours: bool
) -> Element | None:
    return E(
        name,
        E(
            "cac:Party",
            ubl.end_point(E, route.sender if ours else route.receiver, business),
            ubl.identifications(E, business, most=1),
            ubl.address(E, "cac:PostalAddress", place) if place.country else None,
            E("cac:PartyLegalEntity", E("cbc:RegistrationName", first(business.name, place.name))),
            ubl.contact(E, business) if ours else None,
        ),
    )


def _trader(name: str, business: Business) -> Element | None:
    return E(
        name,
        E(
            "cac:Party",
            ubl.identifications(E, business, most=1),
            E("cac:PartyName", E("cbc:Name", business.name)),
        ),
    )


def _shipment(answer: DespatchAnswer) -> Element | None:
    shipment = answer.shipment
    weights = [unit.weight_kg for unit in answer.units if not unit.parent and unit.weight_kg]
    is_weighed = len(weights) == len([unit for unit in answer.units if not unit.parent])
    outer = {unit.parent or unit.sscc for unit in answer.units}
    return E(
        "cac:Shipment",
        E("cbc:ID", shipment.number),
        E("cbc:GrossWeightMeasure", sum(weights, start=weights[0] * 0), unitCode="KGM")
        if weights and is_weighed
        else None,
        E("cbc:TotalTransportHandlingUnitQuantity", str(len(outer))) if outer else None,
        _consignment(answer),
        E(
            "cac:Delivery",
            E("cbc:TrackingID", shipment.tracking_number),
            E(
                "cac:EstimatedDeliveryPeriod",
                E("cbc:StartDate", shipment.expected_date),
                E("cbc:EndDate", shipment.expected_date),
            ),
            E(
                "cac:Despatch",
                E("cbc:ActualDespatchDate", shipment.shipped_on or answer.left_at.date()),
                E("cbc:ActualDespatchTime", f"{answer.left_at:%H:%M:%S}Z"),
            ),
        ),
    )


def _consignment(answer: DespatchAnswer) -> Element | None:
    shipment = answer.shipment
    if not shipment.carrier:
        return None
    return E(
        "cac:Consignment",
        E("cbc:ID", shipment.tracking_number or shipment.number),
        E("cac:CarrierParty", E("cac:PartyName", E("cbc:Name", shipment.carrier))),
    )


def _line(answer: DespatchAnswer, each: Packed, number: int) -> Element | None:
    line, content = each.line, each.content
    echo = echo_of_shipped(answer, line)
    unit = unece(line.unit, answer.echo, echo)
    comes = each.is_first and line.still_to_come > 0
    return E(
        "cac:DespatchLine",
        E("cbc:ID", str(number)),
        E("cbc:DeliveredQuantity", content.quantity, unitCode=unit),
        E("cbc:OutstandingQuantity", line.still_to_come, unitCode=unit) if comes else None,
        E("cbc:OutstandingReason", "It follows with a later shipment.") if comes else None,
        E(
            "cac:OrderLineReference",
            E("cbc:LineID", echo.line_no or line.number),
            E(
                "cac:OrderReference",
                E("cbc:ID", answer.echo.po_number or answer.shipment.po_number),
            ),
        ),
        ubl.item(
            E,
            line.description,
            line.item,
            echo,
            E(
                "cac:ItemInstance",
                E(
                    "cac:LotIdentification",
                    E("cbc:LotNumberID", content.lot),
                    E("cbc:ExpiryDate", content.expires_on),
                ),
            ),
        ),
        E("cac:Shipment", E("cbc:ID", NO_SHIPMENT_OF_ITS_OWN), _unit(each.unit, answer))
        if each.unit
        else None,
    )


def _unit(unit: PackedUnit, answer: DespatchAnswer) -> Element | None:
    """The unit itself, or the pallet that it stands on with the unit as a package of it."""
    outer = next((one for one in answer.units if one.sscc == unit.parent), None)
    if not unit.parent:
        return _handling_unit(unit.sscc, unit.kind, unit, None)
    inside = E(
        "cac:Package",
        E("cbc:ID", unit.sscc),
        E("cbc:PackagingTypeCode", package_type(unit.kind)),
    )
    return _handling_unit(unit.parent, outer.kind if outer else "pallet", outer, inside)


def _handling_unit(
    sscc: str, kind: str, weighed: PackedUnit | None, inside: Element | None
) -> Element | None:
    weight = weighed.weight_kg if weighed else None
    return E(
        "cac:TransportHandlingUnit",
        E("cbc:ID", sscc, schemeID="SSCC"),
        E("cbc:TransportHandlingUnitTypeCode", package_type(kind)),
        E(
            "cac:MeasurementDimension",
            E("cbc:AttributeID", GROSS_WEIGHT),
            E("cbc:Measure", said(weight), unitCode="KGM"),
        )
        if weight
        else None,
        inside,
    )
