"""When a person's word still counts: not expired, and given for what stands there now or for worse."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, or_

from core.agreements.strictness import Strictness
from core.drafts.tables import Problem
from core.values import exact


def still_open(now: datetime) -> ColumnElement[bool]:
    """Problems that nobody let pass, or whose passing has run out; true or false, so that it may be negated."""
    ended = Problem.accepted_until.is_not(None) & (Problem.accepted_until <= now)
    return or_(Problem.accepted_by == "", ended)


def case_of(problem: Problem) -> str:
    """Which kind of its code it is, as its facts keep it."""
    return str(problem.facts.get("case", ""))


def is_passed(problem: Problem, now: datetime) -> bool:
    until = problem.accepted_until
    return bool(problem.accepted_by) and (until is None or until > now)


def covers(rule: Strictness, given: dict[str, Any], now: dict[str, Any]) -> bool:
    """Was the word given for this? With a measure for anything no worse of the same case, else for equal facts only."""
    if not rule.measure or rule.measure not in given or rule.measure not in now:
        return given == now
    if given.get("case", "") != now.get("case", ""):
        return False
    return _amount(now[rule.measure]) <= _amount(given[rule.measure]) and (
        given.get("currency") == now.get("currency")
    )


def lasts_until(rule: Strictness, wished: datetime | None, now: datetime) -> datetime | None:
    """The end of an override: as wished, but never later than policy lets it count."""
    longest = now + timedelta(hours=rule.expires_hours) if rule.expires_hours is not None else None
    ends = [end for end in (wished, longest) if end is not None]
    return min(ends) if ends else None


def drop(problem: Problem) -> None:
    problem.accepted_by = problem.accepted_reason = ""
    problem.accepted_facts, problem.accepted_at, problem.accepted_until = {}, None, None


def _amount(text: Any) -> Decimal:
    try:
        return exact(str(text))
    except ValueError:
        return Decimal(0)
