"""How well a pipeline reads generated texts whose wordings it has never seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from spacy.about import __version__
from spacy.language import Language

from extraction.learned.layout_embed import LOOKS
from extraction.training.generate import mail_samples, samples
from extraction.training.sample import Sample


@dataclass
class Scores:
    """hits, missed, invented by label and by kind of text; lanes by (lane, right)."""

    hits: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    invented: Counter[str] = field(default_factory=Counter)
    lanes: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def row(self, name: str) -> tuple[float, float, float]:
        """Precision, recall, F1 of a label or kind."""
        hits = self.hits[name]
        precision = hits / max(hits + self.invented[name], 1)
        recall = hits / max(hits + self.missed[name], 1)
        return precision, recall, 2 * precision * recall / (precision + recall) if hits else 0.0


def scores_of(nlp: Language, count: int, seed: int, held_out: bool = True) -> Scores:
    """Exact spans with their labels over `count` texts of a seed."""
    scores = Scores()
    for sample in samples(count, seed, held_out):
        doc = nlp.make_doc(sample.text)
        doc.user_data[LOOKS] = sample.looks
        doc = nlp(doc, disable=["certainty", "order_lines"])
        wanted = set(sample.entities)
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        for names, entities in (
            (scores.hits, wanted & found),
            (scores.missed, wanted - found),
            (scores.invented, found - wanted),
        ):
            for _, _, label in entities:
                names.update((label, f"all of {sample.kind}", "all"))
    others = [name for name in nlp.pipe_names if name != "textcat"]
    for sample in mail_samples(count, Random(seed), held_out):
        cats = nlp(sample.text, disable=others).cats
        best = max(cats, key=lambda lane: cats[lane])
        scores.lanes[sample.lane, best == sample.lane] += 1
    return scores


def spans_of(nlp: Language, texts: Iterable[Sample]) -> float:
    """F1 of exact spans over texts; 1 where there is nothing to find and nothing is found."""
    hits = wrong = 0
    for sample in texts:
        doc = nlp.make_doc(sample.text)
        doc.user_data[LOOKS] = sample.looks
        doc = nlp(doc, disable=["certainty", "order_lines", "textcat"])
        found = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
        wanted = set(sample.entities)
        hits += len(found & wanted)
        wrong += len(found ^ wanted)
    return 2 * hits / (2 * hits + wrong) if hits + wrong else 1.0


def report(scores: Scores, seconds: float, steps: int, count: int, seed: int) -> str:
    """The page that lies beside the model."""
    names = sorted(scores.hits | scores.missed, key=lambda n: (n.startswith("all"), n))
    rows = "\n".join(
        "| {} | {:.3f} | {:.3f} | {:.3f} |".format(name, *scores.row(name)) for name in names
    )
    lanes = "\n".join(
        f"| {lane} | {scores.lanes[lane, True] / (scores.lanes[lane, True] + scores.lanes[lane, False]):.3f} |"
        for lane in sorted({lane for lane, _ in scores.lanes})
    )
    return f"""# The trained pipeline

Made by `make train` ({seconds:.0f} s on one core, {steps} batches of about 1,500 words, spaCy {__version__}).
Recipe: `extraction/training/config.cfg`; texts by `extraction/training/generate.py`, training seed 1, each text seen
once. The figures are exact spans over {count} texts of seed {seed} that use only wordings and label words held out from
training (about one in ten). They say how training went, not how real orders are read: `make score` with a corpus does.

| entity | precision | recall | F1 |
|---|---|---|---|
{rows}

| lane | share right |
|---|---|
{lanes}
"""
