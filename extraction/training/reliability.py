"""Whether stated confidence is true, and what it lets pass."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from extraction.training.tally import Marked

EDGES = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
THRESHOLDS = (0.90, 0.95, 0.98, 0.99)
Pair = tuple[float, bool]


def pairs_of(found: Iterable[Marked]) -> list[Pair]:
    """(stated, right) of every value given."""
    return [
        (f.given.confidence, f.right) for one in found for f in one.fields if f.given is not None
    ]


def calibration_error(pairs: Iterable[Pair], bins: int = 10) -> float:
    """Expected calibration error: mean distance of stated and true share over equal bins, weighted by count."""
    groups: dict[int, list[Pair]] = defaultdict(list)
    total = 0
    for stated, right in pairs:
        groups[min(int(stated * bins), bins - 1)].append((stated, right))
        total += 1
    return sum(abs(sum(s - r for s, r in group)) for group in groups.values()) / max(total, 1)


def curve(pairs: Sequence[Pair]) -> list[dict[str, float]]:
    """By bin of stated confidence: how many values, what they state on average, the share that is right."""
    groups: dict[float, list[Pair]] = defaultdict(list)
    for stated, right in pairs:
        groups[max(edge for edge in EDGES if edge <= stated)].append((stated, right))
    return [
        {
            "from": edge,
            "count": len(g),
            "stated": round(sum(s for s, _ in g) / len(g), 4),
            "right": round(sum(r for _, r in g) / len(g), 4),
        }
        for edge, g in sorted(groups.items())
    ]


def accepted_before_first_wrong(pairs: Sequence[Pair]) -> int:
    """How many of the most confident values come before the first wrong one."""
    ranked = sorted(pairs, key=lambda pair: (-pair[0], pair[1]))
    return next((n for n, (_, right) in enumerate(ranked) if not right), len(ranked))


def untouched(found: Sequence[Marked]) -> dict[str, dict[str, float]]:
    """By threshold: orders all of whose values state at least as much, and of those how many have a wrong or a missing value."""
    orders = [one for one in found if one.document.order]
    rows: dict[str, dict[str, float]] = {}
    for threshold in THRESHOLDS:
        passed = [one for one in orders if _passes(one, threshold)]
        wrong = sum(any(f.given is not None and not f.right for f in one.fields) for one in passed)
        missing = sum(any(f.given is None for f in one.fields) for one in passed)
        rows[f"{threshold:.2f}"] = {
            "share": round(len(passed) / max(len(orders), 1), 4), "passed": len(passed), "with a wrong value": wrong, "with a missing value": missing,
        }  # fmt: skip
    return rows


def _passes(one: Marked, threshold: float) -> bool:
    orders = one.reading.orders
    if len(orders) != 1 or not orders[0].lines or one.reading.lane != "order":
        return False
    values = [*orders[0].fields.values(), *(v for line in orders[0].lines for v in line.values())]
    return all(v.confidence >= threshold for v in values)


def figures(found: Sequence[Marked]) -> dict[str, Any]:
    pairs = pairs_of(found)
    by_field: dict[str, list[Pair]] = defaultdict(list)
    for one in found:
        for f in one.fields:
            if f.given is not None:
                by_field[f.name].append((f.given.confidence, f.right))
    return {
        "values": len(pairs),
        "calibration_error": round(calibration_error(pairs), 4),
        "accepted_before_first_wrong": accepted_before_first_wrong(pairs),
        "reliability": curve(pairs),
        "untouched": untouched(found),
        "calibration_error_by_field": {
            name: round(calibration_error(p), 4)
            for name, p in sorted(by_field.items())
            if len(p) >= 20
        },
    }
