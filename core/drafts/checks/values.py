"""What a check finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as having


@dataclass(frozen=True, slots=True)
class ProblemFound:
    """field: the field it stands beside; line_id None: it is about the whole draft."""

    code: str
    field: str = ""
    line_id: int | None = None
    blocking: bool = True
    facts: dict[str, str] = having(default_factory=dict)


Found = Iterator[ProblemFound]
