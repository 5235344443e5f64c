"""A flow drawn as a PDF, so that a word processor file is read, shown and lit like any page."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import islice

from reportlab.pdfgen.canvas import Canvas

from extraction.readers.word import type_metal
from extraction.readers.word.flow import Block
from extraction.readers.word.galley import Galley, set_blocks

HEIGHT = 842.0
MARGIN = 57.0
MOST_PAGES = 51  # one more than is read, so that the reader tells what is left out
_ROOM = HEIGHT - 2 * MARGIN


def draw(blocks: Sequence[Block]) -> bytes:
    """A4 pages, wider where a table needs it. The breaks between pages are ours, not the writer's."""
    galley = set_blocks(blocks)
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(galley.width + 2 * MARGIN, HEIGHT), invariant=1)
    pen.setLineWidth(0.5)
    for top, bottom in islice(_pages(galley), MOST_PAGES):
        if _page(pen, galley, top, bottom):
            pen.showPage()
    pen.save()
    return stream.getvalue()


def _pages(galley: Galley) -> Iterator[tuple[float, float]]:
    """(top, bottom) of the stretch on each page: cut where nothing is torn, when such a place is in reach."""
    cuts = sorted(set(galley.cuts))
    top, at = 0.0, 0
    while True:
        bottom = top
        while at < len(cuts) and cuts[at] - top <= _ROOM:
            bottom = cuts[at]
            at += 1
        if bottom <= top and at < len(cuts):  # a row taller than a page
            bottom = top + _ROOM
        yield top, bottom
        if bottom >= galley.height or at >= len(cuts):
            return
        top = bottom


def _page(pen: Canvas, galley: Galley, top: float, bottom: float) -> bool:
    """Whether anything is written on it."""
    written = [p for p in galley.pieces if top <= p.y - p.size / 2 < bottom]
    for piece in written:
        pen.setFont(type_metal.name(piece.bold), piece.size)
        pen.drawString(MARGIN + piece.x, HEIGHT - MARGIN - (piece.y - top), piece.text)
    for x0, y0, x1, y1 in galley.rules:
        if y1 >= top and y0 <= bottom:
            first, last = max(y0, top) - top, min(y1, bottom) - top
            pen.line(MARGIN + x0, HEIGHT - MARGIN - first, MARGIN + x1, HEIGHT - MARGIN - last)
    return bool(written)
