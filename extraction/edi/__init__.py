"""Electronic orders: X12, EDIFACT and the XML families, by content alone, to ReadOrders with evidence."""

from __future__ import annotations

from extraction.edi.answers import Answer, Judged, Told
from extraction.edi.embedded import read_embedded
from extraction.edi.faults import Fault
from extraction.edi.read import EdiStream, read_any, read_stream
from extraction.edi.returns import Return, ReturnLine
from extraction.edi.sniff import sniff
from extraction.edi.values import (
    EdiReading,
    Endpoint,
    Interchange,
    MessageGroup,
    ReadMessage,
    Sniffed,
)

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
]
