"""PDF parts: pdfium reads the pages; pdfplumber counts them too, and reads again those that look odd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2

from core.inbound.reading import Evidence
from core.inbound.values import Finding
from extraction.page.layout import PageLayout, Reading, TextLine
from extraction.page.segments import page_rows
from extraction.readers import pdf_doubts as doubts
from extraction.readers import pdf_second as second
from extraction.readers.pdf_glyphs import letters
from extraction.readers.pdf_rules import rules
from extraction.readers.pdf_sheet import Sheet, drawn_objects, has_fields, sheet_of
from extraction.readers.pdf_words import words

MAX_PAGES = 50
_PASSWORD = 4  # FPDF_ERR_PASSWORD


@dataclass(frozen=True, slots=True)
class _Sides:
    """A file as pdfium has it, and its pages as pdfplumber has them: None when it cannot open the file."""

    document: pypdfium2.PdfDocument
    others: Sequence[Any] | None
    place: str

    @property
    def count(self) -> int:
        return max(len(self.document), len(self.others or ()))


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page by pdfium. text: the same by pdfium's own way of putting letters together."""

    layout: PageLayout
    sheet: Sheet
    text: str
    doubtful: bool
    fields: bool


def read(content: bytes, part: int) -> Reading:
    """Words and rules of the first 50 pages; what cannot be read is a finding, never an exception."""
    place = f"part {part}"
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        return Reading(part, "pdf", findings=(_unreadable(error, place),))
    with closing(document), second.opened(content) as others:
        sides = _Sides(document, others, place)
        pages, findings = [], list(_of_file(sides))
        for number in range(1, min(sides.count, MAX_PAGES) + 1):
            page, found = _page(sides, number)
            pages.append(page)
            findings.extend(found)
    if not any(page.words for page in pages):
        findings.append(doubts.no_text(place))
    lines = tuple(_lines(part, pages))
    return Reading(part, "pdf", lines=lines, pages=tuple(pages), findings=tuple(findings))


def _of_file(sides: _Sides) -> Iterator[Finding]:
    count = len(sides.document)
    if sides.others is None:
        yield doubts.read_by_one(sides.place)
    elif len(sides.others) != count:
        yield doubts.count_differs(len(sides.others), count, sides.place)
    if sides.count > MAX_PAGES:
        yield doubts.too_many(MAX_PAGES, sides.count, sides.place)


def _page(sides: _Sides, number: int) -> tuple[PageLayout, list[Finding]]:
    """A page by pdfium; by pdfplumber where pdfium cannot read it or what it reads looks odd."""
    place = f"{sides.place}, page {number}"
    seen = _by_pdfium(sides.document, number)
    other = sides.others[number - 1] if sides.others and number <= len(sides.others) else None
    if seen and not seen.doubtful:
        typed = second.typed(other, seen.sheet) if other and seen.fields else ()
        return replace(seen.layout, words=(*seen.layout.words, *typed)), []
    again = second.layout(other, seen.sheet if seen else None) if other else None
    if seen and again:
        same = doubts.same_letters(seen.text, again.words)
        return again, [] if same else [doubts.text_differs(number, place)]
    layout = seen.layout if seen else again
    if layout:
        return layout, [doubts.read_by_one(place)]
    return PageLayout(number, 0.0, 0.0), [doubts.lost(number, place)]


def _by_pdfium(document: pypdfium2.PdfDocument, number: int) -> _Seen | None:
    if number > len(document):
        return None
    try:
        with closing(document[number - 1]) as page:
            sheet = sheet_of(page)
            objects = drawn_objects(page)
            found = letters(page, sheet, objects)
            said = tuple(words(found.glyphs, number))
            layout = PageLayout(number, *sheet.size, said, tuple(rules(objects, sheet, number)))
            return _Seen(
                layout, sheet, found.text, doubts.is_doubtful(found, said), has_fields(page)
            )
    except pypdfium2.PdfiumError:
        return None


def _lines(part: int, pages: Sequence[PageLayout]) -> Iterator[TextLine]:
    for page in pages:
        for row in page_rows(part, page):
            yield TextLine(row.text, Evidence(part, page.number, row.box), row.words)


def _unreadable(error: pypdfium2.PdfiumError, place: str) -> Finding:
    if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
        sentence = "The PDF is locked with a password; ask the sender for an open copy."
        return Finding("pdf-password", "error", sentence, place)
    sentence = "The PDF cannot be opened; it is damaged or no PDF."
    return Finding("pdf-damaged", "error", sentence, place)
