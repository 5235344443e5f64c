"""`python -m extraction.training.retrain EXAMPLES.jsonl [--steps N]`: teaches the model what clerks corrected, mixed into generated texts.

Training goes on from the present model. One document in five is kept back to judge by; the new model is written only when it reads
those no worse than the present one, and generated texts with held-out wordings no worse than SLACK below.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from spacy.language import Language
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from extraction.learned import (
    components,  # noqa: F401 (registers our parts of the pipeline)
    nlp,
)
from extraction.training import calibrate, labelled
from extraction.training.generate import samples
from extraction.training.labelled import Labelled
from extraction.training.measure import spans_of
from extraction.training.reader import example_of
from extraction.training.sample import Sample
from extraction.training.train import CALIBRATION, CALIBRATION_SEED, MODEL, save

STEPS, BATCH_WORDS, RATE, SEED = 300, 1_500, 0.0005, 31
SHARE, KEPT_BACK, SLACK = 0.25, 5, 0.01
JUDGED, JUDGED_SEED = 150, 6
TAUGHT = ("tok2vec", "ner", "marks")


@dataclass(frozen=True)
class Outcome:
    """F1 of exact spans before and after, on documents kept back and on generated texts; nan where there was nothing to judge by."""

    documents: int
    missing: tuple[str, ...]
    kept_back: tuple[float, float]
    generated: tuple[float, float]

    @property
    def better(self) -> bool:
        return (
            self.kept_back[1] >= self.kept_back[0]
            and self.generated[1] >= self.generated[0] - SLACK
        )


def mixed(taught: Sequence[Sample], seed: int, share: float = SHARE) -> Iterator[Sample]:
    """Generated texts without end, every so many of them one of the documents instead."""
    r = Random(seed)
    for sample in samples(10_000_000, seed):
        yield r.choice(taught) if taught and r.random() < share else sample


def retrained(
    model: Language, documents: Sequence[Labelled], steps: int = STEPS, judges: int = JUDGED
) -> Outcome:
    """Teaches `model` in place; says what it was worth, on `judges` generated texts among others."""
    fix_random_seed(SEED)
    found = [labelled.sample_of(one) for one in documents]
    kept = [sample for n, (sample, _) in enumerate(found) if n % KEPT_BACK == KEPT_BACK - 1]
    taught = [sample for n, (sample, _) in enumerate(found) if n % KEPT_BACK != KEPT_BACK - 1]
    judged = list(samples(judges, JUDGED_SEED, held_out=True))
    before = spans_of(model, kept or taught), spans_of(model, judged)
    optimizer = Adam(RATE)
    stream = (example_of(model, sample) for sample in mixed(taught, SEED))
    with model.select_pipes(enable=list(TAUGHT)):
        model.resume_training(sgd=optimizer)
        for batch in islice(_batches(stream), steps):
            model.update(batch, sgd=optimizer, drop=0.1)
    after = spans_of(model, kept or taught), spans_of(model, judged)
    missing = tuple(
        f"{d.document}: {name}"
        for d, (_, names) in zip(documents, found, strict=True)
        for name in names
    )
    return Outcome(len(documents), missing, (before[0], after[0]), (before[1], after[1]))


def _batches(stream: Iterator[Example]) -> Iterator[list[Example]]:
    batch: list[Example] = []
    for example in stream:
        batch.append(example)
        if sum(len(e.predicted) for e in batch) >= BATCH_WORDS:
            yield batch
            batch = []


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="retrain")
    parser.add_argument("examples", type=Path)
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--model", type=Path, default=MODEL)
    chosen = parser.parse_args(arguments)
    documents, problems = labelled.read(chosen.examples)
    print("\n".join(problems), end="\n" if problems else "")
    if not documents:
        print("No document to learn from: nothing was changed.")
        return 1
    model = nlp.load.__wrapped__()
    outcome = retrained(model, documents, chosen.steps)
    print(f"{outcome.documents} documents; values not found in them: {len(outcome.missing)}")
    print(
        "F1 on documents kept back {:.3f} -> {:.3f}, on generated texts {:.3f} -> {:.3f}".format(
            *outcome.kept_back, *outcome.generated
        )
    )
    if not outcome.better:
        print("The present model stays: the new one is no better.")
        return 1
    save(model, chosen.model / "pipeline")
    calibrate.write(
        calibrate.pairs_of(model, CALIBRATION, CALIBRATION_SEED), chosen.model / "certainty.json"
    )
    print(f"Written to {chosen.model}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
