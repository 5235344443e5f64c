"""Sums of an order from their labels: the amount on a label's row, else the one below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extraction.clues import Clue
from extraction.document import Document
from extraction.fields import numbers
from extraction.fields.labels import Label, Labels

AMOUNTS = ("subtotal", "tax", "tax_part", "freight", "total")
_SAYS_TOTAL = re.compile(r"\b(total|gesamt\w*|summe|totale|totaal|net value|nettowert)\b")


def read_amount(text: str, document: Document) -> tuple[str, int, int] | None:
    """An amount of money at the end of the words; percentages are none."""
    cleaned = re.sub(r"\(?\d+([.,]\d+)?\s*%\)?", lambda m: " " * len(m[0]), text)
    value = numbers.parse(cleaned, document.number_style)
    if value is not None:
        return numbers.printed(value), 0, len(text)
    found = numbers.find(cleaned, document.number_style)
    if not found or len(re.sub(r"[\d\s.,()%]|[A-Z]{3}|[$€£₹]", "", text)) > 6:
        return None
    value, start, end = found[-1]
    return numbers.printed(value), start, end


def clues(document: Document, labels: Labels, label: Label, name: str) -> Iterator[Clue]:
    """The last amount on the label's row before another label, else the one below it."""
    row = labels.canvas.rows[label.row]
    limit = min(
        (k.head.box.x0 for k in labels.on_row(label.row) if k.head.box.x0 > label.head.box.x1),
        default=1e9,
    )
    best = None
    for segment in ([label.tail] if label.tail else []) + list(row.segments[label.index + 1 :]):
        if segment.box.x0 >= limit - 0.5:
            break
        found = read_amount(segment.text, document)
        if found and not re.fullmatch(r"\(?\d+([.,]\d+)?\s*%\)?", segment.text.strip()):
            best = segment, found
        elif (
            best is None
            and not re.fullmatch(r"[\W\d%]*|[A-Z]{3}|\(?[\w ]{1,14}\)?", segment.text.strip())
            and segment is not label.tail
        ):
            break
    score = 0.8 + 0.1 * label.colon
    share = "%" in label.segment.text and not re.search(r"\d", label.segment.text)
    if best is None and share:
        return
    if best is None:
        bare = replace(label, tail=None)
        below = next((v for v in labels.values(bare) if v.where == "below"), None)
        found = read_amount(below.segment.text, document) if below else None
        if not below or not found:
            return
        best, score = (below.segment, found), 0.72
    segment, (value, start, end) = best
    where = segment.cut(start, end) or segment
    yield Clue(name, value, score, "label", where.evidence(), label.head.page, label.phrase)
    if name == "subtotal" and _SAYS_TOTAL.search(label.phrase):
        yield Clue("total", value, 0.5, "label", where.evidence(), label.head.page, label.phrase)
