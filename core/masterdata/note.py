"""A change of master data that a verb of another room makes is kept in the same history; any room may write it.

What the desk adds to a table that the ERP keeps counts here at once, and is a proposal until the ERP has it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.masterdata.keys import write_key
from core.masterdata.owed import owe_recheck
from core.masterdata.tables import MasterChange, MasterKeeper, MasterProposal

ERP, DESK = "erp", "desk"
OPEN, TAKEN, REFUSED, DROPPED = "open", "taken", "refused", "dropped"


def kept_by_erp(session: Session, table_name: str) -> bool:
    """Whether the ERP is master of the table, so that people here only read it."""
    keeper = session.get(MasterKeeper, table_name)
    return keeper is not None and keeper.keeper == ERP


def waits_for_erp(session: Session, table_name: str, row_id: int) -> bool:
    """Whether the row is a proposal that the ERP has not taken over yet."""
    return _open(session, table_name, row_id) is not None


def _open(session: Session, table_name: str, row_id: int) -> MasterProposal | None:
    return session.scalars(
        select(MasterProposal).where(
            MasterProposal.table_name == table_name,
            MasterProposal.row_id == row_id,
            MasterProposal.state == OPEN,
        )
    ).first()


def _propose(
    session: Session, table_name: str, row_id: int, row_key: str, action: str, act: Act
) -> None:
    """One row for each row that waits; what is taken back before the ERP had it is nothing to propose."""
    waiting = _open(session, table_name, row_id)
    if waiting is not None:
        if action == "deleted":
            waiting.state, waiting.settled_by, waiting.settled_at = DROPPED, act.actor, act.at
        return
    if action != "deleted" and kept_by_erp(session, table_name):
        session.add(
            MasterProposal(
                table_name=table_name,
                row_id=row_id,
                row_key=row_key,
                action=action,
                actor=act.actor,
                at=act.at,
            )
        )


def note_change(
    session: Session,
    table_name: str,
    row_id: int,
    key: Iterable[str],
    action: str,
    changes: dict[str, list[Any]],
    *,
    act: Act,
    door: str = DESK,
    drafts: bool = True,
) -> None:
    """key: the parts of the row's natural key. action: "created", "changed", "deleted". changes: {column: [old, new]}
    with natural keys and JSON values, as the table's description names them; nothing is kept when nothing changed.
    drafts: whether waiting drafts may hang on it."""
    if not changes and action == "changed":
        return
    row_key = write_key(key)
    if door == DESK:
        _propose(session, table_name, row_id, row_key, action, act)
    row = MasterChange(
        table_name=table_name,
        row_id=row_id,
        row_key=row_key,
        action=action,
        at=act.at,
        actor=act.actor,
        door=door,
        changes=changes,
    )
    session.add(row)
    session.flush()
    if drafts:
        owe_recheck(session, act=act, first=row.id)
