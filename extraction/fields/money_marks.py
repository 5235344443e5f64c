"""The currency by codes, signs and names beside amounts and in heads; "$" alone names no single one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.fields.currencies import CURRENCIES, LOCAL, MARKS, NAMES
from extraction.page.segments import Canvas, Segment
from extraction.vocabulary import fold
from extraction.weighing.clues import Clue

SCORE = 0.5
LOCAL_SCORE = 0.45
_CODED = re.compile(
    r"\b([A-Z]{3})\s*:?\s*-?\d[\d.,]*|\d[\d.,]*\s*([A-Z]{3})\b|\(\s*(?:in )?([A-Z]{3})\s*\)|\b(?i:in|total|amount|value|prices?|betrag|preis|currency|summe|summa|sum|belopp|razem|celkem|montant|importe|importo|totale|totaal|net|gross)\b:?\s+\(?([A-Z]{3})\b|^([A-Z]{3})$|\b([A-Z]{3})\s*:?$|\b([A-Z]{3})\b(?= [A-Z][a-z]+ (?:Thousand|Hundred|Lakh|Crore|[A-Z][a-z]+ ))"
)
_MARKED = [
    (
        mark,
        re.compile(
            rf"(?<![\w$]){re.escape(mark)}(?![A-Za-z$])\s?-?\d|\d\s?(?:,-|/-)?\s?{re.escape(mark)}(?![A-Za-z$])|(?:^|[(/\s]){re.escape(mark)}\s?[)/]?$"
        ),
        code,
    )
    for mark, code in MARKS.items()
]
_CAPITALS = re.compile(r"[A-Z]{3}")
_NAMED = re.compile(rf"(?<![\w-])(?:{'|'.join(f'({p})' for p in NAMES)})(?![\w-])")
_CODES = list(NAMES.values())
_NEAR = re.compile(
    r"\b(?:in|en|em|total|say|amounts?|prices?|currency|preise|prix|precios|prezzi|prijzen|montants|betrage|valuta|moneda|devise)\W+(?:are |in |en |all )?$|\($"
)
_LOCAL = [
    (
        mark,
        code,
        re.compile(signs),
        re.compile(
            rf"(?<!\w){re.escape(mark)}\.?\s?\d|\d\s?{re.escape(mark)}(?!\w)|[(]\s?{re.escape(mark)}\.?\s?[)]|\bin {re.escape(mark)}\b"
        ),
    )
    for mark, code, signs in LOCAL
]


def clues(canvas: Canvas) -> Iterator[Clue]:
    """Clues for the currency of a canvas; what a sign leaves open is told by the country that shows itself."""
    for row in canvas.rows:
        for segment in row.segments:
            for code, start, end, source in _said(segment.text):
                place = segment.cut(start, end)
                if place:
                    yield Clue("currency", code, SCORE, source, place.evidence(), row.page)
    yield from _local(canvas)


def _said(text: str) -> Iterator[tuple[str, int, int, str]]:
    """(currency, start, end, source) of all that a text says."""
    for found in _CODED.finditer(text) if _CAPITALS.search(text) else ():
        code = next(g for g in found.groups() if g)
        if code.lower() in CURRENCIES:
            yield code, found.start(), found.end(), "code"
    for mark, pattern, code in _MARKED:
        marked = pattern.search(text) if mark in text else None
        if marked:
            yield code, marked.start(), marked.end(), "sign"
    folded = fold(text)
    for named in _NAMED.finditer(folded):
        alone = folded.strip(" .:()") == named[0]
        counted = re.match(r"\W*\d", folded[named.end() :])
        if alone or counted or _NEAR.search(folded[: named.start()]):
            yield (
                _CODES[(named.lastindex or 1) - 1],
                named.start(),
                named.end(),
                "name",
            )


def _local(canvas: Canvas) -> Iterator[Clue]:
    """A sign that several countries share, where the signs of one of them alone stand on the canvas."""
    whole = fold(canvas.text[:40_000])
    for mark in dict.fromkeys(m for m, *_ in _LOCAL):
        known = [
            (code, used) for m, code, signs, used in _LOCAL if m == mark and signs.search(whole)
        ]
        if len(known) != 1:
            continue
        code, used = known[0]
        place = _first(canvas, used)
        if place:
            yield Clue("currency", code, LOCAL_SCORE, "sign", place.evidence(), place.page)


def _first(canvas: Canvas, pattern: re.Pattern[str]) -> Segment | None:
    for row in canvas.rows:
        for segment in row.segments:
            found = pattern.search(
                fold(segment.text) if "¥" not in pattern.pattern else segment.text
            )
            if found:
                return segment.cut(found.start(), found.end())
    return None
