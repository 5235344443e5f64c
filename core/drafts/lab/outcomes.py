"""What people did in the end about past drafts: by this a true alarm is told from a false one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.tables import Draft, DraftLine
from core.journal import Event

STEPS = ("draft.corrected", "draft.question_asked", "draft.problem_accepted")
NAMES = {"uom": "unit"}
Place = tuple[int | None, str]


@dataclass(slots=True)
class Done:
    """corrected: (line or None, field) that a person changed; removed: lines; asked, passed: codes."""

    status: str
    corrected: set[Place] = field(default_factory=set)
    removed: set[int] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    passed: set[tuple[int | None, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Verdict:
    """how, in words; right: something was wrong indeed, None while nobody decided."""

    how: str
    right: bool | None


def done_about(session: Session, draft_ids: Collection[int]) -> dict[int, Done]:
    """In three queries."""
    found = {
        row.id: Done(row.status)
        for row in session.execute(select(Draft.id, Draft.status).where(Draft.id.in_(draft_ids)))
    }
    for draft_id, line_id in session.execute(
        select(DraftLine.draft_id, DraftLine.id).where(
            DraftLine.draft_id.in_(draft_ids), DraftLine.removed.is_(True)
        )
    ):
        found[draft_id].removed.add(line_id)
    for event in session.scalars(
        select(Event)
        .where(
            Event.subject == Draft.SUBJECT,
            Event.subject_id.in_(draft_ids),
            Event.name.in_(STEPS),
            Event.actor.startswith("user:"),
        )
        .order_by(Event.id)
    ):
        _count(found[event.subject_id], event)
    return found


def _count(done: Done, event: Event) -> None:
    facts = event.facts
    if event.name == "draft.corrected":
        for line_id, name, old, new in facts.get("edits", ()):
            if old != new:
                done.corrected.add((line_id, NAMES.get(name, name)))
    elif event.name == "draft.question_asked":
        done.asked |= {str(problem["code"]) for problem in facts.get("problems", ())}
    else:
        done.passed.add((facts.get("line_id"), str(facts.get("code"))))


def verdict(done: Done, code: str, line_id: int | None, name: str) -> Verdict:
    """About one problem: it was right when somebody corrected what it stands beside, asked, or let the order go."""
    if (line_id, NAMES.get(name, name)) in done.corrected:
        return Verdict("it was corrected", True)
    if line_id in done.removed:
        return Verdict("the line was removed", True)
    if code in done.asked:
        return Verdict("the customer was asked", True)
    if done.status in ("rejected", "withdrawn"):
        return Verdict(f"the draft was {done.status}", True)
    if (line_id, code) in done.passed:
        return Verdict("a person let it pass", False)
    if done.status == "confirmed":
        return Verdict("it was booked as it came", False)
    return Verdict("nobody decided yet", None)
