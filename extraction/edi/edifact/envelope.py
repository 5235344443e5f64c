"""Puts segments into interchanges, groups and messages, and checks what the trailers say about them.

Numbers and counts per ISO 9735-1; codes are those of data element 0085 as a CONTRL message would name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extraction.edi.edifact.segments import CHARSETS, Segment
from extraction.edi.findings import Findings, note
from extraction.edi.values import Endpoint, Interchange

MAX_SEGMENTS = 400_000


@dataclass(frozen=True, slots=True)
class Message:
    """One UNH..UNT: kind "ORDERS", control 0062, version "D:96A" with agency, number of its interchange."""

    kind: str
    control: str
    version: str
    interchange: int
    segments: tuple[Segment, ...]

    @property
    def place(self) -> str:
        return self.segments[0].place


@dataclass(slots=True)
class _Open:
    """What is open at a level, and how much came inside."""

    header: Segment
    inside: int = 0
    controls: set[str] = field(default_factory=set)


class Envelope:
    """Reads one file's segments; `interchanges` fills while the messages are taken."""

    def __init__(self, findings: Findings) -> None:
        self.interchanges: list[Interchange] = []
        self._findings = findings
        self._unb: _Open | None = None
        self._ung: _Open | None = None
        self._message: list[Segment] = []
        self._numbers: set[tuple[str, str, str]] = set()
        self._controls: set[str] = set()

    def messages(self, segments: Iterable[Segment]) -> Iterator[Message]:
        for segment in segments:
            self._repairs(segment)
            if segment.tag == "UNT" and self._message:
                self._message.append(segment)
                yield self._closed(segment)
            elif segment.tag in _SERVICE:
                if self._message:
                    yield self._closed(None)
                _SERVICE[segment.tag](self, segment)
            elif self._message:
                if len(self._message) < MAX_SEGMENTS:
                    self._message.append(segment)
            else:
                self._findings.add("edi-stray-segment", segment.place, tag=segment.tag)
        if self._message:
            yield self._closed(None)
        self._end_group()
        self._end_interchange()

    def _repairs(self, segment: Segment) -> None:
        if segment.repaired == "joined":
            self._findings.add("edi-repair-joined", segment.place, tag=segment.tag)
        elif segment.repaired:
            self._findings.add("edi-repair-quotes")
        if segment.recoded:
            self._findings.add("edi-charset", charset=segment.recoded.upper())

    def _unb_header(self, s: Segment) -> None:
        self._end_group()
        self._end_interchange()
        self._unb = _Open(s)
        self._controls = set()
        if s.service.unusual:
            self._findings.add("edi-repair-delimiters", s.place, form=s.service.unusual)
        if s.get(1).upper() not in CHARSETS:
            self._findings.add("edi-charset", s.place, charset="ISO 8859-1")
        test = s.get(11) == "1"
        if test:
            self._findings.add("edi-test", s.place, mark="UNB 0035 1")
        key = (s.get(2), s.get(3), s.get(5))
        if key in self._numbers:
            self._findings.add(
                "edi-duplicate-number", s.place, number=s.get(5), header="UNB 0020", code=note("0085 code 26")
            )  # fmt: skip
        self._numbers.add(key)
        self.interchanges.append(
            Interchange(
                "edifact", ":".join(t for t in (s.get(1), s.get(1, 2)) if t),
                _endpoint(s, 2), _endpoint(s, 3), s.get(5), test,
            )
        )  # fmt: skip

    def _ung_header(self, s: Segment) -> None:
        self._end_group()
        self._ung = _Open(s)
        if self._unb is not None:
            self._unb.inside += 1

    def _unh(self, s: Segment) -> None:
        self._message = [s]
        if self._ung is not None:
            self._ung.inside += 1
        elif self._unb is not None:
            self._unb.inside += 1
        if s.get(1) in self._controls:
            self._findings.add(
                "edi-duplicate-number", s.place, number=s.get(1), header="UNH 0062", code=note("0085 code 26")
            )  # fmt: skip
        self._controls.add(s.get(1))

    def _closed(self, trailer: Segment | None) -> Message:
        opened, self._message = self._message, []
        header = opened[0]
        if trailer is None:
            self._findings.add(
                "edi-message-unclosed", header.place, trailer="UNT", code=note("0085 code 13")
            )
        else:
            self._count("edi-message", "UNT", trailer, len(opened))
            self._number("edi-message", "UNH", header.get(1), "UNT", trailer)
        version = ":".join(t for t in header.all(2)[1:] if t)
        return Message(
            header.get(2).upper(), header.get(1), version, max(len(self.interchanges) - 1, 0), tuple(opened)
        )  # fmt: skip

    def _unt(self, s: Segment) -> None:
        self._findings.add("edi-stray-segment", s.place, tag="UNT")

    def _une(self, s: Segment) -> None:
        group, self._ung = self._ung, None
        if group is None:
            self._findings.add("edi-stray-segment", s.place, tag="UNE")
            return
        self._count("edi-group", "UNE", s, group.inside)
        self._number("edi-group", "UNG", group.header.get(5), "UNE", s)

    def _unz(self, s: Segment) -> None:
        self._end_group()
        opened, self._unb = self._unb, None
        if opened is None:
            self._findings.add("edi-stray-segment", s.place, tag="UNZ")
            return
        self._count("edi-interchange", "UNZ", s, opened.inside)
        self._number("edi-interchange", "UNB", opened.header.get(5), "UNZ", s)

    def _end_group(self) -> None:
        if self._ung is not None:
            self._ung = None
            self._findings.add("edi-cut", trailer="UNE", code=note("0085 code 13"))

    def _end_interchange(self) -> None:
        if self._unb is not None:
            self._unb = None
            self._findings.add("edi-cut", trailer="UNZ", code=note("0085 code 13"))

    def _count(self, kind: str, trailer: str, s: Segment, found: int) -> None:
        declared = s.get(1)
        if declared.lstrip("0") != str(found):
            self._findings.add(
                f"{kind}-count", s.place, trailer=trailer, declared=declared, found=found, code=note("0085 code 29")
            )  # fmt: skip

    def _number(self, kind: str, header: str, declared: str, trailer: str, s: Segment) -> None:
        if s.get(2) != declared:
            self._findings.add(
                f"{kind}-number", s.place, header=header, declared=declared, trailer=trailer, found=s.get(2),
                code=note("0085 code 28"),
            )  # fmt: skip


_SERVICE = {
    "UNB": Envelope._unb_header,
    "UNG": Envelope._ung_header,
    "UNH": Envelope._unh,
    "UNT": Envelope._unt,
    "UNE": Envelope._une,
    "UNZ": Envelope._unz,
}


def _endpoint(s: Segment, element: int) -> Endpoint:
    return Endpoint(s.get(element), s.get(element, 2))
