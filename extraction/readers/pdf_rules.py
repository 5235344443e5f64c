"""The lines drawn on a PDF page, and the edges of its drawn boxes, by pdfium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from core.values import Box
from extraction.page.layout import Rule
from extraction.readers.pdf_sheet import SAME, Drawn, Matrix, Sheet, joined, own_matrix

MAX_RULES = 4_000
MAX_POINTS = 20_000  # of one drawing; more is a picture
SHORTEST = 5.0  # points; about a letter
Point = tuple[float, float]


def rules(objects: Sequence[Drawn], sheet: Sheet, number: int) -> Iterator[Rule]:
    """Lines first, then boxes, then the straight steps of other drawings; at most 4,000, all longer than a letter."""
    lines: list[Box] = []
    boxes: list[Box] = []
    steps: list[Box] = []
    for path in _paths(objects, sheet):
        closed = len(path) > 2 and path[0] == path[-1]
        if len(path) == 2 or (closed and len(path) == 3):
            lines.append(_box(path[0], path[1]))
        elif closed and _is_box(path):
            boxes.extend(_edges(_box(path[0], path[2])))
        else:
            steps.extend(_box(p, q) for p, q in pairwise(path))
        if len(lines) > MAX_RULES:
            break
    found = [b for b in (*lines, *boxes, *steps) if max(b.x1 - b.x0, b.bottom - b.top) >= SHORTEST]
    for box in found[:MAX_RULES]:
        yield Rule(number, box)


def _paths(objects: Sequence[Drawn], sheet: Sheet) -> Iterator[list[Point]]:
    """The corners of each drawn figure, places on the page as shown; closed ones end where they begin."""
    for found, kind, matrix in objects:
        if kind == pdfium.FPDF_PAGEOBJ_PATH and _is_long(found, matrix) and _is_drawn(found):
            own = joined(own_matrix(found), matrix)
            for figure in _figures(found):
                if len(figure) > 1:
                    yield [_placed(point, own, sheet) for point in figure]


def _is_long(found: Any, matrix: Matrix) -> bool:
    """Whether it may have a rule in it; most drawings of many points are small letters and signs."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(found, left, bottom, right, top):
        return False
    a, b, c, d = matrix[:4]
    across, up = right.value - left.value, top.value - bottom.value
    return bool(
        abs(a) * across + abs(c) * up >= SHORTEST or abs(b) * across + abs(d) * up >= SHORTEST
    )


def _is_drawn(found: Any) -> bool:
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(found, filled, stroked)
    return bool(filled.value or stroked.value)


def _figures(found: Any) -> Iterator[list[Point]]:
    """Each figure of a path by the ends of its steps, in the path's own space."""
    figure: list[Point] = []
    bends = 0
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(min(pdfium.FPDFPath_CountSegments(found), MAX_POINTS)):
        step = pdfium.FPDFPath_GetPathSegment(found, number)
        kind = pdfium.FPDFPathSegment_GetType(step)
        pdfium.FPDFPathSegment_GetPoint(step, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            yield figure
            figure, bends = [], 0
        elif kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            bends += 1
            if bends % 3:  # of a bend's three points only the last one is on the page
                continue
        figure.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(step) and figure[-1] != figure[0]:
            figure.append(figure[0])
    yield figure


def _placed(point: Point, matrix: Matrix, sheet: Sheet) -> Point:
    x, y = point
    if matrix != SAME:
        a, b, c, d, e, f = matrix
        x, y = a * x + c * y + e, b * x + d * y + f
    return sheet.place(x, y, x, y)[:2]


def _is_box(path: Sequence[Point]) -> bool:
    if len(path) != 5:
        return False
    (ax, ay), (bx, by), (cx, cy), (dx, dy), _ = path
    return (_same(ax, bx) and _same(by, cy) and _same(cx, dx) and _same(dy, ay)) or (
        _same(ay, by) and _same(bx, cx) and _same(cy, dy) and _same(dx, ax)
    )


def _same(a: float, b: float) -> bool:
    return abs(a - b) < 0.01


def _box(a: Point, b: Point) -> Box:
    return Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _edges(box: Box) -> tuple[Box, Box, Box, Box]:
    return (
        Box(box.x0, box.top, box.x1, box.top),
        Box(box.x0, box.bottom, box.x1, box.bottom),
        Box(box.x0, box.top, box.x0, box.bottom),
        Box(box.x1, box.top, box.x1, box.bottom),
    )
