"""How a count is written."""

from __future__ import annotations

import re

from extraction.fields.units import UNIT
from extraction.fields.words import NUMBER_WORDS

NUMBER_WORD = "|".join(sorted(map(re.escape, NUMBER_WORDS), key=len, reverse=True))
FIGURE = r"\d{1,3}(?:[.,' ]\d{3})+(?![\d])|\d+(?:[.,]\d+)?"
WORD = r"(?:m[23](?!\w)|[A-Za-zÀ-ÿ²³]{1,12})"
_A_PACK = "|".join(sorted((re.escape(u) for u in UNIT if len(u) > 2), key=len, reverse=True))
QUANTITY = re.compile(
    rf"(?P<a>\b(?:a|an|one|ein|eine|une|una|un|een)\s+)?(?P<q>{FIGURE}|\b(?:{NUMBER_WORD})\b|\ban?(?=\s+(?:{_A_PACK})\s+of\b))(?:\s+(?:or|to|oder|ou|o|of)\s+(?P<or>\d+))?"
    rf"\s*(?P<times>(?:[x×*]|mal\b|fois\b|veces\b|volte\b|maal\b|keer\b|times\b)(?=\s|[A-Z0-9]))?\s*(?P<unit>{WORD}\.?)?(?=[\s,:;(\-–@]|$)",
    re.IGNORECASE,
)
TRAILING = re.compile(
    rf"(?:\s*[-–—:|=]\s*|\s*,(?:\s+|(?<!\d,))|\s+[x×*]\s*|\s+|\()(?:qty|quantity|menge|anzahl|quantité|qté|cantidad|cant|quantità|qta|aantal)?\.?\s*[:=]?\s*(?P<q>{FIGURE})\s*(?P<unit>{WORD}\.?)?\)?\s*$",
    re.IGNORECASE,
)
WORDED = rf"(?:(?:an?|une?|una|eine?|een)\s+)?(?P<word>\b(?:{NUMBER_WORD})\b)(?:\s+(?:de\s+|di\s+|of\s+|d['’])?(?P<pack>{_A_PACK}))?\.?(?=\s*$)"
"""A count in words at the end of a row, behind a colon or dash: "une douzaine de rouleaux"."""
COUNT = re.compile(
    rf"(?:^|[,;|–—-]\s+|\s)(?P<q>{FIGURE})\s*(?P<unit>{WORD})\.?(?=\s*(?:[,;|@–—(-]|$|(?:at|à|zu|je|a|for|voor|tegen)\b|(?:of|de|von|van|da)\s+\d))"
)
KEYED_COUNT = re.compile(
    rf"\b(?:qty|quantity|menge|anzahl|quantité|qté|cantidad|cant|quantità|q\.?t[aà]|aantal|stückzahl)(?!\w)\.?\s*[:=]?\s*(?P<q>{FIGURE})\s*(?P<unit>(?:{'|'.join(sorted(UNIT, key=len, reverse=True))})(?![\w]))?",
    re.IGNORECASE,
)
DIMENSION = re.compile(r"\s*(?:[/\"”″'°]|-\d|x\s*\d|mm\b|cm\b|[%])", re.IGNORECASE)


def is_count(tail: re.Match[str]) -> bool:
    unit = (tail["unit"] or "").strip(".").lower()
    marked = re.match(r"\s*[x×*:=|(]|\s*[-–—]\s", tail[0]) or re.search(
        r"qty|quant|menge|anzahl|cant|aantal", tail[0], re.IGNORECASE
    )
    listed = not unit and re.match(r"\s*,\s+\d{1,5}\s*$", tail[0]) is not None
    times = unit in ("x", "×")
    return (not unit and bool(marked)) or listed or times or unit in UNIT or _packed(tail)


def _packed(tail: re.Match[str]) -> bool:
    """ "yeast 500g - 10 bricks": behind a dash, a count of what is no known unit."""
    word = tail["unit"] or ""
    return bool(re.match(r"\s+[-–—]\s+\d{1,5}\s+[a-zà-ü]{4,}s\s*$", tail[0])) and word.islower()
