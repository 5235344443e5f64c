"""The order's number and day in a title: "Purchase memorandum FS-26-117", "Inköpsorder 118204 · 6 April 2026"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.document import Document
from extraction.fields import dates
from extraction.fields.header.code import read_code
from extraction.page.segments import Segment
from extraction.vocabulary import fold
from extraction.weighing.clues import Clue

_ORDER = re.compile(
    r"(?<![\w-])(?:purchase|order|po|p\.o\.|bestell\w*|auftrag|abruf|commande|bdc|pedido|orden|compra|ordine|acquisto|bestelling|inkoop\w*|inkop\w*|order\w*|innkjop\w*|indkob\w*|objednavk\w*|zamowieni\w*|encomenda|tilaus|call-?off|release|requisition|afroep\w*|memorandum)(?![\w/-]*\d)\b(?! ?box\b)"
)
_NOT = re.compile(
    r"\b(?:quot|invoice|confirmation|delivery note|offer|angebot|rechnung|page|conditions|terms)\w*"
)
_CODE = re.compile(
    r"(?:(?:no|nr|num|n[°º]|č|#|ref)\.?\s*[:#]?\s*)?(?P<code>(?=[\w./−-]*\d{2})[A-Z]{0,6}[\w./−-]*\d[\w./−-]*(?:\s[A-Z]\d{1,2}(?!\w))?)",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?=[A-Z0-9-]*\d{4})[A-Z]{1,6}-?\d[\dA-Z-]{3,}")
TOP_ROWS = 12


def clues(document: Document, tabled: frozenset[int] = frozenset()) -> Iterator[Clue]:
    """Clues for po_number and order_date from the head of the first page. tabled: rows of item tables, left out."""
    rows = document.canvas.rows
    if not rows or document.canvas.kind not in ("pdf", "image", "html"):
        return
    body = min(tabled, default=len(rows))
    for number, row in enumerate(rows[: min(TOP_ROWS, body)]):
        if row.page != rows[0].page:
            return
        for segment in row.segments:
            yield from _title(segment, document)
            if number < 4 and _STAMP.fullmatch(segment.text.strip()):
                yield Clue(
                    "po_number", segment.text.strip(), 0.4, "title", segment.evidence(), row.page
                )


def _title(segment: Segment, document: Document) -> Iterator[Clue]:
    text = segment.text
    folded = fold(text)
    if len(text) > 90 or not _ORDER.search(folded) or _NOT.search(folded):
        return
    start = max(m.end() for m in _ORDER.finditer(folded))
    found = re.match(r"[\s:·|–—-]*(?:[^\W\d_]+[\s:.]+){0,2}", text[start:])
    at = start + (found.end() if found else 0)
    code = _CODE.match(text, at)
    if not code or dates.find(code["code"]):
        return
    read = read_code(code["code"], document)
    place = segment.cut(*code.span("code"))
    if read is None or place is None:
        return
    yield Clue("po_number", read[0], 0.5, "title", place.evidence(), segment.page)
    days = dates.find(text[code.end() :])
    if days and days[0].year_given:
        where = segment.cut(code.end() + days[0].start, code.end() + days[0].end) or segment
        day = dates.choose(days[0], document.day_style).isoformat()
        yield Clue("order_date", day, 0.5, "title", where.evidence(), segment.page)
