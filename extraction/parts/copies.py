"""Pages that a file shows twice, as forms printed with a copy for the file or the driver do: each is read once."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from core.inbound.values import Finding
from extraction.page.layout import PageLayout, Reading

LEAST_WORDS = 20
OTHER_WORDS = 8
"""How many words a copy may say otherwise: "Copy", "for your files", its page number."""


def repeated(reading: Reading) -> dict[int, int]:
    """Number of each page that repeats an earlier one -> the earlier page's number."""
    seen: list[tuple[int, Counter[str]]] = []
    found: dict[int, int] = {}
    for page in reading.pages:
        words = Counter(word.text for word in page.words)
        first = next((n for n, other in seen if _same(words, other, {page.number, n})), None)
        if first is None:
            seen.append((page.number, words))
        else:
            found[page.number] = first
    return found


def _same(one: Counter[str], other: Counter[str], numbers: set[int]) -> bool:
    """Whether two pages say the same: every figure but the page's own number, and all words but a few."""
    if len(one.keys() ^ other.keys()) > OTHER_WORDS or one.total() < LEAST_WORDS:
        return False
    if other.total() < LEAST_WORDS:
        return False
    rest = (one - other) + (other - one)
    told = [word for word in rest.elements() if any(c.isdigit() for c in word)]
    pages = all({int(n) for n in re.findall(r"\d{1,6}", w)} & numbers for w in told[:2])
    return rest.total() <= OTHER_WORDS and len(told) <= 2 and pages


def read_once(reading: Reading) -> Reading:
    """A reading without the pages that repeat earlier ones."""
    again = repeated(reading)
    if not again:
        return reading
    pages: tuple[PageLayout, ...] = tuple(p for p in reading.pages if p.number not in again)
    lines = tuple(line for line in reading.lines if line.evidence.page not in again)
    return replace(reading, pages=pages, lines=lines)


def findings(reading: Reading) -> list[Finding]:
    """What a person should know about pages that were passed over."""
    again = repeated(reading)
    if not again:
        return []
    listed = ", ".join(f"{page} (as {first})" for page, first in list(again.items())[:8])
    text = f"The file shows pages twice: {listed}. Each was read once."
    return [Finding("pages-repeated", "info", text, f"part {reading.part}")]
