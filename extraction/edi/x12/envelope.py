"""Puts segments into interchanges, groups and transaction sets, and checks what the trailers say about them.

Numbers and counts per X12.5 (ISA/IEA, TA105 codes I18) and X12.6 (GS/GE, AK905 code 716; ST/SE, AK502 code 718).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from core.inbound.envelopes import Endpoint, MessageGroup
from extraction.edi.digest import Digest
from extraction.edi.findings import Findings, note
from extraction.edi.numbers_seen import NumbersSeen
from extraction.edi.strays import Strays
from extraction.edi.values import Ledger
from extraction.edi.x12.delimiters import Delimiters
from extraction.edi.x12.isa import check_header, interchange_of
from extraction.edi.x12.segments import KNOWN, Batch, Segment, segment

GROUP_OF = {
    "850": "PO", "860": "PC", "875": "OG", "855": "PR", "865": "CA", "856": "SH", "810": "IN", "997": "FA", "840": "RQ",
    "843": "RR", "830": "PS", "862": "SS", "846": "IB", "832": "SC", "820": "RA", "180": "AN", "876": "OG", "880": "GP",
}  # fmt: skip
MAX_SEGMENTS = 400_000

_SERVICE = frozenset({"ISA", "GS", "ST", "SE", "GE", "IEA", "TA1"})
_STARTS = frozenset(
    two for tag in _SERVICE for two in (tag[:2], tag[:2].lower(), tag[:2].capitalize())
)


@dataclass(frozen=True, slots=True)
class TransactionSet:
    """One ST..SE with its place: kind "850", control ST02, version of the group, numbers of interchange and group.

    texts: its segments as they came, the first one being number `first` of the file. declared: SE01, "" without SE.
    """

    kind: str
    control: str
    version: str
    interchange: int
    group: int
    declared: str
    counted: int
    first: int
    texts: list[str]
    delimiters: Delimiters
    repaired: frozenset[int] = frozenset()

    @property
    def place(self) -> str:
        return f"segment {self.first}"

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Parted anew on every call."""
        return tuple(
            segment(text, n, self.delimiters, n in self.repaired)
            for n, text in enumerate(self.texts, self.first)
        )


