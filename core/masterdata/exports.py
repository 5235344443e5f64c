"""Long lists as files: asked for, written by a worker, fetched within a day. Short ones are written at once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete
from sqlalchemy.orm import Session, undefer

from core import outbox
from core.act import Act
from core.errors import NotFound
from core.masterdata.described import Table
from core.masterdata.proposals import is_proposed
from core.masterdata.select import Shape, searched, typed_filters
from core.masterdata.tables import ExportRun

TASK = "export-master-data"
AT_ONCE = {"csv": 20_000, "xlsx": 2_000}
"""Rows that are written while somebody waits: about a second."""
KEPT = timedelta(days=1)
WORDS, PROPOSED = "text", "proposed"
WAITING, WRITING, DONE, FAILED = "waiting", "writing", "done", "failed"
BUSY = (WAITING, WRITING)


def wanted(shape: Shape, query: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    """query: words under "text", "proposed" for what the ERP does not have, and filters by column. Raises BadInput."""
    filters = {n: str(v) for n, v in query.items() if n not in (WORDS, PROPOSED)}
    where = searched(shape, str(query.get(WORDS, "")), typed_filters(shape.table, filters))
    return [*where, is_proposed(shape)] if query.get(PROPOSED) else where


def begin_export(
    session: Session, table: Table, form: str, query: Mapping[str, str], rows: int, *, act: Act
) -> ExportRun:
    """Owes the file; those of yesterday go."""
    session.execute(delete(ExportRun).where(ExportRun.created_at < act.at - KEPT))
    run = ExportRun(
        table_name=table.name,
        form=form,
        query=dict(query),
        total_rows=rows,
        actor=act.actor,
        created_at=act.at,
    )
    session.add(run)
    session.flush()
    key = f"{TASK}:{run.id}:{uuid.uuid4().hex}"
    outbox.put(session, TASK, subject="export_run", subject_id=run.id, key=key)
    return run


def export_of(session: Session, run_id: int, *, whole: bool = False) -> ExportRun:
    """whole: with its content. Raises NotFound, also when it is older than a day."""
    options = [undefer(ExportRun.content)] if whole else []
    run = session.get(ExportRun, run_id, options=options)
    if run is None:
        raise NotFound("There is no such file; files are kept for a day. Ask for it again.")
    return run
