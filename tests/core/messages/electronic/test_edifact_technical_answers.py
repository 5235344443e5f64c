"""CONTRL for every interchange that arrives: clean, faulty, cut, doubled, grouped, damaged; never for CONTRL."""

from __future__ import annotations

import pytest

from core.errors import Unreadable
from core.inbound.envelopes import Endpoint, Envelopes, Fault, Interchange
from core.messages.electronic.facts import Style
from core.messages.electronic.owed import technical_answers
from core.messages.electronic.problems import NothingToAnswer
from core.messages.electronic.write import write_technical
from extraction.edi import Answer
from tests.core.messages.electronic.answered import EDIFACT_ROUTE
from tests.core.messages.electronic.parsed import (
    body,
    edifact_rows,
    envelopes,
    findings,
    reading,
)
from tests.extraction.edi_mutations import damaged
from tests.extraction.edi_samples import SAMPLES
from tests.extraction.test_edi_envelopes import edifact

ROWS = Style(newline="\n")
DOUBLED = Fault("interchange", "0085", "26", "edi-duplicate-number")
CONTRL = edifact(body=("UCI+31+US:14+K:14+7",), kind="CONTRL")


def answered(text: str, faults: tuple[Fault, ...] = (), style: Style = ROWS) -> bytes:
    return write_technical(envelopes(text.encode()), 0, EDIFACT_ROUTE, style, "edifact/CONTRL", faults=faults)  # fmt: skip


def told(content: bytes) -> Answer:
    """The answer as our own reader understands it."""
    [message] = reading(content).messages
    assert isinstance(message.values, Answer)
    return message.values


def test_a_clean_interchange_is_acknowledged_with_all_below() -> None:
    content = answered(edifact(2))
    assert content.decode().splitlines()[:3] == [
        "UNA:+.? '",
        "UNB+UNOC:3+4098765000007:14+4012345000009:14+260915:0930+7'",
        "UNH+4+CONTRL:D:3:UN'",
    ]
    assert body(content) == ["UCI+701+K:14+US:14+7"]
    assert not findings(content)
    assert (told(content).verdict, told(content).control) == ("accepted", "701")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("UNT+8+1'\n", "", ["UCI+701+K:14+US:14+7", "UCM+1+ORDERS:D:96A:UN+4+13+UNT"]),
        ("BGM+220+H-1+9'\n", "", ["UCI+701+K:14+US:14+7", "UCM+1+ORDERS:D:96A:UN+4+29+UNT", "UCS+1+13"]),
        ("BGM+220+H-1+9'", "BGM+220++9'", ["UCI+701+K:14+US:14+7", "UCM+1+ORDERS:D:96A:UN+4", "UCS+2", "UCD+13+3"]),
        ("BGM+220+H-1+9'", "BGM+220++88'", ["UCI+701+K:14+US:14+7", "UCM+1+ORDERS:D:96A:UN+4", "UCS+2", "UCD+12+4", "UCD+13+3"]),
        ("UNZ+1+701'\n", "", ["UCI+701+K:14+US:14+4+13+UNZ"]),
        ("QTY+21:5:PCE", "QTY+21:five", ["UCI+701+K:14+US:14+7"]),
        ("UNZ+1+701", "UNZ+2+701", ["UCI+701+K:14+US:14+7"]),
    ],
)  # fmt: skip
def test_a_rejected_level_is_named_with_its_fault(old: str, new: str, expected: list[str]) -> None:
    assert old in edifact()
    content = answered(edifact().replace(old, new, 1))
    assert body(content) == expected
    assert not findings(content)


def test_faults_inside_a_rejected_message_are_placed() -> None:
    text = edifact().replace("BGM+220+H-1+9'", "BGM+220++9'").replace("QTY+21:5:PCE", "QTY+21:five:PCE")  # fmt: skip
    content = answered(text.replace("CUX+2:EUR:9'", "XXX+2'"))
    assert body(content)[1:] == [
        "UCM+1+ORDERS:D:96A:UN+4", "UCS+2", "UCD+13+3", "UCS+3+15", "UCS+5", "UCD+37+2:2",
    ]  # fmt: skip
    [judged] = told(content).messages
    assert (judged.kind, judged.control, judged.verdict) == ("ORDERS", "1", "rejected")
    assert [(t.code, t.segment, t.element) for t in judged.faults] == [
        ("13", "2", "3"), ("15", "3", ""), ("37", "5", "2:2"),
    ]  # fmt: skip


def test_a_rejected_message_leaves_its_neighbours_acknowledged() -> None:
    content = answered(edifact(3).replace("BGM+220+H-2+9'\n", ""))
    assert [row for row in body(content) if row.startswith(("UCI", "UCM"))] == [
        "UCI+701+K:14+US:14+7", "UCM+2+ORDERS:D:96A:UN+4+29+UNT",
    ]  # fmt: skip


