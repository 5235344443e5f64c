"""Why promises slip, and what the things are called that brought it about; frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Cause:
    """key: the same for all slips that come from one thing. helps: it brings more or sooner; None: who knows."""

    key: str
    code: str
    facts: dict[str, str] = field(default_factory=dict)
    helps: bool | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What causes are called. lots: (number, item id, expiry); centres: by id; receipts that are overdue: by id.

    inspected: lots that are still in inspection; coming_back: numbers of returns that are still to come.
    """

    lots: Mapping[int, tuple[str, int, date | None]]
    centres: Mapping[int, str]
    overdue: Mapping[int, tuple[str, date]]
    items: Mapping[int, str]
    inspected: frozenset[int] = frozenset()
    coming_back: frozenset[str] = frozenset()
