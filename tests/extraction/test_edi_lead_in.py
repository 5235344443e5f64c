"""Files with lines before the envelope, in the character set of a mainframe, with interchanges of two standards."""

from __future__ import annotations

import pytest

from extraction.context import Context
from extraction.edi.explained import explain
from extraction.edi.read import read_any
from extraction.edi.sniff import sniff, sniff_file
from extraction.extract import extract
from intake.edi_message import from_drop
from intake.mime import parse
from tests.extraction.test_edi_envelopes import edifact, x12

LEADS = (
    "Order of today\n\n",
    "Content-Type: application/edi-x12\r\nAS2-From: KESTREL\r\n\r\n",
    "//PASSWORD=NOBODY//\n",
    "\n\n# written by hand\n",
)
CODES = pytest.mark.parametrize("text", [x12(2), edifact(2)], ids=["x12", "edifact"])


def _codes(content: bytes) -> list[str]:
    reading = read_any(content, 1)
    assert reading is not None
    return [f.code for f in reading.findings if f.code != "edi-currency-missing"]


@CODES
@pytest.mark.parametrize("lead", LEADS)
def test_lines_before_the_envelope_are_told_and_passed_over(lead: str, text: str) -> None:
    alone, led = read_any(text.encode(), 1), read_any((lead + text).encode(), 1)
    assert alone is not None and led is not None
    assert led.orders == alone.orders and led.interchanges == alone.interchanges
    assert _codes((lead + text).encode()) == ["edi-lead-in"]


@CODES
def test_segments_are_explained_under_the_numbers_of_the_findings(text: str) -> None:
    assert explain((LEADS[0] + text).encode()) == explain(text.encode()) != ()


@pytest.mark.parametrize(
    "text",
    [
        "Isa will call you about order 12.\nISABEL*0*1*2*3\n",
        "<html>\n" + x12(),
        "a\n" * 30 + x12(),
        "a" * 5000 + "\n" + edifact(),
        "UNBELIEVABLE+UNOC:3\n",
    ],
)
def test_what_is_no_lead_in(text: str) -> None:
    assert sniff_file(text.encode()) is None


def test_a_letter_that_quotes_an_interchange_stays_a_letter() -> None:
    quoted = "Why was this one not acknowledged?\n\n" + x12()
    assert sniff(quoted.encode()) is None
    mail = "From: buyer@kestrel.example\nTo: us@ours.example\nSubject: Yesterday\n\n" + quoted
    read = extract(parse(mail.encode(), channel="mail"), Context())
    assert not read.format.startswith("x12")


def test_a_dropped_file_with_a_title_is_read() -> None:
    read = extract(from_drop(("Order of today\n" + x12()).encode(), "order.txt"), Context())
    assert (read.format, len(read.orders)) == ("x12/850", 1)


def test_an_xml_document_behind_the_headers_of_its_transport_is_read() -> None:
    document = (
        '<?xml version="1.0"?><Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"'
        ' xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
        "<cbc:ID>H-9</cbc:ID></Order>"
    )
    content = f"POST /orders HTTP/1.1\r\nContent-Type: text/xml\r\n\r\n{document}".encode()
    found = read_any(content, 1)
    assert found is not None and found.format == "ubl/Order"
    assert found.orders[0].fields["po_number"].value == "H-9"
    assert "edi-lead-in" in _codes(content)


@CODES
def test_ebcdic_is_read_like_ascii(text: str) -> None:
    alone, mainframe = read_any(text.encode(), 1), read_any(text.encode("cp037"), 1)
    assert alone is not None and mainframe is not None
    assert mainframe.orders == alone.orders


@pytest.mark.parametrize(("first", "second"), [(x12(), edifact()), (edifact(), x12())])
def test_an_interchange_of_another_standard_behind_is_never_passed_over_in_silence(
    first: str, second: str
) -> None:
    found = read_any((first + second).encode(), 1)
    assert found is not None
    (finding,) = [f for f in found.findings if f.severity == "error"]
    assert finding.code == "edi-other-standard" and second[:3] in finding.text
    assert [one.verdict for one in found.interchanges] == ["accepted", "rejected"]
