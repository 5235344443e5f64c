"""The type that flows are set in: its widths and its names for reportlab."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_FILES = {"Flow": "FiraSans-Regular.ttf", "Flow-Bold": "FiraSans-Bold.ttf"}


@cache
def name(bold: bool) -> str:
    """The font's name, registered with reportlab on first use."""
    found = "Flow-Bold" if bold else "Flow"
    path = files("fontpkg_fira_sans") / "files" / _FILES[found]
    pdfmetrics.registerFont(TTFont(found, str(path)))
    return found


def width(text: str, bold: bool, size: float) -> float:
    """In points."""
    return float(pdfmetrics.stringWidth(text, name(bold), size))
