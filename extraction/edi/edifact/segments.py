"""Cuts EDIFACT text into segments, interchange by interchange, in one pass; elements are only parted when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extraction.edi.codes import code_set
from extraction.edi.decoding import readable
from extraction.edi.edifact.service import HEAD, Service, from_una, from_unb
from extraction.edi.source import CHUNK, FIRST, Source, rejoined

CHARSETS = {
    "UNOA": "cp1252", "UNOB": "cp1252", "UNOC": "cp1252", "UNOD": "iso8859-2", "UNOE": "iso8859-5",
    "UNOF": "iso8859-7", "UNOG": "iso8859-3", "UNOH": "iso8859-4", "UNOI": "iso8859-6", "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9", "UNOL": "iso8859-15", "UNOW": "utf-8", "UNOX": "iso2022_jp", "UNOY": "utf-8",
}  # fmt: skip
"""Syntax identifier 0001 -> character set; Windows-1252 holds all of ISO 8859-1 that is printed."""

TAGS = code_set(
    "UNA UNB UNZ UNG UNE UNH UNT UNS BGM DTM PAI ALI IMD FTX GIR RFF NAD LOC FII DOC CTA COM TAX MOA CUX PAT PCD TDT"
    " TOD EQD SCC APR RNG ALC QTY PRI RTE PIA LIN QVR GIN MEA PAC PCI HAN CNT CPS STS AJT CST RCS EQA EQN DGS AGR BUS"
    " HYN CCI CAV PIT DLM INV TMP SEL ERC UCI UCM UCS UCD PYT RJL GIS SGP"
)
_EDGES = " \t\r\n\f\v\x00\x1a"
_HEADS = frozenset({"UNA", "UNB", "\u00ef\u00bb\u00bf"})
_ODD = re.compile(r"[\r\n`]")
_LINE_ENDS = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_CURLY = ("\u00e2\u0080\u0099", "\u0092", "\u00b4")
_FUSED = re.compile(
    r"(?:\u00e2\u0080\u0099|\u0092|\u00b4|`)\s*(?=[A-Z]{3}[+:])|[\r\n]+\s*(?=[A-Z]{3}\+)"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """number: place in the file from 1. elements: [0] is ("BGM",); each a tuple of components, releases removed.

    repaired: "" or what was done to it ("joined", "quotes"). recoded: the character set that had to be taken instead.
    """

    number: int
    elements: tuple[tuple[str, ...], ...]
    raw: str
    service: Service
    repaired: str = ""
    recoded: str = ""

    @property
    def tag(self) -> str:
        return self.elements[0][0]

    def get(self, element: int, component: int = 1) -> str:
        """Component by its place in the standard, trimmed; "" when absent."""
        if element >= len(self.elements) or component > len(self.elements[element]):
            return ""
        return self.elements[element][component - 1].strip()

    def all(self, element: int) -> tuple[str, ...]:
        """All components of an element."""
        return self.elements[element] if element < len(self.elements) else ()

    @property
    def place(self) -> str:
        return f"segment {self.number}"


@dataclass(frozen=True, slots=True)
class Batch:
    """Segments as texts under one service string; `first` is the number of the first in the file.

    repaired: number -> what was done to it.
    """

    service: Service
    charset: str
    first: int
    texts: list[str]
    repaired: dict[int, str]


def batches(pieces: Iterable[str]) -> Iterator[Batch]:
    """Every segment of text taken byte by byte (Latin-1); UNA itself is not one, it changes what follows.

    Raises Unreadable("edi-segment-too-long").
    """
    source = Source(pieces)
    service = Service()
    declared = wrapped = False
    charset = "cp1252"
    number, most = 1, FIRST
    while source.skip_blank():
        start = source.peek(4)
        if start[:3] == "UNA" and not start[3:].isalnum():
            found = from_una(_straight(source.peek(HEAD)))
            service, length = found or (Service(unusual="the UNA segment is broken"), 9)
            source.skip(length)
            declared, most = True, FIRST
            continue
        if start[:3] == "UNB":
            head, most = source.peek(HEAD), FIRST
            if not declared:
                service = from_unb(head)
            declared = False
            charset = CHARSETS.get(head[4:8].upper(), "cp1252")
            wrapped = _is_wrapped(source.peek(1000), service.segment)
        batch = _batch(source, service, charset, number, "" if wrapped else " ", most)
        number += len(batch.texts)
        most = min(most * 2, CHUNK)
        yield batch


def _is_wrapped(head: str, end: str) -> bool:
    """Whether the text is broken at a fixed column rather than behind each segment."""
    rows = head.replace("\r", "").split("\n")[:-1]
    return (
        len(rows) > 1
        and end not in "\r\n"
        and len({len(row) for row in rows[1:]}) == 1
        and any(not row.endswith(end) for row in rows)
    )


def _batch(
    source: Source, service: Service, charset: str, number: int, between: str, most: int
) -> Batch:
    """What is read already, up to the next UNA or UNB, which may declare other separators."""
    raw = source.pieces(service.segment, service.release, most)
    texts = [text for piece in raw if (text := piece.strip(_EDGES))]
    if _is_plain("".join(texts)):
        return Batch(service, charset, number, texts, {})
    texts = []
    repaired: dict[int, str] = {}
    for n, piece in enumerate(raw):
        text = piece.strip(_EDGES)
        if not text:
            continue
        start = text[:3]
        if n and start in _HEADS and not text[3:4].isalnum():
            source.give_back(service.segment.join(raw[n:]) + service.segment)
            break
        if text.isascii() and not _ODD.search(text):
            texts.append(text)
            continue
        for part, how in _parted(text, service):
            if how:
                repaired[number + len(texts)] = how
            texts.append(_LINE_ENDS.sub(between, part))
    return Batch(service, charset, number, texts, repaired)


def _is_plain(joined: str) -> bool:
    """Whether the segments need no repair and, behind the first, hold nothing like another header."""
    return (
        joined.isascii()
        and not _ODD.search(joined)
        and joined.find("UNB", 3) < 0
        and joined.find("UNA", 3) < 0
    )


def _straight(head: str) -> str:
    """The head with a typographic apostrophe as UNA's segment end made a plain one."""
    for curly in _CURLY:
        if head[8:].startswith(curly):
            return head[:8] + "'" + head[8 + len(curly) :]
    return head


