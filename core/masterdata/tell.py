"""The one call point after a change of master data: who has drafts or promises on it is told, after the commit."""

from __future__ import annotations

import uuid
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from core import outbox
from core.act import Act
from core.masterdata.described import Table
from core.outbox import OutboxItem

TASKS = {"drafts": "recheck-drafts"}
"""Promises hear of it by the rows themselves (core.watched)."""
SOON = timedelta(seconds=2)
"""Many changes in a row are one look at the drafts."""


def tell(session: Session, table: Table, *, act: Act) -> None:
    """Owes one recheck for each thing that the table touches; a row that still waits is put off and does for this too.

    The row is locked by the change until the commit, so that no recheck runs before what it shall see is there.
    """
    for touched in table.touches:
        task = TASKS.get(touched)
        if task is None:
            continue
        waiting = session.execute(
            update(OutboxItem)
            .where(OutboxItem.task == task, OutboxItem.state == "due")
            .values(due_at=act.at + SOON)
            .execution_options(synchronize_session=False)
        )
        if waiting.rowcount == 0:  # type: ignore[attr-defined]
            outbox.put(
                session,
                task,
                subject="masterdata",
                subject_id=0,
                key=f"{task}:{uuid.uuid4().hex}",
                facts={"table": table.name},
                due_at=act.at + SOON,
            )
