"""What changed in master data, one after the other, so that another program can follow: deletions too."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.journal_gaps import without_gaps
from core.masterdata.tables import MasterChange


def changes_outward(
    session: Session, *, after: int, limit: int, now: datetime, tables: Collection[str]
) -> tuple[list[dict[str, Any]], int]:
    """(changes of these tables, cursor for the next call), oldest first; see core.journal_gaps."""
    query = select(MasterChange).where(MasterChange.id > after).order_by(MasterChange.id)
    rows = session.scalars(query.limit(limit)).all()
    safe = without_gaps(rows, after, now, number=lambda r: r.id, at=lambda r: r.at)
    told = [
        {
            "id": row.id,
            "at": row.at.isoformat(),
            "table": row.table_name,
            "key": row.row_key,
            "action": row.action,
            "door": row.door,
            "columns": sorted(row.changes),
        }
        for row in safe
        if row.table_name in tables
    ]
    return told, safe[-1].id if safe else after
