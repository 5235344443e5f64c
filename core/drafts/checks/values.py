"""What a check finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as having


@dataclass(frozen=True, slots=True)
class ProblemFound:
    """field: the field it stands beside; line_id None: it is about the whole draft.

    case: which kind of the code it is, where some kinds are worse than others; how strict each is, is data
    (core.agreements.defaults) and never said here.
    """

    code: str
    field: str = ""
    line_id: int | None = None
    facts: dict[str, str] = having(default_factory=dict)
    case: str = ""


Found = Iterator[ProblemFound]
