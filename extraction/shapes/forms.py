"""Order lines printed as a form, one value a row: "Item: ...", "Quantity: 150 m", "Price each: 2.60"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from core.inbound.reading import Candidate
from extraction.codes import owner_of
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.units import is_unit
from extraction.lines.cells import Line, fits
from extraction.page.segments import Canvas, Row, Segment
from extraction.vocabulary import matches

CONFIDENCE = 0.8
_COLUMNS = frozenset({"columns", "labels"})
_KINDS = {"quantity", "unit_price", "amount", "description", "sku", "item", "buyer_sku", "supplier_sku", "manufacturer_sku", "gtin", "uom", "requested_date"}  # fmt: skip


def read(document: Document) -> list[Line]:
    """Lines of a document without tables; a kind of value that comes again begins the next line."""
    lines: list[Line] = []
    line: Line = {}
    for role, value, row in _pairs(document.canvas):
        read_values = _values(role, value, document)
        if not read_values or (role == "amount" and not _closes(line, read_values)):
            continue
        if any(name in line for name in read_values) and role != "requested_date":
            lines.append(line)
            line = {}
        line.update({k: v for k, v in read_values.items() if k not in line})
        if role in ("sku", "item", "supplier_sku", "buyer_sku") and "description" not in line:
            _describe(line, document.canvas, row, value)
    lines.append(line)
    return [
        found
        for found in lines
        if "quantity" in found and {"description", "buyer_sku", "supplier_sku"} & found.keys()
    ]


def _closes(line: Line, told: Line) -> bool:
    """Whether an amount is that of the line, rather than a sum of all lines below them."""
    if not {"quantity", "unit_price"} <= line.keys():
        return True
    count, price, amount = (
        Decimal(c.value) for c in (line["quantity"], line["unit_price"], told["amount"])
    )
    return fits(count, price, amount)


def _pairs(canvas: Canvas) -> Iterator[tuple[str, Segment, int]]:
    """(role, value, row number) of every "label: value" whose label means a column."""
    for number, row in enumerate(canvas.rows):
        for index, segment in enumerate(row.segments):
            found = matches(segment.text.partition(":")[0], _COLUMNS)
            if not found or found[0].start > 2:
                continue
            column = found[0].meaning("columns")
            colon = re.match(r"[\s.#]*:\s*", segment.text[found[0].end :])
            colon = colon or _paired(row, index, segment.text[found[0].end :])
            if column is None or column.name not in _KINDS or not colon:
                continue
            value = segment.cut(found[0].end + colon.end(), len(segment.text)) or _next(row, index)
            if value is not None:
                yield column.name, value, number


def _paired(row: Row, index: int, rest: str) -> re.Match[str] | None:
    """A label without a colon in a row of just itself and its value."""
    alone = len(row.segments) == 2 and index == 0 and row.segments[1].text[0] != ":"
    return re.fullmatch(r"[\s.#]*", rest) if alone else None


def _next(row: Row, index: int) -> Segment | None:
    if index + 1 >= len(row.segments) or row.segments[index + 1].text.rstrip().endswith(":"):
        return None
    return row.segments[index + 1]


def _values(role: str, value: Segment, document: Document) -> Line:
    text = value.text.strip()
    if role in ("quantity", "unit_price", "amount"):
        found = numbers.find(re.sub(r"(?<=\d)(?=[A-Za-z])", " ", text), document.number_style)
        if not found or len(text) > 40 or dates.find(text):
            return {}
        line = {role: _candidate(numbers.printed(found[0][0]), value)}
        unit = re.sub(r"[\d.,\s]+", " ", text).strip()
        if role == "quantity" and is_unit(unit):
            line["uom"] = _candidate(unit, value)
        return line
    if role == "requested_date":
        days = dates.find(text, document.near)
        return (
            {role: _candidate(dates.choose(days[0], document.day_style).isoformat(), value)}
            if days
            else {}
        )
    if role in ("sku", "item"):
        is_code = bool(re.fullmatch(r"(?=.*\d)[\w./-]{3,30}", text))
        return {
            owner_of(text, document) if is_code or role == "sku" else "description": _candidate(
                text, value
            )
        }
    return {role: _candidate(text, value)} if 0 < len(text) <= 200 else {}


def _candidate(text: str, value: Segment) -> Candidate:
    return Candidate(text, CONFIDENCE, value.evidence(), "form")


def _describe(line: Line, canvas: Canvas, number: int, value: Segment) -> None:
    """An unlabelled row right below a part number, beginning where it begins, tells what it is."""
    if number + 1 >= len(canvas.rows):
        return
    below = canvas.rows[number + 1]
    first = below.segments[0]
    if below.page == value.page and abs(first.box.x0 - value.box.x0) < 6 and ":" not in first.text:
        line["description"] = _candidate(first.text, first)
