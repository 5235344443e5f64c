"""A person lets a problem pass, with name and reason, for what stands there and for as long as policy lets that count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.agreements.strictness import Strictness, rules_for
from core.drafts.checks.reading import DOUBT
from core.drafts.overrides import case_of, lasts_until, still_open
from core.drafts.reasons import problem_sentence
from core.drafts.tables import Draft, DraftField, Problem
from core.errors import BadInput, Blocked, NotFound
from core.journal import Event
from core.people.may import require_one_of
from core.promising.sentences import shown_day
from core.screening.look import note_release


def accept_problem(
    session: Session,
    draft: Draft,
    problem_id: int,
    reason: str,
    *,
    until: datetime | None = None,
    act: Act,
) -> Event:
    """Notes who lets it pass, why, for which value and until when.

    Without what it asks for, some problems leave nothing to book: those stay (Blocked). Raises NotAllowed with who may.
    """
    taken = journal.done_under(session, draft, "accept_problem", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "accept_problem")
    problem = session.get(Problem, problem_id)
    if problem is None or problem.draft_id != draft.id:
        raise NotFound("This problem is gone already; look at the draft again.")
    rule = rules_for(session, draft.customer_id).of(problem.code, case_of(problem))
    _may_pass(problem, rule)
    require_one_of(session, rule.roles, "let this pass", act=act)
    if not reason.strip():
        raise BadInput("Say why this may pass.", "reason")
    if until is not None and until <= act.at:
        raise BadInput("This end is over already.", "until")
    problem.accepted_by, problem.accepted_reason = act.actor, reason.strip()
    problem.accepted_facts, problem.accepted_at = dict(problem.facts), act.at
    problem.accepted_until = lasts_until(rule, until, act.at)
    if problem.code == DOUBT:
        _looked_at(session, problem)
    if problem.code == "restricted-party":
        note_release(session, Draft.SUBJECT, draft.id, reason.strip(), act=act)
    session.flush()
    _count(session, draft, act.at)
    return journal.advance(
        session, draft, "accept_problem", act=act, facts=_facts(problem, draft, rule)
    )


def can_pass(rule: Strictness, facts: dict[str, Any]) -> bool:
    """May anybody accept this problem at all?"""
    inexact = rule.code.startswith("quantity-not-pack-multiple") and facts.get("why") == "inexact"
    no_price = rule.code.startswith("price-missing") and facts.get("whose") == "both"
    return bool(rule.roles) and not rule.fixed and not inexact and not no_price


def _facts(problem: Problem, draft: Draft, rule: Strictness) -> dict[str, Any]:
    until = problem.accepted_until
    return {
        "code": problem.code,
        "what": problem_sentence(problem.code, problem.facts),
        "reason": problem.accepted_reason,
        "facts": problem.facts,
        "line_id": problem.line_id,
        "customer_id": draft.customer_id,
        "until": until.isoformat() if until else "",
        "until_day": shown_day(until.date().isoformat()) if until else "",
        "value": str(problem.facts.get(rule.measure, "")) if rule.measure else "",
    }


def _looked_at(session: Session, problem: Problem) -> None:
    """Letting a doubt pass is saying that the field is right."""
    same_line = (
        DraftField.line_id.is_(None)
        if problem.line_id is None
        else DraftField.line_id == problem.line_id
    )
    for row in session.scalars(
        select(DraftField).where(
            DraftField.draft_id == problem.draft_id, same_line, DraftField.name == problem.field
        )
    ):
        row.accepted = True


def _may_pass(problem: Problem, rule: Strictness) -> None:
    if not can_pass(rule, problem.facts):
        raise Blocked(rule.fixed or "This has to be corrected; it cannot be accepted.")


def _count(session: Session, draft: Draft, now: datetime) -> None:
    doubts = Problem.code == DOUBT

    def still(which: ColumnElement[bool]) -> int:
        here = select(func.count()).where(Problem.draft_id == draft.id, still_open(now), which)
        return session.scalar(here) or 0

    draft.blocking_count = still(Problem.blocking.is_(True))
    draft.warning_count = still(Problem.blocking.is_(False) & ~doubts)
    draft.doubtful_count = still(doubts)
