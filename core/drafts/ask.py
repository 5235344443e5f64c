"""A question to the customer about open points; the draft waits, and the answer comes back to it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.company.policy import policy_of
from core.company.tables import Company
from core.drafts.assess import assess
from core.drafts.reasons import question_sentence
from core.drafts.tables import Draft, Problem
from core.errors import BadInput
from core.journal import Event
from core.promising.offers import extend


def ask(
    session: Session, draft: Draft, problem_ids: tuple[int, ...], text: str, *, act: Act
) -> Event:
    """The mail holds one sentence per problem and the clerk's own text. Raises BadInput when it would be empty.

    What could be promised now is held while the customer thinks about it.
    """
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
    event = journal.advance(session, draft, "ask", act=act, facts=facts, tasks={"question": facts})
    if draft.kind == "order":
        assess(session, draft, act=act, hold=True)
        hours = policy_of(session.scalars(select(Company)).first()).asked_hours
        extend(session, draft.id, act.at + timedelta(hours=hours))
    return event
