"""Sheets without heads: which column holds the goods and which the quantity is told by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise

from core.inbound.reading import Candidate
from extraction.codes import owner_of
from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.units import is_unit
from extraction.lines.cells import Line, fits, quantity_parts
from extraction.page.segments import GRID_COLUMN, Segment

CONFIDENCE = 0.6
LEAST_ROWS = 2
MOST = 0.6  # share of the rows that must fit what a column is taken for
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9][\w./-]{2,29}")
_NUMBERED = re.compile(
    r"[,;(–-]?\s*(?:(?:our|unsere?|notre|nuestr[oa]|nostr[oa]|ns\.?|onze?|ons)\s+)?(?:mat(?:erial)?|art(?:ikel|icle|icolo|ículo)?|item|part|réf|ref|cod|cat|stock)\.?[- ]?(?:nr|no|n[°º]|num|number|nummer|code)?\.?\s*:?\s*(?P<code>(?=\S*\d)[A-Za-z0-9][\w./-]{2,24})\)?$",
    re.IGNORECASE,
)
""" ", unsere Mat.-Nr. 900122" behind the goods."""
_OURS = re.compile(
    r"\W*(?:our|unsere?|notre|nuestr[oa]|nostr[oa]|ns\.?|onze?|ons)\s", re.IGNORECASE
)
_NAMED = re.compile(r"[^\W\d_]{3,}")

Cells = dict[int, Segment]


def read(document: Document) -> list[Line]:
    """The lines of a list of goods and quantities; [] when the columns do not tell."""
    rows = [
        {int(s.box.x0 // GRID_COLUMN): s for s in row.segments}
        for row in document.canvas.rows
        if len(row.segments) > 1
    ]
    if len(rows) < LEAST_ROWS:
        return []
    columns = sorted({column for row in rows for column in row})
    goods = [c for c in columns if _share(rows, c, _is_goods)]
    counted = [c for c in columns if _share(rows, c, lambda t: _figure(t, document) is not None)]
    counted = [c for c in counted if not _is_counter(rows, c) and not _is_code_column(rows, c)]
    if not goods or not counted:
        return []
    what = max(goods, key=lambda c: sum(len(row[c].text) for row in rows if c in row))
    quantity, price, amount = _roles(rows, [c for c in counted if c != what], document)
    if quantity is None:
        return []
    found = []
    for row in rows:
        line = _line(row, what, quantity, document)
        if line:
            _add(line, row, price, "unit_price", document)
            _add(line, row, amount, "amount", document)
            found.append(line)
    return found if len(found) >= LEAST_ROWS and len(found) >= MOST * len(rows) else []


def _share(rows: Sequence[Cells], column: int, fit: Callable[[str], bool]) -> bool:
    return sum(column in row and fit(row[column].text) for row in rows) >= MOST * len(rows)


def _is_goods(text: str) -> bool:
    return bool(_NAMED.search(text)) and not is_unit(text) and not text.rstrip().endswith(":")


def _figure(text: str, document: Document) -> Decimal | None:
    """The figure that the cell is, with a unit or without."""
    if len(text) > 24 or dates.find(text):
        return None
    value, _, rest = quantity_parts(text, document)
    return value if value is not None and value > 0 and (not rest or is_unit(rest)) else None


def _is_counter(rows: Sequence[Cells], column: int) -> bool:
    """1, 2, 3 ... or 10, 20, 30 ..."""
    told = [row[column].text.strip(".") for row in rows if column in row]
    if not all(t.isascii() and t.isdigit() and len(t) < 6 for t in told) or len(told) < 3:
        return False
    steps = {int(b) - int(a) for a, b in pairwise(told)}
    return len(steps) == 1 and steps <= {1, 10}


def _is_code_column(rows: Sequence[Cells], column: int) -> bool:
    """Whole numbers of one length, four figures or more, all different: item numbers."""
    told = [row[column].text for row in rows if column in row]
    return (
        all(t.isascii() and t.isdigit() and len(t) >= 4 for t in told)
        and len({len(t) for t in told}) == 1
        and len(set(told)) == len(told)
    )


def _roles(
    rows: Sequence[Cells], columns: list[int], document: Document
) -> tuple[int | None, int | None, int | None]:
    """(quantity, price, amount): three columns by their product, else one column of figures is the quantity."""
    for q in columns:
        for p in columns:
            for a in columns:
                if len({q, p, a}) == 3 and _multiply(rows, q, p, a, document):
                    return (q, p, a) if _whole(rows, q, document) or q < p else (p, q, a)
    whole = [c for c in columns if _whole(rows, c, document)]
    if len(columns) == 1:
        return columns[0], None, None
    if len(columns) == 2 and len(whole) == 1:
        return whole[0], next(c for c in columns if c not in whole), None
    return None, None, None


def _multiply(rows: Sequence[Cells], q: int, p: int, a: int, document: Document) -> bool:
    told = [
        [_figure(row[c].text, document) for c in (q, p, a)]
        for row in rows
        if {q, p, a} <= row.keys()
    ]
    right = sum(
        x is not None and y is not None and z is not None and fits(x, y, z) for x, y, z in told
    )
    return right >= LEAST_ROWS and right >= MOST * len(rows)


def _whole(rows: Sequence[Cells], column: int, document: Document) -> bool:
    told = [_figure(row[column].text, document) for row in rows if column in row]
    return all(v is None or v == v.to_integral_value() for v in told)


def _line(row: Cells, what: int, quantity: int, document: Document) -> Line | None:
    if what not in row or quantity not in row or not _is_goods(row[what].text):
        return None
    value = _figure(row[quantity].text, document)
    if value is None:
        return None
    line: Line = {
        "quantity": _candidate(numbers.printed(value), row[quantity]),
        "description": _candidate(row[what].text, row[what]),
    }
    named = _NUMBERED.search(row[what].text)
    if named and named.start() > 3:
        owner = "buyer_sku" if _OURS.match(named[0]) else owner_of(named["code"], document)
        line[owner] = _candidate(named["code"], row[what])
        line["description"] = _candidate(
            row[what].text[: named.start()].rstrip(" ,;-–("), row[what]
        )
    _, _, unit = quantity_parts(row[quantity].text, document)
    if unit:
        line["uom"] = _candidate(unit, row[quantity])
    for column, cell in row.items():
        if column in (what, quantity):
            continue
        if is_unit(cell.text) and "uom" not in line:
            line["uom"] = _candidate(cell.text, cell)
        elif (day := _day(cell, document)) is not None:
            line.setdefault("requested_date", day)
        elif column < what and _CODE.fullmatch(cell.text) and not cell.text.isdigit():
            line.setdefault(owner_of(cell.text, document), _candidate(cell.text, cell))
    return line


def _day(cell: Segment, document: Document) -> Candidate | None:
    """The day that a cell is, alone or behind a short word: "zum 19.10.2026"."""
    days = dates.find(cell.text, document.near)
    if len(days) != 1 or len(cell.text) - (days[0].end - days[0].start) > 8:
        return None
    return _candidate(dates.choose(days[0], document.day_style).isoformat(), cell)


def _add(line: Line, row: Cells, column: int | None, name: str, document: Document) -> None:
    if column is not None and column in row:
        value = _figure(row[column].text, document)
        if value is not None:
            line[name] = _candidate(numbers.printed(value), row[column])


def _candidate(text: str, cell: Segment) -> Candidate:
    return Candidate(text, CONFIDENCE, cell.evidence(), "bare")
