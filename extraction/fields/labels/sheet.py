"""Labels of spreadsheets: a value stands in the next filled cell of its row, or in the cell below its label."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label, Value
from extraction.page.segments import GRID_COLUMN, GRID_ROW, Segment

REACH = 6  # columns to the right
DEPTH = 2  # rows below, one of them empty
CAPTIONS = 0.5  # share of a row's cells that are labels when the row captions the one below
LEVEL = 0.6  # share of a row's cells with a filled cell right below
Place = tuple[int, int]


class SheetLabels(Labels):
    """As Labels, with places counted in cells; pairs: a label stands beside its value wherever a value is there."""

    pairs = True

    def values(self, label: Label) -> Iterator[Value]:
        if label.tail is not None:
            yield Value(label.tail, "behind")
            return
        right, below = self._beside(label), self._under_cell(label)
        first_below = below is not None and self._captions(label.row)
        if below and first_below:
            yield below
        if right:
            yield right
        if below and not first_below:
            yield below

    @cached_property
    def _cells(self) -> dict[Place, Segment]:
        return {_place(s): s for row in self.canvas.rows for s in row.segments}

    @cached_property
    def _labelled(self) -> dict[Place, frozenset[str]]:
        return {
            _place(k.segment): frozenset(m.name for m in k.meanings)
            for k in self.found
            if k.alone or k.colon
        }

    def _may_be(self, place: Place, label: Label) -> bool:
        """Whether a cell may be the label's value: no label, or one that says nothing but the same."""
        return self._labelled.get(place, frozenset()) <= {m.name for m in label.meanings}

    def _beside(self, label: Label) -> Value | None:
        row, column = _place(label.segment)
        for away in range(1, REACH + 1):
            place = (row, column + away)
            if place in self._cells:
                return Value(self._cells[place], "right") if self._may_be(place, label) else None
        return None

    def _under_cell(self, label: Label) -> Value | None:
        row, column = _place(label.segment)
        for down in range(1, DEPTH + 1):
            place = (row + down, column)
            if place in self._cells:
                return Value(self._cells[place], "below") if self._may_be(place, label) else None
        return None

    def _captions(self, number: int) -> bool:
        """Whether a row holds captions: mostly labels, and what stands right below them is none."""
        cells = [_place(s) for s in self.canvas.rows[number].segments]
        named = [place for place in cells if place in self._labelled]
        level = [(row + 1, column) for row, column in cells if (row + 1, column) in self._cells]
        return (
            len(named) >= 2
            and len(named) >= CAPTIONS * len(cells)
            and len(level) >= LEVEL * len(cells)
            and sum(place in self._labelled for place in level) <= 0.3 * len(level)
            and not self._paired(named)
        )

    def _paired(self, named: list[Place]) -> bool:
        """Whether every label of a row is followed by a cell that is none: a row of labels and values."""
        return all(
            any((row, column + away) in self._cells for away in range(1, REACH + 1))
            and next(
                (row, column + away)
                for away in range(1, REACH + 1)
                if (row, column + away) in self._cells
            )
            not in self._labelled
            for row, column in named
        )


def _place(segment: Segment) -> Place:
    """(row, column) of a cell, counted from 0."""
    box = segment.box
    return int(box.top // GRID_ROW), int(box.x0 // GRID_COLUMN)
