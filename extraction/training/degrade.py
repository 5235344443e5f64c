"""Clean pages made into scans, faxes and photographs, for tests and scores."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pypdfium2
from numpy.typing import NDArray
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extraction.readers.ocr.detect import Picture


@dataclass(frozen=True, slots=True)
class Damage:
    """What a scanner or camera does to a page.

    dpi: points an inch it sees. turn: quarters clockwise. skew: degrees clockwise. blur: radius in pixels.
    noise: standard deviation of grey levels. contrast: 1 is none lost. shade: grey levels that one edge is darker by.
    specks: dots of dust. tilt: share of the width by which the far edge looks shorter. fax: black and white only.
    quality: of the JPEG.
    """

    dpi: int = 200
    turn: int = 0
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    contrast: float = 1.0
    shade: float = 0.0
    specks: int = 0
    tilt: float = 0.0
    fax: bool = False
    quality: int = 75


def pictures(pdf: bytes, damage: Damage, seed: int = 0) -> list[Picture]:
    """The pages of a PDF as the damage leaves them."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        scale = damage.dpi / 72
        clean = [page.render(scale=scale).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
    random = np.random.default_rng(seed)
    return [damaged(np.asarray(page)[:, :, ::-1], damage, random) for page in clean]


def damaged(page: Picture, damage: Damage, random: np.random.Generator) -> Picture:
    """One page as the damage leaves it."""
    seen: NDArray[Any] = _laid(np.ascontiguousarray(page), damage)
    if damage.blur:
        seen = cv2.GaussianBlur(seen, (0, 0), damage.blur)
    levels = seen.astype(np.float32)
    levels = 255 - (255 - levels) * damage.contrast
    if damage.shade:
        levels -= np.linspace(0, damage.shade, levels.shape[1], dtype=np.float32)[None, :, None]
    if damage.noise:
        levels += random.normal(0, damage.noise, (*levels.shape[:2], 1)).astype(np.float32)
    seen = levels.clip(0, 255).astype(np.uint8)
    for x, y in random.integers(0, (seen.shape[1], seen.shape[0]), (damage.specks, 2)):
        cv2.circle(seen, (int(x), int(y)), int(random.integers(1, 3)), (70, 70, 70), -1)
    if damage.fax:
        grey = cv2.cvtColor(seen, cv2.COLOR_BGR2GRAY)
        _, flat = cv2.threshold(grey, 160, 255, cv2.THRESH_BINARY)
        seen = cv2.cvtColor(flat, cv2.COLOR_GRAY2BGR)
    return np.ascontiguousarray(np.rot90(seen, -damage.turn))


def jpeg(page: Picture, quality: int = 75) -> bytes:
    out = io.BytesIO()
    Image.fromarray(page[:, :, ::-1]).save(out, "JPEG", quality=quality)
    return out.getvalue()


def tiff(pages: list[Picture]) -> bytes:
    """All pages in one file, as fax servers send them."""
    first, *rest = [Image.fromarray(page[:, :, ::-1]) for page in pages]
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest, compression="tiff_lzw")
    return out.getvalue()


def scanned_pdf(pages: list[Picture], damage: Damage) -> bytes:
    """The pages as a PDF that holds pictures only."""
    out = io.BytesIO()
    pen = Canvas(out)
    for page in pages:
        height, width = (side * 72 / damage.dpi for side in page.shape[:2])
        pen.setPageSize((width, height))
        picture = ImageReader(io.BytesIO(jpeg(page, damage.quality)))
        pen.drawImage(picture, 0, 0, width, height)
        pen.showPage()
    pen.save()
    return out.getvalue()


def _laid(page: NDArray[Any], damage: Damage) -> NDArray[Any]:
    """The page as it lies under the glass or before the camera."""
    height, width = page.shape[:2]
    if damage.tilt:
        inward = damage.tilt * width / 2
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
        far = np.array(
            [[inward, inward], [width - inward, inward], [width, height], [0, height]], np.float32
        )
        matrix = cv2.getPerspectiveTransform(corners, far)
        page = cv2.warpPerspective(page, matrix, (width, height), borderValue=(215, 215, 215))
    if damage.skew:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), -damage.skew, 1.0)
        page = cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255))
    return page
