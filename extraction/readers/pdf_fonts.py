"""What is asked of a PDF's fonts and text objects: names, widths, and how letters stand on the page."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from extraction.readers.pdf_sheet import Matrix, Sheet, joined, own_matrix

_MAX_NAME = 256
_LEVEL = 1e-3


class Style(NamedTuple):
    """Size in points and font of letters, and whether their line runs across the page."""

    size: float
    font: str
    upright: bool


class Font:
    """A font: its name, how far its letters go below the base line (not above 0), how wide each is, for size 1.

    letters: by code, the text and the width of those seen so far.
    """

    def __init__(self, font: Any) -> None:
        self._font = font
        self.letters: dict[int, tuple[str, float]] = {}
        self.name, self.descent = "", 0.0
        if font:
            name, value = ctypes.create_string_buffer(_MAX_NAME), ctypes.c_float()
            pdfium.FPDFFont_GetBaseFontName(font, name, _MAX_NAME)
            pdfium.FPDFFont_GetDescent(font, 1.0, value)
            self.name, self.descent = name.value.decode("utf-8", "replace"), -abs(value.value)

    def width(self, code: int) -> float:
        """How far a letter moves on what follows; 0 when not known."""
        value = ctypes.c_float()
        known = self._font and pdfium.FPDFFont_GetGlyphWidth(self._font, code, 1.0, value)
        return value.value if known else 0.0


class Setting(NamedTuple):
    """How the letters of one text object stand on the page as shown.

    x, foot: where it begins. plain: neither turned nor slanted; level: not turned.
    drop: from the foot of a letter's box to the base line. stretch: points across for a unit of type.
    """

    x: float
    foot: float
    plain: bool
    level: bool
    drop: float
    stretch: float
    style: Style
    font: Font


class Settings:
    """The settings of the text objects of a page."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._fonts: dict[int, Font] = {}
        self._styles: dict[Style, Style] = {}

    def of(self, found: Any, matrix: Matrix) -> Setting:
        """That of a text object in a form with this matrix."""
        size = ctypes.c_float()
        pdfium.FPDFTextObj_GetFontSize(found, size)
        font = self._font(pdfium.FPDFTextObj_GetFont(found))
        *directions, x, y = joined(own_matrix(found), matrix)
        a, b, c, d = self._sheet.turned(*directions)
        left, _, _, foot = self._sheet.place(x, y, x, y)
        level = abs(b) <= _LEVEL * abs(a) and a > 0 and d > 0 and size.value > 0
        height = abs(d) * size.value
        return Setting(
            left,
            foot,
            level and abs(c) <= _LEVEL * abs(d),
            level,
            -font.descent * height,
            a * size.value,
            self.style(round(height, 3), font, a * d > 0 and b * c <= 0),
            font,
        )

    def style(self, size: float, font: Font, upright: bool) -> Style:
        """One object for all letters alike, so that comparing them is quick."""
        style = Style(size, font.name, upright)
        return self._styles.setdefault(style, style)

    def _font(self, font: Any) -> Font:
        address = ctypes.addressof(font.contents) if font else 0
        if address not in self._fonts:
            self._fonts[address] = Font(font)
        return self._fonts[address]
