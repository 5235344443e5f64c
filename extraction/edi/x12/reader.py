"""X12 bytes -> every transaction set as a ReadMessage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extraction.edi.answers import Answer
from extraction.edi.findings import Findings
from extraction.edi.located import Shape, located
from extraction.edi.order import OrderBuilder
from extraction.edi.purpose import lane_of
from extraction.edi.returns import Return
from extraction.edi.source import decoded
from extraction.edi.values import Ledger, ReadMessage
from extraction.edi.words import words_of
from extraction.edi.x12.acknowledged import (
    check_group_answer,
    read_group_answer,
    read_interchange_answer,
)
from extraction.edi.x12.codes import GROCERY_PURPOSE, PURPOSE, SETS, SILENT_PURPOSE
from extraction.edi.x12.envelope import Envelope, TransactionSet
from extraction.edi.x12.grammar import GRAMMARS, Grammar, areas
from extraction.edi.x12.header import read_header
from extraction.edi.x12.lines import read_line
from extraction.edi.x12.returned import read_return
from extraction.edi.x12.segments import Segment, batches

NUMBER_AT = {"850": "BEG03", "860": "BCH03", "875": "G5003"}
SHAPES = {
    kind: Shape(grammar.beginning, 3, grammar.line, grammar.summary | {"SE"})
    for kind, grammar in GRAMMARS.items()
}
HANDLED = frozenset(
    {
        "order",
        "change",
        "cancellation",
        "quote_request",
        "status_question",
        "return_request",
        "automatic",
    }
)
"""Lanes of sets that somebody here looks at; the others are told so in their acknowledgement."""
OF_MESSAGE = ("message", "segment", "element")


def messages(
    blocks: Iterable[bytes], part: int, findings: Findings, ledger: Ledger
) -> Iterator[ReadMessage]:
    """Each message as its trailer is met; `ledger` and `findings` fill on the way.

    Raises Unreadable("edi-delimiters"), Unreadable("edi-segment-too-long").
    """
    findings.standard = "x12"
    envelope = Envelope(findings, ledger)
    for found in envelope.sets(batches(decoded(blocks))):
        if ledger.is_known():
            findings.take(*OF_MESSAGE)
            yield ReadMessage(
                f"x12/{found.kind}", "", interchange=found.interchange, group=found.group
            )
        else:
            yield _message(found, part, findings)
        yield from _acknowledged(envelope, ledger)
    yield from _acknowledged(envelope, ledger)


def _acknowledged(envelope: Envelope, ledger: Ledger) -> Iterator[ReadMessage]:
    """The TA1 segments met since the last time."""
    met, envelope.acknowledgements = envelope.acknowledgements, []
    for interchange, told in met:
        ledger.is_known()
        yield ReadMessage(
            "x12/TA1", "automatic", interchange=interchange, place=told.place,
            values=read_interchange_answer(told), counted=1,
        )  # fmt: skip


def _message(found: TransactionSet, part: int, findings: Findings) -> ReadMessage:
    lane = SETS.get(found.kind, ("other", ""))[0]
    grammar = GRAMMARS.get(found.kind)
    purpose, order = "", None
    quoted: dict[str, str] = {}
    values: Return | Answer | None = None
    if grammar is not None:
        builder = OrderBuilder(part, findings)
        _read_order(builder, found, grammar, findings)
        purpose = builder.head.value("purpose")
        known = GROCERY_PURPOSE if found.kind == "875" else PURPOSE
        lane = lane_of(lane, purpose, known, SILENT_PURPOSE, found.place, findings)
        order, quoted = builder.close(found.place, NUMBER_AT[found.kind]), builder.quoted
    elif found.kind == "180":
        values = read_return(found.segments)
    elif found.kind in ("997", "999"):
        segments = found.segments
        check_group_answer(segments, findings)
        values = read_group_answer(segments)
    elif lane not in HANDLED:
        what = words_of(f"x12/{found.kind}")[1]
        findings.add("edi-not-supported", found.place, what=what.capitalize(), format=f"x12/{found.kind}")  # fmt: skip
    faults = findings.take(*OF_MESSAGE)
    if faults:
        shape = SHAPES.get(found.kind, Shape())
        faults = located(faults, found.segments, shape, Segment.parted)
    return ReadMessage(
        f"x12/{found.kind}", lane, purpose, found.control, found.interchange, found.place, order, found.group,
        found.version, found.declared, found.counted, faults, values, quoted,
    )  # fmt: skip


def _read_order(
    order: OrderBuilder, found: TransactionSet, grammar: Grammar, findings: Findings
) -> None:
    segments = found.segments
    parted = areas(segments, grammar)
    for segment in segments:
        if segment.tag not in grammar.known and segment.tag not in ("ST", "SE"):
            findings.add("edi-segment-unknown", segment.place, tag=segment.tag)
    if not any(s.tag == grammar.beginning for s in parted.header):
        findings.add("edi-segment-missing", found.place, tag=grammar.beginning)
    for line in parted.lines:
        read_line(order, line)
    read_header(order, parted)
