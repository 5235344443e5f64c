"""Which reader reads which part: told by the first bytes, then by the declared type, never by the file's name alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.inbound.values import Part
from extraction.layout import Reading
from extraction.readers import html, pdf, scan, spreadsheet, text
from extraction.readers.ocr.pictures import is_picture

_ZIP_SHEET = (b"xl/workbook", b"xl/worksheets", b"xl/_rels", b"opendocument.spreadsheet")
_SHEET_TYPES = ("text/csv", "text/tab-separated-values", "application/csv")
_SHEET_NAMES = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Reader:
    """name; fits: whether it reads this part; read: the reading."""

    name: str
    fits: Callable[[Part], bool]
    read: Callable[[Part], Reading]


def read_part(part: Part) -> Reading | None:
    """The reading of one part by the first reader that fits; None for parts that hold no text for us."""
    if part.kind == "message" or not (part.content or part.text):
        return None
    if part.kind == "inline-image":
        return scan.read_inline(part.content, part.number)
    reader = next((r for r in READERS if r.fits(part)), None)
    return reader.read(part) if reader else None


def _is_pdf(part: Part) -> bool:
    return b"%PDF-" in part.content[:1024]


def _is_sheet(part: Part) -> bool:
    if part.content.startswith(b"PK\x03\x04"):
        return any(mark in part.content for mark in _ZIP_SHEET)
    old_excel = part.content.startswith(b"\xd0\xcf\x11\xe0") and "excel" in part.content_type
    named = part.filename.lower().endswith(_SHEET_NAMES) and part.kind == "attachment"
    return old_excel or part.content_type in _SHEET_TYPES or named


def _is_html(part: Part) -> bool:
    return part.kind == "body-html" or part.content_type in ("text/html", "application/xhtml+xml")


def _is_text(part: Part) -> bool:
    return part.text is not None and part.content_type.startswith("text/")


def _is_picture(part: Part) -> bool:
    return is_picture(part.content)


def _pdf(part: Part) -> Reading:
    return scan.completed(pdf.read(part.content, part.number), part.content)


def _text_of(part: Part) -> str:
    return part.text if part.text is not None else part.content.decode("utf-8", "replace")


READERS: tuple[Reader, ...] = (
    Reader("pdf", _is_pdf, _pdf),
    Reader(
        "sheet",
        _is_sheet,
        lambda part: spreadsheet.read(part.content, part.number, part.content_type),
    ),
    Reader("picture", _is_picture, lambda part: scan.read(part.content, part.number)),
    Reader("html", _is_html, lambda part: html.read(_text_of(part), part.number)),
    Reader("text", _is_text, lambda part: text.read(_text_of(part), part.number)),
)
