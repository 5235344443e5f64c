"""A clue: one place that speaks for one value of one field. Resolution weighs them."""

from __future__ import annotations

from dataclasses import dataclass

from core.inbound.reading import Evidence


@dataclass(frozen=True, slots=True)
class Clue:
    """value: normalised as in core.inbound.reading.Candidate. score: 0 to 1, how strongly this place speaks for it.

    label: the wording that announced it, folded.
    """

    field: str
    value: str
    score: float
    source: str
    evidence: Evidence
    page: int = 0
    label: str = ""
