"""Reads X12 and EDIFACT that we wrote with our own tokenizers: rows of segments, and the envelopes as read."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from core.inbound.envelopes import Envelopes, MessageEntry
from extraction.edi import EdiReading, read_any
from extraction.edi.edifact import segments as edifact
from extraction.edi.source import blocks, bytewise, decoded
from extraction.edi.x12 import segments as x12


def x12_rows(content: bytes) -> list[tuple[str, ...]]:
    """Every segment as its tag and elements."""
    batches = x12.batches(decoded(blocks(io.BytesIO(content))))
    return [
        x12.segment(text, 0, batch.delimiters).elements for batch in batches for text in batch.texts
    ]


def edifact_rows(content: bytes) -> list[tuple[tuple[str, ...], ...]]:
    """Every segment (UNA is none) as its elements, each as its components, releases removed."""
    batches = edifact.batches(bytewise(blocks(io.BytesIO(content))))
    return [
        edifact.segment(text, 0, batch.service, batch.charset).elements
        for batch in batches
        for text in batch.texts
    ]


def body(content: bytes) -> list[str]:
    """The segments of the one message between its header and trailer, as rows without their ends."""
    text = content.decode("latin-1")
    rows = [row.rstrip("~'") for row in text.splitlines()]
    first = next(n for n, row in enumerate(rows) if row[:3] in ("ST*", "UNH"))
    last = next(n for n, row in enumerate(rows) if row[:3] in ("SE*", "UNT"))
    return rows[first + 1 : last]


def reading(content: bytes) -> EdiReading:
    found = read_any(content, 1)
    assert found is not None
    return found


def envelopes(content: bytes) -> Envelopes:
    found = reading(content)
    return Envelopes(
        found.interchanges,
        found.groups,
        tuple(
            MessageEntry(
                m.format, m.lane, m.purpose, m.control, m.version, m.interchange, m.group, m.place, -1,
                m.declared, m.counted, m.faults,
            )
            for m in found.messages
        ),
    )  # fmt: skip


def findings(content: bytes) -> set[str]:
    """What our reader notes of the file, besides that it is nothing that a supplier is sent."""
    return {f.code for f in reading(content).findings} - {"edi-not-an-order", "edi-not-supported"}


def loops(rows: list[Any], tag: str, tag_of: Callable[[Any], str]) -> list[list[Any]]:
    """Each segment with this tag and those that follow it up to the next."""
    found: list[list[Any]] = []
    for row in rows:
        if tag_of(row) == tag:
            found.append([row])
        elif found:
            found[-1].append(row)
    return found
