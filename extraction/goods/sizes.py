"""Goods told once and counted by size: "Hi-vis vest orange: 5 x M, 12 x L", "Boots: size 8 x 2, size 9 x 4"."""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 240
_SIZE = (
    r"(?:size|größe|gr\.?|maat|taille|talla|taglia|uk|eu)\s*\d{1,3}(?:\.5)?|\d?x{0,3}[sml](?!\w)"
)
_GOODS = re.compile(r"\s*(?P<goods>[^\W\d_][^:\n]{2,80}?)\s*(?::|\s[-–—])\s*(?=\S)")
_CELL = re.compile(
    rf"\s*(?:(?:and|und|en|et|y|e|&)\s+)?(?:(?P<q>\d{{1,4}})\s*(?:[x×]\s*|(?:in|of|von|de)\s+)?(?P<size>{_SIZE})"
    rf"|(?P<size_first>{_SIZE})\s*[x×:=–-]?\s*(?P<q_last>\d{{1,4}})(?!\w))"
    r"\s*(?:pcs|pc|stk|stück|st|pairs?|paar|ea)?\s*(?P<end>[,;/+]|\.?\s*$|(?=\s(?:and|und|en|et|y|e|&)\s))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sized:
    """Where in a text the name of the goods, one size and its count stand."""

    goods: tuple[int, int]
    size: tuple[int, int]
    count: tuple[int, int]


def sized(text: str) -> list[Sized]:
    """Every size that a row counts behind its goods; none unless all of the row does so, for two different sizes or more.

    "Oil: 5 L, 20 L" tells litres.
    """
    goods = _GOODS.match(text) if len(text) <= LONGEST else None
    found: list[Sized] = []
    at = goods.end() if goods else len(text)
    while goods and at < len(text.rstrip()):
        cell = _CELL.match(text, at)
        if cell is None:
            return []
        first = cell["q"] is None
        size, count = ("size_first", "q_last") if first else ("size", "q")
        found.append(Sized(goods.span("goods"), cell.span(size), cell.span(count)))
        at = cell.end()
    sizes = {text[slice(*cell.size)].lower() for cell in found}
    return found if 1 < len(found) == len(sizes) else []
