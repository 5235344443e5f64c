"""OAGIS acknowledgements: the verb for the whole, a status for each line, a schedule where it comes in parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import etree

from core.messages.electronic.facts import OrderAnswer
from core.messages.electronic.xml.oagis_order_response import order_response
from extraction.edi import read_any
from tests.core.messages.xml_answers import (
    LATER,
    PLAIN,
    ROUTE,
    SOON,
    answer,
    changed,
    line,
)

DTD = etree.DTD(str(Path(__file__).parent / "schemas/oagis-written.dtd"))
OAGIS = "{http://www.openapplications.org/oagis/9}"


def written(made: OrderAnswer) -> etree._Element:
    root = etree.fromstring(order_response(made, ROUTE, PLAIN))
    assert DTD.validate(root), DTD.error_log
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    steps = "/".join(OAGIS + step for step in path.split("/"))
    return [e.text or "" for e in root.findall(f".//{steps}")]


def action(root: etree._Element) -> str:
    return root.find(f".//{OAGIS}ResponseExpression").get("actionCode")


def test_an_accepted_order() -> None:
    root = written(answer())
    assert action(root) == "Accepted"
    assert texts(root, "PurchaseOrderHeader/DocumentID/ID") == ["PO-300"]
    assert texts(root, "PurchaseOrderHeader/DocumentReference/DocumentID/ID") == ["SO000123"]
    assert texts(root, "PurchaseOrderLine/LineNumber") == ["10", "20", "30"]
    assert texts(root, "PurchaseOrderLine/Quantity") == ["400", "50", "6"]
    assert texts(root, "PurchaseOrderLine/PromisedDeliveryDateTime") == [SOON.isoformat()] * 3
    assert texts(root, "PurchaseOrderLine/UnitPrice/Amount") == ["12.5", "0.125", "0.125"]
    assert texts(root, "PurchaseOrderLine/UnitPrice/PerQuantity") == ["100", "1", "1"]


def test_a_changed_order() -> None:
    root = written(changed())
    assert action(root) == "Modified"
    assert texts(root, "PurchaseOrderLine/Status/Code") == ["Modified", "Modified", "Rejected"]
    assert texts(root, "PurchaseOrderLine/Quantity") == ["400", "50", "0"]
    assert texts(root, "PurchaseOrderSchedule/Quantity") == ["300", "100", "20", "30"]
    assert texts(root, "PurchaseOrderSchedule/PromisedDeliveryDateTime") == [
        SOON.isoformat(), LATER.isoformat(), LATER.isoformat(),
    ]  # fmt: skip
    assert texts(root, "PurchaseOrderLine/Note")[-1] == "No longer made."


def test_a_refused_order() -> None:
    root = written(answer(line(parts=(), rejected_reason="No longer made.")))
    assert action(root) == "Rejected"
    assert texts(root, "PurchaseOrderLine/UnitPrice/Amount") == []


def test_a_test_is_marked_as_one() -> None:
    made = etree.fromstring(order_response(answer(), replace(ROUTE, test=True), PLAIN))
    assert made.get("systemEnvironmentCode") == "Test"


def test_our_own_reader_takes_it_for_an_answer() -> None:
    reading = read_any(order_response(changed(), ROUTE, PLAIN), 1)
    assert reading is not None
    assert (reading.lane, reading.orders) == ("other", ())
