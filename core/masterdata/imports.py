"""A file is brought, looked at, and kept or dropped: its row tells how far it is; the work is done by a worker."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core import outbox
from core.act import Act
from core.errors import BadInput, IllegalStep, NotFound
from core.inbound.blobs import store_blob
from core.masterdata.described import Table
from core.masterdata.every import table_named
from core.masterdata.heads import remember, remembered
from core.masterdata.plan import ACTIONS, UNCHANGED, Plan
from core.masterdata.put import IMPORT, Door, check_door
from core.masterdata.remove import DELETED
from core.masterdata.sheets import ReportRow
from core.masterdata.tables import ImportRow, ImportRun, MasterChange

TASK = "import-master-data"
WAITING, READING, HEADS, CHECKED, APPLYING, APPLIED, FAILED, DROPPED = (
    "waiting",
    "reading",
    "heads",
    "checked",
    "applying",
    "applied",
    "failed",
    "dropped",
)
BUSY = (WAITING, READING, APPLYING)
MODES = ("all", "valid")
BACK = "back"
OUTCOMES = (*ACTIONS, DELETED)
ROWS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class RunView:
    """rows: a page of those that are not unchanged, refused ones first unless one action is asked for."""

    run: ImportRun
    rows: tuple[ImportRow, ...]
    total: int


def begin(
    session: Session,
    table: Table,
    name: str,
    raw: bytes,
    options: Mapping[str, str],
    *,
    act: Act,
    door: Door = IMPORT,
) -> ImportRun:
    """Keeps the file and owes looking at it. Raises BadInput, and NotAllowed when the table is kept elsewhere."""
    check_door(session, table, door)
    if not raw:
        raise BadInput("Choose a file that holds something; it was empty.", "file")
    run = ImportRun(
        table_name=table.name,
        file_name=name[:255] or "file",
        sha256=store_blob(session, raw),
        door=door.name,
        options={**options, "columns": remembered(session, table)},
        actor=act.actor,
        created_at=act.at,
    )
    session.add(run)
    session.flush()
    _owe(session, run)
    return run


def say_heads(
    session: Session,
    run_id: int,
    columns: Mapping[str, str],
    options: Mapping[str, str],
    *,
    act: Act,
) -> ImportRun:
    """What the heads of the file mean, by folded head; it is looked at again, and the next file knows them too.

    options: what else a person says, such as the sheet. Raises BadInput when a column is named twice.
    """
    run = run_of(session, run_id, lock=True)
    table = table_named(run.table_name)
    if run.state not in (HEADS, CHECKED, FAILED) or run.mode == BACK:
        raise IllegalStep("This file is being worked on or was kept already; nothing was changed.")
    names = {c.name for c in table.columns}
    for head, column in columns.items():
        if column and column not in names:
            raise BadInput(f"{table.title} have no column {column[:60]!r}.", "columns")
        if column and list(columns.values()).count(column) > 1:
            raise BadInput(
                f"{table.column(column).label} is chosen for two heads; leave one out.", head
            )
    remember(session, table, columns, act=act)
    chosen = {**run.options.get("columns", {}), **columns}
    run.options = {**run.options, **options, "columns": chosen}
    run.state, run.sentence, run.actor = WAITING, "", act.actor
    _owe(session, run)
    return run


def apply_run(session: Session, run_id: int, mode: str, *, act: Act) -> ImportRun:
    """Owes keeping what was looked at. mode: "all" or "valid". Pressed twice it is done once."""
    run = run_of(session, run_id, lock=True)
    if mode not in MODES:
        raise BadInput("Choose all rows, or the good ones.", "mode")
    if run.state in (APPLYING, APPLIED):
        return run
    if run.state != CHECKED:
        raise IllegalStep(
            "This file was not looked at yet, or it was dropped; nothing was changed."
        )
    if mode == "all" and run.counts.get("refused"):
        raise IllegalStep(
            "Some rows are refused, so not all can be kept; keep the good ones, or correct the file and bring it again."
        )
    run.state, run.mode, run.actor, run.done_rows = APPLYING, mode, act.actor, 0
    _owe(session, run)
    return run


def take_back_run(session: Session, run_id: int, *, act: Act) -> ImportRun:
    """Owes undoing what a kept file did, as a run of its own. Pressed twice it is done once.

    Raises IllegalStep, and NotAllowed when the table is kept elsewhere by now.
    """
    run = run_of(session, run_id, lock=True)
    check_door(session, table_named(run.table_name), IMPORT)
    back = back_of(session, run_id)
    if back is not None and back.state != FAILED:
        return back
    if run.state not in (APPLIED, FAILED) or run.mode == BACK:
        raise IllegalStep("Only a file that was kept can be taken back; nothing was changed.")
    done = select(func.count()).where(MasterChange.import_run_id == run_id)
    total = session.scalar(done.select_from(MasterChange)) or 0
    if not total:
        raise IllegalStep("This file changed nothing, so there is nothing to take back.")
    back = ImportRun(
        table_name=run.table_name,
        file_name=run.file_name,
        sha256=run.sha256,
        state=APPLYING,
        mode=BACK,
        takes_back=run.id,
        total_rows=total,
        actor=act.actor,
        created_at=act.at,
    )
    session.add(back)
    session.flush()
    _owe(session, back)
    return back


def back_of(session: Session, run_id: int) -> ImportRun | None:
    """The run that takes this one back."""
    query = select(ImportRun).where(ImportRun.takes_back == run_id)
    return session.scalars(query.order_by(ImportRun.id.desc()).limit(1)).first()


def drop_run(session: Session, run_id: int, *, act: Act) -> ImportRun:
    """Nothing of it is kept; what was applied stays as it is."""
    run = run_of(session, run_id, lock=True)
    if run.state not in (HEADS, CHECKED, FAILED):
        raise IllegalStep(
            "Only a file that waits for a decision can be dropped; nothing was changed."
        )
    run.state, run.ended_at = DROPPED, act.at
    return run


def run_of(session: Session, run_id: int, *, lock: bool = False) -> ImportRun:
    run = session.get(ImportRun, run_id, with_for_update=lock or None, populate_existing=lock)
    if run is None:
        raise NotFound("There is no such import.")
    return run


def run_view(session: Session, run_id: int, action: str = "", page: int = 1) -> RunView:
    run = run_of(session, run_id)
    where = [ImportRow.run_id == run_id]
    if action:
        where.append(ImportRow.action == action)
    total = session.scalar(select(func.count()).select_from(ImportRow).where(*where)) or 0
    refused_first = ImportRow.action != "refused"
    rows = session.scalars(
        select(ImportRow)
        .where(*where)
        .order_by(refused_first, ImportRow.number)
        .limit(ROWS_SHOWN)
        .offset((page - 1) * ROWS_SHOWN)
    )
    return RunView(run, tuple(rows), total)


def report_rows(session: Session, run_id: int) -> Iterator[ReportRow]:
    """A line for each problem and each changed column of every row that is not unchanged."""
    query = select(ImportRow).where(ImportRow.run_id == run_id).order_by(ImportRow.number)
    table = table_named(run_of(session, run_id).table_name)
    shown = {c.name: c.type.to_text for c in table.columns}
    for row in session.scalars(query):
        about = (row.number, row.row_key, row.action)
        lines = [ReportRow(*about, column, said, "", "") for column, said in row.problems]
        for name, pair in row.changes.items():
            old, new = (str(shown.get(name, str)(v)) if v is not None else "" for v in pair)
            lines.append(ReportRow(*about, name, "", old, new))
        yield from lines or [ReportRow(*about, "", "", "", "")]


def runs_of(session: Session, table: Table, limit: int = 12) -> tuple[ImportRun, ...]:
    query = select(ImportRun).where(ImportRun.table_name == table.name)
    return tuple(session.scalars(query.order_by(ImportRun.id.desc()).limit(limit)))


def forget_rows(session: Session, run_id: int) -> None:
    session.execute(delete(ImportRow).where(ImportRow.run_id == run_id))


def keep_plans(session: Session, run_id: int, plans: list[Plan]) -> None:
    """What became of these rows; an unchanged one keeps what was said of it before."""
    told = [plan for plan in plans if plan.action != UNCHANGED]
    if not told:
        return
    numbers = [plan.number for plan in told]
    session.execute(
        delete(ImportRow).where(ImportRow.run_id == run_id, ImportRow.number.in_(numbers))
    )
    session.add_all(
        ImportRow(
            run_id=run_id,
            number=plan.number,
            action=plan.action,
            row_key=plan.key,
            problems=[[p.column, p.sentence] for p in plan.problems],
            changes=plan.changes if plan.action == "changed" else {},
        )
        for plan in told
    )
    session.flush()


def counted(session: Session, run: ImportRun) -> dict[str, Any]:
    """Rows by action, from what is kept of them."""
    query = (
        select(ImportRow.action, func.count())
        .where(ImportRow.run_id == run.id)
        .group_by(ImportRow.action)
    )
    found = {row[0]: row[1] for row in session.execute(query)}
    rest = run.total_rows - sum(found.values())
    return {**found, UNCHANGED: rest} if rest > 0 else found


def _owe(session: Session, run: ImportRun) -> None:
    outbox.put(
        session,
        TASK,
        subject="import_run",
        subject_id=run.id,
        key=f"{TASK}:{run.id}:{uuid.uuid4().hex}",
    )
