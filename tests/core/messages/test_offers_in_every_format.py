"""An answer that counts when the customer agrees: no electronic format says that it is accepted, and each says it is an offer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import Echo, OrderAnswer, Style
from core.messages.electronic.write import write_order_answer
from core.messages.facts import Line
from core.messages.offer import offer_sentence
from core.messages.outcome import outcome
from extraction.edi import read_any
from extraction.edi.peppol import broken
from tests.core.messages.electronic.answered import EDIFACT_ROUTE
from tests.core.messages.electronic.answered import ROUTE as X12_ROUTE
from tests.core.messages.electronic.parsed import edifact_rows, findings, x12_rows
from tests.core.messages.test_xml_idoc import IDOC_ROUTE
from tests.core.messages.xml_answers import ECHO, LATER, ORDER, PLAIN, ROUTE, answer, line, parts
from tests.core.messages.xml_schemas import faults

SCHEMAS = Path(__file__).parent / "schemas"
DIFFERING = (("10", ("date-changed",)), ("20", ("price-changed",)))
LATE = line("1", parts=parts(("400", LATER)), offered=("date-changed",))
DEARER = line("2", "50", price=Decimal("0.15"), offered=("price-changed",))
AS_ORDERED = line("3", "6")
ROUTES = {"idoc": IDOC_ROUTE, "cxml": replace(ROUTE, sender=Endpoint("AN02"), receiver=Endpoint("AN01"))}  # fmt: skip


def offered(*lines: Line, is_offer: bool = True) -> OrderAnswer:
    """Line 1 comes later, line 2 costs more, line 3 is as ordered."""
    lines = lines or (LATE, DEARER, AS_ORDERED)
    notes = offer_sentence(DIFFERING, "en") if is_offer else ""
    order = replace(ORDER, lines=lines, is_offer=is_offer, differing=DIFFERING, notes=notes)
    return replace(answer(), order=order)


def x12(made: OrderAnswer, kind: str) -> list[tuple[str, ...]]:
    made = replace(made, echo=Echo("x12/850", "PO-300", lines=ECHO.lines))
    content = write_order_answer(made, X12_ROUTE, Style(newline="\n"), kind)
    assert not findings(content)
    return x12_rows(content)


def of(rows: list[tuple[str, ...]], tag: str, element: int) -> list[str]:
    return [row[element] for row in rows if row[0] == tag]


@pytest.mark.parametrize(("kind", "head"), [("x12/855", "BAK"), ("x12/865", "BCA")])
def test_x12_holds_what_is_offered(kind: str, head: str) -> None:
    rows = x12(replace(offered(), is_change=kind == "x12/865"), kind)
    assert of(rows, head, 2) == ["AH"]
    assert of(rows, "ACK", 1) == ["IH", "IH", "IA"]
    assert of(rows, "ACK", 5) == [f"{day:%Y%m%d}" for day in _days(offered())]
    assert "This is our offer" in " ".join(of(rows, "MSG", 1))


def _days(made: OrderAnswer) -> list:
    return [part.promised_date for found in made.order.lines for part in found.parts]


def test_x12_says_a_change_where_none_has_to_agree() -> None:
    rows = x12(offered(is_offer=False), "x12/855")
    assert (of(rows, "BAK", 2), of(rows, "ACK", 1)) == (["AC"], ["DR", "IP", "IA"])


def test_every_part_of_an_offered_line_is_held_and_a_refused_line_stays_refused() -> None:
    split = line(parts=parts(("300", LATER), ("100", None)), offered=("split",))
    gone = line("2", "50", parts=(), rejected_reason="No longer made.", offered=("rejected",))
    rows = x12(offered(split, gone), "x12/855")
    assert of(rows, "ACK", 1) == ["IH", "IH", "IR"]


def test_edifact_accepts_conditionally_and_proposes() -> None:
    made = replace(offered(), echo=Echo("edifact/ORDERS", "PO-300", lines=ECHO.lines))
    content = write_order_answer(made, EDIFACT_ROUTE, PLAIN, "edifact/ORDRSP")
    assert not findings(content)
    rows = edifact_rows(content)
    assert [row[3:] for row in rows if row[0] == ("BGM",)] == [(("4",), ("CA",))]
    assert [row[2][0] for row in rows if row[0] == ("LIN",)] == ["23", "23", "5"]
    plain = replace(made, order=replace(made.order, is_offer=False))
    rows = edifact_rows(write_order_answer(plain, EDIFACT_ROUTE, PLAIN, "edifact/ORDRSP"))
    assert [row[2][0] for row in rows if row[0] == ("LIN",)] == ["3", "3", "5"]
    assert all(len(row) == 4 for row in rows if row[0] == ("BGM",))


def xml(made: OrderAnswer, format: str, style: Style = PLAIN) -> etree._Element:
    """As our own reader takes it: an answer, never an order."""
    family = format.partition("/")[0]
    document = write_order_answer(made, ROUTES.get(family, ROUTE), style, format)
    read = read_any(document, 1)
    assert read is not None and [m.lane for m in read.messages] == ["other"]
    return etree.fromstring(document)


def texts(root: etree._Element, name: str) -> list[str]:
    return [e.text or "" for e in root.iter() if etree.QName(e).localname == name]


def test_peppol_accepts_conditionally() -> None:
    root = xml(offered(), "ubl/OrderResponse")
    assert texts(root, "OrderResponseCode") == ["CA"]
    assert texts(root, "LineStatusCode") == ["3", "3", "5"]
    assert faults("ubl/OrderResponse", etree.tostring(root)) == [] and not broken(root)
    notes = texts(root, "Note")
    assert "This is our offer" in notes[0]
    assert notes[1:] == [
        "Our offer, which counts when you agree: the date differs from your order.",
        "Our offer, which counts when you agree: the price differs from your order.",
    ]


def test_order_x_proposes_an_amendment() -> None:
    root = xml(offered(), "cii/OrderResponse")
    assert texts(root, "StatusCode") == ["3"] and texts(root, "PurposeCode") == ["52"]
    assert texts(root, "LineStatusCode") == ["23", "23", "5"]
    assert faults("cii/comfort", etree.tostring(root)) == []


@pytest.mark.parametrize("guideline", ["", "allDetail", "except"])
def test_cxml_tells_an_offer_in_detail_and_says_what_it_is(guideline: str) -> None:
    root = xml(offered(), "cxml/ConfirmationRequest", Style(guideline=guideline))
    assert etree.DTD(str(SCHEMAS / "cxml-1.2-written.dtd")).validate(root)
    assert root.find(".//ConfirmationHeader").get("type") == (guideline or "detail")
    items = {item.get("lineNumber"): item for item in root.iter("ConfirmationItem")}
    for number in ("10", "20"):
        (status,) = items[number].iter("ConfirmationStatus")
        assert status.get("type") == (guideline if guideline == "allDetail" else "detail")
        assert status.find("Comments").text.startswith("Our offer, which counts when you agree")


def test_cxml_backorders_nothing_that_is_only_offered() -> None:
    waits = line("1", parts=parts(("400", None)), offered=("backordered",))
    root = xml(offered(waits), "cxml/ConfirmationRequest")
    assert root.find(".//ConfirmationHeader").get("type") == "detail"
    assert [s.get("type") for s in root.iter("ConfirmationStatus")] == ["unknown"]


@pytest.mark.parametrize(
    ("format", "dtd", "header", "notes"),
    [
        ("gs1/orderResponse", "gs1-written.dtd", ("responseStatusCode", "MODIFIED"), "note"),
        ("oagis/AcknowledgePurchaseOrder", "oagis-written.dtd", ("Code", "Modified"), "Note"),
        ("opentrans/ORDERRESPONSE", "ot-written.dtd", ("ORDER_ID", "PO-300"), "REMARKS"),
        ("idoc/ORDRSP", "idoc-written.dtd", ("ACTION", "002"), "TDLINE"),
    ],
)
def test_formats_without_a_code_for_an_offer_say_it_in_words(
    format: str, dtd: str, header: tuple[str, str], notes: str
) -> None:
    root = xml(offered(), format)
    schema = etree.DTD(str(SCHEMAS / dtd))
    assert schema.validate(root), schema.error_log
    assert texts(root, header[0])[0] == header[1]
    told = " ".join(texts(root, notes))
    assert "This is our offer; we deliver when you agree." in told
    assert told.count("Our offer, which counts when you agree") == 2


def test_what_a_correction_hides_is_still_an_offer() -> None:
    """The clerk typed 8 over the 10 that was ordered: asked and confirmed are alike, the answer is not as ordered."""
    corrected = line("1", "8", offered=("quantity-changed",))
    assert outcome(corrected).code == "quantity-changed"
    assert of(x12(offered(corrected), "x12/855"), "ACK", 1) == ["IH"]
    assert texts(xml(offered(corrected), "ubl/OrderResponse"), "OrderResponseCode") == ["CA"]


def test_an_offer_is_one_also_when_no_line_is_known_to_differ() -> None:
    assert of(x12(offered(AS_ORDERED), "x12/855"), "BAK", 2) == ["AH"]
    assert texts(xml(offered(AS_ORDERED), "ubl/OrderResponse"), "OrderResponseCode") == ["CA"]
