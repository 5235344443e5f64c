"""The tree of envelopes that a reading carries: of one file, of several parts, of a file whose reading breaks off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.inbound.envelopes import Envelopes, Fault
from core.inbound.reading import Extraction
from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.edi import read_stream, tree
from extraction.extract import extract
from intake.edi_message import from_drop
from tests.extraction.edi_orders import Growing
from tests.extraction.edi_orders import x12 as long_x12
from tests.extraction.test_edi_envelopes import edifact, read, x12

UBL = (
    '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" xmlns:c="urn:oasis:names:'
    'specification:ubl:schema:xsd:CommonBasicComponents-2"><c:ID>W-7</c:ID></Order>'
)


def read_file(*texts: str) -> Extraction:
    parts = tuple(
        Part(n, "attachment", "application/edi-x12", f"{n}.edi", text.encode())
        for n, text in enumerate(texts, 1)
    )
    return extract(Message("mail", parts=parts), Context())


def test_every_order_of_the_reading_is_told_in_the_tree() -> None:
    found = extract(from_drop(x12(3).encode(), "a.edi"), Context())
    (interchange,), (group,) = found.envelopes.interchanges, found.envelopes.groups
    assert (interchange.control, interchange.part, group.control) == ("000000123", 1, "55")
    assert [(m.order, m.group, m.lane) for m in found.envelopes.messages] == [
        (0, 0, "order"), (1, 0, "order"), (2, 0, "order"),
    ]  # fmt: skip
    assert Extraction.of_json(found.as_json()) == found


def test_parts_of_a_mail_count_on() -> None:
    found = read_file(x12(2), edifact(1), x12(1, number=124))
    tree_ = found.envelopes
    assert [(i.standard, i.part) for i in tree_.interchanges] == [("x12", 1), ("edifact", 2), ("x12", 3)]  # fmt: skip
    assert [(m.interchange, m.group, m.order) for m in tree_.messages] == [
        (0, 0, 0), (0, 0, 1), (1, -1, 2), (2, 1, 3),
    ]  # fmt: skip
    numbers = [found.orders[m.order].fields["po_number"].value for m in tree_.messages]
    assert numbers == ["K-1", "K-2", "H-1", "K-1"]


def test_an_xml_order_is_an_interchange_of_its_own() -> None:
    found = read_file(UBL)
    (interchange,) = found.envelopes.interchanges
    assert (interchange.standard, interchange.control, interchange.counted) == ("ubl", "W-7", 1)
    assert len(interchange.digest) == 64


@pytest.mark.parametrize("text", [x12(2), edifact(2)])
def test_the_digest_is_of_the_segments_and_not_of_what_parts_them(text: str) -> None:
    (one,) = read(text).interchanges
    for other in (text.replace("\n", ""), text.replace("\n", "\r\n"), "\n\n" + text):
        assert read(other).interchanges[0].digest == one.digest
    assert read(text.replace("5", "6", 1)).interchanges[0].digest != one.digest
    twice = read(text + text).interchanges
    assert [i.digest for i in twice] == [one.digest, one.digest]


def test_a_file_that_breaks_off_keeps_its_interchange_and_is_rejected() -> None:
    found = read_file(x12(2)[:300] + "X" * 250_000)
    (interchange,) = found.envelopes.interchanges
    assert (interchange.sender.id, interchange.verdict) == ("KESTREL", "rejected")
    (fault,) = interchange.faults
    assert (fault.where, fault.code, fault.value) == ("TA105", "022", "edi-segment-too-long")
    assert not found.orders


def test_a_file_without_a_header_is_an_interchange_of_nobody() -> None:
    found = read_file(x12().split("\n", 1)[1])
    (interchange,) = found.envelopes.interchanges
    assert (interchange.sender.id, interchange.verdict) == ("", "rejected")


def test_faults_name_segment_position_and_element() -> None:
    def fault(old: str, new: str) -> Fault:
        (message,) = read(x12().replace(old, new, 1)).messages
        return next(f for f in message.faults if f.level in ("segment", "element"))

    bad = fault("*5*EA", "*five*EA")
    assert (bad.tag, bad.position, bad.element, bad.segment) == ("PO1", 4, 2, 6)
    missing = fault("BEG*00*SA*K-1**20260914~\n", "")
    assert (missing.tag, missing.position) == ("BEG", 2)
    nameless = fault("*SA*K-1*", "*SA**")
    assert (nameless.tag, nameless.position, nameless.element) == ("BEG", 2, 3)
    purpose = fault("BEG*00*", "BEG*88*")
    assert (purpose.tag, purpose.position, purpose.element, purpose.value) == ("BEG", 2, 1, "88")
    unlined = fault("PO1*1*5*EA*2.50*PE*VN*A-1~\n", "")
    assert (unlined.tag, unlined.position) == ("PO1", 4)


def test_edifact_faults_name_the_component() -> None:
    message = read(edifact().replace("QTY+21:5:PCE", "QTY+21:five:PCE")).messages[0]
    (bad,) = (f for f in message.faults if f.finding == "edi-number")
    assert (bad.tag, bad.position, bad.element, bad.component) == ("QTY", 5, 1, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (x12(kind="810", body=("BIG*20260914*1",)), "AK502 1"),
        (edifact(kind="INVOIC", body=("BGM+380+1+9",)), "0085 17"),
    ],
)
def test_a_kind_that_is_not_handled_is_told_so(text: str, code: str) -> None:
    (message,) = read(text).messages
    assert (message.lane, message.verdict) == ("other", "rejected")
    assert code in {f"{f.where} {f.code}" for f in message.faults}


def test_what_they_say_of_ours_is_an_answer() -> None:
    found = read_file(x12(body=("AK1*PR*77", "AK9*A*1*1*1"), kind="997"))
    (message,) = found.envelopes.messages
    assert message.lane == "answer" and message.told is not None
    assert (message.told["level"], message.told["control"]) == ("group", "77")


def test_each_interchange_acknowledgement_belongs_to_its_own_interchange() -> None:
    def one(number: int) -> str:
        head = x12(number=number).split("\n", 1)[0]
        return f"{head}\nTA1*{number:09}*260914*0815*A*000~\nIEA*0*{number:09}~\n"

    found = read(one(7) + one(8)).messages
    assert [(m.interchange, m.values.control) for m in found] == [(0, "000000007"), (1, "000000008")]  # type: ignore[union-attr]  # fmt: skip


def test_who_walks_a_long_file_may_take_what_is_closed() -> None:
    text = "".join(x12(2, number=n) for n in range(1, 40)).encode()
    whole = read(text.decode())
    stream = read_stream(Growing(iter([text])))  # type: ignore[arg-type]
    assert stream is not None
    interchanges, groups, most = {}, {}, 0
    for _ in stream:
        closed = stream.released()
        interchanges |= closed[0]
        groups |= closed[1]
        most = max(most, len(stream.interchanges))
    closed = stream.released()
    assert tuple((interchanges | closed[0]).values()) == whole.interchanges
    assert tuple((groups | closed[1]).values()) == whole.groups
    assert most <= 2


def test_numbers_that_come_again_in_a_long_file_are_still_noticed() -> None:
    stream = read_stream(Growing(long_x12(30)))  # type: ignore[arg-type]
    assert stream is not None
    kept = [tree.entry_of(m) for m in stream]
    assert {m.verdict for m in kept} == {"accepted"}
    assert replace(Envelopes(), messages=tuple(kept)).messages[0].order == -1
