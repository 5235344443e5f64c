"""The trained language model: entities, lanes and prose order lines of one text."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from extraction.learned import components  # noqa: F401  (its factories must be known before a model loads)
from extraction.learned.entities import Recogniser
from extraction.learned.layout_embed import LOOKS

MODEL = Path(__file__).parent.parent / "model"
MAX_LENGTH = 60_000
UNKNOWN = 0.5
Look = tuple[int, int, str, str]


@dataclass(frozen=True, slots=True)
class NlpEntity:
    """label: one of extraction.learned.components.ENTITIES. start, end: characters of the text given. confidence: 0 to 1."""

    label: str
    start: int
    end: int
    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class NlpLine:
    """One order line told in words; what it does not say is None."""

    quantity: NlpEntity
    unit: NlpEntity | None = None
    sku: NlpEntity | None = None
    description: NlpEntity | None = None
    price: NlpEntity | None = None


@dataclass(frozen=True, slots=True)
class NlpReading:
    """The entities of a text in order, and the order lines that they make."""

    entities: tuple[NlpEntity, ...] = ()
    lines: tuple[NlpLine, ...] = ()


@cache
def load() -> Language:
    """The trained pipeline, loaded once a process. Raises OSError when no model was trained."""
    return spacy.load(MODEL / "pipeline")


def read(text: str, language: str = "", looks: Sequence[Look] = ()) -> NlpReading:
    """What the model finds in the first MAX_LENGTH characters; columns parted by blanks stay columns. Never raises on text.

    `language` is a hint that this model, which reads six languages at once, does not need.
    `looks` tell how pieces of a page look and where they stand on it.
    """
    text = text[:MAX_LENGTH]
    if not text.strip():
        return NlpReading()
    doc = load().make_doc(text)
    doc.user_data[LOOKS] = looks
    for step in _steps():
        doc = step(doc)
    known = {span.start: _entity(span, doc) for span in doc.ents}
    lines = tuple(_line(line, known) for line in doc._.order_lines)
    return NlpReading(tuple(known.values()), lines)


@cache
def _steps() -> tuple[Callable[[Doc], Doc], ...]:
    """The parts of the pipeline that entities and order lines need, the recogniser among them as the quick one."""
    return tuple(
        Recogniser(part) if name == "ner" else part
        for name, part in load().pipeline
        if name not in ("textcat", "marks")  # certainty asks the marker itself
    )


def lanes_of(text: str) -> dict[str, float]:
    """Lane -> probability of a mail: its subject, a blank line and what it says anew. Empty for an empty text."""
    if not text.strip():
        return {}
    model = load()
    return dict(model.get_pipe("textcat")(model.make_doc(text[:MAX_LENGTH])).cats)


def _entity(span: Span, doc: Doc) -> NlpEntity:
    raw = doc._.certainty.get((span.start, span.end, span.label_), UNKNOWN)
    sure = calibrated(span.label_, raw)
    return NlpEntity(span.label_, span.start_char, span.end_char, span.text, round(sure, 4))


def _line(line: Mapping[str, Span], known: Mapping[int, NlpEntity]) -> NlpLine:
    found = {label: known[span.start] for label, span in line.items()}
    return NlpLine(
        found["QUANTITY"],
        found.get("UNIT"),
        found.get("SKU"),
        found.get("DESCRIPTION"),
        found.get("PRICE"),
    )


@cache
def _calibration() -> dict[str, list[tuple[float, float]]]:
    table = json.loads((MODEL / "certainty.json").read_text("utf-8"))
    return {label: [(float(a), float(b)) for a, b in steps] for label, steps in table.items()}


def calibrated(label: str, raw: float) -> float:
    """The share of right entities among generated ones of this label that the recogniser was as sure of."""
    steps = _calibration().get(label) or _calibration()["any"]
    at = bisect_right([threshold for threshold, _ in steps], raw) - 1
    return steps[max(at, 0)][1]
