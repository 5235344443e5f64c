"""The one call point after a change of master data: who has drafts or promises on it is told, after the commit."""

from __future__ import annotations

from sqlalchemy.orm import Session

from core.act import Act
from core.masterdata.described import DRAFTS, Table
from core.masterdata.owed import owe_recheck


def tell(session: Session, table: Table, first: int, *, act: Act) -> None:
    """first: the number of the first change. Promises hear of it by the rows themselves (core.watched)."""
    if DRAFTS in table.touches:
        owe_recheck(session, act=act, first=first)
