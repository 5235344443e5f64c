"""Cuts X12 text into segments, interchange by interchange, in one pass; elements are only parted when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.errors import Unreadable
from extraction.edi.codes import code_set
from extraction.edi.source import CHUNK, FIRST, Source
from extraction.edi.x12.delimiters import BLANKS, HEAD, Delimiters, find

KNOWN = code_set(
    "ISB ISE TA1 GS GE IEA ST SE BEG BCH BCA BAK BIG BSN G50 CUR REF PER TAX FOB CTP PAM CSH SAC ITA ITD DIS INC DTM"
    " LDT LIN SI PID MEA PWK PKG TD1 TD3 TD4 TD5 MAN TXI CTB N1 N2 N3 N4 N9 MSG MTX NTE LM LQ SPI PO1 POC PO3 PO4"
    " SLN SDQ SCH IT8 CTT AMT AK1 AK2 AK3 AK4 AK5 AK9 ACK G61 G62 G66 G68 G69 G70 G72 G76 IT1 TDS CAD ISS HL SN1 PRF"
    " FA1 FA2 ADV QTY"
)


_EDGES = " \t\r\n\f\v\x00\x1a\ufeff"
_ISA = frozenset({"ISA", "isa", "Isa", "\u00ef\u00bb\u00bf"})
_GROUPED = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Segment:
    """number: place in the file from 1. elements: [0] is the tag. repaired: it had to be parted from the one before."""

    number: int
    elements: tuple[str, ...]
    raw: str
    delimiters: Delimiters
    repaired: bool = False

    @property
    def tag(self) -> str:
        return self.elements[0]

    def __getitem__(self, place: int) -> str:
        """Element by its number in the standard, trimmed; "" when absent."""
        return self.elements[place].strip(BLANKS) if place < len(self.elements) else ""

    def first(self, place: int) -> str:
        """First component of a composite element."""
        value, component = self[place], self.delimiters.component
        return value.split(component, 1)[0].strip(BLANKS) if component else value

    def parted(self) -> list[list[str]]:
        """Every element as its components, the tag first."""
        component = self.delimiters.component
        return [e.split(component) if component else [e] for e in self.elements]

    def figure(self, place: int) -> str:
        """A number with its grouping commas taken out, which X12 does not allow but senders write."""
        value = self[place]
        return value.replace(",", "") if _GROUPED.fullmatch(value) else value

    @property
    def place(self) -> str:
        return f"segment {self.number}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Segments as texts under one set of separators; `first` is the number of the first in the file.

    repaired: numbers of those that had to be parted from the one before.
    """

    delimiters: Delimiters
    first: int
    texts: list[str]
    repaired: frozenset[int] = frozenset()


def segment(text: str, number: int, delimiters: Delimiters, repaired: bool = False) -> Segment:
    elements = text.split(delimiters.element)
    elements[0] = elements[0].strip().upper()
    return Segment(number, tuple(elements), text, delimiters, repaired)


def batches(pieces: Iterable[str]) -> Iterator[Batch]:
    """All segments of every interchange, header by header with the separators that header declares.

    Raises Unreadable("edi-delimiters") when the first header cannot be trusted, Unreadable("edi-segment-too-long").
    """
    source = Source(pieces)
    delimiters: Delimiters | None = None
    wrapped = False
    number, most = 1, FIRST
    while source.skip_blank():
        if source.peek(3).upper() == "ISA":
            most = FIRST
            found = find(source.peek(HEAD))
            if found is not None:
                delimiters = found[0]
                wrapped = _is_wrapped(source.peek(1000), delimiters.segment)
        if delimiters is None:
            raise Unreadable(
                "edi-delimiters",
                "The separators of the ISA header cannot be found [TA105 code 004].",
            )
        batch = _batch(source, delimiters, wrapped, number, most)
        number += len(batch.texts)
        most = min(most * 2, CHUNK)
        yield batch


def _batch(source: Source, delimiters: Delimiters, wrapped: bool, number: int, most: int) -> Batch:
    """What is read already, up to the next interchange header, which may declare other separators."""
    end = delimiters.segment
    raw = source.pieces(end, most=most)
    texts = [text for piece in raw if (text := piece.strip(_EDGES))]
    if _is_plain("".join(texts)):
        return Batch(delimiters, number, texts)
    texts = []
    repaired: set[int] = set()
    for n, piece in enumerate(raw):
        text = piece.strip(_EDGES)
        if not text:
            continue
        if n and text[:3] in _ISA and not text[3:4].isalnum():
            source.give_back(end.join(raw[n:]) + end)
            break
        if "\n" in text or "\r" in text:
            parted = _parted(text, delimiters, wrapped)
            repaired.update(range(number + len(texts) + 1, number + len(texts) + len(parted)))
            texts += parted
        else:
            texts.append(text)
    return Batch(delimiters, number, texts, frozenset(repaired))


def _is_plain(joined: str) -> bool:
    """Whether the segments hold no line end and, behind the first, nothing like another header."""
    return (
        "\n" not in joined
        and "\r" not in joined
        and "\u00ef" not in joined
        and joined.upper().find("ISA", 3) < 0
    )


def _is_wrapped(head: str, end: str) -> bool:
    """Whether the text is broken at a fixed column rather than behind each segment."""
    rows = head.replace("\r", "").split("\n")[:-1]
    return (
        len(rows) > 1
        and end != "\n"
        and len({len(row) for row in rows}) == 1
        and any(not row.rstrip(BLANKS).endswith(end) for row in rows)
    )


def _parted(piece: str, delimiters: Delimiters, wrapped: bool) -> list[str]:
    """The one segment of a piece, or several where a segment end is missing before a line that begins a known one."""
    if wrapped:
        return [re.sub(r"[\r\n]", "", piece)]
    texts = [""]
    for row in re.split(r"[\r\n]+", piece):
        tag = row.lstrip(BLANKS).partition(delimiters.element)[0]
        if tag in KNOWN and texts[-1]:
            texts.append(row.strip(BLANKS))
        else:
            texts[-1] += row
    return texts
