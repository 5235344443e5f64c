"""Cuts EDIFACT text into segments, interchange by interchange, in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extraction.edi.codes import code_set
from extraction.edi.decoding import readable
from extraction.edi.edifact.service import HEAD, Service, from_una, from_unb
from extraction.edi.source import Source, is_released

CHARSETS = {
    "UNOA": "latin-1", "UNOB": "latin-1", "UNOC": "latin-1", "UNOD": "iso8859-2", "UNOE": "iso8859-5",
    "UNOF": "iso8859-7", "UNOG": "iso8859-3", "UNOH": "iso8859-4", "UNOI": "iso8859-6", "UNOJ": "iso8859-8",
    "UNOK": "iso8859-9", "UNOL": "iso8859-15", "UNOW": "utf-8", "UNOX": "iso2022_jp", "UNOY": "utf-8",
}  # fmt: skip
"""Syntax identifier 0001 -> character set."""

TAGS = code_set(
    "UNA UNB UNZ UNG UNE UNH UNT UNS BGM DTM PAI ALI IMD FTX GIR RFF NAD LOC FII DOC CTA COM TAX MOA CUX PAT PCD TDT"
    " TOD EQD SCC APR RNG ALC QTY PRI RTE PIA LIN QVR GIN MEA PAC PCI HAN CNT CPS STS AJT CST RCS EQA EQN DGS AGR BUS"
    " HYN CCI CAV PIT DLM INV TMP SEL ERC UCI UCM UCS UCD PYT RJL GIS SGP"
)
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


def segments(pieces: Iterable[str]) -> Iterator[Segment]:
    """Every segment of text taken byte by byte (Latin-1); UNA itself is not one, it changes what follows.

    Raises Unreadable("edi-segment-too-long").
    """
    source = Source(pieces)
    service = Service()
    declared = False
    charset = "latin-1"
    number = 0
    while source.skip_blank():
        start = source.peek(4)
        if start[:3] == "UNA" and not start[3:].isalnum():
            found = from_una(_straight(source.peek(HEAD)))
            service, length = found or (Service(unusual="the UNA segment is broken"), 9)
            source.skip(length)
            declared = True
            continue
        if start[:3] == "UNB":
            head = source.peek(HEAD)
            if not declared:
                service = from_unb(head)
            declared = False
            charset = CHARSETS.get(head[4:8].upper(), "latin-1")
        piece, _ = source.take(service.segment, service.release)
        for text, repaired in _parted(piece, service):
            number += 1
            yield _segment(number, text, service, charset, repaired)


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


def _segment(number: int, text: str, service: Service, charset: str, repaired: str) -> Segment:
    recoded = ""
    if not text.isascii():
        content = text.encode("latin-1", "replace")
        recoded = "" if charset == "utf-8" else _utf8(content)
        text = readable(text, recoded or charset)
    if "\n" in text or "\r" in text:
        text = re.sub(r"[\r\n]+", "", text)
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
    if not release or release not in text:
        return text.split(separator)
    parts: list[str] = []
    start = at = 0
    while (at := text.find(separator, at)) >= 0:
        if not is_released(text, at, release, start):
            parts.append(text[start:at])
            start = at + 1
        at += 1
    parts.append(text[start:])
    return parts


def _plain(text: str, release: str) -> str:
    """Text without its release characters."""
    if not release or release not in text:
        return text
    return re.sub(re.escape(release) + r"(.)", r"\1", text, flags=re.DOTALL)
