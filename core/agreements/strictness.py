"""How strict each check is, who may override it, for how long and beyond which limits: defaults as data, rows over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.agreements.defaults import DEFAULTS
from core.agreements.tables import CheckRule
from core.agreements.values import SEVERITIES, Strictness
from core.values import exact

__all__ = ("DEFAULTS", "SECOND", "SEVERITIES", "Rules", "Strictness", "rules_for")

SECOND = frozenset(row.code for row in DEFAULTS.values() if row.second)
"""Codes that need a second person to confirm; no row changes that."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one customer. rows: by code or code/case, the company's first and the customer's over them."""

    rows: Mapping[str, Strictness] = field(default_factory=dict)

    def of(self, code: str, case: str = "") -> Strictness:
        """A row or default of the case before one of the code; a code without any is a warning that a clerk passes."""
        names = (f"{code}/{case}", code) if case else (code,)
        for known in (self.rows, DEFAULTS):
            for name in names:
                if name in known:
                    return known[name]
        return Strictness(code)

    def limit(self, code: str, name: str, case: str = "") -> Decimal:
        """A limit of a check; zero when none is set."""
        return self.of(code, case).limits.get(name, Decimal(0))

    def with_row(self, row: Strictness) -> Rules:
        """The same with one row changed: how a proposal is tried."""
        return Rules({**self.rows, row.code: row})


def rules_for(session: Session, customer_id: int | None) -> Rules:
    """One query."""
    rows = session.scalars(
        select(CheckRule)
        .where(or_(CheckRule.customer_id.is_(None), CheckRule.customer_id == (customer_id or 0)))
        .order_by(CheckRule.customer_id.is_not(None), CheckRule.id)
    )
    return Rules({row.code: strictness_of(row) for row in rows})


def strictness_of(row: CheckRule) -> Strictness:
    """A row over the default of its code: what can't be chosen (hold kind, second person) stays."""
    base = default_of(row.code)
    if base.fixed:
        return base
    return replace(
        base,
        severity=row.severity if row.severity in SEVERITIES else base.severity,
        roles=tuple(map(str, row.roles)),
        expires_hours=row.expires_hours,
        limits={**base.limits, **_limits(row.limits)},
    )


def default_of(code: str) -> Strictness:
    """The default of a code or code/case, under that very name."""
    found = DEFAULTS.get(code) or DEFAULTS.get(code.partition("/")[0]) or Strictness(code)
    return replace(found, code=code)


def _limits(found: dict[str, Any]) -> dict[str, Decimal]:
    return {str(name): exact(str(value)) for name, value in found.items()}