class Envelope:
    """Reads one file's segments; the ledger fills while the sets are taken."""

    def __init__(self, findings: Findings, ledger: Ledger) -> None:
        self.acknowledgements: list[tuple[int, Segment]] = []
        self._findings = findings
        self._ledger = ledger
        self._isa: Segment | None = None
        self._group: Segment | None = None
        self._sets = 0
        self._groups = 0
        self._st: Segment | None = None
        self._texts: list[str] = []
        self._dropped = 0
        self._repaired: set[int] = set()
        self._numbers: dict[tuple[str, str], NumbersSeen] = {}
        self._digest = Digest("utf-8")
        self._controls = NumbersSeen()
        self._group_controls = NumbersSeen()
        self._strays = Strays(findings, ledger, "ST", "SE", "AK905 code 5", "group")

    def sets(self, batches: Iterable[Batch]) -> Iterator[TransactionSet]:
        for batch in batches:
            self._note_repairs(batch)
            texts, mark, done, hashed = batch.texts, batch.delimiters.element, 0, 0
            for at in [n for n, text in enumerate(texts) if text[:2] in _STARTS]:
                tag = texts[at].partition(mark)[0].strip().upper()
                if tag not in _SERVICE or (tag == "TA1" and self._st is not None):
                    continue
                self._inside(batch, done, at)
                if tag == "ISA":
                    self._digest.add(texts[hashed:at])
                    hashed = at
                elif tag == "IEA":
                    self._digest.add(texts[hashed : at + 1])
                    hashed = at + 1
                done = at + 1
                found = segment(texts[at], batch.first + at, batch.delimiters)
                if tag == "SE" and self._st is not None:
                    self._texts.append(texts[at])
                    yield self._closed(found)
                    continue
                if self._st is not None:
                    yield self._closed(None)
                self._strays.end(tag, found.place)
                self._service(found)
            self._inside(batch, done, len(texts))
            self._digest.add(texts[hashed:])
        if self._st is not None:
            yield self._closed(None)
        self._strays.end()
        self._end_group(None)
        self._end_interchange(None)

    def _inside(self, batch: Batch, start: int, end: int) -> None:
        """Segments between two of the envelope: of the open set, or strays."""
        while self._st is None and start < end:
            self._outside(segment(batch.texts[start], batch.first + start, batch.delimiters))
            start += 1
        if self._st is None:
            return
        room = MAX_SEGMENTS - len(self._texts)
        self._texts += batch.texts[start : min(end, start + room)]
        self._dropped += max(end - start - room, 0)

    def _note_repairs(self, batch: Batch) -> None:
        for number in sorted(batch.repaired):
            tag = batch.texts[number - batch.first].partition(batch.delimiters.element)[0]
            self._findings.add("edi-repair-joined", f"segment {number}", tag=tag)
        self._repaired = {n for n in self._repaired if self._st and n >= self._st.number}
        self._repaired |= batch.repaired

    def _outside(self, found: Segment) -> None:
        """A stray, or a set's header whose tag is damaged: what it says besides tells what it is."""
        looks = found.tag not in KNOWN and re.fullmatch(r"[0-9]{3}", found[1]) and found[2]
        if looks and self._group is not None and len(found.elements) < 5:
            self._strays.end()
            self._st_header(found)
            self._findings.add(
                "edi-header-tag", found.place, header="ST", found=found.tag or "Nothing", code=note("AK502 code 6")
            )  # fmt: skip
        elif found.tag not in ("ISB", "ISE"):
            self._strays.add(found.tag, found.place)

    def _service(self, found: Segment) -> None:
        step = {
            "ISA": self._isa_header,
            "GS": self._gs,
            "ST": self._st_header,
            "GE": self._ge,
            "IEA": self._iea,
        }
        if found.tag in step:
            step[found.tag](found)
        elif found.tag == "TA1":
            self.acknowledgements.append((self._ledger.interchange, found))
        elif found.tag != "SE":
            self._stray(found)

    def _stray(self, found: Segment) -> None:
        self._strays.add(found.tag, found.place)
        self._strays.end()

    def _isa_header(self, found: Segment) -> None:
        self._end_group(None)
        self._end_interchange(None)
        self._isa, self._groups = found, 0
        self._group_controls = NumbersSeen()
        check_header(found, self._findings)
        if self._numbers.setdefault((found[6], found[8]), NumbersSeen()).again(found[13]):
            self._findings.add(
                "edi-duplicate-number", found.place, number=found[13], header="ISA13",
                code=note("TA105 code 025"),
            )  # fmt: skip
        self._digest.restart()
        self._ledger.open_interchange(interchange_of(found))

    def _gs(self, found: Segment) -> None:
        self._end_group(None)
        self._group, self._sets = found, 0
        self._controls = NumbersSeen()
        self._groups += 1
        self._ledger.open_group(
            MessageGroup(
                found[1], found[6], found[8], found[7], Endpoint(found[2]), Endpoint(found[3]),
                self._ledger.interchange, place=found.place,
            )
        )  # fmt: skip
        if self._group_controls.again(found[6]):
            self._findings.add(
                "edi-duplicate-number", found.place, number=found[6], header="GS06", code=note("AK905 code 19")
            )  # fmt: skip
        if self._isa is None:
            return
        for end, mine, theirs in (("sender", 6, 2), ("receiver", 8, 3)):
            if self._isa[mine] != found[theirs]:
                self._findings.add(
                    "edi-ids-differ", found.place, end=end, envelope=self._isa[mine], group=found[theirs]
                )  # fmt: skip
        if self._isa[12] and not found[8].startswith(_major(self._isa[12])):
            self._findings.add("edi-version", found.place, envelope=self._isa[12], group=found[8])

    def _st_header(self, found: Segment) -> None:
        self._st, self._texts, self._dropped = found, [found.raw], 0
        if self._group is None:
            self._findings.add(
                "edi-envelope-missing", found.place, header="GS", code=note("TA105 code 024")
            )
            return
        self._sets += 1
        if self._controls.again(found[2]):
            self._findings.add(
                "edi-duplicate-number", found.place, number=found[2], header="ST02",
                code=note("AK502 code 23"),
            )  # fmt: skip
        declared, kind = self._group[1], found[1]
        if kind in GROUP_OF and declared.upper() != GROUP_OF[kind]:
            self._findings.add("edi-group-kind", found.place, declared=declared, found=kind)

    def _closed(self, trailer: Segment | None) -> TransactionSet:
        header, texts, self._st, self._texts = self._st, self._texts, None, []
        assert header is not None
        counted = len(texts) + self._dropped
        if trailer is None:
            self._findings.add(
                "edi-message-unclosed", header.place, trailer="SE", code=note("AK502 code 2")
            )
        else:
            self._number("edi-message", "ST02", header[2], "SE02", trailer, "AK502 code 3")
            self._count("edi-message", "SE01", trailer, counted, "AK502 code 4")
        return TransactionSet(
            header[1], header[2], self._group[8] if self._group else "",
            self._ledger.interchange, self._ledger.group if self._group else -1,
            trailer[1] if trailer else "", counted, header.number, texts, header.delimiters,
            frozenset(self._repaired),
        )  # fmt: skip

    def _ge(self, found: Segment) -> None:
        if self._group is None:
            self._stray(found)
        self._end_group(found)

    def _iea(self, found: Segment) -> None:
        self._end_group(None)
        if self._isa is None:
            self._stray(found)
        self._end_interchange(found)

    def _end_group(self, trailer: Segment | None) -> None:
        header, self._group = self._group, None
        if header is None:
            return
        if trailer is None:
            self._findings.add("edi-cut", trailer="GE", code=note("AK905 code 3"))
        else:
            self._number("edi-group", "GS06", header[6], "GE02", trailer, "AK905 code 4")
            self._count("edi-group", "GE01", trailer, self._sets, "AK905 code 5")
        self._ledger.close_group(
            declared=trailer[1] if trailer else "", counted=self._sets, faults=self._findings.take("group")
        )  # fmt: skip

    def _end_interchange(self, trailer: Segment | None) -> None:
        header, self._isa = self._isa, None
        if header is None:
            return
        if trailer is None:
            self._findings.add("edi-cut", trailer="IEA", code=note("TA105 code 023"))
        else:
            self._number("edi-interchange", "ISA13", header[13], "IEA02", trailer, "TA105 code 001")
            self._count("edi-interchange", "IEA01", trailer, self._groups, "TA105 code 021")
        self._ledger.close_interchange(
            declared=trailer[1] if trailer else "", counted=self._groups,
            faults=self._findings.take("interchange"), digest=self._digest.hexdigest, size=self._digest.size,
        )  # fmt: skip

    def _number(
        self, kind: str, header: str, declared: str, trailer: str, found: Segment, code: str
    ) -> None:
        if _same_number(declared, found[2]):
            return
        self._findings.add(
            f"{kind}-number", found.place, header=header, declared=declared, trailer=trailer, found=found[2],
            code=note(code),
        )  # fmt: skip

    def _count(self, kind: str, trailer: str, found: Segment, counted: int, code: str) -> None:
        if not _same_number(found[1], str(counted)):
            self._findings.add(
                f"{kind}-count", found.place, trailer=trailer, declared=found[1], found=counted,
                code=note(code),
            )  # fmt: skip


def _same_number(one: str, other: str) -> bool:
    return one.strip().lstrip("0") == other.strip().lstrip("0")


def _major(version: str) -> str:
    """ISA12 "00401" as GS08 writes it: "00401" of "004010"."""
    return version[:5]
