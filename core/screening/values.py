"""What a screen is asked and what it answers; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any, Protocol

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Asked:
    """what: "customer", "delivery place", "contact"; country: two letters or ""."""

    what: str
    name: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed party that is like one that was asked about. score: 0 to 1. name: as asked; listed: as on the list."""

    what: str
    name: str
    listed: str
    list: str
    reference: str
    countries: tuple[str, ...]
    score: Decimal

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "countries": [*self.countries], "score": str(self.score)}


class Screen(Protocol):
    """Something that looks names up. Other screens are found by the entry point group "orderclerk.screens"."""

    name: str

    def versions(self, session: Session) -> tuple[tuple[str, str], ...]:
        """(list, version) of all that it looks in; empty: it has nothing to look in."""
        ...

    def look(self, session: Session, asked: Sequence[Asked], least: Decimal) -> tuple[Hit, ...]:
        """Hits of at least this score, the best first."""
        ...
