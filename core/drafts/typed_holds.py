"""What policy wants held rather than stopped: the order is booked, and typed holds say what may not happen yet."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.agreements.strictness import rules_for
from core.drafts.overrides import case_of, still_open
from core.drafts.reasons import problem_sentence
from core.drafts.tables import Draft, DraftLine, Problem
from core.orders.hold import place
from core.orders.tables import Hold, Order


def place_holds(session: Session, draft: Draft, order: Order, *, act: Act) -> list[Hold]:
    """One hold for each open problem that asks for one; what is held already for the same facts is not held twice."""
    problems = session.scalars(
        select(Problem)
        .where(Problem.draft_id == draft.id, Problem.severity == "hold", still_open(act.at))
        .order_by(Problem.id)
    ).all()
    if not problems:
        return []
    rules = rules_for(session, draft.customer_id)
    known = [
        (hold.code, hold.facts)
        for hold in session.scalars(
            select(Hold).where(Hold.order_id == order.id, Hold.status == "active")
        )
    ]
    positions = {
        line.id: line.position
        for line in session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id))
    }
    placed = []
    for problem in problems:
        if (problem.code, problem.facts) in known:
            continue
        rule = rules.of(problem.code, case_of(problem))
        sentence = problem_sentence(problem.code, problem.facts)
        reason = f"Line {positions[problem.line_id]}: {sentence}" if problem.line_id else sentence
        step = act.under(f"hold-{problem.id}")
        placed.append(
            place(
                session,
                order,
                rule.hold,
                reason,
                code=problem.code,
                facts=dict(problem.facts),
                act=step,
            )
        )
    return placed
