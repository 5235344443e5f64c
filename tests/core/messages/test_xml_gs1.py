"""GS1 XML order responses: one word for the whole, and when it is not as ordered, each line day by day."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from core.messages.electronic.facts import OrderAnswer
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.xml.gs1_order_response import order_response
from extraction.edi import read_any
from tests.core.messages.xml_answers import (
    LATER,
    ORDER,
    PLAIN,
    ROUTE,
    SOON,
    answer,
    changed,
    line,
    parts,
)

DTD = etree.DTD(str(Path(__file__).parent / "schemas/gs1-written.dtd"))


def written(made: OrderAnswer) -> etree._Element:
    root = etree.fromstring(order_response(made, ROUTE, PLAIN))
    assert DTD.validate(root), DTD.error_log
    return root


def texts(root: etree._Element, path: str) -> list[str]:
    return [e.text or "" for e in root.findall(f"orderResponse/{path}")]


def test_an_order_accepted_as_it_is_needs_no_lines() -> None:
    root = written(answer())
    assert texts(root, "responseStatusCode") == ["ACCEPTED"]
    assert texts(root, "originalOrder/entityIdentification") == ["PO-300"]
    assert texts(root, "salesOrder/entityIdentification") == ["SO000123"]
    assert texts(root, "orderResponseLineItem") == []
    assert texts(root, "seller/gln") == ["5390001000006"]


def test_a_changed_order_says_what_comes_when() -> None:
    root = written(changed())
    assert texts(root, "responseStatusCode") == ["MODIFIED"]
    items = "orderResponseLineItem/"
    assert texts(root, items + "originalOrderLineItemNumber") == ["10", "10", "20", "30"]
    assert texts(root, items + "confirmedQuantity") == ["300", "100", "50", "0"]
    days = [f"{SOON}T00:00:00", f"{LATER}T00:00:00", f"{LATER}T00:00:00"]
    assert texts(root, items + "deliveryDateTime") == days
    changes = texts(root, items + "lineItemChangeIndicator")
    assert changes == ["MODIFIED", "MODIFIED", "MODIFIED", "REJECTED"]
    assert texts(root, items + "netPrice") == ["12.5", "12.5", "0.15"]
    assert texts(root, items + "netPriceBaseQuantity") == ["100", "100"]
    assert texts(root, items + "note")[-1] == "No longer made."
    assert texts(root, items + "transactionalTradeItem/gtin")[0] == "04006381333931"


def test_a_substitute_does_not_have_the_gtin_of_what_was_ordered() -> None:
    root = written(answer(line(substituted=True, item="WX-8-ZN"), line("2", "50")))
    numbers = root.findall(".//additionalTradeItemIdentification")
    assert "WX-8-ZN" in [e.text for e in numbers] and root.find(".//gtin[.='04006381333931']") is None  # fmt: skip


def test_a_refused_order_says_why_in_its_note() -> None:
    root = written(answer(line(parts=(), rejected_reason="No longer made.")))
    assert texts(root, "responseStatusCode") == ["REJECTED"]
    assert "No longer made." in texts(root, "note")[0]


def test_what_is_not_decided_is_not_answered() -> None:
    with pytest.raises(CannotWrite):
        order_response(replace(answer(), order=replace(ORDER, lines=())), ROUTE, PLAIN)


def test_a_part_without_a_day_names_none() -> None:
    root = written(answer(line(parts=parts(("400", None)))))
    assert texts(root, "orderResponseLineItem/confirmedQuantity") == ["400"]
    assert texts(root, "orderResponseLineItem/deliveryDateTime") == []


def test_our_own_reader_takes_it_for_an_answer() -> None:
    reading = read_any(order_response(changed(), ROUTE, PLAIN), 1)
    assert reading is not None
    assert (reading.lane, reading.orders) == ("other", ())
