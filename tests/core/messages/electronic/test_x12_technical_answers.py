"""TA1 and 997 for every interchange that arrives: clean, faulty, cut, doubled, damaged; never for an acknowledgement."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import pyx12.params
from pyx12.x12n_document import x12n_document

from core.errors import Unreadable
from core.inbound.envelopes import Endpoint, Envelopes, Fault, Interchange
from core.messages.electronic.facts import Style
from core.messages.electronic.owed import technical_answers
from core.messages.electronic.problems import NothingToAnswer
from core.messages.electronic.write import write_technical
from core.messages.electronic.x12.technical import groups_needed
from extraction.edi import Answer
from tests.core.messages.electronic.answered import ROUTE
from tests.core.messages.electronic.parsed import body, envelopes, findings, reading, x12_rows
from tests.extraction.edi_mutations import damaged
from tests.extraction.edi_samples import SAMPLES
from tests.extraction.test_edi_envelopes import x12

ROWS = Style(newline="\n")
DOUBLED = Fault("interchange", "TA105", "025", "edi-duplicate-number")


def answered(text: str, kind: str = "x12/997", faults: tuple[Fault, ...] = ()) -> bytes:
    return write_technical(envelopes(text.encode()), 0, ROUTE, ROWS, kind, faults=faults)


def told(content: bytes) -> Answer:
    """The answer as our own reader understands it."""
    [message] = reading(content).messages
    assert isinstance(message.values, Answer)
    return message.values


def test_a_clean_group_is_accepted() -> None:
    content = answered(x12(2))
    assert x12_rows(content)[1] == ("GS", "FA", "OURSELVES", "KESTREL", "20260915", "0930", "3", "X", "004010")  # fmt: skip
    assert body(content) == ["AK1*PO*55", "AK2*850*0001", "AK5*A", "AK2*850*0002", "AK5*A", "AK9*A*2*2*2"]  # fmt: skip
    assert not findings(content)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("SE*6*0001", "SE*7*0001", ["AK2*850*0001", "AK5*E*4", "AK9*E*1*1*1"]),
        ("SE*6*0001", "SE*6*0009", ["AK2*850*0001", "AK5*E*3", "AK9*E*1*1*1"]),
        ("SE*6*0001~\n", "", ["AK2*850*0001", "AK5*R*2", "AK9*R*1*1*0"]),
        ("BEG*00*SA*K-1**20260914~\n", "", ["AK2*850*0001", "AK3*BEG*2**3", "AK5*R*4*5"]),
        ("BEG*00*SA*K-1*", "BEG*00*SA**", ["AK2*850*0001", "AK3*BEG*2**8", "AK4*3**1", "AK5*R*5", "AK9*R*1*1*0"]),
        ("CTT*1~", "QQQ*1~", ["AK2*850*0001", "AK3*QQQ*5**1", "AK5*E*5", "AK9*E*1*1*1"]),
        ("*5*EA", "*five*EA", ["AK2*850*0001", "AK3*PO1*4**8", "AK4*2**6*five", "AK5*E*5", "AK9*E*1*1*1"]),
        ("**20260914", "**20261314", ["AK2*850*0001", "AK3*BEG*2**8", "AK4*5**8*20261314", "AK5*E*5", "AK9*E*1*1*1"]),
        ("BEG*00*", "BEG*88*", ["AK2*850*0001", "AK3*BEG*2**8", "AK4*1**7*88", "AK5*E*5", "AK9*E*1*1*1"]),
        ("GE*1*55", "GE*1*56", ["AK2*850*0001", "AK5*A", "AK9*E*1*1*1*4"]),
        ("GE*1*55", "GE*3*55", ["AK2*850*0001", "AK5*A", "AK9*E*3*1*1*5"]),
        ("GE*1*55~\n", "", ["AK1*PO*55", "AK9*R*1*1*0*3"]),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_code_and_place(old: str, new: str, expected: list[str]) -> None:
    assert old in x12()
    content = answered(x12().replace(old, new, 1))
    found = body(content)
    at = found.index(expected[0])
    assert found[at : at + len(expected)] == expected
    assert not findings(content)


def test_one_rejected_set_leaves_its_neighbours_accepted() -> None:
    content = answered(x12(3).replace("BEG*00*SA*K-2**20260914~\n", ""))
    assert body(content)[-1] == "AK9*P*3*3*2"
    answer = told(content)
    assert [j.verdict for j in answer.messages] == ["accepted", "rejected", "accepted"]
    assert (answer.verdict, answer.control, answer.kind) == ("partly-accepted", "55", "PO")


def test_what_our_reader_makes_of_our_own_answer() -> None:
    answer = told(answered(x12().replace("*5*EA", "*five*EA")))
    [judged] = answer.messages
    assert (judged.kind, judged.control, judged.verdict) == ("850", "0001", "accepted-with-faults")
    assert ("AK403", "6", "PO1", "4", "2", "five") in [
        (t.where, t.code, t.tag, t.segment, t.element, t.value) for t in judged.faults
    ]


def test_each_group_has_its_own_answer_and_versions_their_own_groups() -> None:
    one, two = x12().split("IEA*")
    second = two and x12().split("~\n", 1)[1].split("IEA*")[0]
    text = one + second.replace("*55*X*004010", "*56*X*004010").replace("GE*1*55", "GE*1*56")
    third = second.replace("*55*X*004010", "*57*X*005010").replace("GE*1*55", "GE*1*57")
    content = answered(text + third + "IEA*3*000000123~\n")
    rows = x12_rows(content)
    assert [row[1:3] for row in rows if row[0] == "AK1"] == [("PO", "55"), ("PO", "56"), ("PO", "57")]  # fmt: skip
    assert [(row[6], row[8]) for row in rows if row[0] == "GS"] == [
        ("3", "004010"),
        ("4", "005010"),
    ]
    assert [row[2] for row in rows if row[0] == "ST"] == ["0004", "0005", "0004"]
    assert groups_needed(envelopes((text + third + "IEA*3*000000123~\n").encode()), 0) == 2
    assert findings(content) == {"edi-version"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", "TA1*000000123*260914*0815*A*000"),
        ("IEA*1*000000123", "IEA*1*000000124", "TA1*000000123*260914*0815*E*001"),
        ("IEA*1*000000123", "IEA*4*000000123", "TA1*000000123*260914*0815*E*021"),
        ("IEA*1*000000123~\n", "", "TA1*000000123*260914*0815*R*023"),
        ("*260914*0815*U", "*26X914*0815*U", "TA1*000000123*260915*0815*E*014"),
        ("*260914*0815*U", "*260914*2515*U", "TA1*000000123*260914*2515*E*015"),
        ("*000000123*1*P", "*12A*1*P", "TA1*000000000*260914*0815*E*018"),
    ],
)
def test_the_interchange_is_answered(old: str, new: str, expected: str) -> None:
    assert old in x12()
    content = answered(x12().replace(old, new, 1), "x12/TA1")
    rows = ["*".join(row) for row in x12_rows(content)]
    assert rows[1:] == [expected, "IEA*0*000000007"]
    assert not findings(content) - {"edi-no-message"}


def test_a_doubled_interchange_is_rejected() -> None:
    content = answered(x12(), "x12/TA1", (DOUBLED,))
    assert x12_rows(content)[1] == ("TA1", "000000123", "260914", "0815", "R", "025")
    assert told(content).verdict == "rejected"
    with pytest.raises(NothingToAnswer):
        answered(x12(), "x12/997", (DOUBLED,))


def test_what_could_not_be_read_at_all_is_answered_from_what_is_known() -> None:
    unread = Interchange("x12", sender=Endpoint("KESTREL", "ZZ"), faults=(Fault("interchange", "TA105", "004", "edi-unreadable"),))  # fmt: skip
    content = write_technical(Envelopes((unread,)), 0, ROUTE, ROWS, "x12/TA1")
    assert x12_rows(content)[1] == ("TA1", "000000000", "260915", "0930", "R", "004")


@pytest.mark.parametrize(
    ("text", "faults", "expected"),
    [
        (x12().replace("*1*P*>", "*0*P*>"), (), ("x12/997",)),
        (x12(), (), ("x12/TA1", "x12/997")),
        (x12().replace("*1*P*>", "*0*P*>").replace("IEA*1*", "IEA*2*"), (), ("x12/TA1", "x12/997")),
        (x12().replace("IEA*1*000000123~\n", ""), (), ("x12/TA1",)),
        (x12(), (DOUBLED,), ("x12/TA1",)),
        (x12(kind="997", body=("AK1*PR*77", "AK9*A*1*1*1")).replace("GS*PO", "GS*FA"), (), ()),
    ],
)
def test_what_is_owed(text: str, faults: tuple[Fault, ...], expected: tuple[str, ...]) -> None:
    assert technical_answers(envelopes(text.encode()), 0, faults) == expected


def test_an_acknowledgement_is_never_acknowledged() -> None:
    text = x12(kind="997", body=("AK1*PR*77", "AK9*A*1*1*1")).replace("GS*PO", "GS*FA")
    only_ta1 = answered(x12(), "x12/TA1").decode()
    for found in (text, only_ta1):
        assert technical_answers(envelopes(found.encode()), 0) == ()
        for kind in ("x12/997", "x12/TA1"):
            with pytest.raises(NothingToAnswer):
                answered(found, kind)


def test_a_997_beside_orders_is_left_out() -> None:
    order = x12().split("IEA*")[0]
    answer = x12(kind="997", body=("AK1*PR*77", "AK9*A*1*1*1"))
    group = answer[answer.index("GS*") : answer.index("IEA*")].replace("GS*PO", "GS*FA")
    content = answered(order + group.replace("55", "56") + "IEA*2*000000123~\n")
    assert [row for row in body(content) if row[:3] == "AK1"] == ["AK1*PO*55"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("", ""), ("*5*EA", "*five*EA"), ("SE*6*0001~\n", ""), ("BEG*00*SA*K-1**20260914~\n", "")],
)
def test_pyx12_accepts_our_997_by_its_own_map(old: str, new: str) -> None:
    """Its map only knows the kinds of health care, so those stand in for ours."""
    content = answered(x12().replace(old, new, 1)).decode()
    ours = content.replace("AK1*PO", "AK1*HC").replace("AK2*850", "AK2*837")
    judged = io.StringIO()
    assert x12n_document(pyx12.params.ParamsBase(), io.StringIO(ours), judged, None)


def test_no_damaged_file_is_left_without_an_answer() -> None:
    """Whatever happened to a file: each of its interchanges is answered, or only acknowledges."""
    seen = 0
    samples = [s for s in SAMPLES if s.startswith(b"ISA")]
    for content in damaged(samples, 1500, 47):
        try:
            found = envelopes(content)
        except (Unreadable, AssertionError):
            continue
        for n, interchange in enumerate(found.interchanges):
            if interchange.standard != "x12":
                continue
            owed = technical_answers(found, n)
            acknowledges = [m for m in found.messages if m.interchange == n]
            assert owed or all(m.lane == "automatic" for m in acknowledges)
            for kind in owed:
                answer = write_technical(found, n, replace(ROUTE, control=n + 1), Style(), kind)
                assert findings(answer) <= {"edi-no-message", "edi-version", "edi-ids-differ"}
                seen += 1
    assert seen > 500
