"""A past draft put on the table again as it came, before anybody put a hand to it: for trying rules, never for changing it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.case import Case, load
from core.drafts.matching.values import is_chosen
from core.drafts.other_readings import PICKED, TYPED
from core.drafts.study import match
from core.drafts.tables import Draft, DraftLine
from core.promising.promise import answer_of_json
from core.screening.look import hits_of
from core.screening.tables import ScreeningRun


def recall(session: Session, draft: Draft) -> Case:
    """The case as it was read on the day the draft was opened, with today's master data; the promise is the last one.

    The session's rows are changed and must never be flushed: throw them away (expunge_all) after use.
    """
    with session.no_autoflush:
        case = load(session, draft, draft.created_at)
        case.lines = _as_read(session, case)
        for row in case.fields.values():
            row.value, row.corrected, row.accepted = row.read_value, False, False
        _forget_choices(draft)
        for line in case.lines:
            _forget_choices(line)
        match(session, case)
        case.answer = answer_of_json(draft.promise)
    return case


def _as_read(session: Session, case: Case) -> list[DraftLine]:
    """The lines that were read, also those that somebody removed; not those that a person added."""
    typed = {
        line_id
        for (line_id, _), row in case.fields.items()
        if row.read_value or row.source not in (TYPED, PICKED)
    }
    return [
        line
        for line in session.scalars(
            select(DraftLine)
            .where(DraftLine.draft_id == case.draft.id)
            .order_by(DraftLine.position)
        )
        if line.id in typed
    ]


def _forget_choices(row: Draft | DraftLine) -> None:
    names = ("customer", "ship_to") if isinstance(row, Draft) else ("item",)
    for name in names:
        if is_chosen(getattr(row, f"{name}_reason")):
            setattr(row, f"{name}_id", None)
            setattr(row, f"{name}_reason", {})


def logged_hits(session: Session, case: Case, least: Decimal) -> None:
    """Hits of the looks that were logged, as a screen with this limit would have told them."""
    runs = session.scalars(
        select(ScreeningRun).where(
            ScreeningRun.subject == Draft.SUBJECT, ScreeningRun.subject_id == case.draft.id
        )
    ).all()
    case.known.screened = bool(runs)
    case.known.hits = hits_of(runs, least)
