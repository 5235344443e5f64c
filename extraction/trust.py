"""Stated confidence made true: how often a value from this source, read with this strength, was right.

The table trust.json is fitted by `python -m extraction.training.score --fit` on generated documents with wordings held
out from training. Sources that it does not know keep what they state.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from core.inbound.reading import Candidate, ReadOrder

TABLE = Path(__file__).with_name("trust.json")
RAISE = 0.5
Steps = list[tuple[float, float]]


@cache
def _table() -> dict[str, Steps]:
    stored = json.loads(TABLE.read_text("utf-8"))
    return {name: [(float(a), float(b)) for a, b in steps] for name, steps in stored.items()}


def reload() -> None:
    """Forgets the table, after it was fitted anew."""
    _table.cache_clear()


def trusted(order: ReadOrder) -> ReadOrder:
    """The order with the confidence of every value calibrated; alternatives keep theirs."""
    return replace(
        order,
        fields={name: _trusted(name, value) for name, value in order.fields.items()},
        lines=tuple(
            {name: _trusted(f"line {name}", value) for name, value in line.items()}
            for line in order.lines
        ),
    )


def _trusted(name: str, value: Candidate) -> Candidate:
    sure = calibrated(value.source, name, value.confidence, _table())
    return replace(value, confidence=sure)


def calibrated(source: str, name: str, stated: float, table: Mapping[str, Steps]) -> float:
    """Drawn from what was stated to the share right of the field from this source, else of the source.

    All the way down, but only RAISE of the way up: life is harder than what we generate.
    """
    steps = table.get(f"{source} {name}") or table.get(source)
    if not steps:
        return stated
    at = bisect_right([threshold for threshold, _ in steps], stated) - 1
    share = steps[max(at, 0)][1]
    return share if share < stated else round(stated + RAISE * (share - stated), 4)
