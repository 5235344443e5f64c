"""A label and the words that may be its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extraction.page.segments import Segment
from extraction.vocabulary import Meaning

GROUPS = frozenset({"labels", "decoys", "parties"})
ECHOED = frozenset({"ship_via", "incoterms"})
SAID = {
    "prepaid": frozenset({"payment_terms", "incoterms", "ship_via"}),
    "destination": frozenset({"incoterms"}),
    "origin": frozenset({"incoterms"}),
}
SALUTES = frozenset({"firma", "company", "messrs", "m s", "ditta", "societe"})
CARE = frozenset({"attn", "att", "attention", "kind attn", "z hd", "c o", "contact"})


@dataclass(frozen=True)
class Label:
    """A label found: its meanings, its place, and the words behind it in its own segment (`tail`).

    colon: a colon follows. alone: nothing else stands in its segment.
    """

    meanings: tuple[Meaning, ...]
    row: int
    index: int
    segment: Segment
    head: Segment
    tail: Segment | None
    colon: bool
    alone: bool
    phrase: str
    rows: int = 1

    def named(self, group: str, name: str) -> Meaning | None:
        return next((m for m in self.meanings if m.group == group and m.name == name), None)


@dataclass(frozen=True)
class Value:
    """Words that may be a label's value. where: "behind", "right" or "below"."""

    segment: Segment
    where: str
    more: tuple[Segment, ...] = ()


def as_value(phrase: str, known: Sequence[Meaning]) -> frozenset[str]:
    """The fields whose value a phrase that heads something may be."""
    return SAID.get(phrase) or frozenset(m.name for m in known) & ECHOED


def strongly(meaning: Meaning) -> bool:
    return meaning.weight == 1.0 and meaning.group != "parties" and meaning.name not in ECHOED


def is_salute(label: Label) -> bool:
    """Whether "Firma" or "Company" stands alone over the name in an address, as letters have it over whom they go to."""
    return label.phrase in SALUTES and label.alone and not label.colon


def names_one_of(label: Label, names: frozenset[str]) -> bool:
    return any(m.group == "labels" and m.name in names for m in label.meanings)
