"""A long list is written as a file, with how far it is; who asked fetches it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from core import crash, outbox
from core.errors import OrderclerkError
from core.masterdata.every import table_named
from core.masterdata.exports import BUSY, DONE, FAILED, WRITING, export_of, wanted
from core.masterdata.select import LOT, Row, by_key, count, shape_of, streamed
from core.masterdata.sheets import csv_rows, xlsx
from core.masterdata.tables import ExportRun
from core.outbox import OutboxItem
from core.values import utc_now
from workers.retries import later
from workers.tools import Tools

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
ATTEMPTS = 3


def run(tools: Tools, item_id: int) -> None:
    """Claims the outbox row "export-master-data". Twice for the same row writes the same file twice."""
    item = tools.database.run(
        lambda session: outbox.claim(session, item_id, tools.owner, utc_now(), LEASE)
    )
    if item is None:
        return
    crash.point("export.claimed")
    try:
        _write(tools, item.subject_id)
    except OrderclerkError as error:
        _told(tools, item.subject_id, state=FAILED, sentence=error.sentence)
    except Exception as error:
        log.exception("export, outbox row %s", item_id)
        _put_off(tools, item, repr(error)[:500])
        return
    crash.point("export.done")
    tools.database.run(
        lambda session: outbox.settle(session.get_one(OutboxItem, item_id), "done", utc_now())
    )


def _write(tools: Tools, run_id: int) -> None:
    with tools.database.read() as session:
        found = export_of(session, run_id)
        session.expunge(found)
    if found.state not in BUSY:
        return
    shape = shape_of(table_named(found.table_name))
    with tools.database.read() as session:
        where = wanted(shape, found.query)
        _told(tools, run_id, state=WRITING, total_rows=count(session, shape, where), done_rows=0)
        rows = _counted(tools, run_id, streamed(session, shape, where, by_key(shape)))
        if found.form == "xlsx":
            content = xlsx(shape.table, rows)
        else:
            content = "".join(csv_rows(shape.table, rows)).encode("utf-8")
    crash.point("export.written")
    _told(tools, run_id, state=DONE, content=content, ended_at=utc_now())


def _counted(tools: Tools, run_id: int, rows: Iterator[Row]) -> Iterator[Row]:
    for number, row in enumerate(rows, 1):
        if number % LOT == 0:
            _told(tools, run_id, done_rows=number)
        yield row


def _told(tools: Tools, run_id: int, **changes: object) -> None:
    def work(session: Session) -> None:
        row = session.get_one(ExportRun, run_id)
        for name, value in changes.items():
            setattr(row, name, value)

    tools.database.run(work)


def _put_off(tools: Tools, item: OutboxItem, said: str) -> None:
    again = item.attempts < ATTEMPTS
    if not again:
        sentence = "The file could not be written; nothing more is tried. Ask for it again, or for fewer rows."
        _told(tools, item.subject_id, state=FAILED, sentence=sentence)
    now = utc_now()
    tools.database.run(
        lambda session: outbox.settle(
            session.get_one(OutboxItem, item.id),
            "due" if again else "failed",
            now,
            reason="export-failed",
            reason_text=said,
            due_at=later(now, item.attempts) if again else None,
        )
    )
