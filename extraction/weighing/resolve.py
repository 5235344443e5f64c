"""Clues of one order weighed together: one value a field, its confidence, and what lost."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from core.inbound.reading import HEADER_FIELDS, Candidate
from extraction.context import Context
from extraction.fields.companies import has_legal_form, same_company
from extraction.lines.cells import Line
from extraction.memory.lesson import is_memory
from extraction.weighing.clues import Clue
from extraction.weighing.sums import settle

FLOOR = 0.3
ASIDE = 0.62
WORDED = frozenset({"payment_terms"})
LONGEST_TERMS = 60


def resolve(clues: Sequence[Clue], lines: Sequence[Line], context: Context) -> dict[str, Candidate]:
    """The best value of each header field; equal values support each other."""
    clues = settle(_remembered(clues), lines)
    fields: dict[str, Candidate] = {}
    for name in HEADER_FIELDS:
        own = [c for c in clues if c.field == name and c.score >= FLOOR]
        if own:
            fields[name] = _best(own)
    return fields


def _remembered(clues: Sequence[Clue]) -> list[Clue]:
    """Where a lesson speaks, what everybody else says only supports it or is an alternative."""
    told = {c.field for c in clues if is_memory(c.source) and c.score > FLOOR}
    return [
        replace(c, score=c.score * ASIDE) if c.field in told and not is_memory(c.source) else c
        for c in clues
    ]


def _best(clues: Sequence[Clue]) -> Candidate:
    ranked = sorted(_groups(clues), key=lambda g: -_support(g))
    winner = max(ranked[0], key=_telling)
    rivals = [max(g, key=lambda c: c.score) for g in ranked[1:4]]
    confidence = min(_support(ranked[0]), 0.98)
    if rivals and not is_memory(winner.source):
        confidence *= 1 - 0.3 * min(_support(ranked[1]) / max(_support(ranked[0]), 0.01), 1.0)
    others = tuple(
        Candidate(r.value, round(min(r.score, 0.9) * 0.5, 4), r.evidence, r.source) for r in rivals
    )
    seconded = tuple(sorted({c.source for c in ranked[0]} - {winner.source}))
    return Candidate(
        winner.value, round(confidence, 4), winner.evidence, winner.source, others, seconded
    )


def _telling(clue: Clue) -> float:
    """How well a clue words its value: of the names of one company the full one with its legal form."""
    full = clue.field == "buyer_name" and has_legal_form(clue.value)
    small = clue.field == "buyer_name" and clue.source == "sender row"
    surname = clue.field == "buyer_contact" and " " in clue.value.strip()
    whole = clue.field in WORDED and clue.source in ("label", "column")
    fuller = 0.004 * len(clue.value) if clue.field in WORDED and len(clue.value) < 60 else 0.0
    return clue.score + fuller + (0.25 if full or surname or whole else 0.12 if small else 0.0)


def _groups(clues: Sequence[Clue]) -> list[list[Clue]]:
    """Clues that speak for the same value; names of one company count as the same."""
    groups: list[list[Clue]] = []
    for clue in sorted(clues, key=lambda c: -c.score):
        group = next((g for g in groups if _same(g[0], clue)), None)
        if group is None:
            groups.append([clue])
        else:
            group.append(clue)
    return groups


def _same(a: Clue, b: Clue) -> bool:
    if a.value.casefold().strip() == b.value.casefold().strip():
        return True
    if a.field == "buyer_contact":
        ours, theirs = set(a.value.casefold().split()), set(b.value.casefold().split())
        return ours <= theirs or theirs <= ours
    if a.field in WORDED:
        return _contains(a.value, b.value) or _contains(b.value, a.value)
    return a.field == "buyer_name" and same_company(a.value, b.value)


def _contains(longer: str, shorter: str) -> bool:
    """Whether a text of a few words has the other in it, as "Net 30, 10 % retainage" has "Net 30"."""
    few = len(longer) <= LONGEST_TERMS
    return few and re.search(rf"(?<!\w){re.escape(shorter)}(?!\w)", longer, re.I) is not None


def _support(group: Sequence[Clue]) -> float:
    best = max(c.score for c in group)
    sources = {c.source for c in group}
    return best + 0.1 * (len(sources) - 1) + 0.02 * min(len(group) - 1, 3)
