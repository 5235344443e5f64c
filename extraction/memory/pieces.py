"""The pieces of a cell that rules speak of: a row, a word, a figure, what stands before or behind some words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.units import is_unit
from extraction.lines.cells import quantity_parts
from extraction.memory.lesson import CellRule
from extraction.memory.spots import DAYS, NUMBERS
from extraction.page.segments import Segment
from extraction.tables.values import Record
from extraction.vocabulary import tokens

MARKS = " :;,()[]|#–-"


@dataclass(frozen=True)
class Piece:
    """What one rule takes from a record."""

    text: str
    words: tuple[Segment, ...]


def read(record: Record, rule: CellRule, document: Document) -> Piece | None:
    """The value that a rule finds in a record, normalised; None when there is none."""
    taken = _taken(record.cells.get(rule.column, []), rule.piece, document)
    if taken is None or not taken.text.strip():
        return None
    text = taken.text.strip()
    if rule.field in NUMBERS:
        value = quantity_parts(text, document)[0]
        if value is None:
            return None
        shared = value / rule.per if rule.per > 1 else value
        return replace(taken, text=numbers.printed(shared.normalize() if rule.per > 1 else shared))
    if rule.field in DAYS:
        days = dates.find(text, document.near)
        day = dates.choose(days[0], document.day_style).isoformat() if days else ""
        return replace(taken, text=day) if day else None
    if rule.field == "uom" and not re.search(r"[^\W\d_]", text):
        return None
    return replace(taken, text=" ".join(text.split()))


def _taken(segments: Sequence[Segment], piece: str, document: Document) -> Piece | None:
    """What the steps of a piece, parted by ";", leave of a cell."""
    rows = [s for s in segments if s.text.strip()]
    taken: Piece | None = Piece(" ".join(s.text for s in rows), tuple(rows)) if rows else None
    for step in piece.split(";"):
        if taken is None:
            return None
        name, _, words = step.partition(" ")
        taken = STEPS[name](taken, words, document) if name in STEPS else None
    return taken


def _rows(taken: Piece, chosen: Sequence[Segment]) -> Piece | None:
    return Piece(" ".join(s.text for s in chosen), tuple(chosen)) if chosen else None


def _split(taken: Piece) -> list[str]:
    return [w for w in taken.text.split() if re.search(r"\w", w)]


def _word(taken: Piece, at: int) -> Piece | None:
    words = _split(taken)
    return replace(taken, text=words[at].strip(MARKS)) if words else None


def _without(taken: Piece, at: int) -> Piece | None:
    words = _split(taken)
    kept = words[1:] if at == 0 else words[:-1]
    return replace(taken, text=" ".join(kept).strip(MARKS)) if kept else None


def _counted(taken: Piece, piece: str, document: Document) -> Piece | None:
    """The figure in a cell, or the unit beside it."""
    for row in taken.words:
        value, _, rest = quantity_parts(row.text, document)
        if value is None:
            continue
        if piece == "number":
            return Piece(numbers.printed(value), (row,))
        unit = next((w for w in re.sub(r"[()/]", " ", rest).split() if is_unit(w)), "")
        if unit:
            return Piece(unit, (row,))
    return None


def _after(taken: Piece, words: str) -> Piece | None:
    """What stands behind these words, to the end of their row."""
    wanted = words.split()
    for row in taken.words:
        found = tokens(row.text)
        for at in range(len(found) - len(wanted)):
            if [t.text for t in found[at : at + len(wanted)]] == wanted:
                text = row.text[found[at + len(wanted) - 1].end :].strip(MARKS)
                return Piece(text, (row,)) if text else None
    return None


def _before(taken: Piece, words: str) -> Piece | None:
    """The text up to the first of these words; all of it where none of them stands."""
    starts = [t.start for t in tokens(taken.text) if t.text in words.split("|")]
    text = (taken.text[: starts[0]] if starts else taken.text).strip(MARKS)
    return replace(taken, text=text) if text else None


Step = Callable[[Piece, str, Document], Piece | None]
STEPS: dict[str, Step] = {
    "whole": lambda taken, words, document: taken,
    "first": lambda taken, words, document: _rows(taken, taken.words[:1]),
    "rest": lambda taken, words, document: _rows(taken, taken.words[1:]),
    "last": lambda taken, words, document: _rows(taken, taken.words[-1:]),
    "head": lambda taken, words, document: _word(taken, 0),
    "tail": lambda taken, words, document: _word(taken, -1),
    "headless": lambda taken, words, document: _without(taken, 0),
    "tailless": lambda taken, words, document: _without(taken, -1),
    "number": lambda taken, words, document: _counted(taken, "number", document),
    "unit": lambda taken, words, document: _counted(taken, "unit", document),
    "after": lambda taken, words, document: _after(taken, words),
    "before": lambda taken, words, document: _before(taken, words),
}
