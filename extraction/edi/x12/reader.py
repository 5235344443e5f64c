"""X12 bytes -> every transaction set as a ReadMessage."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.edi.decoding import is_utf8
from extraction.edi.findings import Findings
from extraction.edi.order import OrderBuilder
from extraction.edi.purpose import lane_of
from extraction.edi.source import chunks
from extraction.edi.values import Interchange, ReadMessage
from extraction.edi.x12.codes import PURPOSE, SETS, SILENT_PURPOSE
from extraction.edi.x12.envelope import Envelope, TransactionSet
from extraction.edi.x12.grammar import GRAMMARS, areas
from extraction.edi.x12.header import read_header
from extraction.edi.x12.lines import read_line
from extraction.edi.x12.segments import segments


def messages(
    content: bytes, part: int, findings: Findings, interchanges: list[Interchange]
) -> Iterator[ReadMessage]:
    """Each message as its trailer is met; `interchanges` and `findings` fill on the way.

    Raises Unreadable("edi-delimiters"), Unreadable("edi-segment-too-long").
    """
    envelope = Envelope(findings)
    envelope.interchanges = interchanges
    charset = "utf-8" if is_utf8(content) else "cp1252"
    for found in envelope.sets(segments(chunks(content, charset))):
        yield _message(found, part, findings)
    if envelope.acknowledgements:
        yield ReadMessage("x12/TA1", "automatic")


def _message(found: TransactionSet, part: int, findings: Findings) -> ReadMessage:
    lane = SETS.get(found.kind, ("other", ""))[0]
    grammar = GRAMMARS.get(found.kind)
    form = f"x12/{found.kind}"
    if grammar is None:
        return ReadMessage(form, lane, "", found.control, found.interchange, found.place)
    order = OrderBuilder(part, findings)
    parted = areas(found.segments, grammar)
    for segment in found.segments:
        if segment.tag not in grammar.known and segment.tag not in ("ST", "SE"):
            findings.add("edi-segment-unknown", segment.place, tag=segment.tag)
    for line in parted.lines:
        read_line(order, line)
    read_header(order, parted)
    purpose = order.head.value("purpose")
    lane = lane_of(lane, purpose, PURPOSE, SILENT_PURPOSE, found.place, findings)
    where = {"850": "BEG03", "860": "BCH03", "875": "G5003"}[found.kind]
    read = order.close(found.place, where)
    return ReadMessage(form, lane, purpose, found.control, found.interchange, found.place, read)
