"""Where the lines of text are: differentiable binarisation (Liao et al. 2020), as PP-OCR uses it."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.readers.ocr import models

Picture = NDArray[np.uint8]  # height x width x 3, blue green red
Quads = NDArray[np.float32]  # lines x 4 corners x (x, y), clockwise from the top left

SIDE = 1600  # the longer side in pixels that the network sees
MOST = 1500  # lines of a page
_TEXT = 0.3  # a pixel is text
_LINE = 0.5  # its pixels together are a line
_GROWTH = 1.6  # the network marks the core of a line only


def lines(picture: Picture) -> Quads:
    """The lines of text of a picture as quadrilaterals in its pixels, in no order."""
    height, width = picture.shape[:2]
    shrink = min(SIDE / max(height, width), 1.0)
    grow = max(shrink, 480 / min(height, width)) if min(height, width) < 480 else shrink
    seen = (_thirty_two(width * grow), _thirty_two(height * grow))
    small = cv2.resize(picture, seen, interpolation=cv2.INTER_AREA if grow < 1 else cv2.INTER_CUBIC)
    fed = (small.astype(np.float32).transpose(2, 0, 1)[None] / 127.5) - 1.0
    session = models.detection()
    chart = session.run(None, {session.get_inputs()[0].name: fed})[0][0, 0]
    quads = _quads(chart)
    quads[:, :, 0] *= width / seen[0]
    quads[:, :, 1] *= height / seen[1]
    return quads


def _thirty_two(side: float) -> int:
    return max(round(side / 32), 1) * 32


def _quads(chart: NDArray[np.float32]) -> Quads:
    mask = cv2.dilate((chart > _TEXT).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for contour in contours[:MOST]:
        middle, (w, h), angle = cv2.minAreaRect(contour)
        if min(w, h) < 3 or _certainty(chart, contour) < _LINE:
            continue
        more = 2 * (w * h * _GROWTH / (2 * (w + h)))
        corners = cv2.boxPoints((middle, (w + more, h + more), angle))
        found.append(_clockwise(corners))
    return np.array(found, np.float32).reshape(-1, 4, 2)


def _certainty(chart: NDArray[np.float32], contour: NDArray[Any]) -> float:
    x, y, w, h = cv2.boundingRect(contour)
    mask = np.zeros((h, w), np.uint8)
    cv2.fillPoly(mask, [contour - (x, y)], 1)
    return float(cv2.mean(chart[y : y + h, x : x + w], mask)[0])


def _clockwise(corners: NDArray[Any]) -> NDArray[np.float32]:
    """The corners from the top left on; for a tilted box the top left is the higher of the two leftmost."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = by_x[:2][np.argsort(by_x[:2, 1])]
    right = by_x[2:][np.argsort(by_x[2:, 1])]
    return np.array([left[0], right[0], right[1], left[1]], np.float32)
