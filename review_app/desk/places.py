"""Text cut at the borders of the places where fields were read, so that each piece can be lit by its fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; ids of the fields that were read there, none for plain text."""

    text: str
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lit:
    """A box on a page, in points."""

    id: int
    x: float
    y: float
    width: float
    height: float


def pieces(text: str, spans: Iterable[tuple[int, int, int]]) -> tuple[Piece, ...]:
    """Cuts `text` at every (field id, start, end); spans outside of the text are left out."""
    inside = [(i, a, b) for i, a, b in spans if 0 <= a < b <= len(text)]
    cuts = sorted({0, len(text), *(a for _, a, _ in inside), *(b for _, _, b in inside)})
    return tuple(
        Piece(text[a:b], tuple(i for i, first, last in inside if first <= a and b <= last))
        for a, b in pairwise(cuts)
    )


def span_of(text: str, evidence: dict[str, Any]) -> tuple[int, int] | None:
    """Where in `text` the evidence stands: its span when the words agree, else the only place of its words."""
    words = str(evidence.get("text", ""))
    span = evidence.get("span")
    if span and 0 <= span[0] < span[1] <= len(text):
        there = " ".join(text[span[0] : span[1]].split())
        if not words or there == " ".join(words.split()):
            return int(span[0]), int(span[1])
    if words and text.count(words) == 1:
        start = text.index(words)
        return start, start + len(words)
    return None


def box_of(field_id: int, evidence: dict[str, Any]) -> Lit | None:
    box = evidence.get("box")
    if not box:
        return None
    x0, top, x1, bottom = (float(v) for v in box)
    return Lit(field_id, x0 - 2, top - 2, x1 - x0 + 4, bottom - top + 4)
