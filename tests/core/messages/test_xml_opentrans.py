"""openTRANS answers: lines as they come, parts with their days, packages with their SSCC."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from core.messages.electronic.xml.opentrans_dispatch import dispatch_notification
from core.messages.electronic.xml.opentrans_order_response import order_response
from extraction.edi import read_any
from tests.core.messages.xml_answers import (
    LATER,
    PLAIN,
    ROUTE,
    SOON,
    answer,
    changed,
    despatch,
    line,
    parts,
)

DTD = etree.DTD(str(Path(__file__).parent / "schemas/ot-written.dtd"))


def texts(root: etree._Element, path: str) -> list[str]:
    steps = [f"*[local-name()='{step}']" for step in path.split("/")]
    return [e.text or "" for e in root.xpath(".//" + "/".join(steps))]


def valid(document: bytes) -> etree._Element:
    root = etree.fromstring(document)
    assert DTD.validate(root), DTD.error_log
    return root


def written(made) -> etree._Element:
    return valid(order_response(made, ROUTE, PLAIN))


def test_an_accepted_order() -> None:
    root = written(answer())
    assert texts(root, "ORDERRESPONSE_INFO/ORDER_ID") == ["PO-300"]
    assert texts(root, "SUPPLIER_ORDER_ID") == ["SO000123"]
    assert texts(root, "LINE_ITEM_ID") == ["10", "20", "30"]
    assert texts(root, "QUANTITY") == ["400", "50", "6"]
    assert (
        texts(root, "ORDERRESPONSE_ITEM/DELIVERY_DATE/DELIVERY_START_DATE")
        == [SOON.isoformat()] * 3
    )
    assert texts(root, "PRICE_AMOUNT") == ["12.5", "0.125", "0.125"]
    assert texts(root, "PRICE_QUANTITY") == ["100", "1", "1"]
    assert texts(root, "REMARKS") == []


def test_a_changed_order() -> None:
    root = written(changed())
    assert texts(root, "ORDERRESPONSE_ITEM/QUANTITY") == ["400", "50", "0"]
    assert texts(root, "PARTIAL_DELIVERY/QUANTITY") == ["300", "100", "20", "30"]
    days = [SOON.isoformat(), LATER.isoformat(), LATER.isoformat()]
    assert texts(root, "PARTIAL_DELIVERY/DELIVERY_DATE/DELIVERY_START_DATE") == days
    assert texts(root, "REMARKS")[-1] == "No longer made."
    assert texts(root, "TOTAL_AMOUNT") == ["57.50"]


def test_a_line_without_a_day_yet_names_none() -> None:
    root = written(answer(line(parts=parts(("400", None)))))
    assert texts(root, "ORDERRESPONSE_ITEM/QUANTITY") == ["400"]
    assert texts(root, "DELIVERY_DATE") == []


def test_a_substitute_does_not_have_the_gtin_of_what_was_ordered() -> None:
    assert texts(written(answer()), "INTERNATIONAL_PID") == ["4006381333931"]
    root = written(answer(line(substituted=True, item="WX-8-ZN")))
    assert (texts(root, "SUPPLIER_PID"), texts(root, "INTERNATIONAL_PID")) == (["WX-8-ZN"], [])


def test_every_reference_names_a_party_of_the_message() -> None:
    root = written(answer())
    ids = texts(root, "PARTY/PARTY_ID")
    for name in ("BUYER_IDREF", "SUPPLIER_IDREF", "DELIVERY_IDREF"):
        assert set(texts(root, name)) <= set(ids)


def test_our_own_reader_takes_it_for_an_answer() -> None:
    reading = read_any(order_response(changed(), ROUTE, PLAIN), 1)
    assert reading is not None
    assert reading.orders == ()


def test_a_dispatch_notification() -> None:
    root = valid(dispatch_notification(despatch(), ROUTE, PLAIN))
    assert texts(root, "DISPATCHNOTIFICATION_ITEM/QUANTITY") == ["300", "50"]
    assert texts(root, "ORDER_REFERENCE/LINE_ITEM_ID") == ["10", "20"]
    assert texts(root, "PACKAGE_ID") == ["353900010000000023", "353900010000000030"]
    assert texts(root, "PACKAGE_ORDER_UNIT_QUANTITY") == ["200", "100"]
    assert texts(root, "LOT_NUMBER") == ["L-1", "L-2"]
    assert texts(root, "DELIVERY_COMPLETED") == ["false", "true"]
