"""The door of this package: bytes -> everything one electronic file says, or None when it is none."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from core.errors import Unreadable
from core.inbound.reading import ReadOrder
from extraction.edi.decoding import as_utf8
from extraction.edi.edifact import reader as edifact_reader
from extraction.edi.findings import Findings
from extraction.edi.sniff import sniff
from extraction.edi.tradacoms import reader as tradacoms_reader
from extraction.edi.values import EdiReading, Interchange, ReadMessage
from extraction.edi.words import words_of
from extraction.edi.x12 import reader as x12_reader
from extraction.edi.xml import reader as xml_reader

MAX_BYTES = 40_000_000
ORDER_LANES = ("order", "change", "cancellation")

Reader = Callable[[bytes, int, Findings, list[Interchange]], Iterator[ReadMessage]]

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


def read_any(content: bytes, part: int) -> EdiReading | None:
    """Read whatever electronic message the bytes are; `part` goes into the evidence.

    None when they are none. Raises only Unreadable: "edi-too-large", "edi-delimiters", "edi-segment-too-long",
    "xml-too-large", "xml-broken".
    """
    sniffed = sniff(content)
    if sniffed is None:
        return None
    if len(content) > MAX_BYTES:
        raise Unreadable("edi-too-large", "The file is larger than can be read at once.")
    findings = Findings()
    interchanges: list[Interchange] = []
    read = None if sniffed.format == "idoc/flat" else READERS.get(sniffed.family)
    if read is None:
        found = [_unread(sniffed.format)]
    else:
        found = list(read(as_utf8(content), part, findings, interchanges))
    return _reading(sniffed.format, found, findings, interchanges)


def _unread(form: str) -> ReadMessage:
    return ReadMessage(form, words_of(form)[0])


def _reading(
    form: str, found: list[ReadMessage], findings: Findings, interchanges: list[Interchange]
) -> EdiReading:
    if not found:
        findings.add("edi-no-message")
    orders = [m for m in found if _says_something(m.order)]
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
        tuple(interchanges),
        tuple(found),
    )


def _says_something(order: ReadOrder | None) -> bool:
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
