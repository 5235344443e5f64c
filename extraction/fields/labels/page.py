"""A page with its labels, row by row."""

from __future__ import annotations

import re

from extraction.fields.labels.values import Label, strongly
from extraction.page.segments import Canvas


class Page:
    """A canvas and the labels found on it, by row."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.by_row: dict[int, list[Label]] = {}
        self.heading: dict[int, bool] = {}

    def on_row(self, row: int) -> list[Label]:
        return self.by_row.get(row, [])

    def heads_columns(self, number: int) -> bool:
        """Whether a row captions the row below it: three or more texts, each with one under it, none of them a label."""
        if number not in self.heading:
            self.heading[number] = self._heads_columns(number)
        return self.heading[number]

    def _heads_columns(self, number: int) -> bool:
        rows = self.canvas.rows
        row, below = rows[number], rows[number + 1] if number + 1 < len(rows) else None
        if below is None or below.page != row.page or len(row.segments) < 3:
            return False
        if below.box.top - row.box.bottom > 1.6 * row.height or any(
            k.colon or (k.alone and any(strongly(m) and m.group == "labels" for m in k.meanings))
            for k in self.on_row(number + 1)
        ):
            return False
        level = [
            any(
                abs(s.box.x0 - head.box.x0) < 4
                or abs(s.box.x0 + s.box.x1 - head.box.x0 - head.box.x1) < 8
                for s in below.segments
            )
            for head in row.segments
        ]
        capitals = all(s.text[:1].isupper() and not re.search(r"\d", s.text) for s in row.segments)
        return capitals and sum(level) >= max(3, 0.75 * len(level))
