"""A paper in the making: its pages, its knobs, and the reading that it should give."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from extraction.training.knobs import Knobs
from extraction.training.purchase import Purchase
from extraction.training.sample import Facts
from extraction.training.surface import Surface

Pair = tuple[str, str, str]


@dataclass
class Making:
    """truth: header fields as Candidate values are written; lenient: fields that count only when read right."""

    order: Purchase
    knobs: Knobs
    surface: Surface
    truth: dict[str, str] = field(default_factory=dict)
    lines: list[dict[str, str]] = field(default_factory=list)
    lenient: set[str] = field(default_factory=set)
    title: str = ""

    @property
    def r(self) -> Random:
        return self.knobs.r

    @property
    def facts(self) -> Facts:
        return self.order.facts

    def name_buyer(self) -> None:
        """The buyer's name stands on the page as such."""
        self.truth["buyer_name"] = self.facts.buyer
        self.lenient.discard("buyer_name")

    def hint_buyer(self) -> None:
        """The buyer's name stands on the page, but only in an address."""
        self.hint("buyer_name", self.facts.buyer)

    def hint(self, name: str, value: str) -> None:
        """A value that may be read from the page, but that nobody would miss."""
        if name not in self.truth:
            self.truth[name] = value
            self.lenient.add(name)
