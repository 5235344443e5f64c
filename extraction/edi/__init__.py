"""Electronic orders: X12, EDIFACT and the XML families, by content alone, to ReadOrders with evidence."""

from __future__ import annotations

from extraction.edi.embedded import read_embedded
from extraction.edi.read import read_any
from extraction.edi.sniff import sniff
from extraction.edi.values import (
    EdiReading,
    Endpoint,
    Interchange,
    ReadMessage,
    Sniffed,
)

__all__ = [
    "EdiReading",
    "Endpoint",
    "Interchange",
    "ReadMessage",
    "Sniffed",
    "read_any",
    "read_embedded",
    "sniff",
]
