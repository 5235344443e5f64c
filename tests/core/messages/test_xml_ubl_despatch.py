"""UBL despatch advices: valid by the schema and by Peppol's rules, with the real packing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from lxml import etree

from core.messages.electronic.xml.ubl_despatch import despatch_advice
from extraction.edi.peppol import broken
from tests.core.messages.xml_answers import PLAIN, ROUTE, despatch
from tests.core.messages.xml_schemas import faults


def texts(root: etree._Element, path: str) -> list[str]:
    steps = [f"*[local-name()='{step}']" for step in path.split("/")]
    return [e.text or "" for e in root.xpath(".//" + "/".join(steps))]


def written(made) -> etree._Element:
    document = despatch_advice(made, ROUTE, PLAIN)
    assert faults("ubl/DespatchAdvice", document) == []
    root = etree.fromstring(document)
    assert [found.rule.id for found in broken(root)] == []
    return root


def test_each_lot_in_each_carton_is_a_line() -> None:
    root = written(despatch())
    assert texts(root, "DeliveredQuantity") == ["200", "100", "50"]
    assert texts(root, "DespatchLine/OrderLineReference/LineID") == ["10", "10", "20"]
    assert texts(root, "LotNumberID") == ["L-1", "L-2"]
    assert texts(root, "ExpiryDate") == ["2028-01-31"]
    assert texts(root, "TransportHandlingUnit/ID") == ["353900010000000016"] * 2
    assert texts(root, "Package/ID") == ["353900010000000023", "353900010000000030"]
    assert texts(root, "TransportHandlingUnitTypeCode") == ["PX", "PX"]


def test_what_is_to_come_is_said_once() -> None:
    assert texts(written(despatch()), "OutstandingQuantity") == ["100"]


def test_the_shipment_counts_and_weighs_what_stands_alone() -> None:
    root = written(despatch())
    assert texts(root, "TotalTransportHandlingUnitQuantity") == ["1"]
    assert texts(root, "GrossWeightMeasure") == ["31.5"]
    assert texts(root, "TrackingID") == ["NF123456"]
    assert texts(root, "CarrierParty/PartyName/Name") == ["Nordfrakt"]


def test_a_carton_without_a_pallet_is_its_own_unit_and_no_weight_is_made_up() -> None:
    made = despatch()
    units = tuple(replace(unit, parent="") for unit in made.units[1:])
    root = written(replace(made, units=units))
    assert texts(root, "TransportHandlingUnit/ID") == ["353900010000000023", "353900010000000030"]
    assert texts(root, "GrossWeightMeasure") == []
    assert texts(root, "TotalTransportHandlingUnitQuantity") == ["2"]


def test_a_rest_that_no_unit_holds_is_a_line_of_its_own() -> None:
    made = despatch()
    root = written(replace(made, units=made.units[:2]))
    assert texts(root, "DeliveredQuantity") == ["200", "100", "50"]


def test_a_shipment_without_packing_is_told_line_by_line() -> None:
    root = written(despatch(units=()))
    assert texts(root, "DeliveredQuantity") == ["300", "50"]
    assert texts(root, "TransportHandlingUnit") == []
    assert sum(map(Decimal, texts(root, "DeliveredQuantity"))) == 350
