"""Mails and plain-text orders in six languages with the places of their values, from a seed; nothing of anybody else's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from core.inbound.reading import LANES
from extraction.training import words
from extraction.training.words import LANGUAGES

_SLOT = re.compile(r"\{([A-Za-z_]+)\}")
_LABELS = {
    "PO_NUMBER": "po_number", "ORDER_DATE": "order_date", "REQUESTED_DATE": "requested_date", "TERMS": "payment_terms", "CONTACT": "buyer_contact",
}  # fmt: skip


@dataclass
class Sample:
    """One text: entities as (start, end, label), the lane, and the values for scoring."""

    text: str = ""
    entities: list[tuple[int, int, str]] = field(default_factory=list)
    lane: str = "order"
    language: str = "en"
    subject: str = ""

    def put(self, piece: str, label: str = "") -> None:
        if label:
            self.entities.append((len(self.text), len(self.text) + len(piece), label))
        self.text += piece


@dataclass
class Facts:
    """What one generated customer says again and again."""

    r: Random
    language: str
    month_first: bool
    po: str
    buyer: str
    contact: str
    ordered: date
    wanted: date


@cache
def phrases() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("phrases.toml").read_text("utf-8"))


@cache
def label_words() -> dict[str, list[str]]:
    data: dict[str, Any] = tomllib.loads(
        (Path(__file__).parent.parent / "vocabulary.toml").read_text("utf-8")
    )
    return {name: entry["strong"] for name, entry in data["labels"].items()}


def samples(count: int, seed: int) -> Iterator[Sample]:
    """`count` texts, the same for the same seed."""
    for number in range(count):
        r = Random(f"{seed}:{number}")
        lane = "order" if r.random() < 0.55 else r.choice(LANES[1:])
        yield sample(r, r.choice(LANGUAGES), lane)


def sample(r: Random, language: str, lane: str) -> Sample:
    ordered = words.day(r)
    facts = Facts(
        r,
        language,
        r.random() < 0.6,
        words.order_number(r),
        words.company(r, language),
        words.person(r, language),
        ordered,
        words.day(r),
    )
    made = Sample(lane=lane, language=language)
    bank = phrases()[language]
    if lane == "order" and r.random() < 0.3:
        _form(made, facts)
    elif lane == "order":
        _mail(made, facts, bank)
    else:
        _note(made, facts, bank, lane)
    return made


def _fill(made: Sample, template: str, facts: Facts) -> None:
    at = 0
    for slot in _SLOT.finditer(template):
        made.put(template[at : slot.start()])
        name = slot[1]
        made.put(_value(name, facts), name if name.isupper() else "")
        at = slot.end()
    made.put(template[at:])


def _value(name: str, facts: Facts) -> str:
    r, language = facts.r, facts.language
    decimal = "." if language == "en" else ","
    if name in ("PO_NUMBER", "po", "order"):
        return facts.po
    if name in ("REQUESTED_DATE", "date"):
        return words.printed_day(r, facts.wanted, language, facts.month_first)
    if name == "ORDER_DATE":
        return words.printed_day(r, facts.ordered, language, facts.month_first)
    if name == "SHIP_TO":
        return ", ".join(
            words.address(r, language, words.company(r, language) if r.random() < 0.4 else "")
        )
    if name == "PRICE":
        text = words.printed_number(words.price(r), decimal)
        return r.choice(
            (text, f"{text} EUR", f"€ {text}", f"${text}" if language == "en" else f"{text} €")
        )
    if name in ("QUANTITY", "q"):
        value = words.quantity(r)
        return f"{value:,}" if language == "en" and value > 999 and r.random() < 0.5 else str(value)
    simple = {
        "BUYER": lambda: facts.buyer, "CONTACT": lambda: facts.contact, "name": lambda: words.person(r, language).split()[0],
        "TERMS": lambda: r.choice(words.TERMS[language]), "UOM": lambda: r.choice(words.UNITS[language]),
        "SKU": lambda: words.sku(r), "sku": lambda: words.sku(r), "GOODS": lambda: words.goods(r, language), "goods": lambda: words.goods(r, language),
    }  # fmt: skip
    return simple[name]()


def _line(made: Sample, template: str, facts: Facts, end: str = "\n") -> None:
    _fill(made, template, facts)
    made.put(end)


def _mail(made: Sample, facts: Facts, bank: dict[str, list[str]]) -> None:
    r = facts.r
    made.subject = r.choice(("", f"PO {facts.po}", bank["intro"][0]))
    if r.random() < 0.8:
        _line(made, r.choice(bank["hello"]), facts, r.choice(("\n\n", "\n")))
    _line(made, r.choice(bank["intro"]), facts, r.choice(("\n\n", "\n", " ")))
    if r.random() < 0.35:
        for _ in range(r.randint(1, 3)):
            _line(made, r.choice(bank["prose"]), facts, r.choice((" ", "\n")))
        made.put("\n")
    else:
        _items(made, facts, bank)
    for name, chance in (("when", 0.6), ("where", 0.5), ("terms", 0.3)):
        if r.random() < chance:
            _line(made, r.choice(bank[name]), facts)
    _signature(made, facts, bank)


def _items(made: Sample, facts: Facts, bank: dict[str, list[str]]) -> None:
    r = facts.r
    bullet, template = r.choice(("- ", "* ", "", "1", "• ")), r.choice(bank["item"])
    for number in range(1, r.randint(1, 6) + 1):
        made.put(f"{number}. " if bullet == "1" else bullet)
        _line(made, template, facts)
    made.put(r.choice(("\n", "")))


def _form(made: Sample, facts: Facts) -> None:
    """Rows of "label: value" as programs print them, then the items, one a row."""
    r = facts.r
    rows = [
        "PO_NUMBER",
        *r.sample(["ORDER_DATE", "REQUESTED_DATE", "TERMS", "CONTACT"], r.randint(1, 4)),
    ]
    for name in rows:
        label = r.choice(label_words()[_LABELS[name]])
        made.put(
            f"{label.title() if r.random() < 0.6 else label.upper()}{r.choice((': ', ':', ' : ', '  '))}"
        )
        _line(made, "{" + name + "}", facts)
    if r.random() < 0.6:
        _line(made, r.choice(phrases()[facts.language]["where"]), facts)
    if r.random() < 0.5:
        _line(made, "{BUYER}", facts)
    _items(made, facts, phrases()[facts.language])


def _note(made: Sample, facts: Facts, bank: dict[str, list[str]], lane: str) -> None:
    r = facts.r
    made.subject = r.choice(("", f"Re: {facts.po}", facts.po))
    if lane != "automatic" or r.random() < 0.3:
        _line(made, r.choice(bank["hello"]), facts, "\n\n")
    for _ in range(r.choice((1, 1, 2))):
        _line(made, r.choice(bank[lane]), facts, r.choice((" ", "\n")))
    made.put("\n")
    _signature(made, facts, bank)


def _signature(made: Sample, facts: Facts, bank: dict[str, list[str]]) -> None:
    r = facts.r
    if r.random() < 0.85:
        made.put("\n" + r.choice(bank["close"]) + "\n")
        _line(made, "{CONTACT}", facts)
        if r.random() < 0.7:
            _line(made, "{BUYER}", facts)
        if r.random() < 0.4:
            made.put("\n".join(words.address(r, facts.language)) + "\n")
