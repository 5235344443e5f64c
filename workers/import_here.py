"""A file that is imported on the command line is worked off here, by the job that works off what the desk brings.

Its rows tell how far it is. A worker that is faster, or goes on after this process was ended, does no harm.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.masterdata import imports
from core.masterdata.plan import REFUSED
from core.masterdata.sheets import BOM, guarded
from core.masterdata.tables import ImportRow, ImportRun
from core.outbox import OutboxItem
from core.values import utc_now
from workers import import_master_data
from workers.imports.sheet import Sheet

LOOKS_AGAIN = 0.1
"""Seconds."""
Tell = Callable[[ImportRun], None]


@dataclass(frozen=True, slots=True)
class Here:
    """What this process works with; see workers.tools.Tools."""

    database: Database
    owner: str


def worked_off(here: Here, run_id: int, tell: Tell) -> ImportRun:
    """The run when nothing is to be done for it any more; tell: called again and again with how far it is."""
    work: Thread | None = None
    while True:
        with here.database.read() as session:
            run, due = imports.run_of(session, run_id), _due(session, run_id)
            session.expunge(run)
        tell(run)
        if run.state not in imports.BUSY:
            break
        if due is not None and (work is None or not work.is_alive()):
            work = Thread(target=import_master_data.run, args=(here, due), daemon=True)
            work.start()
        time.sleep(LOOKS_AGAIN)
    if work is not None:
        work.join()
    return run


def _due(session: Session, run_id: int) -> int | None:
    return session.scalar(
        select(OutboxItem.id).where(
            OutboxItem.subject == "import_run",
            OutboxItem.subject_id == run_id,
            OutboxItem.task == imports.TASK,
            OutboxItem.state == "due",
            OutboxItem.due_at <= utc_now(),
        )
    )


def refused_rows(database: Database, run_id: int) -> list[ImportRow]:
    query = select(ImportRow).where(ImportRow.run_id == run_id, ImportRow.action == REFUSED)
    with database.read() as session:
        found = list(session.scalars(query.order_by(ImportRow.number)))
        session.expunge_all()
    return found


def refused_file(sheet: Sheet, refused: list[ImportRow]) -> bytes:
    """The refused rows as they were written, to be corrected and imported: why they are refused stands last, under no
    head, so that it is passed over."""
    columns = [name for name in dict.fromkeys(sheet.header) if name]
    cells = {row.number: row.cells for row in sheet.rows}
    out = io.StringIO()
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([*columns, ""])
    for row in refused:
        why = " ".join(sentence for _, sentence in row.problems)
        own = cells.get(row.number, {})
        lines.writerow([*(guarded(own.get(name, "")) for name in columns), guarded(why)])
    return (BOM + out.getvalue()).encode("utf-8")
