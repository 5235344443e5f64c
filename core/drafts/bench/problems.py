"""Problems as shown: their sentence, the question they raise, and the ways out."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.strictness import Strictness, rules_for
from core.agreements.values import DESK
from core.drafts.accept import can_pass
from core.drafts.fixes.find import Picks, fixes
from core.drafts.overrides import case_of, is_passed
from core.drafts.panes import ProblemView
from core.drafts.reasons import problem_sentence, question_sentence
from core.drafts.tables import Draft, DraftLine, Problem
from core.people.may import powers, who
from core.people.tables import User
from core.values import utc_now


def problem_views(
    session: Session,
    draft: Draft,
    problems: list[Problem],
    lines: list[DraftLine],
    user_id: int | None = None,
) -> tuple[ProblemView, ...]:
    """Blocking ones first, then by line."""
    by_id = {line.id: line for line in lines}
    names = _names(session, problems)
    rules, now = rules_for(session, draft.customer_id), utc_now()
    mine = powers(session, f"user:{user_id}") if user_id else None
    shown = [
        _view(draft, p, by_id.get(p.line_id or 0), names, rules.of(p.code, case_of(p)), mine, now)
        for p in problems
    ]
    if user_id:
        own = {p.id for p in problems if p.accepted_by == f"user:{user_id}"}
        shown = [replace(p, by_me=p.accepted and p.id in own) for p in shown]
    return tuple(sorted(shown, key=lambda p: (p.accepted, not p.blocking, p.position or 0, p.id)))


def _view(
    draft: Draft,
    problem: Problem,
    line: DraftLine | None,
    names: dict[str, str],
    rule: Strictness,
    mine: frozenset[str] | None,
    now: datetime,
) -> ProblemView:
    passed = is_passed(problem, now)
    return ProblemView(
        id=problem.id,
        code=problem.code,
        line_id=problem.line_id,
        position=line.position if line else None,
        field=problem.field,
        blocking=problem.blocking,
        sentence=problem_sentence(problem.code, problem.facts),
        question=question_sentence(problem.code, problem.facts),
        fixes=() if passed else fixes(problem, _picks(draft, line), line, rule),
        accepted=passed,
        severity=problem.severity,
        hold=rule.hold,
        may_pass=rule.roles if can_pass(rule, problem.facts) else (),
        who_may=who(rule.roles) if can_pass(rule, problem.facts) else "",
        two_people=rule.second and problem.blocking,
        i_may=mine is None or bool(mine & set(rule.roles)),
        quick=rule.roles == DESK and not rule.second,
        why_severity=_why(rule),
        accepted_until=problem.accepted_until,
        accepted_by=names.get(problem.accepted_by, problem.accepted_by),
        accepted_reason=problem.accepted_reason,
        facts=problem.facts,
    )


def _why(rule: Strictness) -> str:
    """What the severity means, in words."""
    return {
        "blocking": "The order is not booked while this is open.",
        "hold": f"The order is booked with a {rule.hold} hold.",
    }.get(rule.severity, "The order can be booked all the same.")


def _picks(draft: Draft, line: DraftLine | None) -> Picks:
    places = draft.ship_to_reason.get("options", [])
    return {
        "customer_id": draft.customer_reason.get("options", []),
        "ship_to_id": places,
        "other_places": [p for p in places if p.get("id") != draft.ship_to_id],
        "item_id": line.item_reason.get("options", []) if line else [],
    }


def _names(session: Session, problems: list[Problem]) -> dict[str, str]:
    """Actors as people: "user:7" -> that user's name."""
    actors = {p.accepted_by for p in problems if p.accepted_by.startswith("user:")}
    ids = [int(a.removeprefix("user:")) for a in actors if a.removeprefix("user:").isdigit()]
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {f"user:{row.id}": row.name for row in rows}
