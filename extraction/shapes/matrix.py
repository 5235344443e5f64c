"""Tables with a column for each size or day: every filled cell is a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.heads.values import Column
from extraction.lines.cells import Cell, Line
from extraction.tables.values import Record, Table

LEAST = 3
_SIZE = re.compile(
    r"(?:x{0,4}[sml]|[2-6]xl|[2-6]xs|xxs|one ?size|os|(?:3[0-9]|4[0-9]|5[0-9]|6[0-4])(?:[.,]5)?|"
    r"(?:2[0-9]|1[0-9]|[2-9])(?:[.,]5)?|\d{2,3}/\d{2,3}|w\d{2}|uk ?\d{1,2}|eu ?\d{2}|us ?\d{1,2})",
    re.IGNORECASE,
)
_BLANK = re.compile(r"[-–—.x]?|0|n/?a", re.IGNORECASE)


@dataclass(frozen=True)
class Spread:
    """The columns that hold quantities: number of the column -> its size, or its day as YYYY-MM-DD."""

    sizes: dict[int, str]
    days: dict[int, str]

    @property
    def columns(self) -> set[int]:
        return self.sizes.keys() | self.days.keys()


def spread_of(table: Table, document: Document) -> Spread | None:
    """The size or day columns of a table; None where it has none or where they do not add up."""
    days = {
        i: dates.choose(found[0], document.day_style).isoformat()
        for i, c in enumerate(table.columns)
        if (found := dates.find(c.title, document.near)) and len(c.title) < 16
    }
    sizes = {i: c.title for i, c in enumerate(table.columns) if _is_size(c)}
    for spread in (Spread({}, days), Spread(sizes, {})):
        if len(spread.columns) >= LEAST and _adds_up(spread.columns, table, document):
            return spread
    return None


def _is_size(column: Column) -> bool:
    return column.role in ("", "decoy", "sku") and bool(_SIZE.fullmatch(column.title.strip()))


def _adds_up(columns: set[int], table: Table, document: Document) -> bool:
    """Whether most cells are whole numbers or blank, and add up to the quantity where one is printed."""
    total = next((i for i, c in enumerate(table.columns) if c.role == "quantity"), None)
    agreed = tried = 0
    for record in table.records:
        values = [_count(record, i, document) for i in columns]
        if any(v is None for v in values):
            return False
        summed = sum((v for v in values if v is not None), Decimal(0))
        printed = _count(record, total, document) if total is not None else None
        if printed:
            tried += 1
            agreed += summed == printed
        elif not summed and total is None:
            tried += 1
    return agreed >= 0.7 * tried


def _count(record: Record, column: int, document: Document) -> Decimal | None:
    """The whole number in a cell; zero when blank, None when something else stands there."""
    texts = record.texts(column)
    if not texts or _BLANK.fullmatch(texts[0].strip()):
        return Decimal(0)
    return numbers.parse(texts[0], document.number_style)


def lines(
    table: Table, read: Sequence[Line], spread: Spread, roles: Sequence[str], document: Document
) -> list[Line]:
    """A line for every filled cell, with what its row says about it; `read`: the line of every record."""
    found: list[Line] = []
    name: Cell | None = None
    for record, line in zip(table.records, read, strict=True):
        named = _name(record, spread, roles, document)
        name = named or name
        details = _details(record, spread, roles, document)
        for column in sorted(spread.columns):
            value = _count(record, column, document)
            if not value:
                continue
            cell = Cell("quantity", document.canvas.part, tuple(record.cells[column]))
            one = {k: c for k, c in line.items() if k in ("unit_price", "uom", "buyer_sku", "supplier_sku", "description", "requested_date")}  # fmt: skip
            one["quantity"] = cell.candidate(numbers.printed(value))
            if column in spread.days:
                one["requested_date"] = cell.candidate(spread.days[column])
            elif name is not None:
                parts = [_without_code(name.text), *(c.text for c in details), spread.sizes[column]]
                one["description"] = name.candidate(" ".join(parts))
            found.append(one)
    return found


def _name(record: Record, spread: Spread, roles: Sequence[str], document: Document) -> Cell | None:
    """The words that name the goods: of the description, else of the column of numbers and names."""
    for wanted in ("description", "sku", "buyer_sku", "supplier_sku", "item"):
        for i, role in enumerate(roles):
            segments = record.cells.get(i)
            if role == wanted and segments and i not in spread.columns:
                return Cell("description", document.canvas.part, tuple(segments))
    return None


def _details(
    record: Record, spread: Spread, roles: Sequence[str], document: Document
) -> list[Cell]:
    """What columns before the sizes say besides the name: colour, quality."""
    first = min(spread.columns)
    return [
        Cell("", document.canvas.part, tuple(record.cells[i]))
        for i in range(first)
        if roles[i] in ("", "decoy")
        and i in record.cells
        and re.search(r"[^\W\d_]{3}", " ".join(record.texts(i)))
    ]


def _without_code(text: str) -> str:
    first, _, rest = text.partition(" ")
    return rest if rest and re.search(r"\d{3}", first) else text
