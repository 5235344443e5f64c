"""Plans a file's rows some hundred at a time, and keeps all of them, the good ones, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.act import Act
from core.database import Database
from core.masterdata.checks import Problem
from core.masterdata.described import Table
from core.masterdata.found import Given
from core.masterdata.plan import REFUSED, Plan, plan_rows
from core.masterdata.put import Door, check_door, refer_to_new, write_plans

CHUNK = 500

Told = Callable[[int, list[Plan]], None]
Key = tuple[object, ...]


@dataclass(slots=True)
class Report:
    """plans: of every row, in the order in which they were done. applied: whether anything was kept."""

    plans: list[Plan] = field(default_factory=list)
    applied: bool = False

    @property
    def refused(self) -> list[Plan]:
        return [p for p in self.plans if p.action == REFUSED]

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for plan in self.plans:
            found[plan.action] = found.get(plan.action, 0) + 1
        return found


@dataclass(slots=True)
class File:
    """The rows of one file, with what later rows must know of earlier ones."""

    table: Table
    rows: list[Given]
    seen: dict[Key, int] = field(default_factory=dict)

    @property
    def coming(self) -> frozenset[Key]:
        if not any(ref.to == self.table.name for ref in self.table.references):
            return frozenset()
        return frozenset(tuple(r.values.get(n) for n in self.table.key) for r in self.rows)

    def chunks(self) -> Iterator[list[Given]]:
        for start in range(0, len(self.rows), CHUNK):
            yield self.rows[start : start + CHUNK]


class _NotKept(Exception):
    """Ends a transaction without a commit."""


def check_rows(
    database: Database, table: Table, rows: list[Given], told: Told = lambda done, plans: None
) -> Report:
    """The dry run: what would be done. Reads only, so that nobody waits for it."""
    file, report = File(table, rows), Report()
    coming = file.coming
    for chunk in file.chunks():
        with database.read() as session:
            plans = plan_rows(session, table, chunk, seen=file.seen, coming=coming)
        report.plans += plans
        told(len(report.plans), plans)
    return report


def apply_all(
    database: Database, table: Table, rows: list[Given], *, door: Door, act: Act
) -> Report:
    """Every row in one transaction, or none when one is refused."""
    report = Report()
    try:
        with database.begin() as session:
            report = apply_within(session, table, rows, door=door, act=act)
            if report.refused:
                raise _NotKept
    except _NotKept:
        return report
    report.applied = True
    return report


def apply_within(
    session: Session, table: Table, rows: list[Given], *, door: Door, act: Act
) -> Report:
    """As apply_all, in the caller's transaction, which must end it when rows are refused."""
    check_door(session, table, door)
    file, report = File(table, rows), Report()
    coming, waiting = file.coming, []
    for chunk in file.chunks():
        plans = plan_rows(session, table, chunk, seen=file.seen, coming=coming)
        report.plans += plans
        if report.refused:
            continue
        write_plans(session, table, plans, door=door, act=act)
        waiting += [p for p in plans if p.waits]
        session.flush()
        session.expunge_all()
    if not report.refused:
        refer_to_new(session, table, waiting)
    return report


def apply_valid(
    database: Database,
    table: Table,
    rows: list[Given],
    *,
    door: Door,
    act: Act,
    told: Told = lambda done, plans: None,
) -> Report:
    """Good rows some hundred at a time, each lot in its own transaction; refused ones are left out and told."""
    file, report = File(table, rows), Report(applied=True)
    coming = file.coming
    waiting: list[Plan] = []
    for chunk in file.chunks():
        plans = _kept(database, file, chunk, coming, door, act)
        report.plans += plans
        waiting += [p for p in plans if p.waits and p.action != REFUSED]
        told(len(report.plans), plans)
    if waiting:
        database.run(lambda session: refer_to_new(session, table, waiting))
    return report


def _kept(
    database: Database,
    file: File,
    chunk: list[Given],
    coming: frozenset[Key],
    door: Door,
    act: Act,
) -> list[Plan]:
    before = dict(file.seen)

    def work(session: Session, rows: list[Given]) -> list[Plan]:
        check_door(session, file.table, door)
        plans = plan_rows(session, file.table, rows, seen=file.seen, coming=coming)
        write_plans(session, file.table, plans, door=door, act=act)
        return plans

    try:
        return database.run(lambda session: work(session, chunk))
    except DBAPIError:
        file.seen = before
    return [_alone(database, file, row, work) for row in chunk]


def _alone(
    database: Database,
    file: File,
    row: Given,
    work: Callable[[Session, list[Given]], list[Plan]],
) -> Plan:
    """One row that the database may refuse without taking its neighbours with it."""
    try:
        return database.run(lambda session: work(session, [row]))[0]
    except DBAPIError as error:
        sentence = f"The database refuses this row ({error.orig}); nothing of it was kept."
        return Plan(row.number, REFUSED, "", problems=(Problem("", sentence),))
