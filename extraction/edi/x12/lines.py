"""The lines of 850 (PO1), 860 (POC) and 875 (G68) -> line fields."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extraction.edi import figures
from extraction.edi.order import OrderBuilder, Row
from extraction.edi.parties import pick
from extraction.edi.x12.codes import ITEM_ID, LINE_ACTION, MADE_AS, PRICE_BASIS, PRICE_PER_ONE
from extraction.edi.x12.header import put_dates
from extraction.edi.x12.parties import SHIP_TO, parties
from extraction.edi.x12.segments import Segment


@dataclass(frozen=True, slots=True)
class LineLayout:
    """Element numbers of a line segment; 0 for what it does not have; `ids` is the first qualifier."""

    line_no: int
    quantity: int
    unit: int
    price: int
    basis: int
    ids: int
    action: int = 0
    case_code: int = 0


LAYOUTS = {
    "PO1": LineLayout(line_no=1, quantity=2, unit=3, price=4, basis=5, ids=6),
    "POC": LineLayout(line_no=1, quantity=3, unit=5, price=6, basis=7, ids=8, action=2),
    "G68": LineLayout(line_no=0, quantity=1, unit=2, price=3, basis=0, ids=5, case_code=4),
}


def read_line(order: OrderBuilder, segments: tuple[Segment, ...]) -> None:
    first = segments[0]
    layout = LAYOUTS[first.tag]
    row = order.line(first.place)
    at, raw = str(first.number), first.raw
    if layout.line_no:
        row.text("line_no", first[layout.line_no], at, raw)
    row.number("quantity", first.figure(layout.quantity), at, raw)
    row.text("uom", first.first(layout.unit), at, raw)
    _price(row, first, layout)
    _ids(row, first, layout)
    if layout.action and first[layout.action]:
        code = first[layout.action]
        row.findings.add(
            "edi-line-action", first.place, action=LINE_ACTION.get(code, "looked at"), code=code
        )
    _details(row, segments)
    put_dates(row, _before(segments[1:], ("SCH", "SLN", "N1", "N9")))
    _schedule(row, segments)
    _destinations(row, segments)


def _price(row: Row, s: Segment, layout: LineLayout) -> None:
    price, basis = s.figure(layout.price), s[layout.basis] if layout.basis else ""
    factor, words = PRICE_BASIS.get(basis, (Decimal(1), ""))
    row.price(price, str(s.number), s.raw, factor, words)
    if basis == "NC":
        row.findings.add("edi-price-no-charge", s.place)
    elif basis and price and basis not in PRICE_BASIS and basis not in PRICE_PER_ONE:
        row.findings.add("edi-price-basis-unknown", s.place, basis=basis)


def _ids(row: Row, s: Segment, layout: LineLayout) -> None:
    if layout.case_code and s[layout.case_code]:
        row.gtin(s[layout.case_code], str(s.number), s.raw)
    for n in range(layout.ids, len(s.elements), 2):
        name, value = ITEM_ID.get(s[n].upper()), s[n + 1]
        _made_as(row, s[n].upper(), value, s)
        if name == "gtin":
            row.gtin(value, str(s.number), s.raw)
        elif name:
            row.text(name, value, str(s.number), s.raw)


def _made_as(row: Row, qualifier: str, value: str, s: Segment) -> None:
    name = MADE_AS.get(qualifier)
    if name == "revision":
        row.text(name, value, str(s.number), s.raw)
    elif name:
        row.append(name, value, str(s.number), s.raw)


def _options(row: Row, s: Segment) -> None:
    """SLN: what a sub-line names belongs to the goods of its line; its ids start at SLN09."""
    for n in range(9, len(s.elements) - 1, 2):
        row.append("configuration", s[n + 1], str(s.number), s.raw)


def _details(row: Row, segments: tuple[Segment, ...]) -> None:
    sublines = 0
    for s in segments[1:]:
        if s.tag == "SLN":
            sublines += 1
            _options(row, s)
        elif s.tag == "LIN" and not sublines:
            for n in range(2, len(s.elements) - 1, 2):
                _made_as(row, s[n].upper(), s[n + 1], s)
        elif s.tag == "PID" and s[5] and not sublines:
            row.append("description", s[5], str(s.number), s.raw)
        elif s.tag == "G69":
            row.append("description", s[1], str(s.number), s.raw)
        elif s.tag == "AMT" and s[1] == "1":
            row.number("amount", s.figure(2), str(s.number), s.raw)
        elif s.tag == "CTP" and s[2] in ("UCP", "NET", "CON", "CAT", "WHL") and not sublines:
            row.number("unit_price", s[3], str(s.number), s.raw)
        elif s.tag == "SAC" and s[1] == "A":
            row.findings.add("edi-price-gross", s.place)
    if sublines:
        row.findings.add("edi-sublines", row.place, count=sublines)


def _before(segments: tuple[Segment, ...], stops: tuple[str, ...]) -> tuple[Segment, ...]:
    """Segments up to the first that opens an inner loop."""
    end = next((n for n, s in enumerate(segments) if s.tag in stops), len(segments))
    return segments[:end]


def _schedule(row: Row, segments: tuple[Segment, ...]) -> None:
    """SCH: quantity, unit and up to two dates each; one delivery is the line's date, several are told."""
    schedules = [s for s in segments if s.tag == "SCH"]
    days = [(s, figures.any_day(s[6])) for s in schedules if s[6]]
    for s in schedules:
        wanted = figures.any_day(s[6]) or ""
        row.schedule(s.figure(1), s.first(2), wanted, s[4], str(s.number), s.raw)
    if len({day for _, day in days}) == 1:
        s, day = days[0]
        row.day("requested_date", day, s[6], str(s.number), s.raw)
    if len(schedules) > 1:
        parts = "; ".join(f"{s[1]} {s.first(2)} {day or s[6]}" for s, day in days)
        row.findings.add("edi-schedule", row.place, count=len(schedules), parts=parts)


def _destinations(row: Row, segments: tuple[Segment, ...]) -> None:
    shares = [
        (s, s[n], s[n + 1])
        for s in segments
        if s.tag == "SDQ"
        for n in range(3, len(s.elements) - 1, 2)
        if s[n] and figures.number(s[n + 1]) is not None
    ]
    for s, store, amount in shares:
        row.schedule(amount, s[1], "", store, str(s.number), s.raw)
    stores = [f"{store} {amount}" for _, store, amount in shares]
    if stores:
        row.findings.add(
            "edi-store-split", row.place, count=len(stores), parts="; ".join(stores[:20])
        )
    own = pick(parties(segments), SHIP_TO)
    if own:
        row.findings.add("edi-line-ship-to", row.place, value=", ".join(own.rows) or own.id)
