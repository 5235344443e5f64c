"""Electronic orders: X12, EDIFACT and the XML families, by content alone, to ReadOrders with evidence."""

from __future__ import annotations

from core.inbound.envelopes import Endpoint, Fault, Interchange, MessageGroup
from extraction.edi.answers import Answer, Judged, Told
from extraction.edi.embedded import read_embedded
from extraction.edi.read import EdiStream, read_any, read_stream
from extraction.edi.returns import Return, ReturnLine
from extraction.edi.sniff import sniff, sniff_file
from extraction.edi.values import EdiReading, ReadMessage, Sniffed

__all__ = [
    "Answer",
    "EdiReading",
    "EdiStream",
    "Endpoint",
    "Fault",
    "Interchange",
    "Judged",
    "MessageGroup",
    "ReadMessage",
    "Return",
    "ReturnLine",
    "Sniffed",
    "Told",
    "read_any",
    "read_embedded",
    "read_stream",
    "sniff",
    "sniff_file",
]
