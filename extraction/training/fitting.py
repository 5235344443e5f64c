"""Fits trust.json: weights of the signals on generated documents, tempered on documents that nobody generated."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from core.inbound.reading import Candidate, ReadOrder
from extraction.training.logistic import Example, fitted, line
from extraction.training.reliability import Pair, calibration_error
from extraction.training.tally import Judged, Marked
from extraction.weighing import trust
from extraction.weighing.signals import Signals, Whole, of_cell, of_field
from extraction.weighing.trust import CELL, HEADER, Table, Weights

ENOUGH, LIFE, FOLDS = 60, 3.0, 5
Seen = tuple[str, Signals, bool, str]


def blank() -> None:
    """Readings state what they state until weights are written."""
    trust.TABLE.write_text("{}\n", "utf-8")
    trust.reload()


def seen_of(one: Marked) -> list[Seen]:
    """(field, signals, right, source) of every value given in a document read without weights."""
    right: dict[int, Judged] = {id(f.given): f for f in one.fields if f.given is not None}
    found: list[Seen] = []
    for order in one.reading.orders[:1]:
        whole = Whole.of(order)
        for name, value in order.fields.items():
            if (f := right.get(id(value))) is not None:
                found.append((name, of_field(name, value, whole), f.right, value.source))
        for cells in order.lines:
            for name, value in cells.items():
                if (f := right.get(id(value))) is not None:
                    found.append(
                        (f"line {name}", of_cell(name, value, cells, whole), f.right, value.source)
                    )
    return found


def table_of(generated: Iterable[Marked], life: Sequence[Marked] = ()) -> Table:
    """Weights of both together, those of life counting LIFE times, then the temper on life alone."""
    made = [seen for one in generated for seen in seen_of(one)]
    real = [seen for one in life for seen in seen_of(one)]
    examples: dict[str, list[Example]] = defaultdict(list)
    for seen, counts in ((made, 1.0), (real, LIFE)):
        for name, signals, right, _ in seen:
            for group in (name, _part(name)):
                examples[group].append((signals, right, counts))
    weights = {
        name: fitted(found) for name, found in sorted(examples.items()) if len(found) >= ENOUGH
    }
    sources = frozenset(source for seen in (made, real) for *_, source in seen)
    return Table(weights, sources, _temper(weights, made, real))


def _part(name: str) -> str:
    return CELL if name.startswith("line ") else HEADER


def _temper(
    weights: Mapping[str, Weights], made: Sequence[Seen], real: Sequence[Seen]
) -> dict[str, tuple[float, float]]:
    """Half of what counts is life, half is generated, whatever their numbers."""
    found = {}
    for part in (HEADER, CELL):
        odds, right, counts = [], [], []
        for seen in (made, real):
            own = [s for s in seen if _part(s[0]) == part]
            for name, signals, hit, _ in own:
                model = weights.get(name) or weights[part]
                odds.append(model.odds(signals))
                right.append(hit)
                counts.append(1000.0 / len(own))
        if odds:
            found[part] = line(odds, right, counts)
    return found


def write(table: Table) -> None:
    stored = {
        "sources": sorted(table.sources),
        "temper": table.temper,
        "fields": {
            name: {"bias": w.bias, "weights": w.weights} for name, w in table.fields.items()
        },
    }
    text = (
        json.dumps(stored, ensure_ascii=False)
        .replace('}}, "', '}},\n"')
        .replace('"fields": {', '"fields": {\n')
    )
    trust.TABLE.write_text(text + "\n", "utf-8")
    trust.reload()


def pairs_under(table: Table, found: Iterable[Marked]) -> list[Pair]:
    """(stated, right) of documents read without weights, as the table would state."""
    return [
        (stated, right)
        for one in found
        for name, signals, right, source in seen_of(one)
        if (stated := trust.calibrated(name, source, signals, table)) is not None
    ]


def honest_error(generated: Sequence[Marked], life: Sequence[Marked]) -> float:
    """Calibration error on life, each fifth of it judged by a table that has not seen it."""
    pairs: list[Pair] = []
    for fold in range(FOLDS):
        rest = [one for n, one in enumerate(life) if n % FOLDS != fold]
        own = [one for n, one in enumerate(life) if n % FOLDS == fold]
        pairs += pairs_under(table_of(generated, rest), own)
    return calibration_error(pairs)


def restated(one: Marked, table: Table) -> Marked:
    """A document read without weights, as it would have been read with the table."""
    order = one.reading.orders[0] if one.reading.orders else ReadOrder()
    whole = Whole.of(order)
    known: dict[int, Candidate] = {}

    def stated(name: str, value: Candidate, signals: Signals) -> Candidate:
        sure = trust.calibrated(name, value.source, signals, table)
        known[id(value)] = value if sure is None else replace(value, confidence=sure)
        return known[id(value)]

    fields = {n: stated(n, v, of_field(n, v, whole)) for n, v in order.fields.items()}
    lines = tuple(
        {n: stated(f"line {n}", v, of_cell(n, v, cells, whole)) for n, v in cells.items()}
        for cells in order.lines
    )
    judged = tuple(
        replace(f, given=known.get(id(f.given), f.given)) if f.given is not None else f
        for f in one.fields
    )
    orders = (replace(order, fields=fields, lines=lines), *one.reading.orders[1:])
    return replace(
        one,
        fields=judged,
        reading=replace(one.reading, orders=orders if one.reading.orders else ()),
    )
