"""Where the header of an order message ends, each line begins, the summary starts, and inner groups open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extraction.edi.codes import code_set
from extraction.edi.edifact.segments import Segment

MEMBERS = {
    "NAD": code_set("NAD LOC FII RFF DTM DOC CTA COM"),
    "SCC": code_set("SCC FTX RFF QTY DTM"),
    "LOC": code_set("LOC QTY PCD DTM"),
    "RFF": code_set("RFF DTM"),
    "ALC": code_set("ALC ALI DTM QTY RNG PCD MOA RTE TAX"),
    "PAC": code_set("PAC MEA QTY DTM RFF PCI GIN"),
    "PAT": code_set("PAT DTM PCD MOA"),
    "TDT": code_set("TDT LOC DTM"),
    "TOD": code_set("TOD LOC"),
    "CUX": code_set("CUX PCD DTM"),
    "PRI": code_set("PRI CUX APR RNG DTM"),
    "TAX": code_set("TAX MOA LOC"),
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
    head = ""
    inside: list[Segment] = []
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
