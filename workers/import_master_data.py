"""A file of master data is looked at, or kept: some hundred rows at a time, with how far it is."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from core import crash
from core.act import Act
from core.inbound.blobs import load_blob
from core.masterdata import imports
from core.masterdata.apply import apply_lots, breathe, check_rows
from core.masterdata.described import Table
from core.masterdata.every import table_named
from core.masterdata.found import Given
from core.masterdata.heads import folded
from core.masterdata.plan import Plan
from core.masterdata.put import Door
from core.masterdata.tables import ImportRun, MasterChange
from core.masterdata.take_back import next_lot, take_back
from core.values import utc_now
from workers.claimed import TurnIsOver, Work, work_off
from workers.imports.grid import head_name as _name
from workers.imports.sheet import Chosen, Sheet, read, rows_of
from workers.tools import Owner

LEASE = timedelta(minutes=6)
ATTEMPTS = 4
TURN = 200.0
"""Seconds after which a long file makes room and goes on in a turn of its own: below the limit of a job."""
TOO_OFTEN = "The file could not be worked on; nothing more is tried. Bring it again, or tell your administrator."


def run(tools: Owner, item_id: int) -> None:
    """Claims the outbox row "import-master-data". Twice for the same row looks twice and keeps once."""
    work_off(
        tools,
        item_id,
        Work(
            "import",
            LEASE,
            ATTEMPTS,
            lambda run_id: _do(tools, run_id, time.monotonic() + TURN),
            _fail,
            TOO_OFTEN,
        ),
    )


def _do(tools: Owner, run_id: int, until: float) -> None:
    with tools.database.read() as session:
        found = imports.run_of(session, run_id)
        if found.state not in imports.BUSY:
            return
        raw = load_blob(session, found.sha256)
        session.expunge(found)
    table = table_named(found.table_name)
    if found.mode == imports.BACK:
        _take_back(tools, found, table, found.takes_back or 0, until)
        return
    sheet = read(table, found.file_name, raw, Chosen(**found.options, asks=True))
    if any(head.column is None for head in sheet.heads) or not any(h.column for h in sheet.heads):
        tools.database.run(lambda session: _ask_heads(session, run_id, sheet))
        return
    rows = rows_of(table, sheet)
    if found.state == imports.APPLYING:
        _apply(tools, found, table, rows, until)
    else:
        _check(tools, run_id, table, rows, sheet)


def _ask_heads(session: Session, run_id: int, sheet: Sheet) -> None:
    """A column that nobody knows is not left out silently: a person says what it is."""
    imports.forget_rows(session, run_id)
    row = imports.run_of(session, run_id, lock=True)
    row.state, row.found, row.counts = imports.HEADS, _found(sheet), {}
    row.total_rows, row.done_rows = len(sheet.rows), 0


def _found(sheet: Sheet) -> dict[str, Any]:
    """What was found out about the file. samples: the first values under each head."""
    samples = [
        [row.cells[name][:40] for row in sheet.rows[:20] if row.cells.get(name, "").strip()][:3]
        if (name := head.column if head.column is not None else _name(head.written))
        else []
        for head in sheet.heads
    ]
    heads = [
        {
            "written": h.written,
            "head": folded(h.written),
            "column": h.column,
            "why": h.why,
            "samples": s,
        }
        for h, s in zip(sheet.heads, samples, strict=True)
        if folded(h.written)
    ]
    return {
        "delimiter": sheet.delimiter,
        "encoding": sheet.encoding,
        "decimal": sheet.decimal,
        "days": sheet.days,
        "sheets": list(sheet.sheets),
        "sheet": sheet.sheet,
        "heads": heads,
    }


def _check(tools: Owner, run_id: int, table: Table, rows: list[Given], sheet: Sheet) -> None:
    def begun(session: Session) -> None:
        imports.forget_rows(session, run_id)
        row = imports.run_of(session, run_id, lock=True)
        row.state, row.total_rows, row.done_rows = imports.READING, len(rows), 0
        row.found = _found(sheet)

    tools.database.run(begun)
    crash.point("import.begun")
    check_rows(tools.database, table, rows, lambda done, plans: _told(tools, run_id, done, plans))

    def ended(session: Session) -> None:
        row = imports.run_of(session, run_id, lock=True)
        row.state, row.counts = imports.CHECKED, imports.counted(session, row)

    tools.database.run(ended)


def _apply(tools: Owner, found: ImportRun, table: Table, rows: list[Given], until: float) -> None:
    """All rows or the good ones. "All" is looked at whole once more first; should a row be refused all the same, since
    somebody was faster, what was kept of the file is taken back."""
    act, whole = Act(found.actor, utc_now()), found.mode == "all"
    report = check_rows(tools.database, table, rows) if whole else None
    if report is None or not report.refused:
        report = apply_lots(
            tools.database,
            table,
            rows,
            door=Door(found.door, found.id),
            act=act,
            whole=whole,
            after=found.done_rows,
            told=lambda done, plans: _told(tools, found.id, done, plans, until),
        )
        crash.point("import.kept")
    if not report.applied:
        _undo(tools, found, table, found.id)
        tools.database.run(lambda session: imports.keep_plans(session, found.id, report.refused))

    def ended(session: Session) -> None:
        row = imports.run_of(session, found.id, lock=True)
        row.counts, row.ended_at = imports.counted(session, row), act.at
        row.state = imports.APPLIED
        if not report.applied:
            row.state = imports.CHECKED
            row.sentence = "Something changed since the file was looked at, so rows are refused now; nothing was kept."

    tools.database.run(ended)


def _take_back(tools: Owner, found: ImportRun, table: Table, run_id: int, until: float) -> None:
    _undo(tools, found, table, run_id, until)

    def ended(session: Session) -> None:
        row = imports.run_of(session, found.id, lock=True)
        row.counts, row.ended_at = imports.counted(session, row), utc_now()
        row.state = imports.APPLIED

    tools.database.run(ended)


def _undo(
    tools: Owner, found: ImportRun, table: Table, run_id: int, until: float | None = None
) -> None:
    """Lot by lot, the newest change first; told in the report of `found` when that is a run of its own."""
    told = found.id != run_id
    act, door = Act(found.actor, utc_now()), Door(found.door, found.id if told else None)
    before, done = None, 0
    while True:
        with tools.database.read() as session:
            lot = next_lot(session, run_id, before)
            session.expunge_all()
        if not lot:
            return
        before, done = lot[-1].id, done + len(lot)

        def work(session: Session, lot: Sequence[MasterChange] = lot, done: int = done) -> None:
            plans = take_back(session, table, lot, door=door, act=act)
            if told:
                _keep_told(session, found.id, done, plans)

        tools.database.run(work)
        crash.point("import.lot")
        _end_turn(until)
        breathe(tools.database)


def _told(
    tools: Owner, run_id: int, done: int, plans: list[Plan], until: float | None = None
) -> None:
    crash.point("import.lot")

    tools.database.run(lambda session: _keep_told(session, run_id, done, plans))
    _end_turn(until)


def _keep_told(session: Session, run_id: int, done: int, plans: list[Plan]) -> None:
    imports.keep_plans(session, run_id, plans)
    row = imports.run_of(session, run_id)
    row.done_rows = min(done, row.total_rows)


def _end_turn(until: float | None) -> None:
    if until is not None and time.monotonic() > until:
        raise TurnIsOver


def _fail(session: Session, run_id: int, sentence: str) -> None:
    row = imports.run_of(session, run_id, lock=True)
    row.state, row.sentence, row.ended_at = imports.FAILED, sentence, utc_now()
