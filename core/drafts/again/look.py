"""A draft that waits is looked at afresh; when that changed it, its journal says what came out and because of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.again.hanging import LIVE
from core.drafts.assess import assess
from core.drafts.reasons import label
from core.drafts.tables import Draft, DraftLine, Problem
from core.journal import Event

NAME = "draft.looked_again"
MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a person sees of a draft. problems: by place (severity, facts, whether somebody let it pass)."""

    problems: dict[tuple[str, int | None, str], tuple[str, dict[str, Any], bool]]
    lasts: dict[str, str]
    meant: tuple[Any, ...]


def look_again(session: Session, draft_id: int, because: str, *, act: Act) -> Event | None:
    """Checks and promises the draft anew, whoever has it open; None when it does not wait any more or came out the same.

    What a person typed, chose or let pass stays. A promise that a clerk holds goes on being held.
    """
    draft = session.scalar(
        select(Draft)
        .where(Draft.id == draft_id, Draft.status.in_(LIVE))
        .with_for_update(key_share=True)
    )
    if draft is None:
        return None
    before, version = _seen(session, draft), draft.version
    works = draft.claimed_until is not None and draft.claimed_until > act.at
    assess(session, draft, act=act, hold=works and draft.kind == "order")
    after = _seen(session, draft)
    if draft.version == version:
        if after == before:
            return None
        draft.changed_at = (
            act.at
        )  # what changed stands beside the draft's row: its version must still say so
        session.flush()
    facts = {
        "because": because,
        "result": _result(before, after),
        "versions": [version, draft.version],
    }
    return journal.note(session, draft, NAME, act=act, facts=facts)


def only_looked_again(session: Session, draft: Draft, version: int) -> bool:
    """Whether nothing but fresh looks happened since the draft was at `version`: nobody's words were changed."""
    steps = {
        found[0]: found[1]
        for event in session.scalars(
            select(Event)
            .where(Event.subject == Draft.SUBJECT, Event.subject_id == draft.id, Event.name == NAME)
            .order_by(Event.sequence.desc())
            .limit(MOST_STEPS)
        )
        if (found := event.facts.get("versions"))
    }
    while version in steps and version < draft.version:
        version = steps[version]
    return version == draft.version


def _seen(session: Session, draft: Draft) -> _Seen:
    problems = session.scalars(select(Problem).where(Problem.draft_id == draft.id))
    lines = session.execute(
        select(DraftLine.id, DraftLine.item_id, DraftLine.unit, DraftLine.agreed_price)
        .where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(False))
        .order_by(DraftLine.position)
    )
    return _Seen(
        {
            (p.code, p.line_id, p.field): (p.severity, dict(p.facts), bool(p.accepted_by))
            for p in problems
        },
        {
            line: max((part["promised_date"] for part in parts), default="")
            for line, parts in draft.promise.get("lines", {}).items()
        },
        (draft.customer_id, draft.ship_to_id, *map(tuple, lines)),
    )


def _result(before: _Seen, after: _Seen) -> str:
    """ "part number unknown is gone; price differs is new; 2 dates moved"."""
    told = [f"{_named(k)} is gone" for k in _kinds(before.problems, after.problems)]
    told += [f"{_named(k)} is new" for k in _kinds(after.problems, before.problems)]
    both = before.problems.keys() & after.problems.keys()
    for place in sorted(both, key=str):
        old, new = before.problems[place], after.problems[place]
        if old[2] and not new[2]:
            told.append(
                f"{_named(place[0])} was let pass for something else and stands there again"
            )
        elif old[:2] != new[:2]:
            told.append(f"{_named(place[0])} is another")
    moved = [k for k in {*before.lasts, *after.lasts} if before.lasts.get(k) != after.lasts.get(k)]
    if moved:
        told.append(f"{len(moved)} date{'s' if len(moved) > 1 else ''} moved")
    if not told:
        told.append("other matches or prices" if before.meant != after.meant else "no other result")
    return "; ".join(told)


def _kinds(one: dict[Any, Any], other: dict[Any, Any]) -> list[str]:
    return list(dict.fromkeys(place[0] for place in one if place not in other))


def _named(code: str) -> str:
    found = label(code)
    return found[:1].lower() + found[1:]
