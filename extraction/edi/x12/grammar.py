"""Where the header of an order message ends, each line begins, and the summary starts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from extraction.edi.codes import code_set
from extraction.edi.x12.segments import Segment


@dataclass(frozen=True, slots=True)
class Grammar:
    """`known`: every segment the message may hold; others are reported, not read.

    stead: a segment that some write where `line` belongs; it is reported, and read as a line.
    """

    beginning: str
    line: str
    summary: frozenset[str]
    known: frozenset[str]
    stead: str = ""


@dataclass(frozen=True, slots=True)
class Areas:
    header: tuple[Segment, ...]
    lines: tuple[tuple[Segment, ...], ...]
    summary: tuple[Segment, ...]


_COMMON = "CUR REF PER TAX FOB CTP PAM CSH SAC ITA ITD DIS INC DTM LDT LIN SI PID MEA PWK PKG TD1 TD3 TD4 TD5 MAN TXI CTB N1 N2 N3 N4 NX2 N9 MSG MTX NTE LM LQ SPI PO3 PO4 SLN SDQ SCH IT3 IT8 CTT AMT FA1 FA2 ADV QTY LS LE PCT PD SLN TC2 AMT RRA SHP G53 CN1 DIS INC TDS CSS IN2 G61 TAX R2 R2A BV EFI CB1 SR PMD DED OTI"  # fmt: skip

GRAMMARS = {
    "850": Grammar("BEG", "PO1", frozenset({"CTT"}), code_set(f"BEG PO1 {_COMMON}")),
    "860": Grammar("BCH", "POC", frozenset({"CTT"}), code_set(f"BCH POC {_COMMON}"), "PO1"),
    "875": Grammar(
        "G50",
        "G68",
        frozenset({"G76"}),
        code_set(f"G50 G62 G66 G23 G25 G61 G68 G69 G70 G72 G73 G76 G21 G88 {_COMMON}"),
    ),
}


def areas(segments: tuple[Segment, ...], grammar: Grammar) -> Areas:
    """Part the body of one message (ST and SE left out) into header, one tuple per line, and summary."""
    starts = {grammar.line, grammar.stead or grammar.line}
    header: list[Segment] = []
    lines: list[list[Segment]] = []
    summary: list[Segment] = []
    for segment in segments:
        if segment.tag in ("ST", "SE"):
            continue
        if segment.tag in starts:
            lines.append([segment])
        elif summary or segment.tag in grammar.summary:
            summary.append(segment)
        elif lines:
            lines[-1].append(segment)
        else:
            header.append(segment)
    return Areas(tuple(header), tuple(map(tuple, lines)), tuple(summary))


def loops(
    segments: tuple[Segment, ...], start: str, inner: frozenset[str]
) -> Iterator[tuple[Segment, ...]]:
    """Each `start` segment with the `inner` ones that follow it directly."""
    loop: list[Segment] = []
    for segment in segments:
        if segment.tag == start:
            if loop:
                yield tuple(loop)
            loop = [segment]
        elif loop and segment.tag in inner:
            loop.append(segment)
        elif loop:
            yield tuple(loop)
            loop = []
    if loop:
        yield tuple(loop)
