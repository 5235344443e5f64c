"""Part numbers written into the goods: as the first or the last word of every line, where no column holds any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.lines.cells import Cell
from extraction.page.segments import Segment
from extraction.tables.values import Record

MOST = 0.8
_OWNERS = frozenset({"sku", "sku2", "buyer_sku", "supplier_sku", "manufacturer_sku", "gtin"})
_FIRST = re.compile(
    r"[\[(*]?(?P<code>[^\W_][\w./-]{2,}[^\W_])[\])*]?(?:[,:;]|\s*[-–—])?\s+(?=\S*\w)"
)
_LAST = re.compile(r"(?:\s[-–—]\s*|[\s,:;]+)[\[(*]?(?P<code>[^\W_][\w./-]{2,}[^\W_])[\])*]?$")
_MEASURE = re.compile(
    r"\d{1,4}(?:[.,/]\d+)?(?:mm|cm|m|kg|g|ml|l|in|ft|v|w|a|kv|kw|hz|bar|ohm|pcs|st)?"
    r"|(?:m|dn|pn|ip|no|nr|gr|sw|g|r|t)\.?\d{1,3}(?:[.,/x×-]\d+)*|\d+(?:[.,]\d+)?[x×][\dx×.,]+\w*"
    r"|\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\d{1,2}/\d{1,2}"
    r"|(?:iso|din|en|ral|aisi|sae|astm|bs|iec|uni|nf|jis|ansi|vde|nema|hsn?|un|ean|upc)[-./]?\d+.*",
    re.IGNORECASE,
)
"""Sizes, days and the names of norms, which stand in goods but number no part."""
_SURE = re.compile(
    r"[A-Za-z]{1,6}[-_./]?\d{4,}(?:[A-Z]{1,3})?(?:[-_./][A-Z0-9]{1,4})?|[A-Z]{1,5}-[A-Z]{2,5}-\d{3,}|\d{3}\.\d{3}\.\d{2,3}"
    r"|\d{2,4}-\d{4,}|\d{6,9}|\d{4,}[A-Z]{1,4}"
)
"""Built so that one alone is believed."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where every line of a table has its part number: at the "first" or the "last" word of the goods."""

    end: str

    def parted(self, cell: Cell) -> tuple[Cell, Cell] | None:
        """(part number, goods without it) of one description; None where it has none there."""
        place = _place(self.end, cell.segments)
        if place is None:
            return None
        row, found = place
        text = cell.segments[row]
        code = text.cut(*found.span("code"))
        if self.end == "first":
            rest, behind = text.cut(found.end(), len(text.text)), cell.segments[1:]
        else:
            rest, behind = text.cut(0, found.start()), ()
        kept = (*cell.segments[:row], *((rest,) if rest else ()), *behind)
        return (Cell("sku", cell.part, (code,)), Cell(cell.role, cell.part, kept)) if code else None


def place_of(records: Sequence[Record], roles: Sequence[str]) -> Place | None:
    """The place that most lines share, each with a number of its own; None where a column holds the part numbers."""
    if any(role in _OWNERS for role in roles) or "description" not in roles:
        return None
    column = roles.index("description")
    goods = [cells for record in records if (cells := record.cells.get(column))]
    for end in ("first", "last"):
        places = [place for cells in goods if (place := _place(end, cells))]
        codes = {found["code"] for _, found in places}
        if len(goods) == 1 and places and _is_sure(places[0], goods[0], end):
            return Place(end)
        several = len(places) > 1 and len(codes) > MOST * len(places)
        if several and len(places) >= MOST * len(goods):
            return Place(end)
    return None


def _is_sure(place: tuple[int, re.Match[str]], cells: Sequence[Segment], end: str) -> bool:
    """Whether the number of a lone line is built like one and stands at the very end of its goods."""
    row, found = place
    at_end = end == "first" or row == len(cells) - 1
    return at_end and bool(_SURE.fullmatch(found["code"]))


def _place(end: str, cells: Sequence[Segment]) -> tuple[int, re.Match[str]] | None:
    """(row of the cell, where in it) the part number stands; what stands in rows behind it says more about the line."""
    for row, segment in enumerate(cells[:1] if end == "first" else cells):
        found = _FIRST.match(segment.text) if end == "first" else _LAST.search(segment.text)
        if found and _numbers_a_part(found["code"]):
            return row, found
    return None


def _numbers_a_part(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    if _MEASURE.fullmatch(text):
        return text.isdigit() and digits >= 5
    return digits >= 3
