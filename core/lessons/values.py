"""What passes between the stored lessons and the reader that makes and uses them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

ASLEEP_AFTER = 2


def is_asleep(right: int, wrong: int) -> bool:
    """Contradicted twice, and not borne out far more often: it no longer speaks, until somebody wakes it."""
    return wrong >= ASLEEP_AFTER and wrong * 5 > right + 1


@dataclass(frozen=True, slots=True)
class NewLesson:
    """key, kind, field as in core.lessons.tables; content: the lesson as the reader wrote it."""

    key: str
    kind: str
    field: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Taught:
    """What one confirmed document taught: new lessons, and the keys of earlier ones that were right or wrong.

    sender: who the document comes from; of a mail that a colleague forwarded, its writer.
    """

    sender: str
    lessons: tuple[NewLesson, ...] = ()
    confirmed: tuple[str, ...] = ()
    contradicted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConfirmedOrder:
    """An order as it was confirmed: header fields and lines by name, absent where there is none."""

    fields: dict[str, str] = field(default_factory=dict)
    lines: tuple[dict[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {"fields": self.fields, "lines": list(self.lines)}
