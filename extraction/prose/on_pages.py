"""Orders told in sentences or lists on pages, as a letter does: read as text, with the places put back on the page."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from core.inbound.reading import Evidence
from extraction.document import Document
from extraction.lines.cells import Line
from extraction.page.layout import Reading, TextLine, Word
from extraction.page.segments import canvas_of, evidence_of
from extraction.prose import find as prose
from extraction.readers import text

MAX_LINES = 400
APART = 0.9  # of a line's height; a wider gap parts paragraphs
FULL = 0.6  # of the width of the text; a shorter row ends its paragraph

Placed = list[tuple[int, int, Word]]
"""(start, end, word) in the text."""


def read(reading: Reading, document: Document) -> list[Line]:
    """Lines of the order, in order; [] for pages that are no letter."""
    said, placed = _said(reading.lines[:MAX_LINES])
    plain = text.read(said, reading.part)
    canvas = canvas_of(Reading(reading.part, "text", plain.lines))
    found = prose.read(plain.lines, replace(document, canvas=canvas))
    return [
        {name: replace(c, evidence=_place(c.evidence, placed)) for name, c in line.items()}
        for line in found
    ]


def _said(lines: tuple[TextLine, ...]) -> tuple[str, Placed]:
    """The text with an empty row between paragraphs, and where each word of it stands on the page."""
    rows: list[str] = []
    placed: Placed = []
    start = 0
    full = FULL * _text_width(lines)
    for before, line in pairwise((None, *lines)):
        if before is not None and line is not None and _parted(before, line, full):
            rows.append("")
            start += 1
        if line is not None:
            at = 0
            for word in line.words:
                found = line.text.find(word.text, at)
                if found >= 0:
                    at = found + len(word.text)
                    placed.append((start + found, start + at, word))
            rows.append(line.text)
            start += len(line.text) + 1
    return "\n".join(rows), placed


def _text_width(lines: tuple[TextLine, ...]) -> float:
    """The width of the running text: that of its long rows."""
    widths = sorted(b.x1 - b.x0 for line in lines if (b := line.evidence.box) is not None)
    return widths[int(0.9 * (len(widths) - 1))] if widths else 0.0


def _parted(before: TextLine, line: TextLine, full: float) -> bool:
    """Whether a row does not run on in the next: a gap between them, or the upper one ends short."""
    upper, lower = before.evidence.box, line.evidence.box
    if upper is None or lower is None or before.evidence.page != line.evidence.page:
        return True
    apart = lower.top - upper.bottom > APART * (upper.bottom - upper.top)
    return apart or upper.x1 - upper.x0 < full


def _place(evidence: Evidence, placed: Placed) -> Evidence:
    if evidence.span is None:
        return evidence
    start, end = evidence.span
    words = [word for a, b, word in placed if a < end and b > start]
    return evidence_of(evidence.part, words) if words else replace(evidence, span=None)
