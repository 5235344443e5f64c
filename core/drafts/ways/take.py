"""A person promises a line another way: in one delivery, in parts, by a substitute, from elsewhere, sooner, or first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.assess import assess
from core.drafts.gate import require_version
from core.drafts.tables import Draft, DraftLine
from core.drafts.ways.by_policy import POLICY
from core.drafts.ways.find import Way, ways
from core.errors import NotFound, Stale
from core.journal import Event
from core.promising.tables import Expedite

USUAL = "usual"
AS_ORDERED = "as-ordered"


def take_alternative(
    session: Session,
    draft: Draft,
    line_id: int,
    kind: str,
    id: int = 0,
    *,
    reason: str = "",
    version: int,
    act: Act,
) -> Event:
    """The way (kind, id) of core.drafts.ways.find becomes the line's promise; kind "usual" takes back what was taken.

    What policy chose is taken back for good: the line stays as ordered until that is taken back too.

    Raises Stale when the draft changed or the way is not there any more.
    """
    taken = journal.done_under(session, draft, "take_alternative", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "take_alternative")
    require_version(draft, version)
    line = session.get(DraftLine, line_id)
    if line is None or line.draft_id != draft.id:
        raise NotFound("This line is not on the draft.")
    way = None if kind == USUAL else _way(session, draft, line_id, kind, id, act)
    old = draft.choices.get(str(line_id), {})
    _take_back(session, draft, line_id)
    kept = {key: choice for key, choice in draft.choices.items() if key != str(line_id)}
    if way is not None:
        rows = _ask_for(session, draft, way, reason, act)
        kept[str(line_id)] = {**way.choice, "words": way.words, **({"rows": rows} if rows else {})}
    elif old.get("by") == POLICY:
        kept[str(line_id)] = {"kind": AS_ORDERED, "words": "As ordered, without a substitute"}
    draft.choices = kept
    event = journal.advance(
        session,
        draft,
        "take_alternative",
        act=act,
        facts={"line": line.position, "kind": kind, "reason": reason.strip(), **_facts(way)},
    )
    assess(session, draft, act=act)
    return event


def _way(session: Session, draft: Draft, line_id: int, kind: str, id: int, act: Act) -> Way:
    found = ways(session, draft, line_id, now=act.at)
    way = next((way for way in found if (way.kind, way.id) == (kind, id)), None)
    if way is None:
        raise Stale("This way is not there any more; the page shows what is possible now.")
    return way


def _take_back(session: Session, draft: Draft, line_id: int) -> None:
    """What the line had asked for sooner is not asked for any more."""
    rows = draft.choices.get(str(line_id), {}).get("rows", ())
    for row in session.scalars(select(Expedite).where(Expedite.id.in_(rows))):
        session.delete(row)
    session.flush()


def _ask_for(session: Session, draft: Draft, way: Way, reason: str, act: Act) -> list[int]:
    """Rows of what is asked for sooner; the cost stands in the first."""
    days = [(date.fromisoformat(day), minutes) for day, minutes in way.choice.get("days", ())]
    if way.kind in ("expedite", "express", "supplier"):
        days = [(date.fromisoformat(way.choice["due_date"]), None)]
    rows = [
        Expedite(
            receipt_id=way.id if way.kind == "expedite" else None,
            item_id=way.choice["item_id"] if way.kind in ("express", "supplier") else None,
            supplier_id=way.choice["supplier_id"] if way.kind == "supplier" else None,
            work_centre_id=way.id if way.kind == "overtime" else None,
            minutes=Decimal(minutes) if minutes else None,
            draft_id=draft.id,
            due_date=day,
            cost=way.cost if number == 0 else None,
            by=act.actor,
            reason=reason.strip(),
            at=act.at,
        )
        for number, (day, minutes) in enumerate(days)
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _facts(way: Way | None) -> dict[str, Any]:
    if way is None:
        return {"taken": "promised as usual again"}
    slips = [f"{s.order_number} line {s.position} (+{s.days} d)" for s in way.slips]
    return {
        "taken": way.words + (f"; later by it: {', '.join(slips)}" if slips else ""),
        "arrives": way.arrives.isoformat() if way.arrives else "",
    }
