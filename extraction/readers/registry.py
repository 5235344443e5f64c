"""Which reader reads which part: told by the first bytes, then by the declared type, never by the file's name alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from core.inbound.values import Part
from extraction.page.layout import Reading
from extraction.readers import archive, csv_text, html, pdf, scan, spreadsheet, text, unread
from extraction.readers.ocr.pictures import is_picture
from extraction.readers.word import read as word

_BOOKS = ("xl/workbook.xml", "xl/workbook.bin", "xl/worksheets", "xl/_rels")
_SHEET_TYPES = ("text/csv", "text/tab-separated-values", "application/csv")
_SHEET_NAMES = (".csv", ".tsv", ".tab", ".xls", ".xlsx")
_BOOK_STREAMS = frozenset(("Workbook", "WORKBOOK", "Book", "BOOK"))
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!doctype html|<html|<head|<body|<table)", re.IGNORECASE
)
_QUIET = (".p7s", ".p7m", ".asc", ".sig", ".ics", ".vcf", ".dat", ".eml", ".msg", ".zip")
_QUIET_TYPES = ("application/pgp-signature", "text/calendar", "text/vcard", "text/x-vcard")
_UNKNOWN = "is of a kind that is not read. Open it from the download, or ask the sender for a PDF."


@dataclass(frozen=True, slots=True)
class Reader:
    """name; fits: whether it reads this part; read: the reading."""

    name: str
    fits: Callable[[Part], bool]
    read: Callable[[Part], Reading]


def read_part(part: Part) -> Reading | None:
    """The reading of one part by the first reader that fits; None for parts that hold no text for us.

    An attachment that no reader fits comes back empty with a finding that says what it is and what to do.
    """
    if part.kind == "message":
        return None
    if not (part.content or part.text):
        return _empty(part)
    if part.kind == "inline-image":
        return scan.read_inline(part.content, part.number)
    reader = next((r for r in READERS if r.fits(part)), None)
    return reader.read(part) if reader else _unread(part)


def _empty(part: Part) -> Reading | None:
    if part.kind != "attachment":
        return None
    sentence = f"{part.filename or 'The file'} is empty; ask the sender to send it again."
    return unread.told(part.number, "empty-file", sentence)


def _unread(part: Part) -> Reading | None:
    if part.kind != "attachment" or _is_quiet(part):
        return None
    sentence = f"{part.filename or 'The file'} {_UNKNOWN}"
    return unread.told(part.number, "format-unknown", sentence, "warning")


def _is_quiet(part: Part) -> bool:
    """Signatures, calendars, cards of contacts and what intake opens: none of them an order."""
    return part.filename.lower().endswith(_QUIET) or part.content_type in _QUIET_TYPES


def _is_pdf(part: Part) -> bool:
    return b"%PDF-" in part.content[:1024]


def _is_word(part: Part) -> bool:
    return bool(word.form_of(part.content))


def _is_sheet(part: Part) -> bool:
    if part.content.startswith(b"PK\x03\x04"):
        names = archive.names(part.content)
        if any(name.startswith(_BOOKS) for name in names):
            return True
        named = part.filename.lower().endswith((".xlsx", ".xlsm", ".ods"))
        return b"opendocument.spreadsheet" in part.content[:200] or (named and not names)
    streams = unread.entries(part.content)
    if streams:
        return bool(streams & _BOOK_STREAMS)
    if is_picture(part.content) or _is_html(part):
        return False
    if part.content.startswith(spreadsheet.BIFF):
        return True
    named = part.filename.lower().endswith(_SHEET_NAMES) and part.kind == "attachment"
    wanted = part.content_type in _SHEET_TYPES or named or _is_columned(part)
    return wanted and _is_written(part.content)


def _is_columned(part: Part) -> bool:
    """A file of unknown type whose lines all have as many tabs or semicolons, two at least."""
    if part.kind != "attachment" or part.content_type.startswith("text/"):
        return False
    rows = [row for row in csv_text.decoded(part.content[:4_000]).splitlines()[:20] if row.strip()]
    return len(rows) > 1 and any(
        len({row.count(mark) for row in rows[:-1]}) == 1 and rows[0].count(mark) > 1
        for mark in (";", "\t")
    )


def _is_html(part: Part) -> bool:
    declared = part.content_type in ("text/html", "application/xhtml+xml")
    found = _HTML.match(part.content[:2_000].removeprefix(b"\xef\xbb\xbf"))
    return part.kind == "body-html" or declared or (part.kind == "attachment" and bool(found))


def _is_text(part: Part) -> bool:
    if part.text is not None and part.content_type.startswith("text/"):
        return True
    marked_up = part.content[:200].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    plain = part.kind == "attachment" and not _is_quiet(part) and not marked_up
    return plain and _is_written(part.content)


def _is_written(content: bytes) -> bool:
    """Whether the bytes are text: hardly a control character once decoded."""
    shown = csv_text.decoded(content[:20_000])
    odd = sum((c < " " and c not in "\t\r\n\f") or c == "\ufffd" for c in shown)
    return bool(shown.strip()) and odd * 50 <= len(shown)


def _is_refused(part: Part) -> bool:
    return part.kind == "attachment" and unread.kind_of(part.content) is not None


def _is_picture(part: Part) -> bool:
    return is_picture(part.content)


def _pdf(part: Part) -> Reading:
    return scan.completed(pdf.read(part.content, part.number), part.content)


def _html(part: Part) -> Reading:
    if part.text is not None:
        return html.read(part.text, part.number)
    markup = csv_text.decoded(part.content)
    return replace(html.read(markup, part.number), plain=html.plain_text(markup))


def _text(part: Part) -> Reading:
    if part.text is not None:
        return text.read(part.text, part.number)
    written = csv_text.decoded(part.content).replace("\r\n", "\n").replace("\r", "\n")
    return replace(text.read(written, part.number), plain=written[: text.MAX_CHARACTERS])


READERS: tuple[Reader, ...] = (
    Reader("pdf", _is_pdf, _pdf),
    Reader("word", _is_word, lambda part: word.read(part.content, part.number)),
    Reader(
        "sheet",
        _is_sheet,
        lambda part: spreadsheet.read(part.content, part.number, part.content_type),
    ),
    Reader("picture", _is_picture, lambda part: scan.read(part.content, part.number)),
    Reader(
        "refused",
        _is_refused,
        lambda part: unread.refused(part.content, part.number, part.filename),
    ),
    Reader("html", _is_html, _html),
    Reader("text", _is_text, _text),
)
