"""A question to the customer about open points; the draft waits, and the answer comes back to it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.reasons import question_sentence
from core.drafts.tables import Draft, Problem
from core.errors import BadInput
from core.journal import Event


def ask(
    session: Session, draft: Draft, problem_ids: tuple[int, ...], text: str, *, act: Act
) -> Event:
    """The mail holds one sentence per problem and the clerk's own text. Raises BadInput when it would be empty."""
    taken = journal.done_under(session, draft, "ask", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "ask")
    problems = session.scalars(
        select(Problem)
        .where(Problem.draft_id == draft.id, Problem.id.in_(problem_ids))
        .order_by(Problem.id)
    ).all()
    questions = [q for p in problems if (q := question_sentence(p.code, p.facts))]
    if not questions and not text.strip():
        raise BadInput("Write what you want to know.", "text")
    facts = {
        "questions": questions,
        "text": text.strip(),
        "problems": [{"code": p.code, "line_id": p.line_id, "facts": p.facts} for p in problems],
    }
    draft.claimed_by_id = draft.claimed_until = None
    return journal.advance(session, draft, "ask", act=act, facts=facts, tasks={"question": facts})
