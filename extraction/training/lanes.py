"""Trains the reader of lanes: a component of its own that needs none of the others."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from spacy.language import Language
from spacy.training import Example
from spacy.util import minibatch
from thinc.api import Adam, fix_random_seed

from core.inbound.reading import LANES
from extraction.training.generate import mail_samples

CONFIG = {"model": {"@architectures": "orderclerk.LaneWords.v1", "length": 32_768}}
MAILS, SEED, BATCH = 24_000, 21, 64


def add_lanes(nlp: Language, count: int = MAILS) -> float:
    """Adds and trains "textcat" on `count` generated mails of all lanes alike; returns the mean loss of the last tenth."""
    fix_random_seed(SEED)
    if "textcat" in nlp.pipe_names:
        nlp.remove_pipe("textcat")
    pipe = nlp.add_pipe("textcat", after="value_shapes", config=CONFIG)
    examples = _examples(nlp, count)
    first = list(islice(examples, 4 * BATCH))
    pipe.initialize(lambda: first, nlp=nlp, labels=list(LANES))  # type: ignore[attr-defined]
    optimizer, losses = Adam(0.002), []
    for batch in minibatch(examples, BATCH):  # type: ignore[no-untyped-call]
        found: dict[str, float] = {}
        pipe.update(batch, sgd=optimizer, losses=found)  # type: ignore[attr-defined]
        losses.append(found["textcat"])
    last = losses[-max(len(losses) // 10, 1) :]
    return sum(last) / len(last)


def _examples(nlp: Language, count: int) -> Iterator[Example]:
    for sample in mail_samples(count, Random(SEED)):
        doc = nlp.make_doc(sample.text)
        yield Example.from_dict(doc, {"cats": {lane: float(lane == sample.lane) for lane in LANES}})
