"""Lines drawn on a page, found in its picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.readers.ocr.detect import Picture

Stroke = tuple[float, float, float, float]  # left, top, right, bottom in pixels
MOST = 600


def strokes(picture: Picture, unit: float) -> list[Stroke]:
    """Level and upright strokes of an upright picture; `unit`: pixels of one point (1/72 inch)."""
    shrink = min(1.4 / unit, 1.0)
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    gray = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12
    )
    point = unit * shrink
    level = list(_runs(ink, (max(int(40 * point), 9), 1), point))
    upright = list(_runs(ink, (1, max(int(14 * point), 9)), point))
    return [tuple(v / shrink for v in s) for s in (level + upright)[:MOST]]  # type: ignore[misc]


def _runs(ink: NDArray[Any], least: tuple[int, int], point: float) -> Iterator[Stroke]:
    """Straight runs of ink at least as long as `least` and no thicker than three points."""
    across = least[0] > least[1]
    joined = cv2.dilate(
        ink, np.ones((3, 1) if across else (1, 3), np.uint8)
    )  # nearly level ones too
    kept = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((least[1], least[0]), np.uint8))
    _, _, boxes, _ = cv2.connectedComponentsWithStats(kept)
    for x, y, w, h, _ in boxes[1:]:
        thickness, length = (h, w) if across else (w, h)
        if thickness <= 3 * point + 2 and length > 6 * thickness:
            yield float(x), float(y), float(x + w), float(y + h)
