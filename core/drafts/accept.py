"""A person lets a problem pass, with name and reason, until its facts change."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.checks.reading import DOUBT
from core.drafts.tables import Draft, DraftField, Problem
from core.errors import BadInput, Blocked, NotFound
from core.journal import Event

CANNOT_PASS: dict[str, str] = {
    "customer-unknown": "Choose the customer first.",
    "customer-ambiguous": "Choose the customer first.",
    "item-unknown": "Choose the item or remove the line.",
    "item-ambiguous": "Choose the item or remove the line.",
    "unit-unknown": "Choose a unit that the item has.",
    "quantity-missing": "Enter the quantity or remove the line.",
    "no-lines": "An order needs a line.",
    "order-not-found": "A change needs its order.",
    "order-not-booked": "Confirm or reject the draft of that order first.",
}


def accept_problem(
    session: Session, draft: Draft, problem_id: int, reason: str, *, act: Act
) -> Event:
    """Notes who lets it pass and why. Without what it asks for, some problems leave nothing to book: those stay."""
    taken = journal.done_under(session, draft, "accept_problem", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "accept_problem")
    problem = session.get(Problem, problem_id)
    if problem is None or problem.draft_id != draft.id:
        raise NotFound("This problem is gone already; look at the draft again.")
    _may_pass(problem)
    if not reason.strip():
        raise BadInput("Say why this may pass.", "reason")
    problem.accepted_by, problem.accepted_reason = act.actor, reason.strip()
    problem.accepted_facts, problem.accepted_at = dict(problem.facts), act.at
    if problem.code == DOUBT:
        _looked_at(session, problem)
    session.flush()
    doubts = Problem.code == DOUBT
    draft.blocking_count = _open(session, draft, Problem.blocking.is_(True))
    draft.warning_count = _open(session, draft, Problem.blocking.is_(False) & ~doubts)
    draft.doubtful_count = _open(session, draft, doubts)
    return journal.advance(
        session,
        draft,
        "accept_problem",
        act=act,
        facts={"code": problem.code, "reason": reason.strip(), "facts": problem.facts},
    )


def can_pass(code: str, facts: dict[str, object]) -> bool:
    """May a person accept this problem at all?"""
    if code == "quantity-not-pack-multiple" and facts.get("why") == "inexact":
        return False
    return code not in CANNOT_PASS and not (
        code == "price-missing" and facts.get("whose") == "both"
    )


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


def _may_pass(problem: Problem) -> None:
    if not can_pass(problem.code, problem.facts):
        raise Blocked(
            CANNOT_PASS.get(problem.code, "This has to be corrected; it cannot be accepted.")
        )


def _open(session: Session, draft: Draft, which: ColumnElement[bool]) -> int:
    here = select(func.count()).where(Problem.draft_id == draft.id, Problem.accepted_by == "")
    return session.scalar(here.where(which)) or 0
