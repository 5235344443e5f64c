"""Carries out plans: rows are made and changed, each change is kept with who, when, and by which door."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput, NotAllowed, Stale
from core.masterdata.described import Table
from core.masterdata.found import Given, ids_of, lock
from core.masterdata.keepers import refusal
from core.masterdata.plan import CHANGED, CREATED, REFUSED, Plan, plan_rows
from core.masterdata.proposals import meet
from core.masterdata.select import Row, fetch, of_key, pk_of, version_of
from core.masterdata.tables import MasterChange
from core.masterdata.tell import tell
from core.masterdata.write import set_values


@dataclass(frozen=True, slots=True)
class Door:
    """name: "screen", "import", "rest", "command line", "demo", "desk". run_id: of the file that comes through it."""

    name: str
    run_id: int | None = None


SCREEN, IMPORT, REST, COMMAND_LINE = (
    Door("screen"),
    Door("import"),
    Door("rest"),
    Door("command line"),
)


def put_rows(
    session: Session, table: Table, rows: Sequence[Given], *, door: Door, act: Act
) -> list[Plan]:
    """Plans some hundred rows and writes the good ones. Raises NotAllowed when the table is kept elsewhere."""
    check_door(session, table, door)
    plans = plan_rows(session, table, rows)
    write_plans(session, table, plans, door=door, act=act)
    return plans


def put_one(
    session: Session,
    table: Table,
    values: dict[str, Any],
    *,
    door: Door,
    act: Act,
    version: str | None = None,
    new: bool | None = None,
) -> Plan:
    """One row. version: what the caller saw, Stale when it is another one now; "" when it saw none.

    new: True refuses a row that is there already, False one that is not. Raises BadInput with its first problem; its
    other ones are in `problems` of the error.
    """
    check_door(session, table, door)
    key = [
        values.get(n) if values.get(n) is not None else table.column(n).default for n in table.key
    ]
    there = of_key(session, table, key) if table.key else fetch(session, table, limit=1)
    if there:
        lock(session, table, [row.id for row in there])
    (plan,) = plan_rows(session, table, [Given(1, values)])
    if plan.before is not None and new:
        raise BadInput(
            f"There is a {table.one} of this name already; open it to change it, or choose another name.",
            table.key[0] if table.key else "",
        )
    if version is not None:
        same_version(table, plan.before, version)
    if plan.action == REFUSED:
        raise Refused(plan)
    write_plans(session, table, [plan], door=door, act=act)
    return plan


class Refused(BadInput):
    """The row has problems; nothing was changed. Each is told beside its column."""

    def __init__(self, plan: Plan) -> None:
        first = plan.problems[0]
        super().__init__(first.sentence, first.column)
        self.plan = plan


def same_version(table: Table, row: Row | None, version: str) -> None:
    """Raises Stale when somebody changed, made or removed the row since."""
    now = version_of(table, row.values) if row else ""
    if now != version:
        raise Stale(
            "Somebody changed this in the meantime; nothing of yours was saved. Load it again, look, and repeat your change."
        )


def check_door(session: Session, table: Table, door: Door) -> None:
    sentence = refusal(session, table, door.name)
    if sentence:
        raise NotAllowed(sentence)


def write_plans(
    session: Session,
    table: Table,
    plans: Iterable[Plan],
    *,
    door: Door,
    act: Act,
    action: str = "",
) -> None:
    """Makes and changes what was planned; refused and unchanged rows are left alone.

    action: the word for the history, when it is more than created or changed.
    """
    plans = list(plans)
    if door == REST:
        meet(session, table, plans, act=act)
    doing = [plan for plan in plans if plan.action in (CREATED, CHANGED)]
    if not doing:
        return
    made = [_make(session, table, plan, act) for plan in doing if plan.action == CREATED]
    session.flush()
    for row, plan in made:
        plan.row_id = getattr(row, pk_of(table.model).key)
        if table.made is not None:
            table.made(session, row, act)
    _change(session, table, [plan for plan in doing if plan.action == CHANGED], act)
    refer_to_new(session, table, [plan for plan in doing if plan.waits])
    session.flush()
    tell(
        session,
        table,
        keep_changes(session, table, doing, door=door, act=act, action=action),
        act=act,
    )


def keep_changes(
    session: Session,
    table: Table,
    plans: Sequence[Plan],
    *,
    door: Door,
    act: Act,
    action: str = "",
) -> int:
    """Returns the number of the first change."""
    numbers = session.scalars(
        insert(MasterChange).returning(MasterChange.id),
        [
            {
                "table_name": table.name,
                "row_id": plan.row_id,
                "row_key": plan.key,
                "action": action or plan.action,
                "at": act.at,
                "actor": act.actor,
                "door": door.name,
                "changes": plan.changes,
                "import_run_id": door.run_id,
            }
            for plan in plans
        ],
    )
    return min(numbers)


def _make(session: Session, table: Table, plan: Plan, act: Act) -> tuple[Any, Plan]:
    row = table.model()
    if table.is_single:
        row.id = 1
    values = {n: v for n, v in plan.attributes.items() if not (plan.waits and v is None)}
    (table.write or set_values)(session, row, values, act)
    session.add(row)
    return row, plan


def _change(session: Session, table: Table, plans: Sequence[Plan], act: Act) -> None:
    if not plans:
        return
    pk = pk_of(table.model)
    rows = {
        getattr(row, pk.key): row
        for row in session.scalars(
            select(table.model)
            .where(pk.in_([plan.row_id for plan in plans]))
            .order_by(pk)
            .with_for_update()
        )
    }
    insides = {c.source for c in table.columns if c.inside}
    for plan in plans:
        row = rows[plan.row_id]
        values = {
            n: {**(getattr(row, n) or {}), **v} if n in insides else v
            for n, v in plan.attributes.items()
        }
        (table.write or set_values)(session, row, values, act)


def refer_to_new(session: Session, table: Table, plans: Sequence[Plan]) -> None:
    """Sets references to rows of the same file, as far as these are there by now."""
    if not plans:
        return
    session.flush()
    for ref in table.references:
        if ref.to != table.name:
            continue
        names = {tuple(plan.values[n] for n in ref.columns) for plan in plans}
        ids = ids_of(session, table, names)
        for plan in plans:
            found = ids.get(tuple(plan.values[n] for n in ref.columns))
            if found is not None:
                row = session.get_one(table.model, plan.row_id)
                setattr(row, ref.attribute, found)
