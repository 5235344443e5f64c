"""How this order, or a group of its lines, is to be delivered: the customer's terms, or others that a person agreed to."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.drafts.assess import assess
from core.drafts.gate import require_version
from core.drafts.tables import Draft, DraftLine
from core.journal import Event
from core.promising.agreed import require_sense, sentence, told, with_changes
from core.promising.terms import Terms

LONGEST_NAME = 24


def set_delivery(
    session: Session,
    draft: Draft,
    group: str,
    changes: Mapping[str, str],
    reason: str,
    *,
    line_ids: tuple[int, ...] = (),
    version: int,
    act: Act,
) -> Event:
    """Agrees to terms for the whole order (group "") or for the lines of a named group; no changes: the usual terms again.

    changes: {name of a term (core.promising.agreed.READ): text}. Raises BadInput with the name of what is not
    understood, Stale when the draft changed meanwhile.
    """
    taken = journal.done_under(session, draft, "set_delivery", act.key)
    if taken is not None:
        return taken
    journal.check(draft, "set_delivery")
    require_version(draft, version)
    group = " ".join(group.split())[:LONGEST_NAME]
    changes = {name: text.strip() for name, text in changes.items() if text.strip()}
    require_sense(changes, reason)
    old = draft.delivery.get(group, {}).get("terms", {})
    kept = {name: found for name, found in draft.delivery.items() if name != group}
    if changes:
        kept[group] = {
            "terms": changes,
            "by": act.actor,
            "reason": reason.strip(),
            "at": act.at.isoformat(),
        }
    draft.delivery = kept
    lines = _regroup(session, draft, group, line_ids if changes else ())
    facts = {"group": group, "reason": reason.strip(), "lines": lines}
    facts["terms"] = sentence(with_changes(Terms(), changes)) if changes else "as usual"
    differs = {f"delivery {group}".strip(): [told(old), told(changes)]}
    event = journal.advance(session, draft, "set_delivery", act=act, changes=differs, facts=facts)
    assess(session, draft, act=act)
    return event


def _regroup(session: Session, draft: Draft, group: str, line_ids: tuple[int, ...]) -> str:
    """Puts exactly these lines into the group; returns their positions for the journal."""
    if not group:
        return ""
    lines = session.scalars(
        select(DraftLine).where(DraftLine.draft_id == draft.id).order_by(DraftLine.position)
    ).all()
    for line in lines:
        if line.id in line_ids:
            line.group_name = group
        elif line.group_name == group:
            line.group_name = ""
    session.flush()
    return ", ".join(str(line.position) for line in lines if line.id in line_ids)
