"""Delivery schedules of one item each: days and quantities in a table, the item named in the rows above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.inbound.reading import Candidate
from extraction.codes import looks_like_code, owner_of
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.units import is_unit
from extraction.heads.rows import is_head_row
from extraction.heads.stacks import columns_of
from extraction.heads.values import BODY_ROWS, NAMING, Head
from extraction.lines.cells import BASE, Cell, Line, quantity_parts
from extraction.page.segments import Row, Segment
from extraction.tables.columns import Columns
from extraction.tables.columns import columns_of as places_of
from extraction.vocabulary import matches

ABOVE = 10
_COLUMNS = frozenset({"columns"})
_CODES = {"item", "sku", "buyer_sku", "supplier_sku", "manufacturer_sku"}
_TENTATIVE = re.compile(
    r"\b(forecast|fcst|prognos\w*|vorschau|tentative|provisional|planned|plan|planning|planung|pr[ée]vision\w*|previst\w*|"
    r"previsi\w*|estimat\w*|indicati\w*|voorlopig|unverbindlich|not firm|non ferme)\b",
    re.IGNORECASE,
)


def read(document: Document) -> list[Line]:
    """A line for every firm row of every schedule, in order; [] when there is none whose item is named."""
    found: list[Line] = []
    rows = document.canvas.rows
    begun = 0
    for at, row in enumerate(rows):
        head = _head_at(rows, at) if is_head_row(row) else None
        if head is None:
            continue
        item = _item_above(rows[max(begun, at - ABOVE) : at], document)
        if not item or not item.keys() & (_CODES | {"description"}):
            continue
        for line in _releases(head, at, document):
            found.append({**item, **line})
        begun = at + 1
    return found


def _head_at(rows: Sequence[Row], at: int) -> Head | None:
    """A head that names a day and a quantity and nothing that goods are named by."""
    columns = columns_of(rows[at : at + 1], rows[at + 1 : at + 1 + BODY_ROWS])
    roles = {c.role for c in columns}
    if not {"requested_date", "quantity"} <= roles or roles & (NAMING - {"line_no"}):
        return None
    return Head(at, at, columns)


def _releases(head: Head, at: int, document: Document) -> Iterator[Line]:
    """The firm rows under a head, up to the first that holds no quantity."""
    rows = document.canvas.rows
    body = rows[at + 1 :]
    columns = places_of(document.canvas, head, body)
    for row in body:
        line = _release(columns, row, document)
        if not line:
            return
        if not _TENTATIVE.search(row.text) and "requested_date" in line:
            yield line


def _release(columns: Columns, row: Row, document: Document) -> Line:
    """Quantity, unit and day of one row; {} when it counts nothing."""
    line: Line = {}
    part = document.canvas.part
    for slot, segment in columns.split(row).items():
        for column in columns.in_slot(slot)[:1]:
            cell = Cell(column.role, part, (segment,))
            if column.role == "quantity" and "quantity" not in line:
                value, _, rest = quantity_parts(segment.text, document)
                if value is not None:
                    line["quantity"] = cell.candidate(numbers.printed(value))
                    if is_unit(rest):
                        line["uom"] = cell.candidate(rest)
            elif column.role == "requested_date" and "requested_date" not in line:
                days = dates.find(segment.text, document.near)
                if days:
                    day = dates.choose(days[0], document.day_style).isoformat()
                    line["requested_date"] = cell.candidate(day)
            elif column.role == "uom" and is_unit(segment.text):
                line["uom"] = cell.candidate(segment.text)
    return line if "quantity" in line else {}


def _item_above(rows: Sequence[Row], document: Document) -> Line:
    """Part number, name, unit and price from labelled places above a schedule."""
    item: Line = {}
    for row in rows:
        for index, segment in enumerate(row.segments):
            for role, value in _labelled(row, index, segment):
                _put(item, role, value, row, document)
    return item


def _labelled(row: Row, index: int, segment: Segment) -> Iterator[tuple[str, Segment]]:
    found = matches(segment.text, _COLUMNS)
    if not found or found[0].start > 2:
        return
    rest = segment.text[found[0].end :]
    end = found[0].end + len(rest) - len(rest.lstrip(" .:#"))
    value = segment.cut(end, len(segment.text))
    if value is None and index + 1 < len(row.segments):
        value = row.segments[index + 1]
    if value is not None:
        yield found[0].meanings[0].name, value


def _put(item: Line, role: str, value: Segment, row: Row, document: Document) -> None:
    text = value.text.strip()
    if role in _CODES:
        code = text.split(" ")[0].strip(",;")
        if not looks_like_code(code) or item.keys() & _CODES:
            return
        name = owner_of(code, document) if role in ("item", "sku") else role
        item[name] = _candidate(code, value)
        rest = value.cut(
            len(value.text) - len(value.text.lstrip()) + len(code) + 1, len(value.text)
        )
        beside = [s for s in row.segments if s.box.x0 > value.box.x1]
        described = rest or (
            beside[0] if beside and not matches(beside[0].text, _COLUMNS) else None
        )
        if described is not None and re.search(r"[^\W\d_]{3}", described.text):
            item.setdefault("description", _candidate(described.text, described))
    elif role == "description":
        item["description"] = _candidate(text, value)
    elif role == "uom" and is_unit(text):
        item["uom"] = _candidate(text, value)
    elif role == "unit_price":
        amount = quantity_parts(text, document)[0]
        if amount is not None:
            item["unit_price"] = _candidate(numbers.printed(amount), value)


def _candidate(text: str, value: Segment) -> Candidate:
    return Candidate(text, BASE, value.evidence(), "table")
