"""Puts segments into interchanges, groups and transaction sets, and checks what the trailers say about them.

Numbers and counts per X12.5 (ISA/IEA, TA105 codes I18) and X12.6 (GS/GE, AK905 code 716; ST/SE, AK502 code 718).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extraction.edi.findings import Findings, note
from extraction.edi.values import Endpoint, Interchange
from extraction.edi.x12.segments import Segment

GROUP_OF = {
    "850": "PO", "860": "PC", "875": "OG", "855": "PR", "865": "CA", "856": "SH", "810": "IN", "997": "FA", "840": "RQ",
    "843": "RR", "830": "PS", "862": "SS", "846": "IB", "832": "SC", "820": "RA", "180": "AN", "876": "OG", "880": "GP",
}  # fmt: skip
MAX_SEGMENTS = 400_000


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """One ST..SE with its place: kind "850", control ST02, version of the group, number of its interchange."""

    kind: str
    control: str
    version: str
    interchange: int
    segments: tuple[Segment, ...]

    @property
    def place(self) -> str:
        return self.segments[0].place


@dataclass(slots=True)
class _Group:
    header: Segment
    sets: int = 0
    controls: set[str] = field(default_factory=set)


class Envelope:
    """Reads one file's segments; `interchanges` fills while the sets are taken."""

    def __init__(self, findings: Findings) -> None:
        self.interchanges: list[Interchange] = []
        self.acknowledgements = 0
        self._findings = findings
        self._isa: Segment | None = None
        self._group: _Group | None = None
        self._groups = 0
        self._open: list[Segment] = []
        self._numbers: set[tuple[str, str, str]] = set()

    def sets(self, segments: Iterable[Segment]) -> Iterator[TransactionSet]:
        for segment in segments:
            if segment.repaired:
                self._findings.add("edi-repair-joined", segment.place, tag=segment.tag)
            if segment.tag == "SE" and self._open:
                self._open.append(segment)
                yield self._closed(segment)
            elif segment.tag in ("ST", "ISA", "GS", "GE", "IEA"):
                if self._open:
                    yield self._closed(None)
                self._outside(segment)
            elif self._open:
                if len(self._open) < MAX_SEGMENTS:
                    self._open.append(segment)
            else:
                self._outside(segment)
        if self._open:
            yield self._closed(None)
        if self._group is not None:
            self._cut("GE", "AK905 code 3")
        if self._isa is not None:
            self._cut("IEA", "TA105 code 023")

    def _outside(self, segment: Segment) -> None:
        step = {
            "ISA": self._isa_header,
            "GS": self._gs,
            "ST": self._st,
            "GE": self._ge,
            "IEA": self._iea,
        }
        if segment.tag in step:
            step[segment.tag](segment)
        elif segment.tag == "TA1":
            self.acknowledgements += 1
        elif segment.tag not in ("ISB", "ISE"):
            self._findings.add("edi-stray-segment", segment.place, tag=segment.tag)

    def _isa_header(self, segment: Segment) -> None:
        if self._group is not None:
            self._cut("GE", "AK905 code 3")
        if self._isa is not None:
            self._cut("IEA", "TA105 code 023")
        self._group, self._groups, self._isa = None, 0, segment
        if segment.delimiters.unusual:
            self._findings.add(
                "edi-repair-delimiters", segment.place, form=segment.delimiters.unusual
            )
        test = segment[15][:1].upper() == "T"
        if test:
            self._findings.add("edi-test", segment.place, mark="ISA15 T")
        key = (segment[6], segment[8], segment[13])
        if key in self._numbers:
            self._findings.add(
                "edi-duplicate-number", segment.place, number=segment[13], header="ISA13",
                code=note("TA105 code 025"),
            )  # fmt: skip
        self._numbers.add(key)
        self.interchanges.append(
            Interchange(
                "x12", segment[12], Endpoint(segment[6], segment[5]), Endpoint(segment[8], segment[7]),
                segment[13], test,
            )
        )  # fmt: skip

    def _gs(self, segment: Segment) -> None:
        if self._group is not None:
            self._cut("GE", "AK905 code 3")
        self._group = _Group(segment)
        self._groups += 1
        if self._isa is None:
            return
        for end, mine, theirs in (("sender", 6, 2), ("receiver", 8, 3)):
            if self._isa[mine] != segment[theirs]:
                self._findings.add(
                    "edi-ids-differ", segment.place, end=end, envelope=self._isa[mine], group=segment[theirs]
                )  # fmt: skip
        if self._isa[12] and not segment[8].startswith(_major(self._isa[12])):
            self._findings.add(
                "edi-version", segment.place, envelope=self._isa[12], group=segment[8]
            )

    def _st(self, segment: Segment) -> None:
        self._open = [segment]
        if self._group is None:
            return
        self._group.sets += 1
        if segment[2] in self._group.controls:
            self._findings.add(
                "edi-duplicate-number", segment.place, number=segment[2], header="ST02",
                code=note("AK502 code 23"),
            )  # fmt: skip
        self._group.controls.add(segment[2])
        declared, kind = self._group.header[1], segment[1]
        if kind in GROUP_OF and declared != GROUP_OF[kind]:
            self._findings.add("edi-group-kind", segment.place, declared=declared, found=kind)

    def _closed(self, trailer: Segment | None) -> TransactionSet:
        opened, self._open = self._open, []
        header = opened[0]
        if trailer is None:
            self._findings.add(
                "edi-message-unclosed", header.place, trailer="SE", code=note("AK502 code 2")
            )
        else:
            self._number("edi-message", "ST02", header[2], "SE02", trailer, "AK502 code 3")
            self._count("edi-message", "SE01", trailer, len(opened), "AK502 code 4")
        version = self._group.header[8] if self._group else ""
        return TransactionSet(
            header[1], header[2], version, max(len(self.interchanges) - 1, 0), tuple(opened)
        )

    def _ge(self, segment: Segment) -> None:
        group, self._group = self._group, None
        if group is None:
            self._findings.add("edi-stray-segment", segment.place, tag="GE")
            return
        self._number("edi-group", "GS06", group.header[6], "GE02", segment, "AK905 code 4")
        self._count("edi-group", "GE01", segment, group.sets, "AK905 code 5")

    def _iea(self, segment: Segment) -> None:
        header, self._isa = self._isa, None
        if self._group is not None:
            self._cut("GE", "AK905 code 3")
            self._group = None
        if header is None:
            self._findings.add("edi-stray-segment", segment.place, tag="IEA")
            return
        self._number("edi-interchange", "ISA13", header[13], "IEA02", segment, "TA105 code 001")
        self._count("edi-interchange", "IEA01", segment, self._groups, "TA105 code 021")

    def _number(
        self, kind: str, header: str, declared: str, trailer: str, segment: Segment, code: str
    ) -> None:
        found = segment[2]
        if _same_number(declared, found):
            return
        self._findings.add(
            f"{kind}-number", segment.place, header=header, declared=declared, trailer=trailer, found=found,
            code=note(code),
        )  # fmt: skip

    def _count(self, kind: str, trailer: str, segment: Segment, found: int, code: str) -> None:
        if not _same_number(segment[1], str(found)):
            self._findings.add(
                f"{kind}-count", segment.place, trailer=trailer, declared=segment[1], found=found,
                code=note(code),
            )  # fmt: skip

    def _cut(self, trailer: str, code: str) -> None:
        self._findings.add("edi-cut", trailer=trailer, code=note(code))


def _same_number(one: str, other: str) -> bool:
    return one.strip().lstrip("0") == other.strip().lstrip("0")


def _major(version: str) -> str:
    """ISA12 "00401" as GS08 writes it: "00401" of "004010"."""
    return version[:5]
