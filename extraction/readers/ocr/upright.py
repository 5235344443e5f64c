"""Which way up a page lies and how crooked it is, told by its lines of text; and back from upright to as shown."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.readers.ocr.detect import Picture, Quads

Matrix = NDArray[np.float64]  # 3 x 3, from shown pixels to upright pixels
MOST_SKEW = 20.0
LEAST_SKEW = 0.1


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture turned upright, its lines of text, and how it came from the picture as shown."""

    picture: Picture
    quads: Quads
    matrix: Matrix
    turn: int
    skew: float


def as_shown(picture: Picture, quads: Quads) -> Upright:
    return Upright(picture, quads, np.eye(3), 0, 0.0)


def lies_on_its_side(quads: Quads) -> bool:
    """Whether most of the text, by length, runs up or down the page."""
    across, down = _sides(quads)
    longer = np.maximum(across, down)
    lines = longer > 1.8 * np.minimum(across, down)
    return bool(longer[lines & (down > across)].sum() > longer[lines & (across >= down)].sum())


def turned(page: Upright, quarters: int) -> Upright:
    """The page turned clockwise by that many quarters."""
    for _ in range(quarters % 4):
        height = page.picture.shape[0]
        step = np.array([[0, -1, height], [1, 0, 0], [0, 0, 1]], np.float64)
        quads = np.roll(_moved(page.quads, step), 1, axis=1)
        picture = cv2.rotate(page.picture, cv2.ROTATE_90_CLOCKWISE)
        page = Upright(picture, quads, step @ page.matrix, (page.turn + 90) % 360, page.skew)  # type: ignore[arg-type]
    return page


def straightened(page: Upright) -> Upright:
    """The page with its lines of text level; nothing is cut off."""
    angle = skew_of(page.quads)
    if not LEAST_SKEW <= abs(angle) <= MOST_SKEW:
        return page
    height, width = page.picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    cos, sin = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, high = int(width * cos + height * sin), int(width * sin + height * cos)
    matrix[:, 2] += ((wide - width) / 2, (high - height) / 2)
    step = np.vstack([matrix, [0, 0, 1]])
    picture = cv2.warpAffine(
        page.picture, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
    )
    quads = _moved(page.quads, step)
    return Upright(picture, quads, step @ page.matrix, page.turn, angle)  # type: ignore[arg-type]


def skew_of(quads: Quads) -> float:
    """Degrees that the lines fall to the right: the median of the long ones, weighed by length."""
    across, down = _sides(quads)
    long = across > 3 * down
    if not long.any():
        return 0.0
    run = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3])[long]
    angles = np.degrees(np.arctan2(run[:, 1], run[:, 0]))
    order = np.argsort(angles)
    weights = across[long][order].cumsum()
    return float(angles[order][np.searchsorted(weights, weights[-1] / 2)])


def _sides(quads: Quads) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    across = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    down = np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    return across, down


def _moved(quads: Quads, matrix: Matrix) -> Quads:
    if not len(quads):
        return quads
    return cv2.perspectiveTransform(quads, matrix).astype(np.float32)
