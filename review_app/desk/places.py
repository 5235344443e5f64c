"""Text cut at the borders of the places where fields were read, so that each piece can be lit by its fields."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise, repeat
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; keys of what was read there, none for plain text."""

    text: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lit:
    """A box on a page, in points."""

    id: str
    x: float
    y: float
    width: float
    height: float


def place_key(field_id: int, evidence: dict[str, Any] | None = None) -> str:
    """The name of a place: "12" for field 12 as it stands, "12-9f3b21aa" for where another reading of it stood."""
    if evidence is None:
        return str(field_id)
    bare = json.dumps({k: v for k, v in evidence.items() if k != "backed"}, sort_keys=True)
    return f"{field_id}-{zlib.crc32(bare.encode()):08x}"


def pieces(text: str, spans: Iterable[tuple[str, int, int]]) -> tuple[Piece, ...]:
    """Cuts `text` at every (key, start, end); spans outside of the text are left out."""
    inside = [(i, a, b) for i, a, b in spans if 0 <= a < b <= len(text)]
    cuts = sorted({0, len(text), *(a for _, a, _ in inside), *(b for _, _, b in inside)})
    at = {cut: n for n, cut in enumerate(cuts)}
    keys: list[list[str]] = [[] for _ in cuts]
    for key, start, end in inside:
        for n in range(at[start], at[end]):
            keys[n].append(key)
    return tuple(Piece(text[a:b], tuple(keys[n])) for n, (a, b) in enumerate(pairwise(cuts)))


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text as it is laid out: running text, or rows of cells where tabs part it."""

    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()


def blocks(pieces: Iterable[Piece], empty: Mapping[int, int]) -> tuple[Block, ...]:
    """Neighbouring lines with tabs as one table; every character stays, tabs and line ends inside their cells.

    empty: how many empty cells stand before the cell that starts at that character.
    """
    found: list[Block] = []
    at = 0
    for has_tabs, group in groupby(_lines(pieces), key=lambda line: "\t" in _text(line)):
        lines = list(group)
        if has_tabs and len(lines) > 1:
            rows = []
            for line in lines:
                rows.append(tuple(_row(line, at, empty)))
                at += len(_text(line))
            found.append(Block(rows=tuple(rows)))
        else:
            found.append(Block(pieces=tuple(piece for line in lines for piece in line)))
            at += sum(len(_text(line)) for line in lines)
    return tuple(found)


def _row(line: Iterable[Piece], at: int, empty: Mapping[int, int]) -> Iterator[tuple[Piece, ...]]:
    for cell in _cut_after(line, "\t"):
        yield from repeat((), empty.get(at, 0))
        yield cell
        at += len(_text(cell))


def _lines(pieces: Iterable[Piece]) -> Iterator[tuple[Piece, ...]]:
    return _cut_after(pieces, "\n")


def _cut_after(pieces: Iterable[Piece], mark: str) -> Iterator[tuple[Piece, ...]]:
    """Runs of pieces, each but the last ending with the mark."""
    run: list[Piece] = []
    for piece in pieces:
        *whole, rest = piece.text.split(mark)
        for text in whole:
            yield (*run, Piece(text + mark, piece.ids))
            run = []
        if rest:
            run.append(Piece(rest, piece.ids))
    if run:
        yield tuple(run)


def _text(line: Iterable[Piece]) -> str:
    return "".join(piece.text for piece in line)


def span_of(text: str, evidence: dict[str, Any]) -> tuple[int, int] | None:
    """Where in `text` the evidence stands: its span when the words agree, else the only place of its words."""
    words = str(evidence.get("text", ""))
    span = evidence.get("span")
    if span and 0 <= span[0] < span[1] <= len(text):
        there = " ".join(text[span[0] : span[1]].split())
        if not words or there == " ".join(words.split()):
            return int(span[0]), int(span[1])
    if words and text.count(words) == 1:
        start = text.index(words)
        return start, start + len(words)
    return None


def box_of(key: str, evidence: dict[str, Any]) -> Lit | None:
    box = evidence.get("box")
    if not box:
        return None
    x0, top, x1, bottom = (float(v) for v in box)
    return Lit(key, x0 - 2, top - 2, x1 - x0 + 4, bottom - top + 4)


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of a sheet: its words and the keys of what was read there."""

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells that were read, where they stand: column letters, and rows of (number, a square per column)."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Square | None, ...]], ...]


_CELL = re.compile(r"(?:(.{1,100})!)?([A-Z]{1,3})([1-9][0-9]{0,6})")


def sheets_of(places: Iterable[tuple[str, str, str]]) -> tuple[Sheet, ...]:
    """(key, "Sheet!B7", words) put back into rows and columns; () when one of them is no cell."""
    found: dict[str, dict[tuple[int, str], Square]] = {}
    for key, at, words in places:
        cell = _CELL.fullmatch(at)
        if cell is None:
            return ()
        name, column, row = cell[1] or "", cell[2], int(cell[3])
        squares = found.setdefault(name, {})
        known = squares.get((row, column), Square(words, ()))
        squares[row, column] = Square(known.text, (*known.ids, key))
    return tuple(_sheet(name, squares) for name, squares in found.items())


def _sheet(name: str, squares: dict[tuple[int, str], Square]) -> Sheet:
    columns = sorted({column for _, column in squares}, key=lambda c: (len(c), c))
    numbers = sorted({row for row, _ in squares})
    return Sheet(
        name,
        tuple(columns),
        tuple((n, tuple(squares.get((n, c)) for c in columns)) for n in numbers),
    )
