"""The rows under a head, parted into cells, and what stands in the cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.fields import dates, numbers
from extraction.fields.currencies import CURRENCIES
from extraction.fields.units import is_unit
from extraction.heads.values import CORE, Head
from extraction.page.segments import Canvas, Row, Segment
from extraction.shapes.layers import LayeredColumns
from extraction.tables.columns import Columns, columns_of

PART_NUMBERS = {"sku", "buyer_sku", "supplier_sku"}
LABELS = frozenset({"labels", "decoys", "parties"})
_SUM = r"(?:\d{1,3}(?:([ .,'’])\d{3})+(?!\1)[.,]\d\d|\d+[.,]\d\d)"
_MONEY = re.compile(
    rf"(?:[€$£₹]|[A-Z]{{3}})? ?{_SUM} ?(?:[€$£₹]|[A-Z]{{3}})?|[€$£₹] ?\d[\d.,' ]*|[€$£₹]"
)
"""A sum of money as it stands under a head: it names no goods."""
LINE_NO = re.compile(r"#?\d{1,5}(\.\d{1,3})?[.):]?")
TEXT_ROLES = {
    "description",
    "item",
    "sku",
    "buyer_sku",
    "supplier_sku",
    "manufacturer_sku",
    "gtin",
    "decoy",
    "",
}


def _opens_number(text: str) -> bool:
    return bool(LINE_NO.fullmatch(text.strip().split(" ")[0]))


def _beside(word: str) -> bool:
    """Words that may stand beside the figure in a cell."""
    return (
        is_unit(word)
        or word.lower() in CURRENCIES
        or word.lower() in {"per", "pro", "par", "je", "of", "x", "rs", "us"}
    )


class Body:
    """The rows under one head, each parted into the slots of the columns.

    splits: for each row its words by slot. has_line_no: whether a column counts the lines.
    """

    def __init__(
        self, canvas: Canvas, head: Head, rows: Sequence[Row], style: numbers.Style
    ) -> None:
        self.canvas, self.head, self.style = canvas, head, style
        self.columns: Columns | LayeredColumns = (
            LayeredColumns(head.columns, style) if head.layered else columns_of(canvas, head, rows)
        )
        self.rows = list(rows)
        self._cores: dict[int, set[str]] = {}
        self.splits = [self._settled(self.columns.split(row)) for row in self.rows]
        self.has_line_no = self._counts_lines()

    def _settled(self, split: dict[int, Segment]) -> dict[int, Segment]:
        """A row in which a count with its unit slipped into the text column beside the empty quantity column."""
        if self.head.layered:
            return split
        places = range(len(self.columns.slots))
        wanted = next(
            (i for i in places if any(c.role == "quantity" for c in self.columns.in_slot(i))), None
        )
        if wanted is None or wanted in split:
            return split
        for beside in (wanted - 1, wanted + 1):
            text = (
                re.sub(r"(?<=\d)(?=[A-Za-z])", " ", split[beside].text) if beside in split else ""
            )
            numbered = re.fullmatch(r"[\d.,]+ (\S+)", text)
            if numbered and is_unit(numbered[1]):
                moved = {k: v for k, v in split.items() if k != beside}
                return {**moved, wanted: split[beside]}
        return split

    def cell(self, split: dict[int, Segment], roles: set[str]) -> Segment | None:
        """The words of a row under the first column of one of the roles."""
        for slot, segment in split.items():
            if any(c.role in roles for c in self.columns.in_slot(slot)):
                return segment
        return None

    def _counts_lines(self) -> bool:
        """Whether the column of line numbers really counts in this body."""
        if not self.head.roles & {"line_no", "item"}:
            return False
        role = "line_no" if "line_no" in self.head.roles else "item"
        found, level = [], []
        for row, split in zip(self.rows, self.splits, strict=True):
            cell = self.cell(split, {role})
            if cell and len(cell.text) <= 20 and (role == "line_no" or len(row.segments) > 1):
                found.append(cell)
                level.extend([cell] if self.core(split) else [])
        counted = [s for s in found if LINE_NO.fullmatch(s.text.strip())]
        if role == "line_no" and level and not any(_opens_number(s.text) for s in level):
            return False
        return bool(counted) and (role == "line_no" or len(counted) >= 0.5 * len(found))

    @property
    def stacked(self) -> bool:
        """Whether heads stand over each other in one column."""
        return any(c.layers > 1 for c in self.head.columns)

    def core(self, split: dict[int, Segment]) -> set[str]:
        """The figures that make a row a line: which of quantity, price and amount it holds."""
        known = self._cores.get(id(split))
        if known is None:
            known = self._cores[id(split)] = self._core(split)
        return known

    def _core(self, split: dict[int, Segment]) -> set[str]:
        found = set()
        for slot, segment in split.items():
            for column in self.columns.in_slot(slot):
                role = column.role
                if role == "uom" and "quantity" not in self.head.roles:
                    role = "quantity"
                if role in CORE and self.holds_number(segment.text):
                    found.add(role)
        return found

    def holds_number(self, text: str) -> bool:
        """Whether a cell is a number, alone or with units, currencies and "per" beside it."""
        if numbers.parse(text, self.style) is not None:
            return True
        if len(text) > 40 or dates.find(text):
            return False
        spaced = re.sub(r"(\d)([A-Za-z])", r"\1 \2", text).replace("/", " / ")
        words = re.sub(r"[\d.,%$€£₹/()+-]", " ", spaced).split()
        return (
            bool(numbers.find(spaced, self.style))
            and len(words) <= 4
            and all(_beside(w) for w in words)
        )

    def names_something(self, split: dict[int, Segment]) -> bool:
        """Whether words, more than a sum of money, stand under a head of text."""
        for slot, segment in split.items():
            text = segment.text
            if any(c.role in TEXT_ROLES for c in self.columns.in_slot(slot)) and (
                re.search(r"\w", text) and not _MONEY.fullmatch(text)
            ):
                return True
        return False
