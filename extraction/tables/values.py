"""Tables and their records as values."""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.heads.values import Column, Head
from extraction.page.segments import Row, Segment


@dataclass
class Record:
    """The words of one order line: by column (number in Table.columns), row by row, and rows that fit none."""

    cells: dict[int, list[Segment]] = field(default_factory=dict)
    notes: list[Segment] = field(default_factory=list)
    first: Row | None = None
    rows: int = 0
    bottom: float = 0.0
    page: int = 0

    def texts(self, column: int) -> list[str]:
        return [s.text for s in self.cells.get(column, [])]


@dataclass
class Table:
    """columns: what the heads name, left to right; records: the lines read under them."""

    head: Head
    page: int
    columns: tuple[Column, ...]
    records: list[Record]
    rows: set[int] = field(default_factory=set)

    def column(self, role: str) -> int | None:
        return next((i for i, c in enumerate(self.columns) if c.role == role), None)
