"""A long list is written as a file, with how far it is; who asked fetches it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy.orm import Session

from core import crash
from core.masterdata.every import table_named
from core.masterdata.exports import BUSY, DONE, FAILED, WRITING, export_of, wanted
from core.masterdata.select import LOT, Row, by_key, count, shape_of, streamed
from core.masterdata.sheets import csv_rows, xlsx
from core.masterdata.tables import ExportRun
from core.values import utc_now
from workers.claimed import Work, work_off
from workers.tools import Tools

LEASE = timedelta(minutes=10)
ATTEMPTS = 3
TOO_OFTEN = (
    "The file could not be written; nothing more is tried. Ask for it again, or for fewer rows."
)


def run(tools: Tools, item_id: int) -> None:
    """Claims the outbox row "export-master-data". Twice for the same row writes the same file twice."""
    work_off(
        tools,
        item_id,
        Work("export", LEASE, ATTEMPTS, lambda run_id: _write(tools, run_id), _fail, TOO_OFTEN),
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


def _fail(session: Session, run_id: int, sentence: str) -> None:
    row = session.get_one(ExportRun, run_id)
    row.state, row.sentence = FAILED, sentence
