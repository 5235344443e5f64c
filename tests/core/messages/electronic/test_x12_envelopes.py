"""The X12 envelope: a header of 106 bytes, numbers, counts, separators that never stand in data, lengths."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyx12.x12file import X12Reader

from core.errors import OrderclerkError
from core.inbound.envelopes import Endpoint
from core.messages.electronic.facts import Business, Parties, Style
from core.messages.electronic.problems import CannotWrite, UnknownFormat
from core.messages.electronic.write import formats, write_despatch, write_order_answer
from core.values import Address
from tests.core.messages.electronic.answered import (
    PARTIES,
    ROUTE,
    line,
    order,
    order_answer,
    shipped,
)
from tests.core.messages.electronic.parsed import findings, reading, x12_rows

PLAIN = Style()


def written(style: Style = PLAIN, **route: object) -> bytes:
    return write_order_answer(order_answer(), replace(ROUTE, **route), style, "x12/855")


@pytest.mark.parametrize(
    ("style", "header"),
    [
        (Style(), b"*260915*0930*U*00401*000000007*0*P*>~"),
        (Style(version="005010"), b"*260915*0930*^*00501*000000007*0*P*>~"),
        (Style(version="004030", separators="|:\x1c!"), b"|260915|0930|!|00403|000000007|0|P|:\x1c"),
        (Style(version="004010", syntax="00501"), b"*260915*0930*^*00501*000000007*0*P*>~"),
        (Style(separators="+>'", newline="\r\n"), b"+260915+0930+U+00401+000000007+0+P+>'\r\n"),
        (Style(separators="*>\n"), b"*260915*0930*U*00401*000000007*0*P*>\n"),
    ],
)  # fmt: skip
def test_the_header_has_106_bytes(style: Style, header: bytes) -> None:
    content = written(style)
    head = content[: content.index(b"GS")]
    assert head.endswith(header)
    assert len(head) == 106 + len(style.newline)
    assert findings(content) <= {"edi-version"}


def test_the_header_names_both_ends_number_test_and_answer() -> None:
    content = written(control=123456789, test=True, wants_answer=True)
    assert content[:106] == (
        b"ISA*00*          *00*          *01*OURSELVES      *ZZ*KESTREL        *260915*0930*U*00401*123456789*1*T*>~"
    )
    [interchange] = reading(content).interchanges
    assert (interchange.control, interchange.test, interchange.wants_answer, interchange.verdict) == (
        "123456789", True, True, "accepted",
    )  # fmt: skip


def test_group_and_set_carry_numbers_counts_and_own_identifiers() -> None:
    rows = x12_rows(written(group_sender="FLUX-EDI", group_receiver="KT01"))
    assert rows[1] == ("GS", "PR", "FLUX-EDI", "KT01", "20260915", "0930", "3", "X", "004010")
    assert rows[2] == ("ST", "855", "0004")
    assert rows[-3:] == [
        ("SE", str(len(rows) - 4), "0004"),
        ("GE", "1", "3"),
        ("IEA", "1", "000000007"),
    ]


def test_releases_before_004010_write_days_with_six_digits() -> None:
    rows = x12_rows(written(Style(version="003060")))
    assert rows[0][12] == "00306"
    assert rows[1][4] == "260915"
    assert rows[3][4] == "260914"


@pytest.mark.parametrize(
    ("route", "place"),
    [
        ({"control": 0}, "ISA13"),
        ({"control": 10**9}, "ISA13"),
        ({"group_control": 10**9}, "GS06"),
        ({"message_control": 0}, "ST02"),
        ({"sender": Endpoint("", "ZZ")}, "ISA06"),
        ({"sender": Endpoint("SIXTEEN-LETTERS-", "ZZ")}, "ISA06"),
        ({"receiver": Endpoint("KESTREL", "Z")}, "ISA07"),
        ({"receiver": Endpoint("KES*TREL", "ZZ")}, "ISA08"),
        ({"receiver": Endpoint("KÖSTREL", "ZZ")}, "ISA08"),
        ({"group_receiver": "K" * 16}, "GS03"),
    ],
)
def test_what_does_not_fit_the_envelope_is_refused_by_name(
    route: dict[str, object], place: str
) -> None:
    with pytest.raises(CannotWrite) as error:
        written(**route)
    assert error.value.field == place
    assert place in error.value.sentence


@pytest.mark.parametrize(
    "style",
    [
        Style(separators="*>"),
        Style(separators="**~"),
        Style(separators="A>~"),
        Style(separators="*.~"),
        Style(separators="*> "),
        Style(version="4010"),
        Style(syntax="401"),
        Style(newline="--"),
        Style(charset="utf-16"),
        Style(charset="nothing"),
        Style(separators="*>~^!"),
    ],
)
def test_a_style_that_cannot_be_is_refused(style: Style) -> None:
    with pytest.raises(CannotWrite):
        written(style)


@pytest.mark.parametrize(
    ("wanted", "component", "repetition"),
    [("*>~U", ">", "^"), ("*>~ ", ">", "^"), ("* ~^", ">", "^"), ("> ^ ", ":", "!"), ("*>~*", ">", "^")],
)  # fmt: skip
def test_what_their_header_lacked_is_filled_in(
    wanted: str, component: str, repetition: str
) -> None:
    header = written(Style(version="005010", separators=wanted))[:106].decode()
    assert (header[104], header[82]) == (component, repetition)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownFormat):
        write_order_answer(order_answer(), ROUTE, Style(), "x12/999")
    with pytest.raises(UnknownFormat):
        write_despatch(shipped(), ROUTE, Style(), "x12/855")
    assert {"x12/855", "x12/865", "x12/856", "x12/810", "x12/997", "x12/TA1"} <= set(formats())


def test_identifiers_are_never_cut_or_respelled() -> None:
    with pytest.raises(CannotWrite) as error:
        write_order_answer(order_answer(order=order(po_number="4" * 23), echo=replace(order_answer().echo, po_number="")), ROUTE, Style(), "x12/855")  # fmt: skip
    assert error.value.field == "BAK03"
    with pytest.raises(CannotWrite) as error:
        write_order_answer(order_answer(line(item="FX*22"), echo=replace(order_answer().echo, lines={})), ROUTE, Style(), "x12/855")  # fmt: skip
    assert error.value.field == "PO109"
    assert "separator" in error.value.sentence


TEXT = st.text(alphabet="abc XYZ äöüßéñłž€’–·中*>~^|:+'\n\t\x1c\x1d012,.-", max_size=150)
MARKS = st.lists(st.sampled_from("*|^+!\x1d\x1c\x1e\x1f~>:'\\@&<"), min_size=4, max_size=4, unique=True)  # fmt: skip


@given(
    name=TEXT, street=TEXT, described=TEXT, note=TEXT, marks=MARKS,
    version=st.sampled_from(("003060", "004010", "004030VICS", "005010")),
    newline=st.sampled_from(("", "\n", "\r\n")), charset=st.sampled_from(("", "latin-1", "utf-8")),
)  # fmt: skip
@settings(max_examples=250, deadline=3000)
def test_texts_never_break_the_segments(
    name: str, street: str, described: str, note: str, marks: list[str], version: str, newline: str, charset: str,
) -> None:  # fmt: skip
    style = Style(version, "", "".join(marks), True, newline, charset)
    place = Business(name, Address(lines=(street,), city=street[:40]))
    answer = order_answer(
        line(description=described),
        order=order(line(description=described, rejected_reason=note), notes=note),
        echo=replace(order_answer().echo, lines={}),
        parties=Parties(PARTIES.buyer, PARTIES.supplier, place),
    )
    content = write_order_answer(answer, ROUTE, style, "x12/855")
    assert content[:105].decode("ascii").count(marks[0]) == 16
    assert not findings(content)
    rows = x12_rows(content)
    assert next(row for row in rows if row[0] == "PO1")[2:4] == ("24", "CA")
    assert all(len(row[2]) <= 60 for row in rows if row[0] == "N1")
    assert all(len(part) <= 55 for row in rows if row[0] == "N3" for part in row[1:])


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=0, max_value=10**9))
@settings(max_examples=200)
def test_every_quantity_is_written_exactly(quantity) -> None:  # type: ignore[no-untyped-def]
    asked = replace(line().asked, quantity=quantity)
    found = line(asked=asked, parts=(replace(line().parts[0], quantity=quantity),))
    try:
        content = write_order_answer(order_answer(found), ROUTE, Style(), "x12/855")
    except OrderclerkError as error:
        assert len(f"{quantity:f}".replace(".", "").strip("0")) > 15, error
        return
    [ack] = [row for row in x12_rows(content) if row[0] == "ACK"]
    assert "E" not in ack[2].upper()
    assert type(quantity)(ack[2]) == quantity


def test_pyx12_reads_the_envelope_without_a_complaint() -> None:
    source = X12Reader(io.StringIO(written(Style(version="005010", newline="\n")).decode()))
    tags = [segment.get_seg_id() for segment in source]
    assert tags[0] == "ISA"
    assert tags[-1] == "IEA"
    assert source.pop_errors() == []
