"""Sums of an order from their labels: the amount on a label's row, else the one below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extraction.document import Document
from extraction.fields import numbers
from extraction.fields.labels.find import Labels
from extraction.fields.labels.values import Label
from extraction.page.segments import Segment
from extraction.weighing.clues import Clue

Found = tuple[Segment, tuple[str, int, int]]

AMOUNTS = ("subtotal", "tax", "tax_part", "freight", "total")
_SAYS_TOTAL = re.compile(r"\b(total|gesamt\w*|summe|totale|totaal|net value|nettowert)\b")


_WORD = re.compile(r"(?:amount|value|price|total|betrag|wert|montant|importe|importo|bedrag)", re.I)
_REGISTERED = re.compile(r"[A-Z]{2}[ -]?\d[\d .]{6,}[A-Z]?\d{0,2}")
""" "GB 118 2244 71": a number of registration behind "VAT"."""


def read_amount(text: str, document: Document) -> tuple[str, int, int] | None:
    """An amount of money at the end of the words; percentages are none."""
    if _REGISTERED.fullmatch(text.strip()):
        return None
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
        best, score = _stacked(document, labels, label), 0.72
    if best is None:
        return
    segment, (value, start, end) = best
    where = segment.cut(start, end) or segment
    yield Clue(name, value, score, "label", where.evidence(), label.head.page, label.phrase)
    if name == "subtotal" and _SAYS_TOTAL.search(label.phrase):
        yield Clue("total", value, 0.5, "label", where.evidence(), label.head.page, label.phrase)


def _stacked(document: Document, labels: Labels, label: Label) -> Found | None:
    """The amount right below a label, or above it where that stands nearer."""
    below = next((v for v in labels.values(replace(label, tail=None)) if v.where == "below"), None)
    under = _past_words(labels, label, below.segment) if below else _far_below(labels, label)
    lower = under if under and _is_money(under, document) else None
    upper = _over(document, labels, label)
    if upper and lower:
        near = label.head.box.top - upper.box.bottom < lower.box.top - label.head.box.bottom - 2
        lower = None if near else lower
    segment = lower or upper
    found = read_amount(segment.text, document) if segment else None
    return (segment, found) if segment and found else None


def _far_below(labels: Labels, label: Label) -> Segment | None:
    """The figure under the last of several captions side by side, some of which fill more rows than this one."""
    rows = labels.canvas.rows
    if len(rows[label.row].segments) < 4 or not label.alone:
        return None
    for row in rows[label.row + 1 : label.row + 4]:
        level = [s for s in row.segments if abs(s.box.x0 - label.head.box.x0) < 4]
        near = row.page == label.head.page and row.box.top - label.head.box.bottom < 5 * row.height
        if level or not near:
            return level[0] if level and near else None
    return None


def _past_words(labels: Labels, label: Label, below: Segment) -> Segment:
    """What stands below a caption; where that is its last word ("Sales / subtotal / amount"), what stands below it."""
    if not _WORD.fullmatch(below.text):
        return below
    rows = labels.canvas.rows
    number = next(
        (
            n
            for n in range(label.row + 1, min(label.row + 3, len(rows)))
            if below in rows[n].segments
        ),
        len(rows),
    )
    for row in rows[number + 1 : number + 2]:
        level = [s for s in row.segments if abs(s.box.x0 - below.box.x0) < 4]
        if level and row.page == below.page and row.box.top - below.box.bottom < 1.5 * row.height:
            return level[0]
    return below


def _over(document: Document, labels: Labels, label: Label) -> Segment | None:
    if not label.row or not label.alone:
        return None
    row, box = labels.canvas.rows[label.row - 1], label.head.box
    if row.page != label.head.page or box.top - row.box.bottom > 0.6 * row.height:
        return None
    over = [s for s in row.segments if s.box.x1 > box.x0 and s.box.x0 < box.x1]
    alone = len(over) == 1 and not labels.on_row(label.row - 1)
    return over[0] if alone and _is_money(over[0], document) else None


def _is_money(segment: Segment, document: Document) -> bool:
    found = read_amount(segment.text, document)
    whole = numbers.parse(segment.text, document.number_style) is not None
    return whole or (found is not None and bool(re.search(r"[.]\d{2}$", found[0])))
