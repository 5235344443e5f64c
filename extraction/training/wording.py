"""The wordings of phrases.toml and the label words of the vocabulary, split into those to train on and those held out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from extraction.training.sample import ASKED, ASKING, MARKED, Facts, Sample, value_of

HELD_OUT_SHARE = 10
NATURAL = 0.6
RATES = (7, 10, 19, 20, 21)
_SLOT = re.compile(r"\{([A-Za-z_]+)\}")
_CHOICE = re.compile(r"\[([^\[\]]*\|[^\[\]]*)\]")
LABELS = {
    "PO_NUMBER": "po_number", "ORDER_DATE": "order_date", "REQUESTED_DATE": "requested_date", "TERMS": "payment_terms", "CONTACT": "buyer_contact", "INCOTERMS": "incoterms",
    "SHIP_VIA": "ship_via", "CURRENCY": "currency", "SUBTOTAL": "subtotal", "TAX": "tax", "FREIGHT": "freight", "TOTAL": "total",
}  # fmt: skip


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))


@cache
def vocabulary() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent.parent / "vocabulary.toml").read_text("utf-8"))


@cache
def _split(wordings: tuple[str, ...], held_out: bool) -> tuple[str, ...]:
    """About one wording in ten is held out, always the same; a short list keeps one for either side."""
    kept = [w for w in wordings if crc32(w.encode()) % HELD_OUT_SHARE == 0]
    kept = kept or [wordings[-1]]
    rest = [w for w in wordings if w not in kept] or list(wordings)
    return tuple(kept if held_out else rest)


def one_of(r: Random, wordings: Sequence[str], held_out: bool) -> str:
    return r.choice(_split(tuple(wordings), held_out))


def phrase(facts: Facts, name: str) -> str:
    """A sentence of one kind, its choices taken."""
    return chosen(facts.r, one_of(facts.r, phrases()[facts.language][name], facts.held_out))


def chosen(r: Random, wording: str) -> str:
    """The wording with one of each [a|b|c]; words and marks closed up where an empty one was taken."""
    taken = _CHOICE.sub(lambda found: r.choice(found[1].split("|")), wording)
    return re.sub(r"  +(?=\S)", " ", taken).strip() if taken != wording else wording


def fill(made: Sample, template: str, facts: Facts, plain: bool = False) -> None:
    """Writes a wording with its {slots} filled; upper-case slots become entities unless `plain`."""
    at = 0
    for slot in _SLOT.finditer(template):
        made.put(template[at : slot.start()])
        name = slot[1]
        label = MARKED.get(name, name) if name.isupper() else ""
        if (
            made.lane in ASKING
        ):  # which goods and how many is told alike, whatever is wanted of them
            label = label or ASKED.get(name, "")
        made.put(value_of(name, facts), "" if plain else label)
        at = slot.end()
    made.put(template[at:])


@cache
def headings() -> dict[str, dict[str, tuple[str, ...]]]:
    """Natural labels and heads by language and meaning."""
    text = Path(__file__).with_name("headings.toml").read_text("utf-8")
    return {
        language: {name: tuple(said.split("|")) for name, said in bank.items()}
        for language, bank in tomllib.loads(text).items()
    }


def said(facts: Facts, name: str) -> str:
    """What this customer prints for a meaning, in his own language; documents to score by mix what is held out with all."""
    wordings = headings()[facts.language][name]
    if facts.held_out and facts.r.random() < 0.7:
        return facts.r.choice(wordings)
    return one_of(facts.r, wordings, facts.held_out)


def _natural(facts: Facts) -> bool:
    """Documents to score by never ask the reader's vocabulary how to word things."""
    return facts.held_out or facts.r.random() < NATURAL


def label(facts: Facts, name: str, rate: int = 0) -> str:
    """A label for an entity, in some spelling: natural ones, and all those the reader's vocabulary knows.

    rate: the tax rate, where a label names it.
    """
    if _natural(facts):
        return said(facts, name).replace("{n}", str(rate or facts.r.choice(RATES)))
    group = vocabulary()["labels"][LABELS[name]]
    words = group["strong"] if facts.r.random() < 0.9 or not group["weak"] else group["weak"]
    return spelled(facts, one_of(facts.r, words, facts.held_out))


def party(facts: Facts, role: str) -> str:
    if _natural(facts):
        return said(facts, role)
    return spelled(facts, one_of(facts.r, vocabulary()["parties"][role]["strong"], facts.held_out))


def column(facts: Facts, role: str) -> str:
    if _natural(facts):
        return said(facts, role).replace("~", " ")
    return spelled(facts, one_of(facts.r, vocabulary()["columns"][role]["phrases"], facts.held_out))


def decoy(facts: Facts) -> str:
    if _natural(facts):
        return said(facts, "decoy")
    return spelled(facts, facts.r.choice(vocabulary()["decoys"]["phrases"]))


def spelled(facts: Facts, words: str) -> str:
    return facts.r.choice((words.title(), words.title(), words.upper(), words.capitalize(), words))
