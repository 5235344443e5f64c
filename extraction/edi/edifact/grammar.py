"""Where the header of an order message ends, each line begins, the summary starts, and inner groups open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extraction.edi.edifact.segments import Segment

GROUP_STARTS = frozenset("RFF NAD CTA TAX CUX PAT TDT TOD PAC SCC APR ALC RCS DGS EQD STS LOC PRI AJT HYN".split())
"""Segments that open a group of their own inside the header or a line."""

MEMBERS = {
    "NAD": frozenset("NAD LOC FII RFF DTM DOC CTA COM".split()),
    "SCC": frozenset("SCC FTX RFF QTY DTM".split()),
    "LOC": frozenset("LOC QTY PCD DTM".split()),
    "RFF": frozenset("RFF DTM".split()),
    "ALC": frozenset("ALC ALI DTM QTY RNG PCD MOA RTE TAX".split()),
    "PAC": frozenset("PAC MEA QTY DTM RFF PCI GIN".split()),
    "PAT": frozenset("PAT DTM PCD MOA".split()),
    "TDT": frozenset("TDT LOC DTM".split()),
    "TOD": frozenset("TOD LOC".split()),
    "CUX": frozenset("CUX PCD DTM".split()),
    "PRI": frozenset("PRI CUX APR RNG DTM".split()),
    "TAX": frozenset("TAX MOA LOC".split()),
}


@dataclass(frozen=True, slots=True)
class Areas:
    header: tuple[Segment, ...]
    lines: tuple[tuple[Segment, ...], ...]
    summary: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its opening segment and the members that follow; `head` "" holds what stands in no group."""

    head: str
    segments: tuple[Segment, ...]


def areas(segments: tuple[Segment, ...]) -> Areas:
    header: list[Segment] = []
    lines: list[list[Segment]] = []
    summary: list[Segment] = []
    after_lines = False
    for s in segments:
        if s.tag in ("UNH", "UNT"):
            continue
        if s.tag == "UNS":
            after_lines = s.get(1) == "S" or bool(lines)
        elif s.tag == "LIN":
            lines.append([s])
            after_lines = False
        elif after_lines or s.tag == "CNT":
            summary.append(s)
        elif lines:
            lines[-1].append(s)
        else:
            header.append(s)
    return Areas(tuple(header), tuple(map(tuple, lines)), tuple(summary))


def groups(segments: tuple[Segment, ...]) -> Iterator[Group]:
    """The segments parted into groups in their order; a segment that is no member closes the group before it."""
    head, inside = "", []
    for s in segments:
        if s.tag in MEMBERS and (not head or s.tag not in MEMBERS[head] or s.tag == head):
            if inside:
                yield Group(head, tuple(inside))
            head, inside = s.tag, [s]
        elif head and s.tag not in MEMBERS[head]:
            yield Group(head, tuple(inside))
            head, inside = "", [s]
        else:
            inside.append(s)
    if inside:
        yield Group(head, tuple(inside))
