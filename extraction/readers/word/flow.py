"""What a word processor file holds, in reading order: paragraphs and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

SIZE = 10.0
MAX_BLOCKS = 20_000
MAX_CHARACTERS = 400_000


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one type; size in points. Tabs and line ends in it count."""

    text: str
    bold: bool = False
    size: float = SIZE


@dataclass(frozen=True, slots=True)
class Paragraph:
    """runs as written, list numbers included; indent in points; tabs: stops in points from the left edge."""

    runs: tuple[Run, ...] = ()
    indent: float = 0.0
    tabs: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


@dataclass(slots=True)
class TableCell:
    """across, down: columns and rows that it covers."""

    blocks: list[Block] = field(default_factory=list)
    across: int = 1
    down: int = 1

    @property
    def text(self) -> str:
        return text_of(self.blocks)


@dataclass(slots=True)
class Table:
    """rows: cells by the column they begin in. widths: of the columns in points, () when the file does not say."""

    rows: list[dict[int, TableCell]] = field(default_factory=list)
    widths: tuple[float, ...] = ()
    ruled: bool = False


Block = Paragraph | Table


def text_of(blocks: Sequence[Block]) -> str:
    """The words alone, a row for each paragraph."""
    rows = []
    for block in blocks:
        if isinstance(block, Paragraph):
            rows.append(block.text)
        else:
            rows += [cell.text for row in block.rows for cell in row.values()]
    return "\n".join(rows)
