"""The knobs of a generated document: every choice that makes it look like one kind of life, kept by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random


@dataclass
class Knobs:
    """used: names of what this document shows."""

    r: Random
    used: set[str] = field(default_factory=set)

    def has(self, name: str, chance: float) -> bool:
        """Whether this document shows it; kept when so."""
        taken = self.r.random() < chance
        if taken:
            self.used.add(name)
        return taken

    def pick(self, group: str, choices: Mapping[str, float]) -> str:
        """One of several ways, by weight; kept as "group: way"."""
        way = self.r.choices(tuple(choices), tuple(choices.values()))[0]
        self.used.add(f"{group}: {way}")
        return way

    def drop(self, name: str) -> None:
        """It was wanted but did not come to pass."""
        self.used.discard(name)
