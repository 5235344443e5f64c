"""Why drafts are looked at again, in words: what was changed in master data, and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from core.lessons.page import people
from core.masterdata.every import TABLES
from core.masterdata.owed import parts_of
from core.masterdata.tables import MasterChange


def because(session: Session, changes: Sequence[MasterChange], everything: str) -> str:
    """ "part number C-100 77120 was created by Anna"; of many changes how many of what."""
    told = [everything] if everything else []
    names = people(session, {change.actor for change in changes})
    if len(changes) == 1:
        told.append(f"{_one(changes[0])} was {changes[0].action}{_by(changes, names)}")
    elif changes:
        titles = dict.fromkeys(TABLES[c.table_name].title.lower() for c in changes)
        told.append(f"{', '.join(titles)} were changed{_by(changes, names)}")
    return " and ".join(told) or "master data changed"


def _one(change: MasterChange) -> str:
    table = TABLES[change.table_name]
    parts = parts_of(change)
    return " ".join((table.one, *(part for part in parts if part)))


def _by(changes: Sequence[MasterChange], names: dict[str, str]) -> str:
    who = {names.get(c.actor, "") for c in changes}
    doors = {c.door for c in changes}
    if len(who) == 1 and "" not in who:
        return f" by {who.pop()}"
    return f" ({doors.pop()})" if len(doors) == 1 else ""
