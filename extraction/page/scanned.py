"""Values read from pictures of pages: how sure they are, and where the page as shown has them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from core.inbound.reading import Candidate, Evidence, ReadOrder
from core.values import Box
from extraction.page.layout import PageLayout, Reading

ALWAYS = 0.97  # even a word whose letters all look sure may be read wrong


def size_shown(page: PageLayout) -> tuple[float, float]:
    """Width and height in points of the page as it is shown."""
    return (page.shown.width, page.shown.height) if page.shown else (page.width, page.height)


def weighed(orders: tuple[ReadOrder, ...], readings: Iterable[Reading]) -> tuple[ReadOrder, ...]:
    """The orders with confidence lowered and boxes put right where the evidence is a picture."""
    pages = {(r.part, p.number): p for r in readings for p in r.pages if p.shown}
    if not pages:
        return orders

    def settled(fields: dict[str, Candidate]) -> dict[str, Candidate]:
        return {name: _settled(candidate, pages) for name, candidate in fields.items()}

    return tuple(
        replace(o, fields=settled(o.fields), lines=tuple(settled(line) for line in o.lines))
        for o in orders
    )


def _settled(candidate: Candidate, pages: dict[tuple[int, int], PageLayout]) -> Candidate:
    page = pages.get((candidate.evidence.part, candidate.evidence.page))
    others = tuple(_settled(c, pages) for c in candidate.alternatives)
    if page is None or page.shown is None or candidate.evidence.box is None:
        return replace(candidate, alternatives=others)
    sure = candidate.confidence * ALWAYS * _legible(page, candidate.evidence)
    evidence = replace(candidate.evidence, box=page.shown.box(candidate.evidence.box))
    return replace(candidate, confidence=round(sure, 4), evidence=evidence, alternatives=others)


def _legible(page: PageLayout, evidence: Evidence) -> float:
    """The mean score of the two least legible words of the evidence."""
    said = set(evidence.text.split())
    scores = sorted(
        w.score
        for w in page.words
        if w.text in said and evidence.box and _touch(w.box, evidence.box)
    )
    return sum(scores[:2]) / len(scores[:2]) if scores else 1.0


def _touch(a: Box, b: Box) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.top < b.bottom and b.top < a.bottom
