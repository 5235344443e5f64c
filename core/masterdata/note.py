"""A change of master data that a verb of another room makes is kept in the same history; any room may write it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from core.act import Act
from core.masterdata.keys import write_key
from core.masterdata.tables import MasterChange, MasterKeeper

ERP = "erp"


def kept_by_erp(session: Session, table_name: str) -> bool:
    """Whether the ERP is master of the table, so that people here only read it."""
    keeper = session.get(MasterKeeper, table_name)
    return keeper is not None and keeper.keeper == ERP


def note_change(
    session: Session,
    table_name: str,
    row_id: int,
    key: Iterable[str],
    action: str,
    changes: dict[str, list[Any]],
    *,
    act: Act,
    door: str = "desk",
) -> None:
    """key: the parts of the row's natural key. action: "created", "changed", "deleted". changes: {column: [old, new]}
    with natural keys and JSON values, as the table's description names them; nothing is kept when nothing changed."""
    if not changes and action == "changed":
        return
    session.add(
        MasterChange(
            table_name=table_name,
            row_id=row_id,
            row_key=write_key(key),
            action=action,
            at=act.at,
            actor=act.actor,
            door=door,
            changes=changes,
        )
    )
    session.flush()
