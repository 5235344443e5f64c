"""Which role may use which address; filled from the table of routes."""

from __future__ import annotations

EVERYONE = frozenset({"clerk", "planner", "warehouse", "admin"})
DESK = frozenset({"clerk", "planner", "admin"})
CLERK = frozenset({"clerk", "admin"})
FLOOR = frozenset({"warehouse", "planner", "admin"})
PLANNER = frozenset({"planner", "admin"})
ADMIN = frozenset({"admin"})
PUBLIC = frozenset({"public"})

_ALLOWED: dict[str, frozenset[str]] = {}


def allow(endpoint: str, roles: frozenset[str]) -> None:
    _ALLOWED[endpoint] = roles


def allowed(endpoint: str) -> frozenset[str]:
    """The roles that may use an address; none for an address that is not in the table."""
    return _ALLOWED.get(endpoint, frozenset())


def is_public(endpoint: str) -> bool:
    return _ALLOWED.get(endpoint) == PUBLIC


def allows(endpoint: str, role: str) -> bool:
    """An address that is not in the table is nobody's."""
    return role in allowed(endpoint)
