"""All labels of a page."""

from __future__ import annotations

from collections.abc import Iterator

from extraction.fields import framed
from extraction.fields.frames import Frames
from extraction.fields.labels.broken import in_frames, stacked
from extraction.fields.labels.echoes import is_echo, is_value
from extraction.fields.labels.inside import labels_of
from extraction.fields.labels.near import near
from extraction.fields.labels.page import Page
from extraction.fields.labels.values import Label, Value, as_value
from extraction.page.segments import Canvas

MOST_ON_ROW = 24
MOST = 1_500
"""Labels of a canvas that are looked at; what has more is no form and no letter."""


class Labels(Page):
    """All labels of a canvas. pairs: what stands beside a label counts before what stands below it."""

    pairs = False

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self.frames = Frames(canvas)
        self.found: list[Label] = []
        counted = 0
        for number, row in enumerate(canvas.rows):
            labels = [
                label for i, s in enumerate(row.segments) for label in labels_of(number, i, s)
            ]
            labels = [k for k in labels if k.colon or not is_value(k, row, labels)]
            labels.extend(stacked(canvas, number, row, labels))
            labels.extend(in_frames(self.frames, number, row, labels))
            labels.sort(key=lambda found: found.head.box.x0)
            self.by_row[number] = labels[: min(MOST_ON_ROW, MOST - counted)]
            counted += len(self.by_row[number])
        for number, row in enumerate(canvas.rows):
            echoes = [k for k in self.by_row[number] if is_echo(self, k, row)]
            for echo in echoes:
                self.by_row[number].remove(echo)
            self.found.extend(self.by_row[number])
        self.heading.clear()

    def values(self, label: Label) -> Iterator[Value]:
        """Places where the value of a label may stand, the likeliest first."""
        if label.tail is not None:
            yield Value(label.tail, "behind")
            return
        if self.frames.around(label.segment) is None:
            yield from near(self, label)
            return
        run_on = any(m.name in framed.RUN_ON for m in label.meanings)
        names = {m.name for m in label.meanings}
        others = [
            k.segment
            for k in self.found
            if k is not label
            and (k.colon or k.tail is None)
            and not (k.row != label.row and names & as_value(k.phrase, k.meanings))
        ]
        told = framed.values(self.frames, label.head, label.segment, others, run_on)
        if told is None:
            yield from near(self, label)
            return
        yield from (Value(segment, where) for segment, where in told)
