"""Feeds generated texts to spaCy's training loop."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.training import Example
from spacy.util import filter_spans, registry

from core.inbound.reading import LANES
from extraction.learned.components import ENTITIES, MARKS
from extraction.learned.layout_embed import LOOKS
from extraction.training.generate import samples
from extraction.training.sample import Sample


@registry.readers("orderclerk.generated.v1")  # type: ignore[untyped-decorator]
def generated(count: int, seed: int, held_out: bool) -> Callable[[Language], Iterator[Example]]:
    """`count` texts of a seed, made while they are asked for: in training each is seen once."""

    def read(nlp: Language) -> Iterator[Example]:
        for sample in samples(count, seed, held_out):
            yield example_of(nlp, sample)

    return read


@registry.readers("orderclerk.entities.v1")  # type: ignore[untyped-decorator]
def entity_moves() -> dict[int, dict[str, int]]:
    """The recogniser's moves (begin, in, last, unit, out) for all labels, so that no first texts need to show them."""
    every = {label: len(ENTITIES) - place for place, label in enumerate(ENTITIES)}
    return {0: {}, 1: dict(every), 2: dict(every), 3: dict(every), 4: dict(every), 5: {"": 1}}


@registry.readers("orderclerk.marks.v1")  # type: ignore[untyped-decorator]
def mark_names() -> list[str]:
    return list(MARKS)


def example_of(nlp: Language, sample: Sample) -> Example:
    """Entities whose ends lie within a token take the whole token, unless it is another's."""
    doc = nlp.make_doc(sample.text)
    doc.user_data[LOOKS] = sample.looks
    reference = doc.copy()
    reference.ents = filter_spans(
        [
            span
            for start, end, label in sample.entities
            if (span := reference.char_span(start, end, label, alignment_mode="expand")) is not None
        ]
    )
    for token in reference:
        token.tag_ = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
    reference.cats = {lane: float(lane == sample.lane) for lane in LANES}
    return Example(doc, reference)
