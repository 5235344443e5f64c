"""The EDIFACT envelope: service characters, release, levels of letters, references, counts, lengths."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydifact.segmentcollection import Interchange

from core.inbound.envelopes import Endpoint
from core.messages.electronic.edifact.charsets import LIMITED
from core.messages.electronic.facts import Business, Echo, Parties, Style
from core.messages.electronic.problems import CannotWrite
from core.messages.electronic.write import write_despatch, write_invoice, write_order_answer
from core.values import Address
from tests.core.messages.electronic.answered import (
    EDIFACT_ROUTE,
    PARTIES,
    WORDS,
    invoice,
    line,
    order,
    order_answer,
    shipped,
    words,
)
from tests.core.messages.electronic.parsed import edifact_rows, findings, reading

PLAIN = Style()


def written(style: Style = PLAIN, **route: object) -> bytes:
    return write_order_answer(order_answer(), replace(EDIFACT_ROUTE, **route), style, "edifact/ORDRSP")  # fmt: skip


@pytest.mark.parametrize(
    ("style", "header"),
    [
        (Style(), b"UNA:+.? 'UNB+UNOC:3+4098765000007:14+4012345000009:14+260915:0930+7'UNH+4+ORDRSP:D:96A:UN'"),
        (Style(una=False), b"UNB+UNOC:3+4098765000007:14+4012345000009:14+260915:0930+7'UNH"),
        (Style(syntax="UNOW:4"), b"UNA:+.?*'UNB+UNOW:4+4098765000007:14+4012345000009:14+20260915:0930+7'UNH"),
        (Style(separators=";|,!~", newline="\r\n", una=False), b"UNA;|,! ~\r\nUNB|UNOC;3|4098765000007;14|4012345000009;14|260915;0930|7~\r\nUNH|"),
        (Style(separators=":+ ?'"), b"UNA:+.? 'UNB+"),
        (Style(version="D:01B:UN:EAN010"), b"UNA:+.? 'UNB+UNOC:3+4098765000007:14+4012345000009:14+260915:0930+7'UNH+4+ORDRSP:D:01B:UN:EAN009'"),
        (Style(version="D:10A:UN:1.1e"), None),
    ],
)  # fmt: skip
def test_the_header(style: Style, header: bytes | None) -> None:
    if header is None:
        with pytest.raises(CannotWrite):
            written(style)
        return
    content = written(style)
    assert content.startswith(header)
    assert not findings(content)


def test_test_mark_wanted_answer_and_trailer() -> None:
    rows = edifact_rows(written(test=True, wants_answer=True, control=12345678901234))
    assert rows[0][5:] == (("12345678901234",), ("",), ("",), ("",), ("1",), ("",), ("1",))
    assert rows[-2:] == [(("UNT",), (str(len(rows) - 2),), ("4",)), (("UNZ",), ("1",), ("12345678901234",))]  # fmt: skip


def test_a_group_when_the_applications_have_names() -> None:
    content = written(group_sender="FLUX", group_receiver="KT")
    rows = [":".join("+".join(e) for e in row) for row in edifact_rows(content)]
    assert rows[1] == "UNG:ORDRSP:FLUX:KT:260915+0930:3:UN:D+96A"
    assert rows[-2:] == ["UNE:1:3", "UNZ:1:7"]
    assert not findings(content)
    [group] = reading(content).groups
    assert (group.kind, group.control, group.version, group.counted) == ("ORDRSP", "3", "D:96A", 1)


@pytest.mark.parametrize(
    ("route", "place"),
    [
        ({"control": 0}, "UNB 0020"),
        ({"control": 10**14}, "UNB 0020"),
        ({"message_control": -1}, "UNH 0062"),
        ({"sender": Endpoint("", "14")}, "UNB S002"),
        ({"receiver": Endpoint("9" * 36, "14")}, "UNB 3.1"),
        ({"receiver": Endpoint("Łódź", "14")}, "UNB 3.1"),
    ],
)
def test_what_does_not_fit_the_envelope_is_refused_by_name(
    route: dict[str, object], place: str
) -> None:
    with pytest.raises(CannotWrite) as error:
        written(**route)
    assert error.value.field == place


@pytest.mark.parametrize(
    "style",
    [
        Style(separators=":+"),
        Style(separators="::.?'"),
        Style(separators="A+.?'"),
        Style(separators=":+;?'"),
        Style(separators=":+.??"),
        Style(separators=":*.?'", syntax="UNOC:4"),
        Style(version="004010"),
        Style(syntax="UNOC"),
        Style(syntax="UNOX:3"),
        Style(charset="utf-16"),
        Style(newline="x"),
    ],
)
def test_a_style_that_cannot_be_is_refused(style: Style) -> None:
    with pytest.raises(CannotWrite):
        written(style)


def test_identifiers_are_never_cut_or_respelled() -> None:
    for number, place in (("9" * 36, "RFF 1.2"), ("PO-Ł", "RFF 1.2")):
        with pytest.raises(CannotWrite) as error:
            write_order_answer(order_answer(echo=Echo(po_number=number)), EDIFACT_ROUTE, PLAIN, "edifact/ORDRSP")  # fmt: skip
        assert error.value.field == place
    kept = write_order_answer(order_answer(echo=Echo(po_number="ab_1")), EDIFACT_ROUTE, Style(syntax="UNOA:1"), "edifact/ORDRSP")  # fmt: skip
    assert b"RFF+ON:ab_1'" in kept
    told = write_order_answer(order_answer(echo=Echo(po_number="a?b+c:d'e*f")), EDIFACT_ROUTE, PLAIN, "edifact/ORDRSP")  # fmt: skip
    assert b"RFF+ON:a??b?+c?:d?'e*f'" in told
    without_release = Style(separators=":+. '")
    with pytest.raises(CannotWrite):
        write_order_answer(order_answer(echo=Echo(po_number="a+b")), EDIFACT_ROUTE, without_release, "edifact/ORDRSP")  # fmt: skip


@pytest.mark.parametrize(
    ("syntax", "expected"),
    [
        ("UNOA:2", b"NAD+DP+++MUELLER ?+ SOEHNE (AT) WOJCIK, 9 EUR'"),
        ("UNOB:2", b"NAD+DP+++Mueller ?+ Soehne (at) Wojcik, 9 EUR'"),
        ("UNOC:3", "NAD+DP+++Müller ?+ Söhne @ Wójcik, 9 EUR'".encode("latin-1")),
        ("UNOD:3", "NAD+DP+++Müller ?+ Söhne @ Wójcik, 9 EUR'".encode("iso8859-2")),
        ("UNOL:4", "NAD+DP+++Müller ?+ Söhne @ Wójcik, 9 €'".encode("iso8859-15")),
        ("UNOW:4", "NAD+DP+++Müller ?+ Söhne @ Wójcik, 9 €'".encode()),
    ],
)
def test_letters_follow_the_syntax_level(syntax: str, expected: bytes) -> None:
    place = Business("Müller + Söhne @ Wójcik, 9 €")
    answer = order_answer(parties=Parties(PARTIES.buyer, PARTIES.supplier, place))
    content = write_order_answer(answer, EDIFACT_ROUTE, Style(syntax=syntax), "edifact/ORDRSP")
    assert expected in content
    assert not findings(content)


TEXT = st.text(alphabet="abc XYZ äöüßéñłž€’–·中+:'?*;|!~#@_\n\t,.-012", max_size=200)
MARKS = st.lists(st.sampled_from(":+?'*|!~#^;=\x1d\x1c\x1f"), min_size=4, max_size=4, unique=True)


@given(
    name=TEXT, street=TEXT, described=TEXT, note=TEXT, marks=MARKS, decimal=st.sampled_from(".,"),
    syntax=st.sampled_from(("UNOA:1", "UNOB:2", "UNOC:3", "UNOD:3", "UNOL:4", "UNOW:4")),
    newline=st.sampled_from(("", "\n", "\r\n")), kind=st.sampled_from(("ORDRSP", "DESADV", "INVOIC")),
)  # fmt: skip
@settings(max_examples=120, deadline=3000)
def test_texts_come_back_whatever_separates_them(
    name: str, street: str, described: str, note: str, marks: list[str], decimal: str, syntax: str, newline: str,
    kind: str,
) -> None:  # fmt: skip
    component, element, release, segment = marks
    if syntax.endswith("4") and "*" in marks:
        return
    style = Style("", syntax, component + element + decimal + release + segment, False, newline)
    place = Business(name, Address(lines=(street,), city=street[:40]))
    parties = Parties(PARTIES.buyer, PARTIES.supplier, place)
    echo = Echo("edifact/ORDERS", "H-9", lines={"1": words(description=described, price="1.5")})
    facts = order(line(rejected_reason=note), notes=note)
    if kind == "ORDRSP":
        content = write_order_answer(order_answer(order=facts, echo=echo, parties=parties), EDIFACT_ROUTE, style, "edifact/ORDRSP")  # fmt: skip
    elif kind == "DESADV":
        content = write_despatch(shipped(echo=echo, parties=parties), EDIFACT_ROUTE, style, "edifact/DESADV")  # fmt: skip
    else:
        content = write_invoice(invoice(echo=echo, parties=parties), EDIFACT_ROUTE, style, "edifact/INVOIC")  # fmt: skip
    noted = findings(content) - {"edi-repair-delimiters"}
    assert not noted - ({"edi-number"} if decimal == "," else set())
    rows = edifact_rows(content)
    assert rows[0][0] == ("UNB",)
    assert rows[-1] == (("UNZ",), ("1",), ("7",))
    texts = [t for row in rows if row[0][0] in ("NAD", "IMD", "FTX") for e in row[1:] for t in e]
    assert all(len(t) <= 70 for t in texts)
    allowed = LIMITED.get(syntax[:4])
    if allowed is not None:
        assert all(c in allowed for t in texts for c in t)


@given(name=TEXT.map(lambda t: " ".join(t.split())[:35].strip()), marks=MARKS)
@settings(max_examples=100, deadline=3000)
def test_what_utf8_holds_comes_back_letter_by_letter(name: str, marks: list[str]) -> None:
    component, element, release, segment = marks
    style = Style("", "UNOW:3", component + element + "." + release + segment)
    parties = Parties(PARTIES.buyer, PARTIES.supplier, Business(name, PARTIES.ship_to.address))
    content = write_order_answer(order_answer(parties=parties), EDIFACT_ROUTE, style, "edifact/ORDRSP")  # fmt: skip
    [place] = [r for r in edifact_rows(content) if r[:2] == (("NAD",), ("DP",))]
    assert place[4] == (name.replace("’", "'") or "",)


@given(
    name=TEXT, described=TEXT, syntax=st.sampled_from(("UNOA:1", "UNOB:2", "UNOC:3")),
    kind=st.sampled_from(("ORDRSP", "DESADV", "INVOIC")), una=st.booleans(),
)  # fmt: skip
@settings(max_examples=50, deadline=5000)
@pytest.mark.filterwarnings("ignore:segments.xml not found")
def test_pydifact_reads_the_same_segments(
    name: str, described: str, syntax: str, kind: str, una: bool
) -> None:
    parties = Parties(PARTIES.buyer, PARTIES.supplier, Business(name))
    echo = Echo("edifact/ORDERS", "H-9", lines={"1": replace(WORDS, description=described)})
    style = Style("", syntax, "", una)
    if kind == "ORDRSP":
        content = write_order_answer(order_answer(echo=echo, parties=parties), EDIFACT_ROUTE, style, "edifact/ORDRSP")  # fmt: skip
    elif kind == "DESADV":
        content = write_despatch(shipped(echo=echo, parties=parties), EDIFACT_ROUTE, style, "edifact/DESADV")  # fmt: skip
    else:
        content = write_invoice(invoice(echo=echo, parties=parties), EDIFACT_ROUTE, style, "edifact/INVOIC")  # fmt: skip
    theirs = Interchange.from_str(content.decode("latin-1"))
    ours = [row for row in edifact_rows(content) if row[0][0] not in ("UNB", "UNZ", "UNH", "UNT")]
    [message] = list(theirs.get_messages())
    found = [
        ((s.tag,), *(tuple(e) if isinstance(e, list) else (e,) for e in s.elements))
        for s in message.segments
    ]
    assert found == ours
    assert theirs.control_reference == "7"
