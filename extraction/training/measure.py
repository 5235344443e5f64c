"""How well a pipeline reads generated texts that it has not seen."""

from __future__ import annotations

from collections import Counter
from typing import Any

from spacy.language import Language

from extraction.training.generate import samples


def scores_of(nlp: Language, count: int, seed: int) -> dict[str, Any]:
    """{"entities": {label: p, r, f}, "lanes": {lane: share right}} over `count` texts of a seed."""
    hits: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    invented: Counter[str] = Counter()
    lanes: Counter[tuple[str, bool]] = Counter()
    for sample in samples(count, seed):
        doc = nlp(sample.text)
        wanted = {(a, b, label) for a, b, label in sample.entities}
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        for label in {x[2] for x in wanted | found}:
            ours, theirs = {x for x in wanted if x[2] == label}, {x for x in found if x[2] == label}
            hits[label] += len(ours & theirs)
            missed[label] += len(ours - theirs)
            invented[label] += len(theirs - ours)
        best = max(doc.cats, key=lambda lane: doc.cats[lane])
        lanes[(sample.lane, best == sample.lane)] += 1
    entities = {label: _f1(hits[label], missed[label], invented[label]) for label in sorted(hits)}
    named = sorted({lane for lane, _ in lanes})
    return {
        "entities": entities,
        "lanes": {n: lanes[(n, True)] / (lanes[(n, True)] + lanes[(n, False)]) for n in named},
    }


def _f1(hits: int, missed: int, invented: int) -> dict[str, float]:
    p = hits / (hits + invented) if hits + invented else 0.0
    r = hits / (hits + missed) if hits + missed else 0.0
    return {
        "p": round(p, 4),
        "r": round(r, 4),
        "f": round(2 * p * r / (p + r), 4) if p + r else 0.0,
    }
