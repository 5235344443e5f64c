"""The door of this package: bytes -> everything one electronic file says, or None when it is none."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from core.errors import Unreadable
from core.inbound.envelopes import Interchange, MessageGroup
from core.inbound.reading import ReadOrder
from core.inbound.values import Finding
from extraction.edi.decoding import as_utf8
from extraction.edi.edifact import reader as edifact_reader
from extraction.edi.findings import Findings
from extraction.edi.sniff import HEAD, sniff, sniff_file
from extraction.edi.source import blocks
from extraction.edi.tradacoms import reader as tradacoms_reader
from extraction.edi.values import EdiReading, Ledger, ReadMessage, Sniffed
from extraction.edi.words import words_of
from extraction.edi.x12 import reader as x12_reader
from extraction.edi.xml import flat_idoc
from extraction.edi.xml import reader as xml_reader

MAX_BYTES = 40_000_000
ENOUGH = 16_384
ORDER_LANES = ("order", "change", "cancellation")

Reader = Callable[[Iterable[bytes], int, Findings, Ledger], Iterator[ReadMessage]]

READERS: dict[str, Reader] = {
    "x12": x12_reader.messages,
    "edifact": edifact_reader.messages,
    "ubl": xml_reader.messages,
    "cii": xml_reader.messages,
    "cxml": xml_reader.messages,
    "opentrans": xml_reader.messages,
    "idoc": xml_reader.messages,
    "gs1": xml_reader.messages,
    "oagis": xml_reader.messages,
    "tradacoms": tradacoms_reader.messages,
}


@dataclass
class EdiStream:
    """An electronic file of any size, read while it is walked through, once; the rest fills on the way.

    Raises Unreadable while it is walked through, with the codes of read_any.
    """

    sniffed: Sniffed
    _messages: Iterator[ReadMessage]
    _findings: Findings
    _ledger: Ledger = field(default_factory=Ledger)

    def __iter__(self) -> Iterator[ReadMessage]:
        return self._messages

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self._findings.listed()

    @property
    def interchanges(self) -> tuple[Interchange, ...]:
        return tuple(self._ledger.interchanges)

    @property
    def groups(self) -> tuple[MessageGroup, ...]:
        return tuple(self._ledger.groups)

    @property
    def last_interchange(self) -> int:
        """The number of the interchange met last, from 0."""
        return self._ledger.interchange

    def interchange_at(self, number: int) -> Interchange | None:
        """The interchange of this number, unless it was released or none was met."""
        at = number - self._ledger.gone_interchanges
        found = self._ledger.interchanges
        return found[at] if 0 <= at < len(found) else None

    def group_at(self, number: int) -> MessageGroup | None:
        at = number - self._ledger.gone_groups
        return self._ledger.groups[at] if 0 <= at < len(self._ledger.groups) else None

    def drained(self) -> tuple[Finding, ...]:
        """What was noticed since this was last called: of one message, when called behind each."""
        return self._findings.drained()

    def released(self) -> tuple[dict[int, Interchange], dict[int, MessageGroup]]:
        """Takes what is closed out of `interchanges` and `groups`, by number, so that a long file takes no memory."""
        return self._ledger.released()


def read_stream(file: BinaryIO, part: int = 1, known: int = 0) -> EdiStream | None:
    """The messages of a file one by one, each as soon as its end was read; None when it is no electronic message.

    known: so many of the first are only counted, with their envelopes checked, since they were read before.
    X12, EDIFACT and TRADACOMS take memory for one message at a time; XML is read whole, up to MAX_BYTES.
    """
    head = _head(file)
    sniffed = sniff_file(head)
    if sniffed is None:
        return None
    findings, ledger = Findings(), Ledger(known=known)
    return EdiStream(
        sniffed,
        _messages(sniffed, chain((head,), blocks(file)), part, findings, ledger),
        findings,
        ledger,
    )


def _head(file: BinaryIO) -> bytes:
    """Enough to tell what it is, from files that give little at a time too."""
    head = file.read(HEAD)
    while len(head) < ENOUGH and (more := file.read(HEAD)):
        head += more
    return head


def read_any(content: bytes, part: int, *, is_letter: bool = False) -> EdiReading | None:
    """Read whatever electronic message the bytes are; `part` goes into the evidence. is_letter: a mail's own text.

    None when they are none. Raises only Unreadable: "edi-too-large", "edi-delimiters", "edi-segment-too-long",
    "edi-envelope", "xml-too-large", "xml-broken".
    """
    sniffed = sniff(content) if is_letter else sniff_file(content)
    if sniffed is None:
        return None
    if len(content) > MAX_BYTES:
        raise Unreadable("edi-too-large", "The file is larger than can be read at once.")
    findings, ledger = Findings(), Ledger()
    found = list(_messages(sniffed, blocks(io.BytesIO(content)), part, findings, ledger))
    return _reading(sniffed.format, found, findings, ledger)


def _messages(
    sniffed: Sniffed, content: Iterable[bytes], part: int, findings: Findings, ledger: Ledger
) -> Iterator[ReadMessage]:
    if sniffed.format == "x12/no-envelope":
        raise Unreadable(
            "edi-envelope",
            "The message has no ISA header; who sent it cannot be told [TA105 code 022].",
        )
    read = flat_idoc.messages if sniffed.format == "idoc/flat" else READERS.get(sniffed.family)
    if read is None:
        yield ReadMessage(sniffed.format, words_of(sniffed.format)[0])
        return
    if sniffed.before:
        findings.add("edi-lead-in", bytes=sniffed.before)
    yield from read(_straight(content, sniffed.before), part, findings, ledger)


def _straight(content: Iterable[bytes], before: int) -> Iterator[bytes]:
    """The blocks in an encoding that keeps ASCII in place, from byte `before` on; UTF-16 and UTF-32 are taken whole."""
    walked = iter(content)
    first = next(walked, b"")
    plain = as_utf8(first)
    if plain is first or first.endswith(plain):
        yield plain[before:]
        yield from walked
        return
    whole = bytearray(first)
    for block in walked:
        whole += block
        if len(whole) > MAX_BYTES:
            raise Unreadable("edi-too-large", "The file is larger than can be read at once.")
    yield as_utf8(bytes(whole))[before:]


def _reading(form: str, found: list[ReadMessage], findings: Findings, ledger: Ledger) -> EdiReading:
    if not found:
        findings.add("edi-no-message")
    orders = [m for m in found if says_something(m.order)]
    main = (
        _main(orders, findings) if orders else (found[0] if found else ReadMessage(form, "other"))
    )
    for message in found:
        _tell(message, bool(orders), findings)
    return EdiReading(
        main.format,
        main.lane,
        tuple(m.order for m in orders if m.order is not None),
        findings.listed(),
        tuple(ledger.interchanges),
        tuple(found),
        tuple(ledger.groups),
    )


def says_something(order: ReadOrder | None) -> bool:
    return order is not None and bool(order.lines or "po_number" in order.fields)


def _main(orders: list[ReadMessage], findings: Findings) -> ReadMessage:
    """The message that names the file: of mixed purposes never the new order, so that a person parts them."""
    if len({m.lane for m in orders}) == 1:
        return orders[0]
    findings.add("edi-mixed-purposes")
    return next(m for m in orders if m.lane != "order")


def _tell(message: ReadMessage, beside_orders: bool, findings: Findings) -> None:
    """Say what a message is that became no order."""
    if message.order is not None:
        return
    lane, what = words_of(message.format)
    if lane in ORDER_LANES:
        findings.add("edi-format-unread", message.place, what=what, format=message.format)
    elif beside_orders:
        findings.add("edi-other-message", message.place, what=what, format=message.format)
    else:
        findings.add("edi-not-an-order", message.place, what=what, format=message.format)
