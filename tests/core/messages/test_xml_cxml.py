"""cXML answers: confirmations with parts that add up, and ship notices."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import Echo, Style
from core.messages.electronic.xml.cxml_confirmation import confirmation
from core.messages.electronic.xml.cxml_ship_notice import ship_notice
from extraction.edi import read_any
from tests.core.messages.xml_answers import (
    ECHO,
    LATER,
    PLAIN,
    SOON,
    answer,
    changed,
    despatch,
    line,
    parts,
)
from tests.core.messages.xml_answers import ROUTE as PEPPOL_ROUTE

DTD = etree.DTD(str(Path(__file__).parent / "schemas/cxml-1.2-written.dtd"))
ROUTE = replace(
    PEPPOL_ROUTE, sender=Endpoint("AN02", "NetworkId"), receiver=Endpoint("AN01", "NetworkId")
)
CXML_ECHO = Echo("cxml/OrderRequest", "PO-300", payload_id="p1@buyer.example", lines=ECHO.lines)


def valid(document: bytes) -> etree._Element:
    root = etree.fromstring(document)
    assert DTD.validate(root), DTD.error_log
    return root


def written(made, style: Style = PLAIN) -> etree._Element:
    root = valid(confirmation(replace(made, echo=CXML_ECHO), ROUTE, style))
    _parts_add_up(root)
    return root


def _parts_add_up(root: etree._Element) -> None:
    for item in root.iter("ConfirmationItem"):
        found = [Decimal(s.get("quantity")) for s in item.iter("ConfirmationStatus")]
        assert sum(found) == Decimal(item.get("quantity"))


def kind(root: etree._Element) -> str:
    return root.find(".//ConfirmationHeader").get("type")


def states(root: etree._Element) -> dict[str, list[tuple[str, str]]]:
    found = defaultdict(list)
    for item in root.iter("ConfirmationItem"):
        for status in item.iter("ConfirmationStatus"):
            found[item.get("lineNumber")].append((status.get("type"), status.get("quantity")))
    return dict(found)


def test_an_accepted_order() -> None:
    root = written(answer())
    assert kind(root) == "accept"
    assert states(root) == {}
    assert root.find(".//OrderReference").get("orderID") == "PO-300"
    assert root.find(".//DocumentReference").get("payloadID") == "p1@buyer.example"


def test_a_changed_order_tells_each_line_by_its_parts() -> None:
    root = written(changed())
    assert kind(root) == "detail"
    assert states(root) == {
        "10": [("detail", "300"), ("detail", "100")],
        "20": [("detail", "20"), ("backordered", "30")],
        "30": [("reject", "6")],
    }
    days = [s.get("deliveryDate") for s in root.iter("ConfirmationStatus") if s.get("deliveryDate")]
    assert [day[:10] for day in days] == [SOON.isoformat(), LATER.isoformat(), LATER.isoformat()]
    assert [m.text for m in root.iter("Money")] == ["0.15"]
    assert root.findall(".//ConfirmationItem")[2].find(".//Comments").text == "No longer made."


def test_what_does_not_come_is_a_rejected_part() -> None:
    root = written(answer(line(parts=parts(("300", SOON)))))
    assert states(root) == {"10": [("detail", "300"), ("reject", "100")]}


def test_more_than_asked_raises_the_quantity_of_the_item() -> None:
    root = written(answer(line(parts=parts(("500", SOON)))))
    assert root.find(".//ConfirmationItem").get("quantity") == "500"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (answer(line(parts=(), rejected_reason="No.")), "reject"),
        (answer(line(parts=parts(("400", None)))), "backordered"),
        (answer(line("1"), line("2", parts=parts(("400", LATER)))), "detail"),
    ],
)
def test_kinds(made, expected: str) -> None:
    assert kind(written(made)) == expected


def test_a_rejection_says_why() -> None:
    root = written(answer(line(parts=(), rejected_reason="Not sold to Norway.")))
    assert root.find(".//ConfirmationHeader/Comments").text == "10: Not sold to Norway."


def test_a_partner_may_want_exceptions_only_or_everything() -> None:
    made = answer(line("1"), line("2", parts=parts(("400", LATER))))
    assert states(written(made)) == {"10": [("accept", "400")], "20": [("detail", "400")]}
    assert states(written(made, Style(guideline="except"))) == {"20": [("detail", "400")]}
    root = written(made, Style(guideline="allDetail"))
    assert states(root) == {"10": [("allDetail", "400")], "20": [("allDetail", "400")]}
    assert [m.text for m in root.iter("Money")] == ["12.5", "0.125"]


def test_a_substitute_is_an_item_of_its_own() -> None:
    root = written(answer(line(substituted=True, item="WX-8-A2", description="Washer M8 A2")))
    assert root.find(".//ItemIn/ItemID/SupplierPartID").text == "WX-8-A2"


def test_the_secret_is_left_to_whoever_posts() -> None:
    document = confirmation(replace(answer(), echo=CXML_ECHO), ROUTE, PLAIN)
    assert b"<SharedSecret/>" in document
    assert b"1.2.050/Fulfill.dtd" in document


def test_the_payload_id_is_the_same_whenever_it_is_sent() -> None:
    first, again = (confirmation(answer(), ROUTE, PLAIN) for _ in range(2))
    assert first == again
    other = confirmation(answer(), replace(ROUTE, control=42), PLAIN)
    later = confirmation(answer(), replace(ROUTE, at=ROUTE.at + timedelta(days=1)), PLAIN)
    ids = {etree.fromstring(d).get("payloadID") for d in (first, other, later)}
    assert len(ids) == 3


def test_our_own_reader_knows_both_for_answers() -> None:
    for document in (confirmation(answer(), ROUTE, PLAIN), ship_notice(despatch(), ROUTE, PLAIN)):
        reading = read_any(document, 1)
        assert reading is not None
        assert reading.format.startswith("cxml/")
        assert reading.orders == ()
        assert reading.interchanges[0].sender == Endpoint("AN02", "NetworkId")


def test_a_test_is_marked() -> None:
    root = valid(confirmation(answer(), replace(ROUTE, test=True), PLAIN))
    assert root.find("Request").get("deploymentMode") == "test"


# ship notices


def test_a_ship_notice_names_each_line_once_with_its_packages() -> None:
    root = valid(ship_notice(despatch(echo=CXML_ECHO), ROUTE, PLAIN))
    items = root.findall(".//ShipNoticeItem")
    assert [(i.get("lineNumber"), i.get("quantity")) for i in items] == [
        ("10", "300"),
        ("20", "50"),
    ]
    assert [e.text for e in items[0].iter("ShippingContainerSerialCode")] == [
        "353900010000000023",
        "353900010000000030",
    ]
    assert {e.text for e in items[0].iter("ShippingContainerSerialCodeReference")} == {
        "353900010000000016"
    }
    assert [e.text for e in items[0].iter("SupplierBatchID")] == ["L-1", "L-2"]
    assert [e.get("quantity") for e in items[0].iter("DispatchQuantity")] == ["200", "100"]
    assert root.find(".//ShipNoticeHeader").get("fulfillmentType") == "partial"
    assert root.find(".//ShipmentIdentifier").text == "NF123456"


def test_a_ship_notice_without_packing_or_carrier() -> None:
    made = despatch(units=())
    made = replace(made, shipment=replace(made.shipment, carrier=""))
    root = valid(ship_notice(made, ROUTE, PLAIN))
    assert root.find(".//ShipControl") is None
    assert root.find(".//Packaging") is None


def test_a_carrier_is_named_by_its_code_and_its_name() -> None:
    root = valid(ship_notice(replace(despatch(), carrier_code="NRLF"), ROUTE, PLAIN))
    found = [(e.get("domain"), e.text) for e in root.iter("CarrierIdentifier")]
    assert found[0] == ("SCAC", "NRLF") and found[1][0] == "companyName"
