"""EDIFACT bytes -> every message as a ReadMessage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extraction.edi import figures
from extraction.edi.answers import Answer
from extraction.edi.edifact.acknowledged import read_answer
from extraction.edi.edifact.codes import FUNCTION, MESSAGES, SILENT_FUNCTION
from extraction.edi.edifact.envelope import Envelope, Message
from extraction.edi.edifact.grammar import areas
from extraction.edi.edifact.header import read_header
from extraction.edi.edifact.lines import is_component, read_line
from extraction.edi.edifact.returned import read_return
from extraction.edi.edifact.segments import TAGS, Segment, batches
from extraction.edi.findings import Findings
from extraction.edi.located import Shape, located
from extraction.edi.order import OrderBuilder
from extraction.edi.purpose import lane_of
from extraction.edi.returns import Return
from extraction.edi.source import bytewise
from extraction.edi.values import Ledger, ReadMessage
from extraction.edi.words import words_of

ORDERS = ("ORDERS", "ORDCHG")
SHAPE = Shape("BGM", 2, "LIN", frozenset({"UNS", "UNT"}))
OF_MESSAGE = ("message", "segment", "element")


def messages(
    blocks: Iterable[bytes], part: int, findings: Findings, ledger: Ledger
) -> Iterator[ReadMessage]:
    """Each message as its trailer is met; `ledger` and `findings` fill on the way.

    Raises Unreadable("edi-segment-too-long").
    """
    findings.standard = "edifact"
    envelope = Envelope(findings, ledger)
    for found in envelope.messages(batches(bytewise(blocks))):
        if ledger.is_known():
            findings.take(*OF_MESSAGE)
            yield ReadMessage(
                f"edifact/{found.kind}", "", interchange=found.interchange, group=found.group
            )
        else:
            yield _message(found, part, findings)


def _message(found: Message, part: int, findings: Findings) -> ReadMessage:
    lane = MESSAGES.get(found.kind, ("other", ""))[0]
    purpose, order = "", None
    quoted: dict[str, str] = {}
    values: Return | Answer | None = None
    if found.kind in ORDERS:
        builder = OrderBuilder(part, findings)
        _read_order(builder, found, findings)
        purpose = builder.head.value("purpose")
        lane = lane_of(lane, purpose, FUNCTION, SILENT_FUNCTION, found.place, findings)
        order, quoted = builder.close(found.place, "BGM 1004"), builder.quoted
    elif found.kind == "RETANN":
        values = read_return(found.segments)
    elif found.kind == "CONTRL":
        values = read_answer(found.segments)
    else:
        _note_figures(found.segments, findings)
    form = f"edifact/{found.kind or 'unknown'}"
    if lane == "other" and order is None:
        what = words_of(form)[1].capitalize()
        findings.add("edi-not-supported", found.place, what=what, format=form)
    faults = findings.take(*OF_MESSAGE)
    if faults:
        faults = located(faults, found.segments, SHAPE, lambda s: s.elements)
    return ReadMessage(
        form, lane, purpose, found.control, found.interchange, found.place, order,
        found.group, found.version, found.declared, found.counted, faults, values, quoted,
    )  # fmt: skip


def _read_order(order: OrderBuilder, found: Message, findings: Findings) -> None:
    segments = found.segments
    parted = areas(segments)
    _note_segments(segments, findings)
    if not any(s.tag == "BGM" for s in parted.header):
        findings.add("edi-segment-missing", found.place, tag="BGM")
    for line in parted.lines:
        if is_component(line):
            findings.add("edi-sublines", line[0].place, count=1)
        else:
            read_line(order, line)
    read_header(order, parted, found.kind)


def _note_figures(segments: tuple[Segment, ...], findings: Findings) -> None:
    """Quantities, prices and amounts of messages that are not read further."""
    for s in segments:
        value = s.get(1, 2) if s.tag in ("QTY", "PRI", "MOA") else ""
        if value and figures.number(value) is None:
            findings.add("edi-number", s.place, field=s.tag, value=value)


def _note_segments(segments: tuple[Segment, ...], findings: Findings) -> None:
    for s in segments:
        if s.recoded:
            findings.add("edi-charset", charset=s.recoded.upper())
        if s.tag not in TAGS:
            findings.add("edi-segment-unknown", s.place, tag=s.tag)
