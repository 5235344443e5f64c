"""Tables whose lines take two rows, each with columns of its own: every row is read by the head row that fits it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extraction.fields import dates, numbers
from extraction.fields.units import is_unit
from extraction.heads.values import CORE, Column
from extraction.page.layout import Word
from extraction.page.segments import Row, Segment
from extraction.tables.columns import Slot

NEAR = 8.0


@dataclass(frozen=True)
class LayeredColumns:
    """As columns.Columns, with one slot for each column."""

    columns: tuple[Column, ...]
    style: numbers.Style

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple((c.x0, c.x1) for c in self.columns)

    def in_slot(self, slot: int) -> list[Column]:
        return [self.columns[slot]]

    def slot_of(self, word: Word) -> int:
        return min(
            range(len(self.columns)),
            key=lambda i: _distance(word.box.x0, word.box.x1, self.columns[i]),
        )

    def split(self, row: Row) -> dict[int, Segment]:
        """The segments of a row by the columns of the layer that fits best."""
        layers = sorted({c.layer for c in self.columns})
        best = max(layers, key=lambda layer: (self._fit(row, layer), -layer))
        found: dict[int, Segment] = {}
        for segment in (part for s in row.segments for part in self._parts(s, best)):
            slot = self._nearest(segment, best)
            words = (*found[slot].words, *segment.words) if slot in found else segment.words
            found[slot] = Segment(segment.part, words)
        return found

    def _parts(self, segment: Segment, layer: int) -> list[Segment]:
        """A segment parted at words that begin right where a column of the layer begins."""
        starts = [c.x0 for c in self.columns if c.layer == layer]
        groups: list[list[Word]] = []
        for word in segment.words:
            if groups and not any(abs(word.box.x0 - x) < 3 for x in starts):
                groups[-1].append(word)
            else:
                groups.append([word])
        return [Segment(segment.part, tuple(g)) for g in groups]

    def _nearest(self, segment: Segment, layer: int) -> int:
        choices = [i for i, c in enumerate(self.columns) if c.layer == layer]
        return min(
            choices,
            key=lambda i: (
                not self._suits(segment.text, self.columns[i]),
                _distance(segment.box.x0, segment.box.x1, self.columns[i]),
            ),
        )

    def _fit(self, row: Row, layer: int) -> float:
        score = 0.0
        for segment in row.segments:
            column = self.columns[self._nearest(segment, layer)]
            distance = _distance(segment.box.x0, segment.box.x1, column)
            suits = self._suits(segment.text, column)
            score += 1.0 if distance < NEAR else 0.5 if distance < 40 else 0.0
            score += (
                -1.0
                if not suits
                else 1.0
                if column.role in CORE
                else self._as_text(segment.text, column)
            )
        return score / len(row.segments)

    def _as_text(self, text: str, column: Column) -> float:
        """A figure with decimals seldom stands in a column of words."""
        return -0.5 if column.role == "description" and _numeric(text, self.style) else 0.5

    def _suits(self, text: str, column: Column) -> bool:
        if column.role in CORE:
            return _numeric(text, self.style)
        if column.role == "uom":
            return is_unit(text)
        if column.role == "line_no":
            return text.strip(".").isdigit() and len(text) <= 5
        return True


@lru_cache(maxsize=4096)
def _numeric(text: str, style: numbers.Style) -> bool:
    if text[:2] == "00" and text.isdigit():
        return False
    if numbers.parse(text, style) is not None:
        return True
    figure = re.match(r"[\d.,]+", text)
    return (
        len(text) <= 24
        and figure is not None
        and numbers.parse(figure[0], style) is not None
        and not dates.find(text)
    )


def _distance(x0: float, x1: float, column: Column) -> float:
    return min(abs(x0 - column.x0), abs(x1 - column.x1), abs(x0 + x1 - column.x0 - column.x1) / 2)
