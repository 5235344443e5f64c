"""The LIN groups of ORDERS and ORDCHG -> line fields."""

from __future__ import annotations

from decimal import Decimal

from extraction.edi import figures
from extraction.edi.edifact.codes import (
    ACTION,
    DRAWING,
    GROSS,
    ITEM_ID,
    PRICE,
    QUANTITY,
    REVISION,
    SHIP_TO,
)
from extraction.edi.edifact.dates import day, put_requested
from extraction.edi.edifact.grammar import Group, groups
from extraction.edi.edifact.parties import party
from extraction.edi.edifact.segments import Segment
from extraction.edi.order import OrderBuilder, Row
from extraction.edi.parties import pick


def is_component(segments: tuple[Segment, ...]) -> bool:
    """A sub-line (C829, 5495 is 1) lists what is in the line before; it is no order line."""
    return segments[0].get(4) == "1"


def read_line(order: OrderBuilder, segments: tuple[Segment, ...]) -> None:
    lin = segments[0]
    row = order.line(lin.place)
    row.text("line_no", lin.get(1), str(lin.number), lin.raw)
    if lin.get(2) and lin.get(2) not in ("1",):
        action = ACTION.get(lin.get(2), "looked at")
        row.findings.add("edi-line-action", lin.place, action=action, code=lin.get(2))
    _put_id(row, lin.get(3), lin.get(3, 2), lin)
    parted = list(groups(segments[1:]))
    own = [s for g in parted if not g.head for s in g.segments]
    title: Segment | None = None
    for s in own:
        if s.tag == "PIA" and s.get(1) in ("1", "5", ""):
            for element in range(2, 7):
                if s.get(element):
                    _put_id(row, s.get(element), s.get(element, 2), s)
        elif s.tag == "IMD":
            row.append("description", _described(s), str(s.number), s.raw)
        elif s.tag == "FTX" and s.get(1) == "AFM":
            title = title or s
        elif s.tag == "MOA" and s.get(1) in ("203", "128", "66", "38"):
            row.number("amount", s.get(1, 2), str(s.number), s.raw)
    if title is not None:
        row.text(
            "description", " ".join(t for t in title.all(4) if t), str(title.number), title.raw
        )
    _drawing(row, parted)
    _quantity(row, own, parted)
    _price(row, parted)
    for s in own:
        if s.tag == "MOA" and s.get(1) == "146":
            row.number("unit_price", s.get(1, 2), str(s.number), s.raw)
    put_requested(row, [s for s in own if s.tag == "DTM"])
    _schedule(row, parted)
    _line_party(row, parted)


def _put_id(row: Row, value: str, kind: str, s: Segment) -> None:
    name = ITEM_ID.get(kind.upper())
    if name == "gtin":
        row.gtin(value, str(s.number), s.raw)
    elif name:
        row.text(name, value, str(s.number), s.raw)
    elif kind.upper() in REVISION:
        row.text("revision", value, str(s.number), s.raw)


def _drawing(row: Row, parted: list[Group]) -> None:
    for s in (g.segments[0] for g in parted if g.head == "RFF"):
        if s.get(1) == DRAWING:
            row.text("revision", s.get(1, 5) or s.get(1, 4), str(s.number), s.raw)


def _described(s: Segment) -> str:
    """C273: the text parts 7008; a code alone is no description."""
    return "".join(t if len(t) == 35 else t + " " for t in s.all(3)[3:] if t)


def _quantity(row: Row, own: list[Segment], parted: list[Group]) -> None:
    found = [s for s in own if s.tag == "QTY"]
    deep = [s for g in parted if g.head in ("SCC", "LOC") for s in g.segments if s.tag == "QTY"]
    for kind in QUANTITY:
        for s in found:
            if s.get(1) == kind:
                _put_quantity(row, s)
    if not row.has("quantity") and len(deep) == 1:
        _put_quantity(row, deep[0])


def _put_quantity(row: Row, s: Segment) -> None:
    if row.number("quantity", s.get(1, 2), str(s.number), s.raw):
        row.text("uom", s.get(1, 3), str(s.number), s.raw)


def _price(row: Row, parted: list[Group]) -> None:
    prices = [g.segments[0] for g in parted if g.head == "PRI"]
    for kind in PRICE:
        for s in prices:
            if s.get(1) == kind and not row.has("unit_price"):
                _put_price(row, s)
                if kind in GROSS and any(g.head == "ALC" for g in parted):
                    row.findings.add("edi-price-gross", s.place)


def _put_price(row: Row, s: Segment) -> None:
    """5118 is for 5284 units of 6411; without them for one."""
    basis = figures.number(s.get(1, 5)) or "1"
    unit = s.get(1, 6)
    factor = Decimal(basis) if Decimal(basis) > 0 else Decimal(1)
    row.price(s.get(1, 2), str(s.number), s.raw, factor, f"{basis} {unit}".strip())
    if unit and row.has("uom") and unit != row.value("uom"):
        row.findings.add("edi-price-basis-unit", s.place, basis=unit, unit=row.value("uom"))


def _schedule(row: Row, parted: list[Group]) -> None:
    """SCC and LOC groups: one delivery gives the line's date, several are told."""
    parts, days = [], set()
    places = 0
    for group in parted:
        if group.head not in ("SCC", "LOC"):
            continue
        amount = next((s.get(1, 2) for s in group.segments if s.tag == "QTY"), "")
        date = next((s for s in group.segments if s.tag == "DTM"), None)
        found = day(date) if date else None
        if found and date:
            days.add((found, date))
        if amount:
            places += group.head == "LOC"
            where = group.segments[0].get(2) if group.head == "LOC" else ""
            parts.append(" ".join(t for t in (amount, where, found or "") if t))
            first = group.segments[0]
            unit = next((s.get(1, 3) for s in group.segments if s.tag == "QTY"), "")
            row.schedule(amount, unit, found or "", where, str(first.number), first.raw)
    if len({d for d, _ in days}) == 1:
        found, s = next(iter(days))
        row.day("requested_date", found, s.get(1, 2), str(s.number), s.raw)
    if len(parts) > 1:
        code = "edi-store-split" if places else "edi-schedule"
        row.findings.add(code, row.place, count=len(parts), parts="; ".join(parts[:20]))


def _line_party(row: Row, parted: list[Group]) -> None:
    own = pick([party(g) for g in parted if g.head == "NAD"], SHIP_TO)
    if own:
        row.findings.add("edi-line-ship-to", row.place, value=", ".join(own.rows) or own.id)
