"""Who does something, when, and under which idempotency key; handed to every verb."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from core.values import utc_now


@dataclass(frozen=True, slots=True)
class Act:
    """actor: "user:7", "system:intake", "policy:auto-confirm"; at: aware UTC; key: same key, same effect."""

    actor: str
    at: datetime = field(default_factory=utc_now)
    key: str = field(default_factory=lambda: uuid.uuid4().hex)

    def under(self, suffix: str) -> Act:
        """The same act with a key of its own for one of several steps."""
        return Act(self.actor, self.at, f"{self.key}/{suffix}")
