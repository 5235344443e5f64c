"""SAP order responses: actions per item, schedule lines, numbers of both sides, and fields no longer than SAP has them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import etree

from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import EchoLine, OrderAnswer, Route, Style
from core.messages.electronic.xml.idoc_order_response import order_response
from extraction.edi import read_any
from tests.core.messages.xml_answers import (
    ECHO,
    LATER,
    PLAIN,
    ROUTE,
    SOON,
    answer,
    changed,
    line,
    parts,
)

DTD = etree.DTD(str(Path(__file__).parent / "schemas/idoc-written.dtd"))
IDOC_ROUTE = replace(ROUTE, sender=Endpoint("0000104711"), receiver=Endpoint("ERPCLNT100"))
LENGTHS = {
    "BELNR": 35, "BNAME": 35, "ORT01": 35, "PSTLZ": 9, "LAND1": 3, "REGIO": 3, "IDTNR": 35, "KTEXT": 70, "ABGRT": 40,
    "NAME1": 35, "STRAS": 35, "STRS2": 35, "MENEE": 3, "PMENE": 3, "AMEIN": 3, "DOCNUM": 16, "CURCY": 3, "ILNNR": 70,
    "MENGE": 15, "WMENG": 15, "VPREI": 15, "PEINH": 9, "NETWR": 18, "POSEX": 6, "ZEILE": 6, "SUMME": 18,
}  # fmt: skip


def valid(document: bytes) -> etree._Element:
    root = etree.fromstring(document)
    assert DTD.validate(root), DTD.error_log
    for field, longest in LENGTHS.items():
        assert all(len(e.text or "") <= longest for e in root.iter(field)), field
    return root


def written(made: OrderAnswer, route: Route = IDOC_ROUTE, style: Style = PLAIN) -> etree._Element:
    return valid(order_response(made, route, style))


def texts(root: etree._Element, path: str) -> list[str]:
    return [e.text or "" for e in root.findall(f".//{path}")]


def day(value) -> str:
    return f"{value:%Y%m%d}"


def test_an_accepted_order() -> None:
    root = written(answer())
    assert texts(root, "MESTYP") == ["ORDRSP"]
    assert texts(root, "DOCNUM") == ["0000000000000041"]
    assert texts(root, "E1EDK02[QUALF='001']/BELNR") == ["PO-300"]
    assert texts(root, "E1EDK02[QUALF='002']/BELNR") == ["SO000123"]
    assert texts(root, "POSEX") == ["10", "20", "30"]
    assert texts(root, "ACTION") == ["004", "004", "004"]
    assert texts(root, "MENGE") == ["400", "50", "6"]
    assert texts(root, "EDATU") == [day(SOON)] * 3
    assert texts(root, "VPREI") == ["12.5", "0.125", "0.125"]
    assert texts(root, "PEINH") == ["100", "1", "1"]
    assert texts(root, "E1EDP19[QUALF='001']/IDTNR") == ["00771", "00772", "00773"]
    assert texts(root, "E1EDP19[QUALF='003']/IDTNR") == ["4006381333931"]
    assert texts(root, "E1EDS01[SUMID='002']/SUMME") == ["57.00"]
    assert texts(root, "EINKZ") == texts(root, "ABGRT") == texts(root, "TEST") == []


def test_a_changed_order() -> None:
    root = written(changed())
    assert texts(root, "ACTION") == ["002", "002", "003"]
    assert texts(root, "MENGE") == ["400", "50", "6"]
    assert texts(root, "WMENG") == ["300", "100", "20", "30"]
    assert texts(root, "EDATU") == [day(SOON), day(LATER), day(LATER)]
    assert texts(root, "EINKZ") == ["X", "X"]
    assert texts(root, "ABGRT") == ["No longer made."]
    assert texts(root, "NETWR") == ["50.00", "7.50", "0.00"]
    assert texts(root, "E1EDS01[SUMID='002']/SUMME") == ["57.50"]


def test_a_cancelled_order_is_refused_item_by_item() -> None:
    made = answer()
    root = written(replace(made, order=replace(made.order, cancelled=True)))
    assert texts(root, "ACTION") == ["003"] * 3
    assert texts(root, "WMENG") == []


def test_a_substitute_has_our_number_of_what_comes() -> None:
    root = written(answer(line(substituted=True, item="WX-8-ZN")))
    assert texts(root, "E1EDP19[QUALF='002']/IDTNR") == ["WX-8-ZN"]
    assert texts(root, "E1EDP19[QUALF='001']/IDTNR") == ["00771"]
    assert texts(root, "E1EDP19[QUALF='003']/IDTNR") == []


def test_partners_by_function() -> None:
    root = written(answer())
    assert texts(root, "PARVW") == ["AG", "LF", "WE"]
    assert texts(root, "E1EDKA1[PARVW='AG']/PARTN") == ["C-77"]
    assert texts(root, "E1EDKA1[PARVW='LF']/PARTN") == ["V-900"]
    assert texts(root, "E1EDKA1[PARVW='WE']/ILNNR") == ["7080001000004"]
    assert texts(root, "E1EDKA1[PARVW='AG']/STRS2") == ["Port 2"]


def test_the_envelope() -> None:
    root = written(answer(), replace(IDOC_ROUTE, test=True))
    assert texts(root, "TEST") == ["X"]
    assert texts(root, "SNDPRT") + texts(root, "SNDPRN") == ["LI", "0000104711"]
    assert texts(root, "RCVPRT") + texts(root, "RCVPRN") == ["LS", "ERPCLNT100"]
    theirs = replace(IDOC_ROUTE, receiver=Endpoint("104", "KU"), sender=Endpoint("9", "ZZ"))
    root = written(answer(), theirs)
    assert texts(root, "RCVPRT") + texts(root, "SNDPRT") == ["KU", "LI"]


def test_the_basic_type_is_theirs() -> None:
    document = order_response(answer(), IDOC_ROUTE, Style(guideline="ORDERS02"))
    root = etree.fromstring(document)
    assert (root.tag, texts(root, "IDOCTYP")) == ("ORDERS02", ["ORDERS02"])
    assert written(answer(), style=Style(guideline="urn:something")).tag == "ORDERS05"


def test_units_are_theirs_when_their_order_was_an_idoc() -> None:
    made = answer(line())
    words = {"1": EchoLine("00010", uom="PCE")}
    root = written(replace(made, echo=replace(ECHO, format="idoc/ORDERS", lines=words)))
    assert texts(root, "POSEX") + texts(root, "MENEE") == ["00010", "PCE"]
    root = written(replace(made, echo=replace(ECHO, format="x12/850", lines=words)))
    assert texts(root, "MENEE") == ["C62"]


def test_a_part_without_a_day_has_none() -> None:
    root = written(answer(line(parts=parts(("400", None)))))
    assert (texts(root, "WMENG"), texts(root, "EDATU")) == (["400"], [])


def test_our_own_reader_takes_it_for_an_answer_between_the_same_two() -> None:
    reading = read_any(order_response(changed(), IDOC_ROUTE, PLAIN), 1)
    assert reading is not None and reading.orders == ()
    (interchange,) = reading.interchanges
    assert (interchange.sender.id, interchange.receiver.id) == ("0000104711", "ERPCLNT100")
    assert interchange.control == "0000000000000041"


def test_an_item_that_nobody_knows_is_named_as_they_named_it() -> None:
    words = {"1": EchoLine("10", supplier_sku="OLD-7"), "2": EchoLine("20", buyer_sku="00772")}
    refused = [
        line(n, item="?", parts=(), rejected_reason="We do not know it.") for n in ("1", "2")
    ]
    root = written(answer(*refused, echo=replace(ECHO, lines=words)))
    assert texts(root, "E1EDP19/QUALF") == ["002", "001"]
    assert texts(root, "IDTNR") == ["OLD-7", "00772"]


def test_what_is_refused_before_it_became_an_order_has_no_number_of_ours() -> None:
    made = answer(line(parts=(), rejected_reason="No."))
    root = written(replace(made, order=replace(made.order, number="")))
    assert texts(root, "E1EDK02/QUALF") == texts(root, "E1EDP02/QUALF") == ["001"]
    assert texts(root, "E1EDK01/BELNR") == ["SO000123-1"]
