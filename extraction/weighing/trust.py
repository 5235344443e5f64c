"""Stated confidence made true: how often a value with these signals was right.

The weights in trust.json are fitted by `python -m extraction.training.score --fit` on generated documents with wordings
held out from training, and tempered on documents that nobody generated. Sources that they do not know keep what they state.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from math import exp
from pathlib import Path

from core.inbound.reading import Candidate, ReadOrder
from extraction.weighing.signals import Signals, Whole, of_cell, of_field

TABLE = Path(__file__).with_name("trust.json")
LEAST, MOST = 0.02, 0.9995
HEADER, CELL = "header", "line"
TOLD_TWICE = 0.75  # "10 boxes ... sorry, make that 12": a person looks
STRONG, CONTESTED = 0.4, 0.94  # generated documents never name two numbers as strongly; life does


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic model. known: signals seen often enough to be weighed."""

    bias: float
    weights: Mapping[str, float]

    def odds(self, signals: Signals) -> float:
        return self.bias + sum(
            self.weights.get(name, 0.0) * value for name, value in signals.items()
        )


@dataclass(frozen=True, slots=True)
class Table:
    """fields: weights by field ("line ..." for lines), and for HEADER and CELL what holds for any other.

    sources: those that were measured. temper: (slope, shift) of the odds by HEADER and CELL.
    """

    fields: Mapping[str, Weights]
    sources: frozenset[str]
    temper: Mapping[str, tuple[float, float]]


def of_json(text: str) -> Table:
    stored = json.loads(text)
    return Table(
        {
            name: Weights(float(w["bias"]), {k: float(v) for k, v in w["weights"].items()})
            for name, w in stored.get("fields", {}).items()
        },
        frozenset(stored.get("sources", ())),
        {name: (float(a), float(b)) for name, (a, b) in stored.get("temper", {}).items()},
    )


@cache
def _table() -> Table:
    return of_json(TABLE.read_text("utf-8"))


def reload() -> None:
    """Forgets the weights, after they were fitted anew."""
    _table.cache_clear()


def trusted(order: ReadOrder) -> ReadOrder:
    """The order with the confidence of every value calibrated; alternatives keep theirs."""
    table = _table()
    whole = Whole.of(order)
    return replace(
        order,
        fields={
            name: _trusted(name, value, of_field(name, value, whole), table)
            for name, value in order.fields.items()
        },
        lines=tuple(
            {
                name: _trusted(f"line {name}", value, of_cell(name, value, line, whole), table)
                for name, value in line.items()
            }
            for line in order.lines
        ),
    )


def _trusted(name: str, value: Candidate, signals: Signals, table: Table) -> Candidate:
    sure = calibrated(name, value.source, signals, table)
    if sure is None:
        return value
    if any(other.confidence >= STRONG and other.source != "ner" for other in value.alternatives):
        sure = min(sure, CONTESTED)
    if value.source == "prose" and any(other.source == "prose" for other in value.alternatives):
        sure = min(sure, TOLD_TWICE)
    return replace(value, confidence=sure)


def calibrated(name: str, source: str, signals: Signals, table: Table) -> float | None:
    """The share right among values of this field with such signals; None when the source was never measured."""
    part = CELL if name.startswith("line ") else HEADER
    weights = table.fields.get(name) or table.fields.get(part)
    if weights is None or source not in table.sources:
        return None
    slope, shift = table.temper.get(part, (1.0, 0.0))
    odds = slope * weights.odds(signals) + shift
    return round(min(max(1 / (1 + exp(-max(min(odds, 30.0), -30.0))), LEAST), MOST), 4)
