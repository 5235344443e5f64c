"""A file of master data is looked at, or kept: some hundred rows at a time, with how far it is."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy.orm import Session

from core import crash, outbox
from core.act import Act
from core.errors import OrderclerkError
from core.inbound.blobs import load_blob
from core.masterdata import imports
from core.masterdata.apply import apply_all, apply_valid, check_rows
from core.masterdata.described import Table
from core.masterdata.every import table_named
from core.masterdata.found import Given
from core.masterdata.plan import Plan
from core.masterdata.put import IMPORT
from core.masterdata.tables import ImportRun
from core.outbox import OutboxItem
from core.values import utc_now
from workers.imports.sheet import Chosen, Sheet, read, rows_of
from workers.retries import later
from workers.tools import Tools

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
ATTEMPTS = 4
LOT = 2_000  # rows of a report that are written at once


def run(tools: Tools, item_id: int) -> None:
    """Claims the outbox row "import-master-data". Twice for the same row looks twice and keeps once."""
    item = tools.database.run(
        lambda session: outbox.claim(session, item_id, tools.owner, utc_now(), LEASE)
    )
    if item is None:
        return
    crash.point("import.claimed")
    try:
        _do(tools, item.subject_id)
    except OrderclerkError as error:
        sentence = error.sentence
        tools.database.run(lambda session: _fail(session, item.subject_id, sentence))
    except Exception as error:
        log.exception("import, outbox row %s", item_id)
        said = repr(error)[:500]
        tools.database.run(lambda session: _put_off(session, item_id, said))
        return
    crash.point("import.done")
    tools.database.run(
        lambda session: outbox.settle(session.get_one(OutboxItem, item_id), "done", utc_now())
    )


def _do(tools: Tools, run_id: int) -> None:
    with tools.database.read() as session:
        found = imports.run_of(session, run_id)
        if found.state not in imports.BUSY:
            return
        raw = load_blob(session, found.sha256)
        session.expunge(found)
    table = table_named(found.table_name)
    sheet = read(table, found.file_name, raw, Chosen(**found.options))
    rows = rows_of(table, sheet)
    if found.state == imports.APPLYING:
        _apply(tools, found, table, rows)
    else:
        _check(tools, run_id, table, rows, sheet)


def _check(tools: Tools, run_id: int, table: Table, rows: list[Given], sheet: Sheet) -> None:
    def begun(session: Session) -> None:
        imports.forget_rows(session, run_id)
        row = imports.run_of(session, run_id, lock=True)
        row.state, row.total_rows, row.done_rows = imports.READING, len(rows), 0
        row.found = {
            "delimiter": sheet.delimiter,
            "encoding": sheet.encoding,
            "decimal": sheet.decimal,
        }

    tools.database.run(begun)
    crash.point("import.begun")
    check_rows(tools.database, table, rows, lambda done, plans: _told(tools, run_id, done, plans))

    def ended(session: Session) -> None:
        row = imports.run_of(session, run_id, lock=True)
        row.state, row.counts = imports.CHECKED, imports.counted(session, row)

    tools.database.run(ended)


def _apply(tools: Tools, found: ImportRun, table: Table, rows: list[Given]) -> None:
    act = Act(found.actor, utc_now())
    if found.mode == "all":
        report = apply_all(tools.database, table, rows, door=IMPORT, act=act)
        crash.point("import.kept")
        for start in range(0, len(report.plans), LOT):
            _told(tools, found.id, start + LOT, report.plans[start : start + LOT])
    else:
        report = apply_valid(
            tools.database,
            table,
            rows,
            door=IMPORT,
            act=act,
            told=lambda done, plans: _told(tools, found.id, done, plans),
        )

    def ended(session: Session) -> None:
        row = imports.run_of(session, found.id, lock=True)
        row.counts, row.ended_at = imports.counted(session, row), act.at
        row.state = imports.APPLIED
        if not report.applied:
            row.state = imports.CHECKED
            row.sentence = "Something changed since the file was looked at, so rows are refused now; nothing was kept."

    tools.database.run(ended)


def _told(tools: Tools, run_id: int, done: int, plans: list[Plan]) -> None:
    crash.point("import.lot")

    def work(session: Session) -> None:
        imports.keep_plans(session, run_id, plans)
        row = imports.run_of(session, run_id)
        row.done_rows = min(done, row.total_rows)

    tools.database.run(work)


def _fail(session: Session, run_id: int, sentence: str) -> None:
    row = imports.run_of(session, run_id, lock=True)
    row.state, row.sentence, row.ended_at = imports.FAILED, sentence, utc_now()


def _put_off(session: Session, item_id: int, said: str) -> None:
    item, now = session.get_one(OutboxItem, item_id), utc_now()
    if item.attempts < ATTEMPTS:
        due = later(now, item.attempts)
        outbox.settle(item, "due", now, reason="import-failed", reason_text=said, due_at=due)
        return
    outbox.settle(item, "failed", now, reason="import-failed", reason_text=said)
    _fail(
        session,
        item.subject_id,
        "The file could not be worked on; nothing more is tried. Bring it again, or tell your administrator.",
    )
