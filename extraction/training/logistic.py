"""Logistic regression with a ridge, by Newton's steps; small enough for a table of weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from extraction.weighing.signals import Signals
from extraction.weighing.trust import Weights

RIDGE, SEEN, STEPS = 1.5, 15, 40
Example = tuple[Signals, bool, float]


def fitted(examples: Sequence[Example], ridge: float = RIDGE) -> Weights:
    """Weights of the signals seen at least SEEN times, from (signals, right, how much it counts)."""
    seen = Counter(name for signals, _, _ in examples for name in signals)
    names = sorted(name for name, count in seen.items() if count >= SEEN)
    table = np.array(
        [[1.0, *(signals.get(name, 0.0) for name in names)] for signals, _, _ in examples]
    )
    right = np.array([float(r) for _, r, _ in examples])
    counts = np.array([c for _, _, c in examples])
    found = _newton(table, right, counts, ridge)
    return Weights(
        round(float(found[0]), 4),
        {n: round(float(w), 4) for n, w in zip(names, found[1:], strict=True)},
    )


def line(
    odds: Sequence[float], right: Sequence[bool], counts: Sequence[float], ridge: float = 1.0
) -> tuple[float, float]:
    """(slope, shift) that make odds true; drawn towards (1, 0)."""
    x, y, c = np.array(odds), np.array(right, dtype=float), np.array(counts)
    table = np.stack([x, np.ones_like(x)], axis=1)
    found = _newton(table, y, c, ridge, np.array([1.0, 0.0]))
    return round(max(float(found[0]), 0.05), 4), round(float(found[1]), 4)


def _newton(table: Any, right: Any, counts: Any, ridge: float, start: Any = None) -> Any:
    """The weights that make `right` likeliest, drawn towards `start`; a bias in the first column is free when start is none."""
    columns = table.shape[1]
    centre = np.zeros(columns) if start is None else start
    pull = np.full(columns, ridge)
    if start is None:
        pull[0] = 0.05
    found = centre.copy()
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-np.clip(table @ found, -30, 30)))
        slope = table.T @ (counts * (share - right)) + pull * (found - centre)
        bend = (table * (counts * share * (1 - share))[:, None]).T @ table + np.diag(pull + 1e-6)
        step = np.linalg.solve(bend, slope)
        found = found - np.clip(step, -3, 3)
        if float(np.abs(step).max()) < 1e-6:
            break
    return found
