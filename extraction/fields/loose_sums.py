"""Sums whose labels no list knows: rows that end in an amount, captions over amounts, sentences, lone figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from extraction.document import Document
from extraction.fields import dates, numbers
from extraction.fields.sum_labels import kinds_of
from extraction.lines.cells import Line
from extraction.page.segments import Row, Segment
from extraction.tables.values import Table
from extraction.weighing.clues import Clue
from extraction.weighing.sums import CENT, sum_of

SURE = 0.62
UNSURE = 0.36
CAPTIONED = 0.7
LISTED = 0.66
SAID = 0.52
_SIGN = r"(?:USD|EUR|GBP|CAD|AUD|NZD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|INR|JPY|CNY|RMB|ZAR|SGD|BRL|MXN|US\$|U\.S\.\$|[$€£₹¥]|Rs\.?|kr\.?|Kč|zł)"
_MONEYED = re.compile(rf"\d[.,]\d{{2}}(?!\d)|{_SIGN}")
_TAILED = re.compile(
    rf"^(?P<label>[^\d]*?(?:\d{{1,2}}(?:[.,]\d+)?\s?%[^\d]*?)?)[\s:.=]+(?P<sum>{_SIGN}?\s?-?\d[\d.,' \u00a0]*(?:/-|,-)?\s?{_SIGN}?)$"
)
_RATE = re.compile(r"^\W*(?:taux|rate|satz|tipo|aliquota|%|tarief|sats)\W*$|%", re.IGNORECASE)
_SHARE = re.compile(r"\d(?:[.,]\d+)?\s?%")
_REDUCED = re.compile(
    r"discount|rabatt|remise|descuento|sconto|korting|skonto|deposit|anzahlung|acompte|retention|total",
    re.IGNORECASE,
)
""" "Standard rate (20%)" is a tax where the sums agree; "Discount 5 %" is none."""
_TOLD = re.compile(
    rf"\b(?:total(?:s|ling|ing)?|sum|order value|amounts? to|comes? to|gesamt\w*|montant|importe|totaal)\b[^.;\d]{{0,90}}?(?P<sum>{_SIGN}\s?\d[\d.,]*\d)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"(?P<sum>{_SIGN}\s?\d[\d.,]*\d|(?<![\d.,])\d[\d.,]*\d\s?{_SIGN})(?=\W{{1,3}}(?:in total|in all|altogether|all in|total)\b)",
    re.IGNORECASE,
)
_PAIR = re.compile(
    rf"(?P<label>[^\W\d_][^\d:;,]{{1,40}}?(?:@?\s?\d{{1,2}}(?:[.,]\d+)?\s?%)?)\s*[:=]?\s*(?P<sum>{_SIGN}?\s?\d[\d,.' ]*[.,]\d{{2}})(?!\d)(?:\s?{_SIGN}(?!\w))?[\s,;.]*"
)
_CENTS = re.compile(r"\d[.,]\d{2}(?!\d)")
_NOT_TOLD = re.compile(
    r"\b(?:free|over|above|under|minimum|limit|exceed|last|previous|discount|if|each|per|quot\w*|invoice|deposit|advance|sub-?total|excl\w*|ex|before)\b",
    re.IGNORECASE,
)


def clues(document: Document, tabled: frozenset[int]) -> Iterator[Clue]:
    """Clues for sums by stems of words and by where amounts stand. tabled: rows of item tables, left out."""
    rows = document.canvas.rows
    for number, row in enumerate(rows):
        if len(row.text) > 600:
            continue
        yield from _listed(row, document)
        if number in tabled:
            continue
        captioned = list(_captioned(rows, number, document))
        yield from captioned or _ending(row, document)
        yield from _told(row, document)


def money(segment: Segment, document: Document) -> Decimal | None:
    """The amount that fills a segment; None for days, shares, codes and telephone numbers."""
    text = segment.text.strip()
    if "%" in text or dates.find(text) or re.fullmatch(r"\d{8,}|0\d+", text):
        return None
    return numbers.parse(re.sub(r"(?<=\d)(?:/-|,-)$", "", text), document.number_style)


def _ending(row: Row, document: Document) -> Iterator[Clue]:
    """Words and the amount right of them, in segments of their own or in one."""
    words: list[Segment] = []
    for segment in row.segments:
        value = money(segment, document)
        if value is not None:
            if words:
                yield from _named(" ".join(w.text for w in words), value, segment)
            words = []
            continue
        found = _TAILED.match(segment.text)
        place = segment.cut(found.start("sum"), found.end("sum")) if found else None
        value = money(place, document) if place else None
        if found and place and value is not None:
            yield from _named(found["label"], value, place)
            words = []
        else:
            words = [segment] if not _RATE.search(segment.text) else [*words, segment]


def _listed(row: Row, document: Document) -> Iterator[Clue]:
    """Several sums one after the other: "Goods £320.00, VAT £64.00, total £384.00"."""
    for segment in row.segments:
        if len(_CENTS.findall(segment.text)) < 2:
            continue
        found = [
            (m, kinds_of(m["label"].removeprefix("and ").removeprefix("plus ")))
            for m in _PAIR.finditer(segment.text)
        ]
        told = [(m, kinds) for m, kinds in found if kinds]
        if len(told) < 2:
            continue
        for match, kinds in told:
            place = segment.cut(match.start("sum"), match.end("sum"))
            value = numbers.parse(match["sum"].strip(), document.number_style)
            if place and value is not None:
                yield _clue(kinds[0], value, LISTED, place, match["label"])


def _named(label: str, value: Decimal, place: Segment) -> Iterator[Clue]:
    score = SURE if _MONEYED.search(f"{label} {place.text}") else UNSURE
    if _SHARE.search(label) and not kinds_of(label) and not _REDUCED.search(label):
        yield _clue("tax", value, min(score, 0.56), place, label)
    for rank, kind in enumerate(kinds_of(label)):
        said = score if not rank else min(score - 0.14, 0.45)
        yield _clue(kind, value, said, place, label)


def _captioned(rows: Sequence[Row], number: int, document: Document) -> Iterator[Clue]:
    """Captions of sums side by side with the amounts on the row below: a summary of one row."""
    heads = rows[number].segments
    named = [() if _is_rate(s.text) else kinds_of(s.text) for s in heads]
    told = sum(bool(k) for k in named)
    if told < 2 or told + sum(bool(_RATE.search(s.text)) for s in heads) < 0.7 * len(heads):
        return
    below = rows[number + 1] if number + 1 < len(rows) else None
    if (
        below is None
        or below.page != rows[number].page
        or below.box.top - rows[number].box.bottom > 2.5 * below.height
    ):
        return
    for at, kinds in enumerate(named):
        place = _under(at, heads, below.segments)
        value = money(place, document) if place else None
        if kinds and place and value is not None:
            yield _clue(kinds[0], value, CAPTIONED, place, heads[at].text)
            for kind in kinds[1:]:
                yield _clue(kind, value, 0.45, place, heads[at].text)


def _is_rate(caption: str) -> bool:
    """ "% IVA": the share, not the tax."""
    return "%" in caption and not any(c.isdigit() for c in caption)


def _under(at: int, heads: Sequence[Segment], cells: Sequence[Segment]) -> Segment | None:
    if len(heads) == len(cells):
        return cells[at]
    head = heads[at]
    near = [
        (abs(c.box.x0 + c.box.x1 - head.box.x0 - head.box.x1), n)
        for n, c in enumerate(cells)
        if c.box.x1 > head.box.x0 - 12 and c.box.x0 < head.box.x1 + 12
    ]
    return cells[min(near)[1]] if near else None


def _told(row: Row, document: Document) -> Iterator[Clue]:
    """A total told in a sentence, with its currency: "for a total of £1,126.00"."""
    for segment in row.segments:
        if len(segment.words) < 4:
            continue
        for pattern in (_TOLD, _AFTER):
            found = pattern.search(segment.text)
            if not found or _NOT_TOLD.search(segment.text[: found.start("sum")][-80:]):
                continue
            place = segment.cut(found.start("sum"), found.end("sum"))
            value = money(place, document) if place else None
            if place and value is not None:
                yield _clue("total", value, SAID, place, "total")


def lone(table: Table, lines: Sequence[Line], document: Document) -> Iterator[Clue]:
    """A figure under the amounts of a table that no word names, when it is what the lines add up to."""
    column = table.column("amount")
    of_lines = sum_of(lines)
    if column is None or of_lines is None or len(lines) < 2:
        return
    rows = document.canvas.rows
    last = max(table.rows)
    left, right = table.columns[column].x0, table.columns[column].x1
    for number in range(last, min(last + 4, len(rows))):
        segments = rows[number].segments
        if any(re.search(r"[^\W\d_]{2}", s.text) for s in segments) or len(segments) > 3:
            continue
        place = segments[-1]
        value = money(place, document)
        under = place.box.x1 > left - 30 and place.box.x0 < right + 60
        if value is not None and under and abs(value - of_lines) <= CENT:
            yield _clue("total", value, UNSURE, place, "")
            return


def _clue(kind: str, value: Decimal, score: float, place: Segment, label: str) -> Clue:
    source = "label" if label else "sum"
    return Clue(kind, numbers.printed(value), score, source, place.evidence(), place.page, label)
