"""Problems as shown: their sentence, the question they raise, and the ways out."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.fixes import Picks, fixes
from core.drafts.panes import ProblemView
from core.drafts.reasons import problem_sentence, question_sentence
from core.drafts.tables import Draft, DraftLine, Problem
from core.people.tables import User


def problem_views(
    session: Session, draft: Draft, problems: list[Problem], lines: list[DraftLine]
) -> tuple[ProblemView, ...]:
    """Blocking ones first, then by line."""
    by_id = {line.id: line for line in lines}
    names = _names(session, problems)
    shown = [_view(draft, p, by_id.get(p.line_id or 0), names) for p in problems]
    return tuple(sorted(shown, key=lambda p: (p.accepted, not p.blocking, p.position or 0, p.id)))


def _view(
    draft: Draft, problem: Problem, line: DraftLine | None, names: dict[str, str]
) -> ProblemView:
    return ProblemView(
        id=problem.id,
        code=problem.code,
        line_id=problem.line_id,
        position=line.position if line else None,
        field=problem.field,
        blocking=problem.blocking,
        sentence=problem_sentence(problem.code, problem.facts),
        question=question_sentence(problem.code, problem.facts),
        fixes=() if problem.accepted_by else fixes(problem, _picks(draft, line), line),
        accepted=bool(problem.accepted_by),
        accepted_by=names.get(problem.accepted_by, problem.accepted_by),
        accepted_reason=problem.accepted_reason,
        facts=problem.facts,
    )


def _picks(draft: Draft, line: DraftLine | None) -> Picks:
    return {
        "customer_id": draft.customer_reason.get("options", []),
        "ship_to_id": draft.ship_to_reason.get("options", []),
        "item_id": line.item_reason.get("options", []) if line else [],
    }


def _names(session: Session, problems: list[Problem]) -> dict[str, str]:
    """Actors as people: "user:7" -> that user's name."""
    actors = {p.accepted_by for p in problems if p.accepted_by.startswith("user:")}
    ids = [int(a.removeprefix("user:")) for a in actors if a.removeprefix("user:").isdigit()]
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids)))
    return {f"user:{row.id}": row.name for row in rows}
