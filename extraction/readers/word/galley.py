"""A flow laid out on one endless strip: pieces of text and rules with their places, and where it may be cut."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extraction.readers.word import type_metal
from extraction.readers.word.flow import SIZE, Block, Paragraph, Run, Table, TableCell

WIDTH = 480.0
PADDING = 6.0
LEADING = 1.3
AFTER = 3.0
TABLE_AFTER = 20.0
TAB = 36.0
DEEPEST = 8
WIDEST = 2_000.0
MAX_PIECES = 60_000
_WORDS = re.compile(r"\t|\n|[^\S\t\n]+|\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words side by side in one type; `y` is their baseline."""

    x: float
    y: float
    text: str
    bold: bool
    size: float


@dataclass(slots=True)
class Galley:
    """Points from the left edge and from the top of the strip. cuts: heights at which nothing is cut through."""

    pieces: list[Piece] = field(default_factory=list)
    rules: list[tuple[float, float, float, float]] = field(default_factory=list)
    cuts: list[float] = field(default_factory=list)
    width: float = WIDTH
    height: float = 0.0


def set_blocks(blocks: Sequence[Block]) -> Galley:
    """The strip of a whole document."""
    galley = Galley()
    galley.height = _blocks(galley, blocks, 0.0, WIDTH, 0.0, 0)
    galley.cuts.append(galley.height)
    return galley


def _blocks(
    galley: Galley, blocks: Sequence[Block], x: float, width: float, y: float, depth: int
) -> float:
    """Sets the blocks one under the other; the height where they end."""
    for block in blocks:
        if len(galley.pieces) > MAX_PIECES:
            return y
        if isinstance(block, Paragraph):
            y = _paragraph(galley, block, x, width, y)
        elif depth < DEEPEST:
            y = _table(galley, block, x, width, y, depth)
        if depth == 0:
            galley.cuts.append(y)
    return y


def _paragraph(galley: Galley, paragraph: Paragraph, x: float, width: float, y: float) -> float:
    line = _Line(galley, x, min(paragraph.indent, width / 2), width, y)
    for run in paragraph.runs:
        for word in _WORDS.findall(run.text):
            if word == "\n":
                line.end()
            elif word == "\t":
                line.tab(paragraph.tabs)
            elif word.isspace():
                line.gap(run, len(word))
            else:
                line.put(run, word)
    line.end()
    return line.y + AFTER


class _Line:
    """One row of words being set; a full row is followed by the next."""

    def __init__(self, galley: Galley, x: float, indent: float, width: float, y: float) -> None:
        self.y = y
        self._galley, self._x, self._indent, self._width = galley, x, indent, width
        self._at = indent
        self._waiting: list[tuple[float, Run, str]] = []

    def gap(self, run: Run, blanks: int) -> None:
        self._at += min(blanks, 60) * type_metal.width(" ", run.bold, run.size)

    def tab(self, stops: Sequence[float]) -> None:
        """To the next stop that leaves a gap to be seen."""
        least = self._at + 8
        after = next((s for s in stops if least < s < self._width), None)
        self._at = after if after is not None else (least // TAB + 1) * TAB

    def put(self, run: Run, word: str) -> None:
        wide = type_metal.width(word, run.bold, run.size)
        if self._at + wide > self._width and self._waiting:
            self.end()
        self._waiting.append((self._at, run, word))
        self._at += wide

    def end(self) -> None:
        size = max((run.size for _, run, _ in self._waiting), default=SIZE)
        base = self.y + size
        for at, run, word in self._waiting:
            self._galley.pieces.append(Piece(self._x + at, base, word, run.bold, run.size))
        self.y += size * LEADING
        self._waiting, self._at = [], self._indent


def _table(galley: Galley, table: Table, x: float, width: float, y: float, depth: int) -> float:
    widths = column_widths(table, width)
    edges = [x]
    for one in widths:
        edges.append(edges[-1] + one)
    galley.width = max(galley.width, edges[-1])
    top = y
    tall: dict[
        int, float
    ] = {}  # a cell over several rows -> where it ends at the earliest, by its last row
    for number, row in enumerate(table.rows):
        bottom = max(y + SIZE, tall.pop(number, y))
        for column, cell in row.items():
            last = min(column + cell.across, len(widths))
            inner = edges[last] - edges[column] - 2 * PADDING
            end = _blocks(galley, cell.blocks, edges[column] + PADDING, inner, y + 2, depth + 1)
            if cell.down == 1:
                bottom = max(bottom, end)
            else:
                last_row = min(number + cell.down, len(table.rows)) - 1
                tall[last_row] = max(tall.get(last_row, end), end)
        if table.ruled:
            _frames(galley, row, edges, y, bottom)
        y = bottom
        if depth == 0 and not any(at > number for at in tall):
            galley.cuts.append(y)
    if table.ruled and y > top:
        galley.rules.append((edges[0], top, edges[0], y))
        galley.rules.append((edges[-1], top, edges[-1], y))
        galley.rules.append((edges[0], y, edges[-1], y))
    return y + TABLE_AFTER


def _frames(
    galley: Galley, row: dict[int, TableCell], edges: list[float], top: float, bottom: float
) -> None:
    for column, cell in row.items():
        right = edges[min(column + cell.across, len(edges) - 1)]
        galley.rules.append((edges[column], top, right, top))
        galley.rules.append((edges[column], top, edges[column], bottom))


def column_widths(table: Table, width: float) -> list[float]:
    """As the file says, else by content; never narrower than the longest word, so that no word is torn."""
    count = max((c + cell.across for row in table.rows for c, cell in row.items()), default=1)
    least, wanted = [20.0] * count, [20.0] * count
    for row in table.rows[:400]:
        for column, cell in row.items():
            if cell.across == 1:
                least[column] = max(least[column], _longest(cell, r"\S+"))
                wanted[column] = max(wanted[column], _longest(cell, r"[^\n]+"))
    told = list(table.widths[:count])
    if len(told) < count or sum(told) <= 0:
        share = width / sum(min(w, width / 2) for w in wanted)
        told = [min(w, width / 2) * min(share, 1.5) for w in wanted]
    elif sum(told) > width:
        told = [w * width / sum(told) for w in told]
    final = [max(w, n) for w, n in zip(told, least, strict=True)]
    over = sum(final) - width
    if over > 0:  # others give what the narrow ones needed
        spare = [f - n for f, n in zip(final, least, strict=True)]
        given = min(over / sum(spare), 1.0) if sum(spare) else 0.0
        final = [f - s * given for f, s in zip(final, spare, strict=True)]
    else:  # our type is wider than theirs, so lines that had room get it
        short = [max(w - f, 0.0) for w, f in zip(wanted, final, strict=True)]
        given = min(-over / sum(short), 1.0) if sum(short) else 0.0
        final = [f + s * given for f, s in zip(final, short, strict=True)]
    grown = sum(final)
    return final if grown <= WIDEST else [f * WIDEST / grown for f in final]


def _longest(cell: TableCell, pattern: str) -> float:
    size = max(
        (r.size for b in cell.blocks if isinstance(b, Paragraph) for r in b.runs), default=SIZE
    )
    found = re.findall(pattern, cell.text[:2_000])
    longest = max(found, key=len, default="")
    return min(type_metal.width(longest, True, size), 400.0) + 2 * PADDING
