"""TRADACOMS bytes -> every ORDERS message as a ReadMessage; the file's header message gives buyer and date.

Segments are TAG=element+element', components are apart by colons, "?" releases.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from core.inbound.envelopes import Endpoint, Fault, Interchange
from extraction.edi import figures
from extraction.edi.edifact.segments import components
from extraction.edi.edifact.service import Service
from extraction.edi.findings import Findings, note
from extraction.edi.order import OrderBuilder, Row
from extraction.edi.source import Source, bytewise
from extraction.edi.values import Ledger, ReadMessage

_SERVICE = Service()


@dataclass(frozen=True, slots=True)
class Segment:
    number: int
    tag: str
    elements: tuple[tuple[str, ...], ...]
    raw: str

    def get(self, element: int, component: int = 1) -> str:
        """Both count from 1; "" when absent."""
        if element > len(self.elements) or component > len(self.elements[element - 1]):
            return ""
        return self.elements[element - 1][component - 1].strip()

    @property
    def at(self) -> str:
        return str(self.number)

    @property
    def place(self) -> str:
        return f"segment {self.number}"


def messages(
    blocks: Iterable[bytes], part: int, findings: Findings, ledger: Ledger
) -> Iterator[ReadMessage]:
    """Raises Unreadable("edi-segment-too-long")."""
    customer: Segment | None = None
    digest, counted = hashlib.sha256(), 0
    opened: list[Segment] = []
    ended = False
    for s in _segments(blocks):
        if s.tag == "STX":
            _close(ledger, digest, counted, "")
            digest, counted = hashlib.sha256(), 0
            ledger.open_interchange(_interchange(s))
        digest.update(s.raw.encode("latin-1", "replace") + b"\n")
        if s.tag == "END":
            ended = True
            _close(ledger, digest, counted, s.get(1))
        elif s.tag == "CDT":
            customer = s
        if s.tag == "MHD":
            opened = [s]
            counted += 1
        elif opened:
            opened.append(s)
        if s.tag == "MTR" and opened:
            _check_count(s, len(opened), findings)
            yield from _message(opened, customer, part, findings, ledger.interchange)
            opened = []
    if opened:
        findings.add("edi-message-unclosed", opened[0].place, trailer="MTR", code="")
        yield from _message(opened, customer, part, findings, ledger.interchange)
    if not ended:
        findings.add("edi-cut", trailer="END", code="")
    _close(ledger, digest, counted, "", cut=not ended)


def _close(ledger: Ledger, digest: Any, counted: int, declared: str, *, cut: bool = False) -> None:
    """END counts the file's messages; TRADACOMS has no codes of its own for faults."""
    if ledger.in_interchange:
        fault = Fault("interchange", "END", "", "edi-cut", tag="END")
        ledger.close_interchange(
            declared=declared, counted=counted, digest=digest.hexdigest(), faults=(fault,) if cut else ()
        )  # fmt: skip


def _segments(blocks: Iterable[bytes]) -> Iterator[Segment]:
    source = Source(bytewise(blocks))
    number = 0
    while source.skip_blank():
        raw, _ = source.take(_SERVICE.segment, _SERVICE.release)
        raw = raw.strip().replace("\r", "").replace("\n", "")
        tag, equals, rest = raw.partition("=")
        if not raw:
            continue
        number += 1
        yield Segment(number, tag.upper() if equals else "", components(rest, _SERVICE), raw)


def _interchange(s: Segment) -> Interchange:
    return Interchange(
        "tradacoms", ":".join(s.elements[0]), Endpoint(s.get(2), s.get(2, 2)),
        Endpoint(s.get(3), s.get(3, 2)), s.get(5), prepared=f"{s.get(4)} {s.get(4, 2)}".strip(), place=s.place,
    )  # fmt: skip


def _check_count(trailer: Segment, found: int, findings: Findings) -> None:
    if trailer.get(1).lstrip("0") != str(found):
        findings.add(
            "edi-message-count", trailer.place, trailer="MTR", declared=trailer.get(1), found=found, code=note("")
        )  # fmt: skip


