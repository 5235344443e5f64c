"""What else a field may say: readings that lost against the value shown, and what it said before."""

from __future__ import annotations

from typing import Any

from core.drafts.tables import DraftField
from core.drafts.typed import share
from core.inbound.reading import Evidence

MOST = 5
TYPED, PICKED = "clerk", "page"


def put(row: DraftField, value: str, place: Evidence | None, *, undoing: bool = False) -> None:
    """Writes `value`; the value that stood there becomes an alternative, best first, and keeps its place.

    `place` is where a person found the value. Without one an alternative brings its own, and a typed value keeps the
    field's. What a person typed has no place and is not kept: the journal knows it; nor is what undoing takes back.
    """
    if value != row.value:
        gone = (TYPED, PICKED) if undoing else (TYPED,)
        _exchange(row, value, TYPED if place is None else PICKED, gone)
    if place is not None:
        row.evidence = place.as_json()


def _exchange(row: DraftField, value: str, source: str, gone: tuple[str, ...]) -> None:
    known = next((c for c in row.alternatives if c["value"] == value), None)
    others = [c for c in row.alternatives if c is not known]
    if row.value and row.source not in gone:
        others.append(_as_candidate(row))
    row.alternatives = sorted(others, key=lambda c: -float(c["confidence"]))[:MOST]
    row.value, row.source = value, source
    if known is not None:
        row.evidence, row.source = known["evidence"], str(known.get("source", ""))
        row.confidence = share(float(known["confidence"]))


def _as_candidate(row: DraftField) -> dict[str, Any]:
    return {
        "value": row.value,
        "confidence": float(row.confidence),
        "evidence": {name: found for name, found in row.evidence.items() if name != "backed"},
        "source": row.source,
    }
