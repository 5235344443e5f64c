"""One cell of a record: its words as text and as a candidate, and the figure that stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from core.inbound.reading import Candidate
from extraction.document import Document
from extraction.fields import numbers
from extraction.page.layout import Word
from extraction.page.segments import Segment, evidence_of

Line = dict[str, Candidate]


BASE = 0.85


@dataclass(frozen=True)
class Cell:
    """All words of one column in one record."""

    role: str
    part: int
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return " ".join(s.text for s in self.segments)

    @property
    def words(self) -> list[Word]:
        return [w for s in self.segments for w in s.words]

    def candidate(self, value: str, confidence: float = BASE) -> Candidate:
        return Candidate(value, confidence, evidence_of(self.part, self.words), "table")


def fits(quantity: Decimal, price: Decimal, amount: Decimal) -> bool:
    """Whether quantity times price is the amount, to a cent or half a percent of rounding in the price."""
    product = quantity * price
    return abs(product - amount) <= max(Decimal("0.011"), abs(amount) * Decimal("0.003"))


def quantity_parts(text: str, document: Document) -> tuple[Decimal | None, str, str]:
    """(number, its printed text, the words beside it) of a cell like "2500.00 NOS" or "EA 5"."""
    value = numbers.parse(text, document.number_style)
    if value is not None:
        return value, text, ""
    spaced = re.sub(r"(?<=\d)(?=[A-Za-z])", " ", text)
    found = numbers.find(spaced, document.number_style)
    if not found:
        return None, "", text
    value, start, end = found[0]
    rest = f"{spaced[:start]} {spaced[end:]}".strip()
    if start > 12 or len(re.sub(r"[^\w]", "", spaced[:start])) > 8:
        return None, "", text
    return value, spaced[start:end], rest
