"""The same interchange under another number: the envelope changes, nothing inside does."""

from __future__ import annotations

import pytest

from core.exchange.renumber import renumbered
from extraction.edi.read import read_any

X12 = (
    b"ISA*00*          *00*          *ZZ*PROBE          *ZZ*ACME           *260302*0900*U*00401*000000007*0*P*>~\n"
    b"GS*PR*PROBE*ACME*20260302*0900*5*X*004010~\nST*855*0001~\nBAK*00*AD*PO-IEA*20260302~\nSE*3*0001~\nGE*1*5~\n"
    b"IEA*1*000000007~\n"
)
EDIFACT = (
    b"UNA:+.? 'UNB+UNOC:3+PRO?+BE:14+ACME:14+260302:0900+7+++++0'UNH+1+ORDRSP:D:96A:UN'"
    b"BGM+231+UNZ?+1+29'UNT+3+1'UNZ+1+7'"
)


def test_x12() -> None:
    again = renumbered(X12, "x12", 12)
    assert again == X12.replace(b"000000007", b"000000012")


def test_edifact_with_released_separators() -> None:
    again = renumbered(EDIFACT, "edifact", 4711)
    assert again is not None
    assert again == EDIFACT.replace(b"0900+7+", b"0900+4711+").replace(b"UNZ+1+7'", b"UNZ+1+4711'")
    read = read_any(again, 1)
    assert read is not None
    (envelope,) = read.interchanges
    assert (envelope.control, envelope.faults) == ("4711", ())
    assert envelope.sender.id == "PRO+BE"


@pytest.mark.parametrize(
    ("standard", "old", "new"),
    [
        ("cxml", b'<cXML payloadID="20260302.7.confirmation@us.example" timestamp="t">', b".12.c"),
        ("idoc", b"<EDI_DC40><DOCNUM>0000000000000007</DOCNUM></EDI_DC40>", b"0000000000000012<"),
        ("gs1", b"<sh:InstanceIdentifier>7</sh:InstanceIdentifier>", b">12<"),
        ("oagis", b"<BODID>SO000007-1-7</BODID>", b">SO000007-1-12<"),
    ],
)
def test_xml_envelopes(standard: str, old: bytes, new: bytes) -> None:
    raw = b"<x>" + old + b"<note>7</note></x>"
    again = renumbered(raw, standard, 12)
    assert again is not None and new in again and again.endswith(b"<note>7</note></x>")
    assert renumbered(again, standard, 7) == raw


def test_xml_without_its_number_is_not_renumbered() -> None:
    assert renumbered(b"<IDOC><DOCNUM/></IDOC>", "idoc", 2) is None


def test_a_document_without_an_envelope_has_no_number_to_change() -> None:
    assert renumbered(b"<Order/>", "ubl", 2) is None
