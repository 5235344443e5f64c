"""One page as pdfium shows it: turned, cut to its visible part, with its drawn objects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

Matrix = tuple[float, float, float, float, float, float]
MAX_DEPTH = 8
MAX_OBJECTS = 200_000
MAX_NOTES = 500
SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The visible part of a page in its own space, and by how many quarter turns clockwise it is shown."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points, as shown."""
        across, up = self.right - self.left, self.top - self.bottom
        return (up, across) if self.turns % 2 else (across, up)

    def place(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """A box of the page's own space as (x0, top, x1, bottom) from the top left of the page as shown."""
        if self.turns == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.turns == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.turns == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left

    def turned(self, a: float, b: float, c: float, d: float) -> tuple[float, float, float, float]:
        """The directions (a, b) and (c, d) of a text matrix on the page as shown, y upwards."""
        for _ in range(self.turns):
            a, b, c, d = b, -a, d, -c
        return a, b, c, d


def sheet_of(page: pypdfium2.PdfPage) -> Sheet:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page.raw, box)
    return Sheet(box.left, box.bottom, box.right, box.top, page.get_rotation() // 90 % 4)


def has_fields(page: pypdfium2.PdfPage) -> bool:
    """Whether there are fields of a form on the page."""
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), MAX_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, number)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind == pdfium.FPDF_ANNOT_WIDGET:
            return True
    return False


class Drawn(NamedTuple):
    """An object drawn on a page: its kind, and the matrix from its form's space to the page's."""

    found: Any
    kind: int
    matrix: Matrix


def drawn_objects(page: pypdfium2.PdfPage) -> list[Drawn]:
    """In the order of drawing, forms opened."""
    every = (
        drawn
        for number in range(pdfium.FPDFPage_CountObjects(page.raw))
        for drawn in _opened(pdfium.FPDFPage_GetObject(page.raw, number), SAME, 0)
    )
    return list(islice(every, MAX_OBJECTS))


def _opened(found: Any, matrix: Matrix, depth: int) -> Iterator[Drawn]:
    kind = pdfium.FPDFPageObj_GetType(found)
    if kind != pdfium.FPDF_PAGEOBJ_FORM:
        yield Drawn(found, kind, matrix)
    elif depth < MAX_DEPTH:
        inner = joined(own_matrix(found), matrix)
        for number in range(pdfium.FPDFFormObj_CountObjects(found)):
            yield from _opened(pdfium.FPDFFormObj_GetObject(found, number), inner, depth + 1)


def own_matrix(found: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(found, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def joined(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does `first` and then `then`."""
    if then is SAME:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )
