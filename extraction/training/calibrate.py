"""Turns how sure the recogniser feels into how often it is right, by isotonic regression on held-out generated texts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language

from extraction.learned.layout_embed import LOOKS
from extraction.training.generate import samples

Pair = tuple[float, bool]
ENOUGH = 80
CAUTION = 2.0


def pairs_of(nlp: Language, count: int, seed: int) -> dict[str, list[Pair]]:
    """(raw certainty, right) of every entity found in held-out texts, by label and for "any"."""
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for sample in samples(count, seed, held_out=True):
        doc = nlp.make_doc(sample.text)
        doc.user_data[LOOKS] = sample.looks
        doc = nlp(doc)
        wanted = set(sample.entities)
        for span in doc.ents:
            raw = doc._.certainty.get((span.start, span.end, span.label_), 0.0)
            right = (span.start_char, span.end_char, span.label_) in wanted
            pairs[span.label_].append((raw, right))
            pairs["any"].append((raw, right))
    return pairs


def isotonic(pairs: Iterable[Pair], caution: float = CAUTION) -> list[tuple[float, float]]:
    """Rising steps (from this raw value on, share right) by pooling adjacent violators; `caution` doubtful cases are added to each."""
    blocks: list[list[float]] = []
    for raw, right in sorted(pairs):
        if blocks and blocks[-1][0] == raw:
            _, hits, count = blocks.pop()
            blocks.append([raw, hits + right, count + 1])
        else:
            _pool(blocks)
            blocks.append([raw, float(right), 1.0])
    _pool(blocks)
    merged: list[list[float]] = []
    for block in blocks:
        if merged and merged[-1][2] < 20:
            merged[-1][1] += block[1]
            merged[-1][2] += block[2]
        else:
            merged.append(block)
    steps: list[tuple[float, float]] = []
    for raw, hits, count in merged:
        share = round((hits + caution / 2) / (count + caution), 4)
        steps.append((round(raw, 4), max(share, steps[-1][1] if steps else 0.0)))
    return steps


def _pool(blocks: list[list[float]]) -> None:
    """Joins the last block to those before it that are right at least as often."""
    while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
        _, hits, count = blocks.pop()
        blocks[-1][1] += hits
        blocks[-1][2] += count


def write(pairs: dict[str, list[Pair]], path: Path) -> None:
    table = {
        label: isotonic(found)
        for label, found in sorted(pairs.items())
        if len(found) >= ENOUGH or label == "any"
    }
    path.write_text(
        json.dumps(table, indent=None, separators=(",", ":")).replace("]],", "]],\n") + "\n",
        "utf-8",
    )
