"""The raw text of an interchange as rows: each segment or line with its names, its marks and what was noticed there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.inbound.envelopes import Fault
from extraction.edi.explained import Explained, explain
from extraction.edi.findings import SENTENCES

MOST_BYTES = 4_000_000
WINDOW = 200
_SEGMENT = re.compile(r"segment (\d+)")
_LINE = re.compile(r"line (\d+)")


@dataclass(frozen=True, slots=True)
class RawRow:
    """number: of the segment or line. remarks: what was noticed exactly here; loud: one of them is a fault."""

    number: int
    name: str
    text: str
    parts: tuple[Explained, ...]
    remarks: tuple[str, ...]
    loud: bool


@dataclass(frozen=True, slots=True)
class RawText:
    """first: number of the first row. further: whether rows follow. too_large: nothing is shown, only offered."""

    rows: tuple[RawRow, ...] = ()
    first: int = 1
    further: bool = False
    too_large: bool = False


def raw_text(
    content: bytes, first: int, faults: Iterable[Fault], findings: Iterable[Mapping[str, str]]
) -> RawText:
    """WINDOW rows from number `first` on."""
    if len(content) > MOST_BYTES:
        return RawText(too_large=True)
    findings = list(findings)
    remarks, loud = _by_place(faults, findings)
    segments = explain(content, first, WINDOW + 1)
    if segments or (first > 1 and explain(content, 1, 1)):
        rows = [
            RawRow(s.number, s.name, s.raw, s.parts, remarks.get(s.number, ()), s.number in loud)
            for s in segments
        ]
        return RawText(tuple(rows[:WINDOW]), first, len(rows) > WINDOW)
    lines = content.decode("utf-8", "replace").splitlines()
    by_line = _by_line(findings)
    shown = lines[first - 1 : first - 1 + WINDOW]
    return RawText(
        tuple(
            RawRow(n, "", line[:4000], (), by_line.get(n, ()), n in by_line)
            for n, line in enumerate(shown, first)
        ),
        first,
        len(lines) > first - 1 + WINDOW,
    )


def said_of(fault: Fault, findings: Iterable[Mapping[str, str]]) -> str:
    """The sentence that reading noted for this fault, here or as the only one of its kind; without one, what its code
    means in general."""
    alike = [finding for finding in findings if finding.get("code") == fault.finding]
    for finding in alike:
        here = _SEGMENT.search(finding.get("place", ""))
        if not fault.segment or (here and int(here[1]) == fault.segment):
            return finding.get("text", "")
    if len(alike) == 1:
        return alike[0].get("text", "")
    known = SENTENCES.get(fault.finding)
    general = re.sub(r"\s*\{\w+\}", " …", known[1]) if known else fault.finding.replace("-", " ")
    return general.removeprefix(" ")


def _by_place(
    faults: Iterable[Fault], findings: Iterable[Mapping[str, str]]
) -> tuple[dict[int, tuple[str, ...]], set[int]]:
    """Sentences by segment, and the segments that a fault is about."""
    found: dict[int, dict[str, None]] = {}
    for finding in findings:
        here = _SEGMENT.search(finding.get("place", ""))
        if here:
            found.setdefault(int(here[1]), {})[finding.get("text", "")] = None
    loud = {fault.segment for fault in faults if fault.segment}
    return {number: tuple(texts) for number, texts in found.items()}, loud


def _by_line(findings: Iterable[Mapping[str, str]]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for finding in findings:
        here = _LINE.search(finding.get("place", ""))
        if here:
            number = int(here[1])
            found[number] = (*found.get(number, ()), finding.get("text", ""))
    return found
