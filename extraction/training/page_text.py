"""Generated pages as the texts that the language model reads: laid out by the reader, with the places of their values."""

from __future__ import annotations

from random import Random

from extraction.page.layout import Reading
from extraction.page.segments import canvas_of
from extraction.prose.recognised import Laid, laid, looks_of
from extraction.training.knobs import Knobs
from extraction.training.paper.compose import made_paper
from extraction.training.sample import Sample
from extraction.training.surface import reading_of

Labels = dict[tuple[int, float, float], str]
MOST = 9_000


def page(made: Sample, r: Random, held_out: bool) -> None:
    """One purchase order as its pages are laid out for the model."""
    drawn = made_paper(r, made.language, held_out, Knobs(r))
    fill(made, *reading_of(drawn.surface))


def fill(made: Sample, reading: Reading, labels: Labels) -> None:
    """The sample from words whose meaning is known by (page, x0, top)."""
    canvas = canvas_of(reading)
    text = laid(canvas)
    made.text = text.text[:MOST]
    made.looks = [look for look in looks_of(text, canvas) if look[1] <= MOST]
    made.entities = [found for found in _entities(text, labels) if found[1] <= MOST]


def _entities(text: Laid, labels: Labels) -> list[tuple[int, int, str]]:
    """Neighbouring words of one meaning in a segment are one entity."""
    found: list[tuple[int, int, str]] = []
    for start, segment in zip(text.starts, text.segments, strict=True):
        at, before = start, ""
        for word in segment.words:
            label = labels.get((word.page, word.box.x0, word.box.top), "")
            if label and label == before:
                found[-1] = (found[-1][0], at + len(word.text), label)
            elif label:
                found.append((at, at + len(word.text), label))
            before = label
            at += len(word.text) + 1
    return found
