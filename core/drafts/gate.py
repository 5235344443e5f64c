"""What still stands in the way of confirming a draft, in one place for every path: screen, mail, EDI and API alike."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.agreements.strictness import rules_for
from core.drafts.overrides import case_of, still_open
from core.drafts.reasons import problem_sentence
from core.drafts.tables import Draft, Problem
from core.errors import Blocked, Stale
from core.exchange.tables import ExchangeInterchange
from core.people.may import user_id_of


def open_problems(session: Session, draft: Draft, now: datetime) -> list[Problem]:
    """Blocking problems that nobody let pass, or no longer."""
    return list(
        session.scalars(
            select(Problem)
            .where(Problem.draft_id == draft.id, Problem.blocking.is_(True), still_open(now))
            .order_by(Problem.id)
        )
    )


def require_free(session: Session, draft: Draft, *, act: Act) -> None:
    """The gate. Raises Blocked with every problem that is open, and for what a second person has to look at."""
    problems = open_problems(session, draft, act.at)
    if problems:
        reasons = tuple(problem_sentence(p.code, p.facts) for p in problems)
        stand = (
            "1 problem still stands"
            if len(problems) == 1
            else f"{len(problems)} problems still stand"
        )
        raise Blocked(f"{stand} in the way: {reasons[0]}", reasons)
    alone = _decided_alone(session, draft, act)
    if alone:
        raise Blocked(
            f"This needs two people: {alone[0]} Whoever let it pass cannot confirm it too.", alone
        )


def _decided_alone(session: Session, draft: Draft, act: Act) -> tuple[str, ...]:
    """What needs a second person, and was let pass by the one who confirms now or is confirmed by a program."""
    rules = rules_for(session, draft.customer_id)
    passed = session.scalars(
        select(Problem)
        .where(Problem.draft_id == draft.id, Problem.blocking.is_(True), Problem.accepted_by != "")
        .order_by(Problem.id)
    )
    return tuple(
        problem_sentence(p.code, p.facts)
        for p in passed
        if rules.of(p.code, case_of(p)).second
        and (p.accepted_by == act.actor or user_id_of(act.actor) is None)
    )


def require_whole_file(session: Session, draft: Draft) -> None:
    """An order of a long file may be looked at while the rest is read; only the trailer says whether it is meant."""
    if is_still_read(session, draft):
        reason = (
            "The file that this order came in is still being read; confirm it when that is done."
        )
        raise Blocked(reason, (reason,))


def is_still_read(session: Session, draft: Draft) -> bool:
    """Whether the file that it came in is a long one whose end nobody has seen yet."""
    unfinished = select(ExchangeInterchange.id).where(
        ExchangeInterchange.document_id == draft.document_id, ExchangeInterchange.status == "new"
    )
    return draft.document_id is not None and session.scalar(unfinished.limit(1)) is not None


def require_version(draft: Draft, version: int) -> None:
    """The screen showed this version, or the step is refused."""
    if draft.version != version:
        raise Stale(
            f"Draft {draft.id} changed while you looked at it; nothing of yours was saved. Look at it again."
        )
