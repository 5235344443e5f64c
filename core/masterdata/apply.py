"""Plans a file's rows some hundred at a time, and keeps all of them, the good ones, or none.

A lot is a transaction of its own, short enough that nobody else who writes waits for long.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from core.act import Act
from core.database import Database
from core.masterdata.checks import Problem
from core.masterdata.described import Table
from core.masterdata.found import Given, key_of
from core.masterdata.plan import REFUSED, Plan, plan_rows
from core.masterdata.put import Door, check_door, refer_to_new, write_plans

CHUNK, FIRST, LEAST = 500, 100, 25
"""Rows of a lot: at most, at first, and on a busy machine."""
LOT_SECONDS = 0.3
"""How long a lot should take, and hold the write lock of SQLite; the next one has more or fewer rows by it."""
PAUSE = 0.12
"""Seconds between lots on SQLite: who waits for its write lock looks again every 0.1 seconds."""

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

    @property
    def first_that_refers(self) -> int:
        """Index of the first row that may wait for another one of the file; such rows stand last."""
        own = [n for ref in self.table.references if ref.to == self.table.name for n in ref.columns]
        found = (i for i, r in enumerate(self.rows) if any(r.values.get(n) for n in own))
        return next(found, len(self.rows))

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


def apply_lots(
    database: Database,
    table: Table,
    rows: list[Given],
    *,
    door: Door,
    act: Act,
    whole: bool = False,
    after: int = 0,
    told: Told = lambda done, plans: None,
) -> Report:
    """Good rows lot by lot; refused ones are left out and told.

    whole: the first refused row ends it, with its lot left out; what earlier lots kept is for the caller to take back.
    Done again after it was cut off, it finds its rows unchanged and goes on. after: so many rows are done already; they
    are not looked at again, unless they refer to rows of the same file.
    """
    file, report = File(table, rows), Report(applied=True)
    coming = file.coming
    after = min(after, file.first_that_refers)
    file.seen = {key_of(table, row): row.number for row in rows[:after]}
    waiting: list[Plan] = []
    at, size = after, min(FIRST, CHUNK)
    while at < len(rows):
        begun = time.monotonic()
        chunk = rows[at : at + size]
        plans = _kept(database, file, chunk, coming, door, act, whole)
        report.plans += plans
        if whole and report.refused:
            report.applied = False
            return report
        waiting += [p for p in plans if p.waits and p.action != REFUSED]
        at += len(chunk)
        faster = LOT_SECONDS / (time.monotonic() - begun)
        size = min(CHUNK, max(LEAST, int(size * min(2, faster))))
        told(at, plans)
        breathe(database)
    for start in range(0, len(waiting), CHUNK):
        some = waiting[start : start + CHUNK]
        database.run(lambda session, some=some: refer_to_new(session, table, some))  # type: ignore[misc]
    return report


def breathe(database: Database) -> None:
    """Lets others write."""
    if database.engine.dialect.name == "sqlite":
        time.sleep(PAUSE)


def _kept(
    database: Database,
    file: File,
    chunk: list[Given],
    coming: frozenset[Key],
    door: Door,
    act: Act,
    whole: bool,
) -> list[Plan]:
    def work(session: Session, rows: list[Given]) -> tuple[list[Plan], dict[Key, int]]:
        check_door(session, file.table, door)
        seen = dict(file.seen)  # done again, it must not meet its own rows
        plans = plan_rows(session, file.table, rows, seen=seen, coming=coming)
        if not (whole and any(plan.action == REFUSED for plan in plans)):
            write_plans(session, file.table, plans, door=door, act=act)
        return plans, seen

    def alone(row: Given) -> Plan:
        """One row that the database may refuse without taking its neighbours with it."""
        try:
            (plan,), file.seen = database.run(lambda session: work(session, [row]))
        except DBAPIError as error:
            sentence = f"The database refuses this row ({error.orig}); nothing of it was kept."
            return Plan(row.number, REFUSED, "", problems=(Problem("", sentence),))
        return plan

    try:
        plans, file.seen = database.run(lambda session: work(session, chunk))
    except DBAPIError:
        if whole:
            raise
        return [alone(row) for row in chunk]
    return plans
