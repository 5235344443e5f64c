"""Rows that the desk added to tables of the ERP: listed, met by what the ERP sends, or settled by a person.

The row itself counts from the moment it was added: orders go to the new place. What the ERP sends under the same natural
key, or (where a table says what makes two rows alike) for the same thing under another key, is this row from then on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput, IllegalStep, NotFound
from core.masterdata.described import Table
from core.masterdata.every import TABLES
from core.masterdata.history import people
from core.masterdata.note import OPEN, REFUSED, TAKEN
from core.masterdata.plan import CHANGED, CREATED, Plan
from core.masterdata.plan import REFUSED as NOT_GOOD
from core.masterdata.select import Row, Shape, as_json, fetch, pk_of
from core.masterdata.tables import MasterProposal

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Proposal:
    """values: the row as it is now, as JSON; None when it is no more. who: the person's name."""

    id: int
    table: Table
    key: str
    action: str
    state: str
    who: str
    at: datetime
    reason: str
    values: dict[str, Any] | None


def proposals(
    session: Session,
    tables: Iterable[Table],
    *,
    after: int = 0,
    limit: int = 200,
    states: Sequence[str] = (OPEN, REFUSED),
) -> tuple[Proposal, ...]:
    """Those of these tables that still need somebody, oldest first. after: id of a proposal."""
    names = [table.name for table in tables]
    rows = session.scalars(
        select(MasterProposal)
        .where(
            MasterProposal.table_name.in_(names),
            MasterProposal.state.in_(states),
            MasterProposal.id > after,
        )
        .order_by(MasterProposal.id)
        .limit(limit)
    ).all()
    return _shown(session, rows)


def proposal_of(session: Session, table: Table, row_id: int) -> Proposal | None:
    """The row's own, while it is open or refused."""
    rows = session.scalars(
        select(MasterProposal)
        .where(
            MasterProposal.table_name == table.name,
            MasterProposal.row_id == row_id,
            MasterProposal.state.in_((OPEN, REFUSED)),
        )
        .order_by(MasterProposal.id.desc())
        .limit(1)
    ).all()
    return next(iter(_shown(session, rows)), None)


def waiting(session: Session) -> dict[str, int]:
    """How many rows the ERP does not have yet, by table name."""
    query = (
        select(MasterProposal.table_name, func.count())
        .where(MasterProposal.state.in_((OPEN, REFUSED)))
        .group_by(MasterProposal.table_name)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def is_proposed(shape: Shape) -> ColumnElement[bool]:
    """Rows that the ERP does not have yet."""
    return exists().where(
        MasterProposal.table_name == shape.table.name,
        MasterProposal.row_id == shape.pk,
        MasterProposal.state.in_((OPEN, REFUSED)),
    )


def settle(session: Session, number: int, state: str, reason: str, *, act: Act) -> MasterProposal:
    """A person or the ERP says that it was taken over, or why not. Raises NotFound, BadInput and IllegalStep."""
    row = session.get(MasterProposal, number, with_for_update=True)
    if row is None:
        raise NotFound("There is no such proposal.")
    if state not in (TAKEN, REFUSED):
        raise BadInput("A proposal is taken or refused.", "state")
    reason = reason.strip()
    if state == REFUSED and not 1 <= len(reason) <= LONGEST_REASON:
        raise BadInput(
            f"Say in at most {LONGEST_REASON} characters why it is refused; a clerk reads it.",
            "reason",
        )
    if row.state not in (OPEN, REFUSED, state):
        raise IllegalStep(f"This proposal is {row.state} already; nothing was changed.")
    row.state, row.reason = state, reason if state == REFUSED else ""
    row.settled_by, row.settled_at = act.actor, act.at
    session.flush()
    return row


def settle_all(session: Session, table: Table, *, act: Act) -> None:
    """The ERP is no longer the master of the table: what waited is simply a row of ours."""
    for row in _waiting(session, table):
        row.state, row.settled_by, row.settled_at = TAKEN, act.actor, act.at


def meet(session: Session, table: Table, plans: Sequence[Plan], *, act: Act) -> None:
    """What the ERP sends meets what waits: a new row that is alike becomes the row that is there; both are settled."""
    waits = {row.row_id: row for row in _waiting(session, table)}
    if not waits:
        return
    for plan in _new_ones(table, plans):
        row = _alike(session, table, plan, waits)
        if row is not None:
            _become(table, plan, row)
    for plan in plans:
        met = waits.get(plan.row_id or 0)
        if met is not None and plan.action != NOT_GOOD:
            met.state, met.row_key = TAKEN, plan.key
            met.settled_by, met.settled_at = act.actor, act.at


def _new_ones(table: Table, plans: Sequence[Plan]) -> list[Plan]:
    return [plan for plan in plans if plan.action == CREATED] if table.alike else []


def _alike(
    session: Session, table: Table, plan: Plan, waits: dict[int, MasterProposal]
) -> Row | None:
    ids = [row.row_id for row in waits.values() if row.action == "created"]
    found = fetch(session, table, pk_of(table.model).in_(ids))
    wanted = _looks(table, plan.values)
    return next((row for row in found if _looks(table, row.values) == wanted), None)


def _looks(table: Table, values: dict[str, Any]) -> tuple[str, ...]:
    """However it is spaced and in whatever case."""
    return tuple("".join(str(values[n] or "").casefold().split()) for n in table.alike)


def _become(table: Table, plan: Plan, row: Row) -> None:
    """The plan of a new row as a change of this one: orders that name it keep it."""
    old, new = as_json(table, row.values), as_json(table, plan.values)
    plan.action, plan.row_id, plan.before = CHANGED, row.id, row
    plan.changes = {n: [old[n], new[n]] for n in new if old[n] != new[n]}


def _waiting(session: Session, table: Table) -> Sequence[MasterProposal]:
    return session.scalars(
        select(MasterProposal)
        .where(MasterProposal.table_name == table.name, MasterProposal.state.in_((OPEN, REFUSED)))
        .order_by(MasterProposal.id)
        .with_for_update()
    ).all()


def _shown(session: Session, rows: Sequence[MasterProposal]) -> tuple[Proposal, ...]:
    names = people(session, {row.actor for row in rows})
    now: dict[tuple[str, int], dict[str, Any]] = {}
    keys: dict[tuple[str, int], str] = {}
    for name in {row.table_name for row in rows}:
        table = TABLES[name]
        ids = [row.row_id for row in rows if row.table_name == name]
        for found in fetch(session, table, pk_of(table.model).in_(ids)):
            now[name, found.id] = as_json(table, found.values)
            keys[name, found.id] = found.key(table)
    return tuple(
        Proposal(
            row.id,
            TABLES[row.table_name],
            keys.get((row.table_name, row.row_id), row.row_key),
            row.action,
            row.state,
            names[row.actor],
            row.at,
            row.reason,
            now.get((row.table_name, row.row_id)),
        )
        for row in rows
    )
