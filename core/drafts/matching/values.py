"""What a match gives back; pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

CHOSEN = "chosen"
MOST_OPTIONS = 8


@dataclass(frozen=True, slots=True)
class Pick:
    """One thing that a person may choose, with why it is offered ("" when it is only listed)."""

    id: int
    label: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """id None: nothing certain. code and facts say why (core.drafts.reasons); picks: best first."""

    id: int | None
    code: str
    facts: dict[str, str] = field(default_factory=dict)
    picks: tuple[Pick, ...] = ()

    def as_json(self) -> dict[str, Any]:
        picks = [{"id": p.id, "label": p.label, "why": p.why} for p in self.picks[:MOST_OPTIONS]]
        return {"code": self.code, "facts": self.facts, "options": picks}


def is_chosen(reason: dict[str, Any]) -> bool:
    """A person chose it, so the machine leaves it alone."""
    return reason.get("code") == CHOSEN