def test_a_doubled_interchange_is_rejected() -> None:
    assert body(answered(edifact(), (DOUBLED,))) == ["UCI+701+K:14+US:14+4+26+UNB+6"]


def test_what_could_not_be_read_at_all_is_answered_from_what_is_known() -> None:
    unread = Interchange("edifact", "UNOC:3", Endpoint("K", "14"), faults=(Fault("interchange", "0085", "2", "edi-unreadable"),))  # fmt: skip
    content = write_technical(Envelopes((unread,)), 0, EDIFACT_ROUTE, ROWS, "edifact/CONTRL")
    assert body(content) == ["UCI+0+K:14+4098765000007:14+4+2+UNB+2"]


def test_an_interchange_without_a_message_is_received() -> None:
    empty = "UNB+UNOC:3+K:14+US:14+260914:0815+701'UNZ+0+701'"
    assert body(answered(empty)) == ["UCI+701+K:14+US:14+8"]


def test_a_message_that_nobody_handles_is_rejected_by_its_kind() -> None:
    text = edifact(2, kind="ORDERS").replace("UNH+2+ORDERS", "UNH+2+PRICAT")
    assert body(answered(text)) == [
        "UCI+701+K:14+US:14+7",
        "UCM+2+PRICAT:D:96A:UN+4+17+UNH+3:1",
    ]


def test_groups_are_named() -> None:
    rows = edifact(2).replace("UNH+1", "UNG+ORDERS+A:14+B:14+260914:0815+9+UN+D:96A'\nUNH+1")
    text = rows.replace("UNZ+2", "UNE+2+9'\nUNZ+1")
    assert body(answered(text)) == ["UCI+701+K:14+US:14+7"]
    assert body(answered(text.replace("BGM+220+H-2+9'\n", ""))) == [
        "UCI+701+K:14+US:14+7", "UCF+9+A:14+B:14+7", "UCM+2+ORDERS:D:96A:UN+4+29+UNT", "UCS+1+13",
    ]  # fmt: skip
    cut = body(answered(text.replace("UNE+2+9'\n", "")))
    assert cut[1] == "UCF+9+A:14+B:14+4+13+UNE"


@pytest.mark.parametrize(
    ("came", "style", "head"),
    [
        ("UNOA:1", ROWS, "UNB+UNOA:1+"),
        ("UNOB:2", ROWS, "UNB+UNOB:2+"),
        ("UNOC:4", ROWS, "UNB+UNOC:4+"),
        ("UNOX:3", ROWS, "UNB+UNOC:3+"),
        ("UNOX:3", Style(syntax="UNOX:3", newline="\n"), "UNB+UNOC:3+"),
        ("UNOA:1", Style(syntax="UNOC:3", newline="\n"), "UNB+UNOC:3+"),
        ("UNOC:3", Style(separators="ABCDE", newline="\n"), "UNB+UNOC:3+"),
    ],
)
def test_the_syntax_follows_theirs_where_it_can(came: str, style: Style, head: str) -> None:
    content = answered(edifact().replace("UNOC:3", came), style=style).decode()
    rows = content.splitlines()
    assert rows[1].startswith(head)
    four = ":4+" in head
    assert rows[2] == ("UNH+4+CONTRL:4:1:UN'" if four else "UNH+4+CONTRL:D:3:UN'")


def test_an_acknowledgement_is_never_acknowledged() -> None:
    for text in (CONTRL, answered(edifact()).decode()):
        assert technical_answers(envelopes(text.encode()), 0) == ()
        with pytest.raises(NothingToAnswer):
            answered(text)
    assert technical_answers(envelopes(edifact().encode()), 0) == ("edifact/CONTRL",)


def test_a_contrl_beside_orders_is_left_out() -> None:
    inside = CONTRL[CONTRL.index("UNH") : CONTRL.index("UNZ")].replace("UNH+1", "UNH+2")
    text = edifact().replace("UNZ+1", inside.replace("UNT+3+1", "UNT+9+3") + "UNZ+2")
    assert body(answered(text)) == ["UCI+701+K:14+US:14+7"]


def test_no_damaged_file_is_left_without_an_answer() -> None:
    seen = 0
    samples = [s for s in SAMPLES if s.startswith((b"UNB", b"UNA"))]
    for content in damaged(samples, 1500, 53):
        try:
            found = envelopes(content)
        except (Unreadable, AssertionError):
            continue
        for n, interchange in enumerate(found.interchanges):
            if interchange.standard != "edifact":
                continue
            owed = technical_answers(found, n)
            acknowledges = [m for m in found.messages if m.interchange == n]
            assert owed or all(m.format == "edifact/CONTRL" for m in acknowledges)
            style = Style(separators=interchange.separators, syntax=interchange.version)
            for kind in owed:
                answer = write_technical(found, n, EDIFACT_ROUTE, style, kind)
                assert not findings(answer) - {"edi-repair-delimiters", "edi-characters-lost"}
                assert edifact_rows(answer)[2][0] == ("UCI",)
                seen += 1
    assert seen > 500
