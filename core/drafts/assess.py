"""What a draft means and what is wrong with it: studied, promised and checked again after every change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts import dates
from core.drafts.case import Case
from core.drafts.checks.reading import DOUBT, is_doubtful
from core.drafts.earlier.fill import take_earlier
from core.drafts.offer import is_offered, offer
from core.drafts.overrides import covers, drop, is_passed
from core.drafts.rate import Rated, rate
from core.drafts.rules import check
from core.drafts.screened import screen_draft
from core.drafts.study import studied, study
from core.drafts.tables import Draft, Problem
from core.drafts.ways.by_policy import chosen_by_policy, keep_chosen, of_people


def assess(
    session: Session, draft: Draft, *, act: Act, hold: bool | None = None, by_policy: bool = True
) -> None:
    """Recomputes every matched and typed column, the promise, the problems and their counts.

    hold: whether the promise holds its supply for a while; None: when a person works on the draft. What a person chose
    stays chosen; an accepted problem stays accepted while its facts stay the same. by_policy: whether policy may choose
    other items than before; not when what was seen is booked.
    """
    case = study(session, draft, act.at)
    if take_earlier(session, case, act=act):
        case = study(session, draft, act.at)
    held = is_offered(draft, act) if hold is None else hold
    case = _promised(session, case, by_policy=by_policy, lock=held, act=act)
    if held:
        offer(session, case, act=act)
    dates.keep(draft, case.answer, act.at)
    screen_draft(session, case, act=act)
    _note_problems(session, draft, rate(check(case), case.rules), act.at)
    live = {None, *(line.id for line in case.lines)}
    draft.doubtful_count = sum(
        line_id in live and is_doubtful(row, case.policy.doubt_threshold)
        for (line_id, _), row in case.fields.items()
    )
    session.flush()


def _promised(session: Session, case: Case, *, by_policy: bool, lock: bool, act: Act) -> Case:
    """The case with its answer, and with the substitutes that policy chooses when the line as ordered is late."""
    draft = case.draft
    if not by_policy:
        case.answer = dates.answer_case(session, case, lock=lock)
        return case
    own = of_people(draft.choices)
    with session.no_autoflush:
        if own != draft.choices:
            case = studied(session, draft, act.at, own)
        case.answer = dates.answer_case(session, case, lock=lock)
        chosen = chosen_by_policy(session, case, lock=lock)
        if chosen:
            case = studied(session, draft, act.at, {**own, **chosen})
            case.answer = dates.answer_case(session, case, lock=lock)
    keep_chosen(session, draft, chosen, act=act)
    return case


def _note_problems(session: Session, draft: Draft, found: list[Rated], now: datetime) -> None:
    """Keeps the rows of problems that are still there, so that a screen's ids stay good."""
    known: dict[tuple[str, int | None, str], Problem] = {
        (p.code, p.line_id, p.field): p
        for p in session.scalars(select(Problem).where(Problem.draft_id == draft.id))
    }
    open_blocking = open_warning = 0
    for rated in found:
        row = known.pop(rated.place, None)
        if row is None:
            code, line_id, field = rated.place
            row = Problem(draft_id=draft.id, line_id=line_id, field=field, code=code)
            row.accepted_by = ""
            session.add(row)
        row.severity, row.blocking, row.facts = rated.rule.severity, rated.blocking, rated.facts
        if row.accepted_by and not (
            is_passed(row, now) and covers(rated.rule, row.accepted_facts, row.facts)
        ):
            drop(row)
        open_blocking += rated.blocking and not row.accepted_by
        doubt = row.code == DOUBT
        open_warning += not rated.blocking and not doubt and not row.accepted_by
    for gone in known.values():
        session.delete(gone)
    draft.blocking_count, draft.warning_count = open_blocking, open_warning
