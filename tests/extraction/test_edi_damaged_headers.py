"""Headers with a damaged or missing name: told by what else they say, read for a person, never taken on."""

from __future__ import annotations

import pytest

from core.inbound.values import Message
from extraction.context import Context
from extraction.edi import tree
from extraction.edi.read import read_any
from extraction.edi.sniff import sniff
from extraction.extract import extract
from intake.edi_message import from_drop
from tests.extraction.test_edi_envelopes import edifact, x12


def _message(text: str) -> Message:
    return from_drop(text.encode(), "a.edi")


@pytest.mark.parametrize("name", ["SA*", "XISA*", "IS*", "FSA*"])
def test_an_isa_of_another_name_is_refused_with_its_ends_known(name: str) -> None:
    text = x12().replace("ISA*", name, 1)
    found = sniff(text.encode())
    assert found is not None and found.format == "x12/no-envelope"
    read = extract(_message(text), Context())
    assert read.orders == () and read.format == "x12/no-envelope"
    (fault,) = read.envelopes.interchanges[0].faults
    assert (fault.where, fault.code) == ("TA105", "022")
    right = tree.envelopes_of(read_any(x12().encode(), 1) or pytest.fail()).interchanges[0]
    assert read.envelopes.interchanges[0].control == right.control
    assert read.envelopes.interchanges[0].sender == right.sender


def test_a_group_header_of_another_name_leaves_the_sets_without_group() -> None:
    read = read_any(x12().replace("GS*PO", "QS*PO", 1).encode(), 1)
    assert read is not None and len(read.orders) == 1
    assert {f.code for f in read.interchanges[0].faults} >= {"024"}
    assert read.interchanges[0].verdict == "rejected"


def test_a_set_header_of_another_name_refuses_its_set_alone() -> None:
    read = read_any(x12(2).replace("ST*850", "T*850", 1).encode(), 1)
    assert read is not None
    assert [m.verdict for m in read.messages] == ["rejected", "accepted"]
    assert ("AK502", "6") in {(f.where, f.code) for f in read.messages[0].faults}


def test_a_set_without_header_refuses_its_group() -> None:
    text = x12(2)
    head = text.index("ST*850")
    read = read_any((text[:head] + text[text.index("~", head) + 1 :]).encode(), 1)
    assert read is not None and len(read.messages) == 1
    assert [f.finding for f in read.groups[0].faults if f.fatal] == ["edi-message-headless"]
    assert [f.code for f in read.findings if f.code == "edi-stray-segment"] == []


@pytest.mark.parametrize("name", ["NB+", "FNB+", "UB+"])
def test_a_unb_of_another_name_is_read_and_refused(name: str) -> None:
    read = read_any(edifact().replace("UNB+", name, 1).encode(), 1)
    assert read is not None and len(read.orders) == 1
    assert read.interchanges[0].verdict == "rejected" and read.interchanges[0].control
    assert [(f.where, f.code) for f in read.interchanges[0].faults] == [("0085", "12")]


def test_a_unh_of_another_name_refuses_its_message_alone() -> None:
    read = read_any(edifact(2).replace("UNH+", "NH+", 1).encode(), 1)
    assert read is not None
    assert [m.verdict for m in read.messages] == ["rejected", "accepted"]
    assert read.interchanges[0].verdict == "accepted"


def test_a_message_without_header_refuses_the_interchange_in_one_finding() -> None:
    text = edifact(2)
    head = text.index("UNH+")
    read = read_any((text[:head] + text[text.index("'", head) + 1 :]).encode(), 1)
    assert read is not None and read.interchanges[0].verdict == "rejected"
    told = [f for f in read.findings if f.code in ("edi-message-headless", "edi-stray-segment")]
    assert [f.code for f in told] == ["edi-message-headless"]
    assert "segments from BGM on" in told[0].text and "0085 code 13" in told[0].text


def test_one_segment_between_messages_is_a_stray_and_no_message() -> None:
    text = edifact(2).replace("UNH+2", "FTX+AAI+++hello'UNH+2", 1)
    read = read_any(text.encode(), 1)
    assert read is not None and read.interchanges[0].verdict == "accepted"
    assert [f.text for f in read.findings if f.code == "edi-stray-segment"] == [
        "The segment FTX stands outside any message and was not read."
    ]


def test_a_name_at_the_head_of_a_mail_is_no_damaged_header() -> None:
    for text in ("FAX*12 pieces of A", "NB: UNO cards, 12 pieces", "Sales order 00 * 12 * 7"):
        assert sniff(text.encode()) is None
