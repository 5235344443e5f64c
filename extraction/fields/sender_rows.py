"""Who a row of a sender names: the small line over an address window, and the foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.document import Document
from extraction.fields import dates
from extraction.fields.companies import (
    is_street,
    looks_like_company,
    same_company,
)
from extraction.fields.name_words import GREETING, may_head
from extraction.page.segments import Row, Segment
from extraction.vocabulary import fold
from extraction.weighing.clues import Clue

REACHED = re.compile(r"\b(?:fax|tel|phone|call|ph)\b", re.IGNORECASE)

_PARTED = re.compile(r"\s+[·•|∙▪]\s*|\s*[·•|∙▪]\s+|\s+[–—-]\s+")

TOWN = re.compile(r"\b\d{4,6}\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_FORM_END = re.compile(
    r"\S[^,\d]{2,50}?,?\s(?:inc|ltd|limited|llc|corp|gmbh|ag|kg|sas|sarl|s\.a|sa|srl|s\.r\.l|spa|s\.p\.a|b\.?v|n\.?v|plc|s\.l|sl|e\.k)\b\.?(?=\s|,|$)",
    re.IGNORECASE,
)


def sender_rows(document: Document, suppliers: Sequence[str]) -> Iterator[Clue]:
    """The small row over the address window, and a row at the foot: "Name · Street 1 · 12345 Town"."""
    if document.canvas.kind == "text":
        return
    rows, paged = document.canvas.rows, bool(document.canvas.pages)
    for number, row in enumerate(rows):
        foot = _at_foot(document, row)
        for segment in row.segments[:1] if foot else row.segments:
            name = sender(segment, row.text if foot else segment.text)
            edge = paged and (number < 3 or foot)
            if not name or not (edge or looks_like_company(name)):
                continue
            if not edge and len(_PARTED.split(segment.text)) < 3:
                continue
            place = segment.cut(0, len(name))
            if place and not any(same_company(name, s) for s in suppliers):
                leads = paged and number < 2 and len(_PARTED.split(segment.text)) > 2
                score = 0.62 if edge and (leads or looks_like_company(name)) else 0.5
                yield Clue("buyer_name", name, score, "sender row", place.evidence(), row.page)


def sender(segment: Segment, row: str) -> str:
    """The name that opens a row with an address in it; "" where there is none."""
    text = segment.text
    if not TOWN.search(row) or len(row) > 220:
        return ""
    pieces = _PARTED.split(text)
    if len(pieces) > 7:
        return ""
    name = pieces[0]
    if len(pieces) < 3:
        form = _FORM_END.match(name)
        name = name.partition(",")[0]
        name = form[0] if form else re.split(r"\s(?=\S*\d)", name)[0]
        if row == text and "," not in text:
            return ""
    name = name.strip(" ,")
    if _ADDRESSED.match(name) or GREETING.match(fold(name)):
        return ""
    if is_street(text) or dates.find(text):
        return ""
    return name if name and not re.search(r"\d", name) and may_head(name) else ""


_ADDRESSED = re.compile(r"(?:to|an|à|aan|messrs|spett)\b", re.IGNORECASE)


def _at_foot(document: Document, row: Row) -> bool:
    """Whether a row stands in the last tenth of the first page."""
    pages = document.canvas.pages
    return bool(pages) and row.page == pages[0].number and row.box.top > 0.9 * pages[0].height
