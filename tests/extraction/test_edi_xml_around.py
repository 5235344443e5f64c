"""What stands around and behind an XML order: a SOAP envelope, an end that never comes, lines that all go to one place."""

from __future__ import annotations

import pytest

from extraction.edi import EdiReading
from extraction.edi.read import read_any
from extraction.edi.sniff import sniff
from tests.extraction.test_edi_families import IDOC, OAGIS
from tests.extraction.test_edi_xml import CXML, OPENTRANS, UBL


def _read(text: str) -> EdiReading:
    found = read_any(text.encode(), 1)
    assert found is not None
    return found


SOAP = '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>{}</s:Body></s:Envelope>'


@pytest.mark.parametrize("inside", [UBL, OAGIS])
def test_a_message_in_a_soap_envelope_is_read_as_itself(inside: str) -> None:
    alone = _read(inside)
    carried = _read(SOAP.format(inside.partition("?>")[2] or inside))
    assert carried.format == alone.format and carried.lane == "order"
    assert [{k: c.value for k, c in o.fields.items()} for o in carried.orders] == [
        {k: c.value for k, c in o.fields.items()} for o in alone.orders
    ]


def test_an_empty_soap_envelope_is_nothing_of_ours() -> None:
    assert sniff(SOAP.format("").encode()) is None
    assert sniff(SOAP.format("<GetPrice/>").encode()) is None


@pytest.mark.parametrize("text", [UBL, CXML, OPENTRANS, IDOC])
def test_an_xml_order_that_is_cut_is_set_aside(text: str) -> None:
    assert _read(text).interchanges[0].verdict == "accepted"
    cut = _read(text[: len(text) * 3 // 4])
    assert [f.finding for f in cut.interchanges[0].faults] == ["edi-cut"]
    assert cut.interchanges[0].verdict == "rejected"
    assert "xml-cut" in {f.code for f in cut.findings}


def test_a_slip_in_the_middle_is_no_cut() -> None:
    read = _read(UBL.replace("Ring the bell", "Ring & wait"))
    assert read.interchanges[0].verdict == "accepted"
    assert "xml-cut" not in {f.code for f in read.findings}


def test_an_xml_order_without_a_number_is_set_aside() -> None:
    read = _read(UBL.replace("<c:ID>FJ-300</c:ID>", ""))
    assert read.messages[0].verdict == "rejected"


def test_an_order_and_its_change_may_have_the_same_number() -> None:
    order = _read(UBL).interchanges[0].control
    change = (
        _read(UBL.replace("Order-2", "OrderChange-2").replace("o:Order", "o:OrderChange"))
        .interchanges[0]
        .control
    )
    assert (order, change) == ("FJ-300", "OrderChange FJ-300")


def _lines_to(*places: str) -> str:
    start, end = CXML.index("<ItemOut"), CXML.index("</ItemOut>")
    where = (
        '<ShipTo><Address addressID="{0}"><Name xml:lang="en">Dock {0}</Name></Address></ShipTo>'
    )
    lines = (f"{CXML[start:end]}{where.format(place)}</ItemOut>" for place in places)
    header = CXML[CXML.index("<ShipTo>") : CXML.index("</ShipTo>") + len("</ShipTo>")]
    text = CXML[:start] + "".join(lines) + CXML[end + len("</ItemOut>") :]
    return text.replace(header, "", 1)


def test_lines_that_all_go_to_one_place_name_the_order_s() -> None:
    fields = _read(_lines_to("A7", "A7")).orders[0].fields
    assert fields["ship_to_id"].value == "A7" and fields["ship_to_name"].value == "Dock A7"
    assert "ship_to_id" not in _read(_lines_to("A7", "B2")).orders[0].fields


def test_an_idoc_whose_lines_all_go_to_one_place_too() -> None:
    header = IDOC[IDOC.index("<E1EDKA1><PARVW>WE") : IDOC.index("<E1EDK02>")]
    line = "<E1EDPA1><PARVW>WE</PARVW><PARTN>77</PARTN><NAME1>Werk 7</NAME1></E1EDPA1></E1EDP01>"
    fields = _read(IDOC.replace(header, "").replace("</E1EDP01>", line)).orders[0].fields
    assert (fields["ship_to_id"].value, fields["ship_to_name"].value) == ("77", "Werk 7")


@pytest.mark.parametrize(
    "text",
    [
        '<beans xmlns="http://www.springframework.org/schema/beans"><bean id="order"/></beans>',
        '<p xmlns="urn:europe:clean:1"><order/></p>',
    ],
)
def test_a_namespace_that_happens_to_hold_ean_is_no_gs1(text: str) -> None:
    assert sniff(text.encode()) is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("<Pip3A4PurchaseOrderRequest><fromRole/></Pip3A4PurchaseOrderRequest>", "rosettanet/3A4"),
        (
            '<Order xmlns="rrn:org.xcbl:schemas/xcbl/v4_0/x.xsd"><OrderHeader/></Order>',
            "xcbl/Order",
        ),
    ],
)
def test_orders_of_families_that_are_not_read_are_told_as_orders(text: str, form: str) -> None:
    read = _read(text)
    assert (read.format, read.lane, read.orders) == (form, "order", ())
    assert "edi-format-unread" in {f.code for f in read.findings}
