"""Columns pasted into a mail without a head: rows of three cells or more that wide gaps, tabs or bars part."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.inbound.reading import Evidence
from extraction.document import Document
from extraction.lines.cells import Line
from extraction.page.layout import Cell, Grid, TextLine
from extraction.page.segments import grid_canvas
from extraction.shapes import bare

LEAST_CELLS = 3
_CELL = re.compile(r"\S+(?:[ ](?![|;]\s)\S+)*")
_BAR = re.compile(r"\s*[|;]\s+|\t")


def read(lines: Sequence[TextLine], document: Document) -> tuple[list[Line], list[TextLine]]:
    """The lines of the first such rows whose columns tell goods and quantity, and all other rows; no lines when none do."""
    for run in _runs(lines, document.canvas.part):
        canvas = grid_canvas(
            Grid(document.canvas.part, 0, tuple(cells for _, cells in run)), "sheet"
        )
        found = bare.read(replace(document, canvas=canvas))
        if found:
            used = {id(line) for line, _ in run}
            return found, [line for line in lines if id(line) not in used]
    return [], list(lines)


def _runs(
    lines: Sequence[TextLine], part: int
) -> Iterator[list[tuple[TextLine, tuple[Cell, ...]]]]:
    """Rows in sequence that have equally many cells."""
    run: list[tuple[TextLine, tuple[Cell, ...]]] = []
    for line in lines:
        cells = _cells(line, part)
        if run and len(cells) != len(run[0][1]):
            if len(run) > 1:
                yield run
            run = []
        if len(cells) >= LEAST_CELLS:
            run.append((line, cells))
    if len(run) > 1:
        yield run


def _cells(line: TextLine, part: int) -> tuple[Cell, ...]:
    start = (line.evidence.span or (0, 0))[0]
    text = _BAR.sub(lambda found: " " * max(len(found[0]), 2), line.text)
    text = text if len(text) == len(line.text) else line.text
    return tuple(
        Cell(m[0], Evidence(part, span=(start + m.start(), start + m.end()), text=m[0]))
        for m in _CELL.finditer(text)
    )
