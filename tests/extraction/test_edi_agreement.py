"""Our EDIFACT and X12 readers against what was written: random separators and charsets, and pydifact where both accept."""

from __future__ import annotations

import io
import warnings

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extraction.edi import read_any
from extraction.edi.edifact.envelope import Envelope
from extraction.edi.edifact.segments import batches
from extraction.edi.findings import Findings
from extraction.edi.source import blocks, bytewise
from extraction.edi.values import Ledger

MARKS = "!\"#$%&*+,/:;<=>@\\^|~'?\x1c\x1d\x1e\x1f"
WORD = st.text(alphabet="ABCXYZabcäöüßéñ0123456789 -._()" + MARKS, min_size=1, max_size=20).map(
    lambda t: " ".join(t.split())
).filter(lambda t: any(c.isalpha() for c in t))  # fmt: skip


def edifact(
    number: str, name: str, item: str, marks: tuple[str, str, str, str], charset: str, end: str
) -> bytes:
    component, element, release, close = marks

    def told(text: str) -> str:
        for mark in (release, component, element, close):
            text = text.replace(mark, release + mark)
        return text

    rows: list[list[list[str]]] = [
        [["UNB"], ["UNOY" if charset == "utf-8" else "UNOC", "4"], ["A"], ["B"], ["20260914", "0815"], ["1"]],
        [["UNH"], ["1"], ["ORDERS", "D", "96A", "UN"]],
        [["BGM"], ["220"], [told(number)], ["9"]],
        [["NAD"], ["BY"], ["1", "", "92"], [""], [told(name)]],
        [["LIN"], ["1"], [""], [told(item), "SA"]],
        [["QTY"], ["21", "5", "PCE"]],
        [["UNT"], ["6"], ["1"]],
        [["UNZ"], ["1"], ["1"]],
    ]  # fmt: skip
    una = f"UNA{component}{element}.{release} {close}"
    body = "".join(element.join(component.join(e) for e in row) + close + end for row in rows)
    return (una + end + body).encode(charset)


@given(
    number=WORD, name=WORD, item=WORD,
    marks=st.lists(st.sampled_from(MARKS), min_size=4, max_size=4, unique=True),
    charset=st.sampled_from(("utf-8", "latin-1")), end=st.sampled_from(("", "\n", "\r\n")),
)  # fmt: skip
@settings(max_examples=300, deadline=2000)
def test_edifact_with_any_separators_release_and_charset(
    number: str, name: str, item: str, marks: list[str], charset: str, end: str
) -> None:
    component, element, release, close = marks
    assume(not any(c.isspace() for c in marks))
    reading = read_any(edifact(number, name, item, (component, element, release, close), charset, end), 1)  # fmt: skip
    assert reading is not None
    [order] = reading.orders
    held = [f.code for f in reading.findings if f.code == "edi-placeholder"]
    assert held or order.fields["po_number"].value == number
    assert held or order.fields["buyer_name"].value == name
    assert held or order.lines[0]["supplier_sku"].value == item
    assert [m.verdict for m in reading.messages] == ["accepted"] or held


@given(
    number=st.text("ABC0123-", min_size=1, max_size=12).filter(lambda t: t.strip("-") == t),
    name=WORD, element=st.sampled_from("*|^+\x1d!"), component=st.sampled_from(">:\\@\x1f"),
    end=st.sampled_from(("~", "~\n", "~\r\n", "\n", "\r\n", "\x1c", "'\n")),
    charset=st.sampled_from(("utf-8", "cp1252")),
)  # fmt: skip
@settings(max_examples=300, deadline=2000)
def test_x12_with_any_separators_and_charset(
    number: str, name: str, element: str, component: str, end: str, charset: str
) -> None:
    assume(not set(name) & {element, component, *end})
    isa = f"ISA*00*{' ' * 10}*00*{' ' * 10}*ZZ*{'A'.ljust(15)}*ZZ*{'B'.ljust(15)}*260914*0815*U*00401*000000001*0*P"
    rows = ["GS*PO*A*B*20260914*0815*1*X*004010", "ST*850*0001", f"BEG*00*SA*{number}**20260914", "N1*BY*\0",
            "PO1*1*5*EA*2*PE*VN*A", "SE*5*0001", "GE*1*1", "IEA*1*000000001"]  # fmt: skip
    text = isa.replace("*", element) + element + component + end
    text += "".join(row.replace("*", element).replace("\0", name) + end for row in rows)
    reading = read_any(text.encode(charset), 1)
    assert reading is not None
    [order] = reading.orders
    assert order.fields["po_number"].value == number
    held = any(f.code == "edi-placeholder" for f in reading.findings)
    assert held or order.fields["buyer_name"].value == name
    assert reading.messages[0].verdict == "accepted"


@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(("BGM", "DTM", "FTX", "NAD", "LIN", "PIA", "QTY", "RFF", "IMD")),
            st.lists(st.lists(st.text("AZaz09 .,-?+:'", max_size=8), min_size=1, max_size=4), min_size=1, max_size=6),
        ), min_size=1, max_size=12,
    )
)  # fmt: skip
@settings(max_examples=200, deadline=2000)
def test_pydifact_parts_the_same_elements(rows: list[tuple[str, list[list[str]]]]) -> None:
    parser = pytest.importorskip("pydifact.parser")

    def told(text: str) -> str:
        for mark in "?+:'":
            text = text.replace(mark, "?" + mark)
        return text

    body = [
        "+".join([tag, *(":".join(map(told, parts)) for parts in elements)])
        for tag, elements in rows
    ]
    head = ["UNB+UNOC:3+A+B+260914:0815+1", "UNH+1+ORDERS:D:96A:UN"]
    text = "UNA:+.? '" + "".join(
        f"{row}'" for row in [*head, *body, f"UNT+{len(body) + 2}+1", "UNZ+1+1"]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = [
            (s.tag, [e if isinstance(e, list) else [e] for e in s.elements])
            for s in parser.Parser().parse(text)
        ]
    content = io.BytesIO(text.encode("latin-1"))
    [message] = Envelope(Findings(), Ledger()).messages(batches(bytewise(blocks(content))))
    ours = [(s.tag, [list(e) for e in s.elements[1:]]) for s in message.segments]
    assert _trimmed(ours) == _trimmed([t for t in theirs if t[0] not in ("UNA", "UNB", "UNZ")])


def _trimmed(found: list[tuple[str, list[list[str]]]]) -> list[tuple[str, list[list[str]]]]:
    """Blanks at the end of a segment are no part of what it says; nor are empty elements there."""
    trimmed = []
    for tag, elements in found:
        kept = [[part.strip() for part in parts] for parts in elements]
        while kept and not any(kept[-1]):
            kept.pop()
        trimmed.append((tag, [_cut(parts) for parts in kept]))
    return trimmed


def _cut(parts: list[str]) -> list[str]:
    while len(parts) > 1 and not parts[-1]:
        parts = parts[:-1]
    return parts
