"""The trained language model: entities, lanes and prose order lines of one text."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language

from extraction import components  # noqa: F401  (its factories must be known before a model loads)

MODEL = Path(__file__).parent / "model"
MAX_LENGTH = 60_000


@dataclass(frozen=True, slots=True)
class NlpEntity:
    """label: one of extraction.components.ENTITIES. start, end: characters of the text given. confidence: 0 to 1."""

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
    """lanes: lane -> probability, empty for an empty text."""

    entities: tuple[NlpEntity, ...] = ()
    lanes: dict[str, float] | None = None
    lines: tuple[NlpLine, ...] = ()


@cache
def load() -> Language:
    """The trained pipeline, loaded once a process. Raises OSError when no model was trained."""
    return spacy.load(MODEL)
