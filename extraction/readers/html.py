"""Mail bodies in HTML -> plain text with exact places, and the data tables in it as grids."""

from __future__ import annotations

from core.inbound.reading import Evidence
from core.inbound.values import Finding
from extraction.page.layout import NOWHERE, Cell, Grid, Reading, TextLine
from extraction.page.segments import text_words
from extraction.readers.html_text import Rendered, render
from extraction.readers.html_writer import RenderedCell

LONGEST_LINE = 5_000
"""Longer lines are no lines of an order; their words are not worth placing."""


def read(text: str, part: int) -> Reading:
    """Lines and grids of one HTML part; spans refer to `plain_text(text)`. Never raises."""
    rendered = render(text)
    findings = () if rendered.whole else (_TOO_MUCH,)
    grids = tuple(_grid(rendered, table, part) for table in rendered.tables)
    return Reading(part, "html", _lines(rendered.text, part), grids, findings=findings)


def plain_text(html: str) -> str:
    """The text that the desk shows; the spans of `read` point into it."""
    return render(html).text


_TOO_MUCH = Finding(
    "html-too-complex", "warning", "The HTML is too large or too tangled; only its text was read, tables were not."
)  # fmt: skip


def _lines(text: str, part: int) -> tuple[TextLine, ...]:
    lines, start = [], 0
    for number, row in enumerate(text.split("\n")):
        if row.strip():
            span = (start, start + len(row))
            words = text_words(row, span, number) if len(row) <= LONGEST_LINE else ()
            lines.append(TextLine(row, Evidence(part=part, span=span, text=row), words))
        start += len(row) + 1
    return tuple(lines)


def _grid(rendered: Rendered, table: list[list[RenderedCell | None]], part: int) -> Grid:
    rows = tuple(tuple(_cell(rendered.text, cell, part) for cell in row) for row in table)
    return Grid(part, 0, rows)


def _cell(text: str, cell: RenderedCell | None, part: int) -> Cell:
    if cell is None or cell.end <= cell.start:
        return Cell("", NOWHERE)
    shown = text[cell.start : cell.end]
    rows = list(shown)
    for at in cell.breaks:
        rows[at - cell.start] = "\n"
    evidence = Evidence(part=part, span=(cell.start, cell.end), text=shown)
    return Cell("".join(rows), evidence)
