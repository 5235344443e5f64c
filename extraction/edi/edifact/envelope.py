"""Puts segments into interchanges, groups and messages, and checks what the trailers say about them.

Numbers and counts per ISO 9735-1; codes are those of data element 0085 as a CONTRL message would name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from core.inbound.envelopes import Endpoint, Interchange, MessageGroup
from extraction.edi.digest import Digest
from extraction.edi.edifact.segments import CHARSETS, Batch, Segment, segment
from extraction.edi.edifact.service import Service
from extraction.edi.findings import Findings, note
from extraction.edi.numbers_seen import NumbersSeen
from extraction.edi.strays import Strays
from extraction.edi.values import Ledger

MAX_SEGMENTS = 400_000


@dataclass(frozen=True, slots=True)
class Message:
    """One UNH..UNT: kind "ORDERS", control 0062, version "D:96A" with agency, numbers of its interchange and group.

    texts: its segments as they came, the first one being number `first` of the file. declared: of UNT, "" without.
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
    service: Service
    charset: str
    repaired: dict[int, str]

    @property
    def place(self) -> str:
        return f"segment {self.first}"

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Parted anew on every call."""
        return tuple(
            segment(text, n, self.service, self.charset, self.repaired.get(n, ""))
            for n, text in enumerate(self.texts, self.first)
        )


@dataclass(slots=True)
class _Open:
    """What is open at a level, and how much came inside."""

    header: Segment
    inside: int = 0
    controls: NumbersSeen = field(default_factory=NumbersSeen)


class Envelope:
    """Reads one file's segments; the ledger fills while the messages are taken."""

    def __init__(self, findings: Findings, ledger: Ledger) -> None:
        self._findings = findings
        self._ledger = ledger
        self._unb: _Open | None = None
        self._ung: _Open | None = None
        self._header: Segment | None = None
        self._texts: list[str] = []
        self._dropped = 0
        self._charset = ""
        self._repaired: dict[int, str] = {}
        self._numbers: dict[tuple[str, str], NumbersSeen] = {}
        self._digest = Digest("latin-1")
        self._strays = Strays(findings, ledger, "UNH", "UNT", "0085 code 13", "interchange")

    def messages(self, batches: Iterable[Batch]) -> Iterator[Message]:
        for batch in batches:
            self._note_repairs(batch)
            self._charset = batch.charset
            texts, done, hashed = batch.texts, 0, 0
            for at in [n for n, text in enumerate(texts) if text[:3] in _STARTS]:
                found = segment(texts[at], batch.first + at, batch.service, batch.charset)
                if found.tag not in _SERVICE:
                    continue
                self._inside(batch, done, at)
                if found.tag == "UNB":
                    self._digest.add(texts[hashed:at])
                    hashed = at
                elif found.tag == "UNZ":
                    self._digest.add(texts[hashed : at + 1])
                    hashed = at + 1
                done = at + 1
                if found.tag == "UNT" and self._header is not None:
                    self._texts.append(texts[at])
                    yield self._closed(found)
                    continue
                if self._header is not None:
                    yield self._closed(None)
                self._strays.end(found.tag, found.place)
                _SERVICE[found.tag](self, found)
                if self._header is found:
                    self._texts.append(texts[at])
            self._inside(batch, done, len(texts))
            self._digest.add(texts[hashed:])
        if self._header is not None:
            yield self._closed(None)
        self._strays.end()
        self._end_group(None)
        self._end_interchange(None)

    def _inside(self, batch: Batch, start: int, end: int) -> None:
        """Segments between two of the envelope: of the open message, or strays."""
        while self._header is None and start < end:
            text = batch.texts[start]
            self._outside(segment(text, batch.first + start, batch.service, batch.charset), text)
            start += 1
        if self._header is None:
            return
        room = MAX_SEGMENTS - len(self._texts)
        self._texts += batch.texts[start : min(end, start + room)]
        self._dropped += max(end - start - room, 0)

    def _outside(self, s: Segment, text: str) -> None:
        """A stray, or a header whose tag is damaged: what it says besides tells what it is."""
        if self._unb is None and len(s.elements) > 5 and re.fullmatch(r"UNO[A-Z]", s.get(1)):
            self._strays.end()
            self._unb_header(s)
            self._damaged(s, "UNB", "interchange")
        elif len(s.all(2)) > 2 and re.fullmatch(r"[A-Z]{6}", s.get(2)) and s.get(1):
            self._strays.end()
            self._unh(s)
            self._texts.append(text)
            self._damaged(s, "UNH", "message")
        else:
            self._strays.add(s.tag, s.place)

    def _damaged(self, s: Segment, header: str, level: str) -> None:
        self._findings.add(
            "edi-header-tag", s.place, header=header, found=s.tag or "Nothing", code=note("0085 code 12"), level=level,
        )  # fmt: skip

    def _stray(self, s: Segment) -> None:
        self._strays.add(s.tag, s.place)
        self._strays.end()

    def _note_repairs(self, batch: Batch) -> None:
        for number, how in batch.repaired.items():
            if how == "joined":
                tag = batch.texts[number - batch.first][:3]
                self._findings.add("edi-repair-joined", f"segment {number}", tag=tag)
            else:
                self._findings.add("edi-repair-quotes")
        first = self._header.number if self._header else batch.first
        self._repaired = {n: how for n, how in self._repaired.items() if n >= first}
        self._repaired |= batch.repaired

    def _unb_header(self, s: Segment) -> None:
        self._end_group(None)
        self._end_interchange(None)
        self._unb = _Open(s)
        if s.service.unusual:
            self._findings.add("edi-repair-delimiters", s.place, form=s.service.unusual)
        if s.get(1).upper() not in CHARSETS:
            self._findings.add("edi-charset", s.place, charset="ISO 8859-1")
        if not s.get(5):
            self._findings.add(
                "edi-header-value", s.place, element="The control reference (0020)", value="", code=note("0085 code 13")
            )  # fmt: skip
        test = s.get(11) == "1"
        if test:
            self._findings.add("edi-test", s.place, mark="UNB 0035 1")
        if self._numbers.setdefault((s.get(2), s.get(3)), NumbersSeen()).again(s.get(5)):
            self._findings.add(
                "edi-duplicate-number", s.place, number=s.get(5), header="UNB 0020", code=note("0085 code 26"),
                level="interchange",
            )  # fmt: skip
        self._digest.restart()
        self._ledger.open_interchange(
            Interchange(
                "edifact", ":".join(t for t in (s.get(1), s.get(1, 2)) if t),
                _endpoint(s, 2), _endpoint(s, 3), s.get(5), test,
                f"{s.get(4)} {s.get(4, 2)}".strip(), s.get(9) == "1", place=s.place,
                separators=s.service.as_told(),
            )
        )  # fmt: skip

    def _ung_header(self, s: Segment) -> None:
        self._end_group(None)
        self._ung = _Open(s)
        if self._unb is not None:
            self._unb.inside += 1
        version = ":".join(t for t in s.all(7) if t)
        self._ledger.open_group(
            MessageGroup(
                s.get(1), s.get(5), version, s.get(6), _endpoint(s, 2), _endpoint(s, 3),
                self._ledger.interchange, place=s.place,
            )
        )  # fmt: skip

    def _unh(self, s: Segment) -> None:
        self._header, self._texts, self._dropped = s, [], 0
        inside = self._ung or self._unb
        if self._ung is not None:
            self._ung.inside += 1
        elif self._unb is not None:
            self._unb.inside += 1
        if inside is None:
            self._findings.add(
                "edi-envelope-missing", s.place, header="UNB", code=note("0085 code 13")
            )
        elif (self._unb or inside).controls.again(s.get(1)):
            self._findings.add(
                "edi-duplicate-number", s.place, number=s.get(1), header="UNH 0062", code=note("0085 code 26")
            )  # fmt: skip

    def _closed(self, trailer: Segment | None) -> Message:
        header, texts, self._header, self._texts = self._header, self._texts, None, []
        assert header is not None
        counted = len(texts) + self._dropped
        if trailer is None:
            self._findings.add(
                "edi-message-unclosed", header.place, trailer="UNT", code=note("0085 code 13")
            )
        else:
            self._count("edi-message", "UNT", trailer, counted)
            self._number("edi-message", "UNH", header.get(1), "UNT", trailer)
        version = ":".join(t for t in header.all(2)[1:] if t)
        return Message(
            header.get(2).upper(), header.get(1), version, self._ledger.interchange,
            self._ledger.group if self._ung else -1, trailer.get(1) if trailer else "", counted,
            header.number, texts, header.service, self._charset, dict(self._repaired),
        )  # fmt: skip

    def _unt(self, s: Segment) -> None:
        """Of no message: the strays before it have told so."""

    def _une(self, s: Segment) -> None:
        if self._ung is None:
            self._stray(s)
        self._end_group(s)

    def _unz(self, s: Segment) -> None:
        self._end_group(None)
        if self._unb is None:
            self._stray(s)
        self._end_interchange(s)

    def _end_group(self, trailer: Segment | None) -> None:
        group, self._ung = self._ung, None
        if group is None:
            return
        if trailer is None:
            self._findings.add("edi-cut", trailer="UNE", code=note("0085 code 13"), level="group")
        else:
            self._count("edi-group", "UNE", trailer, group.inside)
            self._number("edi-group", "UNG", group.header.get(5), "UNE", trailer)
        self._ledger.close_group(
            declared=trailer.get(1) if trailer else "", counted=group.inside, faults=self._findings.take("group")
        )  # fmt: skip

    def _end_interchange(self, trailer: Segment | None) -> None:
        opened, self._unb = self._unb, None
        if opened is None:
            return
        if trailer is None:
            self._findings.add("edi-cut", trailer="UNZ", code=note("0085 code 13"))
        else:
            self._count("edi-interchange", "UNZ", trailer, opened.inside)
            self._number("edi-interchange", "UNB", opened.header.get(5), "UNZ", trailer)
        self._ledger.close_interchange(
            declared=trailer.get(1) if trailer else "", counted=opened.inside,
            faults=self._findings.take("interchange"), digest=self._digest.hexdigest, size=self._digest.size,
        )  # fmt: skip

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
_STARTS = frozenset(tag for name in _SERVICE for tag in (name, name.lower()))


def _endpoint(s: Segment, element: int) -> Endpoint:
    return Endpoint(s.get(element), s.get(element, 2))