def _parted(piece: str, service: Service) -> Iterator[tuple[str, str]]:
    """The one segment of a piece, or several where its end was lost before a known one."""
    piece = piece.strip(" \t\r\n\x00\x1a")
    start = 0
    repaired = ""
    for seam in _FUSED.finditer(piece):
        tag = piece[seam.end() : seam.end() + 3]
        if seam.start() == start or tag not in TAGS:
            continue
        yield piece[start : seam.start()].strip(), repaired
        repaired = "joined" if seam[0].isspace() else "quotes"
        start = seam.end()
    rest = piece[start:].strip()
    if rest.endswith(_CURLY):
        rest = rest.removesuffix(_CURLY[0]).removesuffix(_CURLY[1]).removesuffix(_CURLY[2])
        repaired = "quotes"
    if rest:
        yield rest, repaired


def segment(text: str, number: int, service: Service, charset: str, repaired: str = "") -> Segment:
    recoded = ""
    if not text.isascii():
        content = text.encode("latin-1", "replace")
        recoded = "" if charset == "utf-8" else _utf8(content)
        text = readable(text, recoded or charset)
    elements = components(text, service)
    tag = elements[0][0].strip().upper()
    return Segment(
        number, ((tag, *elements[0][1:]), *elements[1:]), text, service, repaired, recoded
    )


def components(text: str, service: Service) -> tuple[tuple[str, ...], ...]:
    """A segment's elements, each as its components, release characters removed."""
    if not service.release or service.release not in text:
        return tuple([tuple(e.split(service.component)) for e in text.split(service.element)])
    return tuple(
        tuple(_plain(c, service.release) for c in _split(e, service.component, service.release))
        for e in _split(text, service.element, service.release)
    )


def _utf8(content: bytes) -> str:
    """ "utf-8" when the bytes are that, against what UNB says."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def _split(text: str, separator: str, release: str) -> list[str]:
    """Split where the separator is not released."""
    pieces = text.split(separator)
    return rejoined(pieces, separator, release) if release and release in text else pieces


def _plain(text: str, release: str) -> str:
    """Text without its release characters."""
    if not release or release not in text:
        return text
    return re.sub(re.escape(release) + r"(.)", r"\1", text, flags=re.DOTALL)
