"""UBL OrderResponse as Peppol wants it: valid by the schema, the order's words back, one code for each outcome."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from core.messages.electronic.facts import Style
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.xml.ubl_order_response import T76, order_response
from core.messages.facts import Line
from extraction.edi.peppol import broken
from tests.core.messages.xml_answers import (
    ECHO,
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
from tests.core.messages.xml_schemas import faults

CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"


def written(made) -> etree._Element:
    document = order_response(made, ROUTE, PLAIN)
    assert faults("ubl/OrderResponse", document) == []
    return etree.fromstring(document)


def texts(root: etree._Element, path: str) -> list[str]:
    steps = [f"*[local-name()='{step}']" for step in path.split("/")]
    return [e.text or "" for e in root.xpath(".//" + "/".join(steps))]


def test_an_order_taken_as_it_is_is_accepted_without_lines() -> None:
    root = written(answer())
    assert texts(root, "OrderResponseCode") == ["AP"]
    assert texts(root, "OrderLine") == []
    assert texts(root, "OrderReference/ID") == ["PO-300"]
    assert texts(root, "EndpointID") == ["5390001000006", "987654325"]
    assert texts(root, "RegistrationName") == [
        "Harbour Fasteners Ltd",
        "Søndre Verksted & Sønner AS",
    ]


def test_every_line_stands_in_an_answer_with_changes() -> None:
    root = written(changed())
    assert texts(root, "OrderResponseCode") == ["CA"]
    assert texts(root, "OrderLineReference/LineID") == ["10", "10", "20", "30"]
    assert texts(root, "OrderLine/LineItem/ID") == ["10", "10-2", "20", "30"]
    assert texts(root, "LineStatusCode") == ["3", "3", "3", "7"]
    assert texts(root, "Quantity") == ["300", "100", "20"]
    assert texts(root, "MaximumBackorderQuantity") == ["30"]
    days = [SOON.isoformat(), LATER.isoformat(), LATER.isoformat()]
    assert texts(root, "PromisedDeliveryPeriod/StartDate") == days
    assert texts(root, "PriceAmount") == ["12.5", "12.5", "0.15"]
    assert texts(root, "BaseQuantity") == ["100", "100"]
    assert texts(root, "LineItem/Note")[-1] == "No longer made."


@pytest.mark.parametrize(
    ("one", "code", "status"),
    [
        (line(parts=parts(("400", LATER))), "CA", "3"),
        (line(parts=parts(("300", SOON))), "CA", "3"),
        (line(price=Decimal("0.13")), "CA", "3"),
        (line(parts=parts(("400", None))), "CA", "3"),
        (line(substituted=True, item="WX-8-A2"), "CA", "3"),
    ],
)
def test_a_changed_line(one: Line, code: str, status: str) -> None:
    root = written(answer(one))
    assert texts(root, "OrderResponseCode") == [code]
    assert texts(root, "LineStatusCode") == [status]


def test_a_backordered_line_promises_nothing_yet() -> None:
    root = written(answer(line(parts=parts(("400", None)))))
    assert texts(root, "LineItem/Quantity") == ["0"]
    assert texts(root, "MaximumBackorderQuantity") == ["400"]
    assert texts(root, "PromisedDeliveryPeriod") == []


def test_a_substitute_stands_beside_the_ordered_item() -> None:
    root = written(answer(line(substituted=True, item="WX-8-A2", description="Washer M8 A2")))
    assert texts(root, "LineItem/Item/SellersItemIdentification/ID") == ["WX-8"]
    assert texts(root, "SellerSubstitutedLineItem/Item/SellersItemIdentification/ID") == ["WX-8-A2"]


def test_a_rejected_order_says_why_without_lines() -> None:
    root = written(answer(line(parts=(), rejected_reason="Not sold to Norway.")))
    assert texts(root, "OrderResponseCode") == ["RE"]
    assert texts(root, "Note") == ["10: Not sold to Norway."]
    assert texts(root, "OrderLine") == []


def test_a_cancelled_order_is_rejected() -> None:
    made = replace(answer(), order=replace(ORDER, cancelled=True))
    assert texts(written(made), "OrderResponseCode") == ["RE"]


def test_an_order_without_lines_only_arrived() -> None:
    made = replace(answer(), order=replace(ORDER, lines=()))
    assert texts(written(made), "OrderResponseCode") == ["AB"]


def test_an_answer_to_a_change_names_it() -> None:
    made = answer(is_change=True, echo=replace(ECHO, change_number="PO-300-C1"))
    root = etree.fromstring(order_response(made, ROUTE, PLAIN))
    assert texts(root, "CustomizationID")[0].startswith(
        "urn:fdc:peppol.eu:poacc:trns:order_response_advanced:3"
    )
    assert texts(root, "OrderChangeDocumentReference/ID") == ["PO-300-C1"]


@pytest.mark.parametrize(
    ("guideline", "customization", "profile"),
    [
        ("urn:example:order-response:1", ["urn:example:order-response:1"], []),
        ("urn:example:orders:1", [], []),
        ("2.1", [], []),
        ("urn:fdc:peppol.eu:poacc:trns:order:3", [T76[0]], [T76[1]]),
        ("", [T76[0]], [T76[1]]),
    ],
)
def test_the_guideline_of_their_order_is_not_ours(guideline, customization, profile) -> None:
    document = order_response(answer(), ROUTE, Style(guideline=guideline))
    assert faults("ubl/OrderResponse", document) == []
    root = etree.fromstring(document)
    assert texts(root, "CustomizationID") == customization
    assert texts(root, "ProfileID") == profile


def test_our_units_are_said_in_recommendation_20_when_theirs_are_not() -> None:
    made = answer(line(parts=parts(("300", SOON))), echo=replace(ECHO, format="x12/850"))
    root = etree.fromstring(order_response(made, ROUTE, PLAIN))
    assert root.find(f".//{CBC}Quantity").get("unitCode") == "C62"


def test_control_characters_never_reach_the_document() -> None:
    made = answer(line(parts=parts(("300", SOON)), description="Washer\x00\x1b M8"))
    assert "\x00" not in order_response(made, ROUTE, PLAIN).decode()


def test_an_order_without_currency_cannot_be_answered() -> None:
    with pytest.raises(CannotWrite):
        order_response(replace(answer(), order=replace(ORDER, currency="")), ROUTE, PLAIN)


def test_the_character_set_of_the_partner_is_used() -> None:
    document = order_response(answer(), ROUTE, Style(charset="ISO-8859-1"))
    assert "Sønner".encode("latin-1") in document
    with pytest.raises(CannotWrite):
        order_response(answer(), ROUTE, Style(charset="nonsense"))


def test_the_same_facts_give_the_same_bytes() -> None:
    assert order_response(changed(), ROUTE, PLAIN) == order_response(changed(), ROUTE, PLAIN)


def test_two_lines_of_the_same_number_and_a_split_keep_ids_apart() -> None:
    echo = replace(ECHO, lines={**ECHO.lines, "2": replace(ECHO.lines["2"], line_no="10-2")})
    made = answer(
        line("1", parts=parts(("300", SOON), ("100", date(2026, 5, 1)))), line("2"), echo=echo
    )
    ids = texts(written(made), "OrderLine/LineItem/ID")
    assert len(ids) == len(set(ids)) == 3


@pytest.mark.parametrize("made", [answer(), changed(), answer(is_change=True)])
def test_no_rule_of_peppol_is_broken(made) -> None:
    root = etree.fromstring(order_response(made, ROUTE, PLAIN))
    assert [found.rule.id for found in broken(root)] == []