def _message(
    found: list[Segment], customer: Segment | None, part: int, findings: Findings, interchange: int
) -> Iterator[ReadMessage]:
    head = found[0]
    kind = head.get(2)
    if kind in ("ORDHDR", "ORDTLR"):
        return
    form = f"tradacoms/{kind}"
    if kind != "ORDERS":
        yield ReadMessage(form, "other", "", head.get(1), max(interchange, 0), head.place)
        return
    order = OrderBuilder(part, findings)
    for s in (customer, *found):
        if s is not None and s.tag in _PUT:
            _PUT[s.tag](order, s)
    read = order.close(head.place, "ORD")
    yield ReadMessage(
        form, "order", "", head.get(1), max(interchange, 0), head.place, read, quoted=order.quoted
    )


def _customer(order: OrderBuilder, s: Segment) -> None:
    order.head.text("buyer_id", s.get(1) or s.get(1, 2), s.at, s.raw)
    order.head.text("buyer_name", s.get(2), s.at, s.raw)


def _location(order: OrderBuilder, s: Segment) -> None:
    """CLO: EAN location, the customer's own code; name; address rows."""
    order.head.text("ship_to_id", s.get(1) or s.get(1, 2), s.at, s.raw)
    order.head.text("ship_to_name", s.get(2), s.at, s.raw)
    rows = [s.get(2), *(s.elements[2] if len(s.elements) > 2 else ())]
    order.head.rows("ship_to", rows, s.at, s.raw)


def _order(order: OrderBuilder, s: Segment) -> None:
    """ORD: the customer's order number, the supplier's, the day; the kind of order."""
    order.head.text("po_number", s.get(1), s.at, s.raw)
    order.head.day("order_date", figures.compact_day(s.get(1, 3)), s.get(1, 3), s.at, s.raw)


def _delivery(order: OrderBuilder, s: Segment) -> None:
    """DIN: earliest and latest day of delivery."""
    first, last = figures.compact_day(s.get(1)), figures.compact_day(s.get(2))
    if first and last and first != last:
        order.findings.add("edi-delivery-window", s.place, first=first, last=last)
    else:
        order.head.day("requested_date", first or last, s.get(1) or s.get(2), s.at, s.raw)
    order.head.append("notes", " ".join(s.elements[4] if len(s.elements) > 4 else ()), s.at, s.raw)


def _line(order: OrderBuilder, s: Segment) -> None:
    """OLD: number; supplier's product; traded unit; customer's product; units in it; quantity; cost (four decimals)."""
    row = order.line(s.place)
    row.text("line_no", s.get(1), s.at, s.raw)
    _put_product(row, s)
    row.number("quantity", s.get(6), s.at, s.raw)
    row.text("uom", s.get(6, 3), s.at, s.raw)
    price = figures.implied(s.get(7), 4)
    if price:
        row.number("unit_price", price, s.at, s.raw)
    row.text(
        "description",
        " ".join(t for t in s.elements[9] if t) if len(s.elements) > 9 else "",
        s.at,
        s.raw,
    )


def _put_product(row: Row, s: Segment) -> None:
    if s.get(3) or s.get(2):
        row.gtin(s.get(3) or s.get(2), s.at, s.raw)
    row.text("supplier_sku", s.get(2, 2), s.at, s.raw)
    row.text("buyer_sku", s.get(4, 2) or s.get(4), s.at, s.raw)


def _trailer(order: OrderBuilder, s: Segment) -> None:
    declared = figures.number(s.get(1))
    if declared is not None and declared != str(len(order.lines)):
        order.findings.add(
            "edi-line-count", s.place, where="OTR", declared=declared, found=len(order.lines)
        )


_PUT = {
    "CDT": _customer,
    "CLO": _location,
    "ORD": _order,
    "DIN": _delivery,
    "OLD": _line,
    "OTR": _trailer,
}
