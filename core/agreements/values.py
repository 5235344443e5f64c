"""How strict one check is; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

SEVERITIES = ("blocking", "hold", "warning", "off")
DESK = ("clerk", "planner", "admin")


@dataclass(frozen=True, slots=True)
class Strictness:
    """severity: "blocking" (the draft waits), "hold" (booked, with a hold of kind `hold`), "warning" or "off".

    roles: roles or duties that may override it, () for nobody. expires_hours: how long that counts, None for ever.
    second: who confirms must be another person than who let it pass. measure: the fact that says how bad it is; an
    override holds while that is no worse, and without a measure while all facts are the same. fixed: why it can
    neither be overridden nor be made milder.
    """

    code: str
    severity: str = "warning"
    roles: tuple[str, ...] = DESK
    expires_hours: int | None = None
    hold: str = "data"
    second: bool = False
    measure: str = ""
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    fixed: str = ""


@dataclass(frozen=True, slots=True)
class HoldPeople:
    """Roles and duties that may place a hold of this kind by hand, and lift one that a person placed."""

    kind: str
    place_roles: tuple[str, ...]
    lift_roles: tuple[str, ...]
