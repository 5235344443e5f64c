"""EDIFACT bytes -> every message as a ReadMessage."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.edi.edifact.codes import FUNCTION, MESSAGES, SILENT_FUNCTION
from extraction.edi.edifact.envelope import Envelope, Message
from extraction.edi.edifact.grammar import areas
from extraction.edi.edifact.header import read_header
from extraction.edi.edifact.lines import is_component, read_line
from extraction.edi.edifact.segments import TAGS, segments
from extraction.edi.findings import Findings
from extraction.edi.order import OrderBuilder
from extraction.edi.purpose import lane_of
from extraction.edi.source import chunks
from extraction.edi.values import Interchange, ReadMessage

ORDERS = ("ORDERS", "ORDCHG")


def messages(
    content: bytes, part: int, findings: Findings, interchanges: list[Interchange]
) -> Iterator[ReadMessage]:
    """Each message as its trailer is met; `interchanges` and `findings` fill on the way.

    Raises Unreadable("edi-segment-too-long").
    """
    envelope = Envelope(findings)
    envelope.interchanges = interchanges
    for found in envelope.messages(segments(chunks(content))):
        yield _message(found, part, findings)


def _message(found: Message, part: int, findings: Findings) -> ReadMessage:
    lane = MESSAGES.get(found.kind, ("other", ""))[0]
    form = f"edifact/{found.kind or 'unknown'}"
    if found.kind not in ORDERS:
        return ReadMessage(form, lane, "", found.control, found.interchange, found.place)
    order = OrderBuilder(part, findings)
    parted = areas(found.segments)
    for s in found.segments:
        if s.tag not in TAGS:
            findings.add("edi-segment-unknown", s.place, tag=s.tag)
    for line in parted.lines:
        if is_component(line):
            findings.add("edi-sublines", line[0].place, count=1)
        else:
            read_line(order, line)
    read_header(order, parted, found.kind)
    purpose = order.head.value("purpose")
    lane = lane_of(lane, purpose, FUNCTION, SILENT_FUNCTION, found.place, findings)
    read = order.close(found.place, "BGM 1004")
    return ReadMessage(form, lane, purpose, found.control, found.interchange, found.place, read)
