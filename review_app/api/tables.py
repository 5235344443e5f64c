"""Master data by REST: list, one, put, patch, delete, and many at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from typing import Any

from flask import Response, request
from sqlalchemy.orm import Session

from core.act import Act
from core.errors import BadInput, NotFound
from core.masterdata.apply import apply_within
from core.masterdata.as_of import row_as_of
from core.masterdata.described import Table
from core.masterdata.every import table_named
from core.masterdata.history import changed_since
from core.masterdata.incoming import given_json, row_json
from core.masterdata.keys import read_key
from core.masterdata.plan import CREATED, REFUSED, Plan, plan_rows
from core.masterdata.put import REST, Refused, check_door, put_one, write_plans
from core.masterdata.remove import remove_one
from core.masterdata.select import (
    Row,
    fetch,
    of_key,
    searched,
    shape_of,
    typed_filters,
    typed_key,
    version_of,
)
from core.people.tokens import Caller
from review_app.api.door import Answer, answer, body, write
from review_app.here import database

PAGE, MOST = 100, 500
MOST_ROWS = 1_000
RESERVED = ("limit", "cursor", "changed_since", "q")


def rows(table: str) -> Response:
    return answer(lambda caller: _rows(caller, table_named(table)))


def one(table: str, key: str) -> Response:
    return answer(lambda caller: _one(caller, table_named(table), key))


def put(table: str, key: str) -> Response:
    return answer(lambda caller: _put(caller, table_named(table), key, new=None))


def patch(table: str, key: str) -> Response:
    return answer(lambda caller: _put(caller, table_named(table), key, new=False))


def delete(table: str, key: str) -> Response:
    return answer(lambda caller: _delete(caller, table_named(table), key))


def put_many(table: str) -> Response:
    return answer(lambda caller: _put_many(caller, table_named(table)))


def _rows(caller: Caller, table: Table) -> Answer:
    caller.require("read", table.group)
    limit, after = page_asked()
    shape = shape_of(table)
    filters = {n: v for n, v in request.args.items() if n not in RESERVED}
    where = searched(shape, request.args.get("q", "")[:100], typed_filters(table, filters))
    since = instant_asked()
    if since is not None:
        where.append(changed_since(shape, since))
    with database().read() as session:
        found = fetch(
            session,
            table,
            *where,
            shape.pk > after,
            shape=shape,
            order=(shape.pk,),
            limit=limit + 1,
        )
    some = found[:limit]
    following = str(some[-1].id) if len(found) > limit else None
    return Answer({"rows": [row_json(table, row) for row in some], "next": following})


def _one(caller: Caller, table: Table, key: str) -> Answer:
    caller.require("read", table.group)
    at = instant_asked("as_of")
    with database().read() as session:
        row = _row(session, table, key)
        then = row if at is None else row_as_of(session, table, row.id, at)
    if then is None:
        raise NotFound(f"This {table.one} was not there then.")
    row = then
    version = version_of(table, row.values)
    if version in tags("If-None-Match"):
        return Answer(None, 304, {"ETag": f'"{version}"'})
    return Answer(row_json(table, row), headers={"ETag": f'"{version}"'})


def _put(caller: Caller, table: Table, key: str, *, new: bool | None) -> Answer:
    caller.require("write", table.group)
    parts = typed_key(table, read_key(key, len(table.key)))
    given = given_json(table, 1, body())
    for name, part in zip(table.key, parts, strict=True):
        if given.values.setdefault(name, part) != part:
            raise BadInput(f"{name} differs from the address; leave it out of the body.", name)
    if given.problems:
        raise Refused(Plan(1, REFUSED, key, problems=given.problems))
    versions = tags("If-Match")

    def work(session: Session, act: Act) -> Answer:
        there = _there(session, table, parts)
        if new is False and not there:
            raise NotFound(f"There is no such {table.one}; put it to make it. Nothing was changed.")
        version = _version_wanted(table, there, versions)
        only_new = True if "*" in tags("If-None-Match") else None
        plan = put_one(
            session, table, given.values, door=REST, act=act, version=version, new=only_new
        )
        (row,) = _there(session, table, parts)[:1]
        headers = {"ETag": f'"{version_of(table, row.values)}"'}
        return Answer(row_json(table, row), 201 if plan.action == CREATED else 200, headers)

    return write(caller, work)


def _delete(caller: Caller, table: Table, key: str) -> Answer:
    caller.require("write", table.group)
    parts: list[Any] = typed_key(table, read_key(key, len(table.key)))
    versions = tags("If-Match")

    def work(session: Session, act: Act) -> Answer:
        version = _version_wanted(table, _there(session, table, parts), versions)
        done = remove_one(session, table, parts, door=REST, act=act, version=version)
        return Answer({"outcome": done})

    return write(caller, work)


def _put_many(caller: Caller, table: Table) -> Answer:
    """mode "all": every row or none; "valid": the good ones."""
    caller.require("write", table.group)
    sent = body()
    found, mode = sent.get("rows"), sent.get("mode", "all")
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise BadInput('Send {"rows": [{…}, …], "mode": "all" or "valid"}.', "rows")
    if not 1 <= len(found) <= MOST_ROWS:
        raise BadInput(f"Send 1 to {MOST_ROWS} rows at a time.", "rows")
    if mode not in ("all", "valid"):
        raise BadInput("The mode is all or valid.", "mode")
    given = [given_json(table, n, row) for n, row in enumerate(found, 1)]

    def work(session: Session, act: Act) -> Answer:
        if mode == "valid":
            check_door(session, table, REST)
            plans = plan_rows(session, table, given)
            write_plans(session, table, plans, door=REST, act=act)
        else:
            plans = apply_within(session, table, given, door=REST, act=act).plans
            if any(p.action == REFUSED for p in plans):
                raise SomeRefused(plans)
        return Answer({"results": results(plans)})

    try:
        return write(caller, work)
    except SomeRefused as error:
        return Answer({"results": results(error.plans)}, 422)


class SomeRefused(Exception):
    """Ends the transaction of a batch of which every row was to be good."""

    def __init__(self, plans: Sequence[Plan]) -> None:
        super().__init__()
        self.plans = plans


def results(plans: Sequence[Plan]) -> list[dict[str, Any]]:
    return [
        {
            "row": plan.number,
            "key": plan.key,
            "outcome": plan.action,
            "problems": [{"column": p.column, "sentence": p.sentence} for p in plan.problems],
        }
        for plan in sorted(plans, key=lambda p: p.number)
    ]


def page_asked() -> tuple[int, int]:
    """(rows, cursor) as asked for. Raises BadInput."""
    limit, cursor = request.args.get("limit", str(PAGE)), request.args.get("cursor", "0")
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:6]) <= MOST):
        raise BadInput(f"The limit is a number from 1 to {MOST}.", "limit")
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 18):
        raise BadInput("This is no cursor; take “next” of the page before.", "cursor")
    return int(limit), int(cursor)


def instant_asked(name: str = "changed_since") -> datetime | None:
    text = request.args.get(name, "").replace(" ", "+")
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput("Write the instant like 2026-11-22T08:30:00Z.", name) from None
    return found if found.tzinfo else found.replace(tzinfo=timezone.utc)


def tags(header: str) -> tuple[str, ...]:
    """The versions of If-Match or If-None-Match, without their quotes."""
    found = request.headers.get(header, "")
    return tuple(t.strip().removeprefix("W/").strip('"') for t in found.split(",") if t.strip())


def _version_wanted(table: Table, there: Sequence[Row], versions: tuple[str, ...]) -> str | None:
    """The version that must still be; None when the caller does not mind."""
    if not versions or ("*" in versions and there):
        return None
    now = version_of(table, there[0].values) if there else ""
    return now if now in versions else versions[0]


def _there(session: Session, table: Table, parts: Sequence[Any]) -> list[Row]:
    return of_key(session, table, parts) if table.key else fetch(session, table, limit=1)


def _row(session: Session, table: Table, key: str) -> Row:
    found = _there(session, table, typed_key(table, read_key(key, len(table.key))))
    if not found:
        raise NotFound(f"There is no such {table.one}.")
    return found[0]
