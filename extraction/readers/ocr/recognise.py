"""What a line of text says: the recognition network's columns decoded, each character with its place and score."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extraction.readers.ocr import models
from extraction.readers.ocr.detect import Picture

HEIGHT = 48  # pixels that the network wants
_WIDEST = 3200
_BATCH = 6
_BATCH_WIDTH = 4000  # pixels of a batch together: its answer is large
_WIDE_FORMS = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x3002: ".",
    0x3001: ",",
}


@dataclass(frozen=True, slots=True)
class Read:
    """A line's text; `places` has for each character its middle as a share of the line's width, `scores` 0 to 1."""

    text: str = ""
    places: tuple[float, ...] = ()
    scores: tuple[float, ...] = ()

    @property
    def score(self) -> float:
        return sum(self.scores) / len(self.scores) if self.scores else 0.0


def cut(picture: Picture, quad: NDArray[np.float32]) -> Picture:
    """The part of the picture inside the quad, upright and as high as the network wants."""
    across = max(_apart(quad[0], quad[1]), _apart(quad[3], quad[2]))
    down = max(_apart(quad[0], quad[3]), _apart(quad[1], quad[2]))
    width = int(min(max(HEIGHT * across / max(down, 1.0), 16), _WIDEST))
    corners = np.array([[0, 0], [width, 0], [width, HEIGHT], [0, HEIGHT]], np.float32)
    matrix = cv2.getPerspectiveTransform(quad, corners)
    return cv2.warpPerspective(  # type: ignore[return-value]
        picture, matrix, (width, HEIGHT), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )


def _apart(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return float(np.linalg.norm(a - b))


def read(crops: Sequence[Picture], deadline: float = float("inf")) -> list[Read | None]:
    """What each crop says; None for those not reached before `deadline` (time.monotonic)."""
    found: list[Read | None] = [None] * len(crops)

    def work(batch: list[int]) -> None:
        if time.monotonic() < deadline:
            for number, text in zip(batch, _batch([crops[n] for n in batch]), strict=True):
                found[number] = text

    models.side_by_side(work, _batches(crops))
    return found


def _batches(crops: Sequence[Picture]) -> list[list[int]]:
    """Crops of like width together, the narrow ones first."""
    batches: list[list[int]] = []
    for number in sorted(range(len(crops)), key=lambda n: crops[n].shape[1]):
        width = crops[number].shape[1]
        if batches and len(batches[-1]) < _BATCH and (len(batches[-1]) + 1) * width <= _BATCH_WIDTH:
            batches[-1].append(number)
        else:
            batches.append([number])
    return batches


def _batch(crops: Sequence[Picture]) -> list[Read]:
    width = max(max(c.shape[1] for c in crops), 320)
    fed = np.zeros((len(crops), 3, HEIGHT, width), np.float32)
    for number, crop in enumerate(crops):
        fed[number, :, :, : crop.shape[1]] = crop.astype(np.float32).transpose(2, 0, 1) / 127.5 - 1
    session = models.recognition()
    answer = session.run(None, {session.get_inputs()[0].name: fed})[0]
    return [
        _decoded(classes, scores, width / crop.shape[1])
        for crop, classes, scores in zip(
            crops, answer.argmax(axis=2), answer.max(axis=2), strict=True
        )
    ]


def _decoded(classes: NDArray[np.int64], scores: NDArray[np.float32], stretch: float) -> Read:
    """Connectionist temporal classification, greedy: repeats are one character, class 0 is none."""
    first = np.concatenate(([True], classes[1:] != classes[:-1])) & (classes != 0)
    named = models.characters()
    at = np.flatnonzero(first)
    text = "".join(named[classes[n]] for n in at).translate(_WIDE_FORMS)
    places = tuple(float((n + 0.5) / len(classes) * stretch) for n in at)
    return Read(text, places, tuple(float(scores[n]) for n in at))
