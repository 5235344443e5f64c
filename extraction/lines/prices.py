"""Price, its basis, discount and amount of a line, and its settlement among them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from core.inbound.reading import Candidate
from extraction.document import Document
from extraction.fields import numbers
from extraction.fields.units import is_unit
from extraction.lines.cells import Cell, Line, fits, quantity_parts

_PRICE_PER = re.compile(
    r"(?:/|\bper\b|\bpro\b|\bpar\b|\bje\b|\bpor\b)\s*(\d[\d.,]*)?\s*([^\W\d_]{0,14})",
    re.IGNORECASE,
)
LOSER = 0.2


def put_price(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("unit_price")
    if not cell:
        return
    for at, segment in enumerate(cell.segments):
        text = segment.text
        cut = _PRICE_PER.search(text)
        value = quantity_parts(text[: cut.start()] if cut and cut.start() else text, document)[0]
        if value is None:
            continue
        one = Cell("unit_price", cell.part, (segment,))
        per = numbers.parse(cut[1], document.number_style) if cut and cut[1] else None
        below = (
            _PRICE_PER.fullmatch(cell.segments[at + 1].text) if cell.segments[at + 1 :] else None
        )
        if per is None and below and below[1]:
            per = numbers.parse(below[1], document.number_style)
        if per is None:
            per = _per(cells, document)
        line["unit_price"] = one.candidate(numbers.printed(_divided(value, per)))
        if cut and cut[2] and is_unit(cut[2]) and "uom" not in line:
            line["uom"] = one.candidate(cut[2])
        return


def put_net(line: Line, cells: dict[str, Cell], document: Document) -> None:
    """The price after discount is the other reading of the price; the unit that it names counts: "8.645/dozen"."""
    cell = cells.get("net_price")
    value = quantity_parts(cell.segments[0].text, document)[0] if cell else None
    if cell and value is not None and "unit_price" in line:
        price = line["unit_price"]
        net = numbers.printed(_divided(value, _per(cells, document)))
        if net != price.value:
            other = cell.candidate(net, LOSER)
            line["unit_price"] = replace(price, alternatives=(other, *price.alternatives))
    told = _PRICE_PER.search(cell.text) if cell else None
    if cell and told and told[2] and is_unit(told[2]):
        line.setdefault("uom", cell.candidate(told[2]))


def _per(cells: dict[str, Cell], document: Document) -> Decimal | None:
    cell = cells.get("per")
    if cell:
        return quantity_parts(cell.segments[0].text, document)[0]
    net = cells.get("net_price")
    told = _PRICE_PER.search(net.text) if net else None
    return numbers.parse(told[1], document.number_style) if told and told[1] else None


def _divided(value: Decimal, per: Decimal | None) -> Decimal:
    return value if not per or per <= 1 else (value / per).normalize() + Decimal(0)


def put_amount(line: Line, cells: dict[str, Cell], document: Document) -> None:
    cell = cells.get("amount")
    if not cell:
        return
    for segment in cell.segments:
        value = quantity_parts(segment.text, document)[0]
        if value is not None:
            line["amount"] = Cell("amount", cell.part, (segment,)).candidate(numbers.printed(value))
            return


def settle_price(line: Line, cells: dict[str, Cell], document: Document) -> None:
    """Arithmetic over one line: prices per 10, 100 or 1,000; ambiguous marks; then confidence."""
    if not {"quantity", "unit_price", "amount"} <= line.keys():
        return
    q, p, a = (Decimal(line[k].value) for k in ("quantity", "unit_price", "amount"))
    if fits(q, p, a):
        for name in ("quantity", "unit_price", "amount"):
            line[name] = replace(line[name], confidence=0.97)
        return
    left = 1 - _discount(cells, document)
    for per in (Decimal(10), Decimal(100), Decimal(1000)):
        if p and fits(q, p * left / per, a):
            line["unit_price"] = _instead(line["unit_price"], _divided(p, per), 0.9)
            return
    for name in ("quantity", "unit_price", "amount"):
        other = numbers.other_reading(line[name].evidence.text, document.number_style)
        if other is None:
            continue
        trial = {"quantity": q, "unit_price": p, "amount": a, name: other}
        if fits(trial["quantity"], trial["unit_price"], trial["amount"]):
            line[name] = _instead(line[name], other, 0.93)
            return


def _instead(read: Candidate, value: Decimal, confidence: float) -> Candidate:
    """What arithmetic chose; what was read at first is kept as the other reading."""
    loser = Candidate(read.value, LOSER, read.evidence, read.source)
    others = (loser, *read.alternatives)
    return replace(read, value=numbers.printed(value), confidence=confidence, alternatives=others)


def _discount(cells: dict[str, Cell], document: Document) -> Decimal:
    """The share of the price that is taken off, 0 for none."""
    cell = cells.get("discount")
    value = quantity_parts(cell.text.rstrip(" %"), document)[0] if cell else None
    return value / 100 if value is not None and 0 <= value < 100 else Decimal(0)
