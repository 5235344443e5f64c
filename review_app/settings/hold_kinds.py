"""Who may place and lift holds by hand: the kinds, and one kind with its form and what was changed of it."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.agreements.defaults import HOLDS
from core.agreements.hold_people import hold_people
from core.errors import NotFound
from core.masterdata.every import table_named
from core.masterdata.history import changes_of
from core.masterdata.keys import write_key
from core.masterdata.put import SCREEN, put_one
from core.masterdata.remove import remove_one
from core.masterdata.select import of_key
from core.orders.hold import KINDS
from core.people.may import who
from core.people.tables import DUTIES, ROLES
from review_app.fragments import go, page
from review_app.here import act, database

TABLE = "hold-kinds"
USUAL = {row.kind: row for row in HOLDS}


def show() -> Response:
    with database().read() as session:
        rows = hold_people(session)
    return page(
        "hold_kinds.html",
        rows=tuple(
            (row, who(row.place_roles), who(row.lift_roles), row != USUAL[kind])
            for kind, row in rows.items()
        ),
        stops=KINDS,
    )


def one(kind: str) -> Response:
    _require(kind)
    with database().read() as session:
        table = table_named(TABLE)
        return page(
            "hold_kind.html",
            row=hold_people(session)[kind],
            stops=KINDS[kind],
            people=(*ROLES, *DUTIES),
            chosen=bool(of_key(session, table, (kind,))),
            changes=changes_of(session, table, row_key=write_key((kind,)), limit=12),
        )


def save(kind: str) -> Response:
    """Keeps what was ticked, or goes back to what the program comes with; it counts for the next hold or lift."""
    _require(kind)
    by = act()

    def back(session: Session) -> None:
        remove_one(session, table_named(TABLE), [kind], door=SCREEN, act=by)

    def keep(session: Session) -> None:
        ticked = {
            f"{verb}_roles": [r for r in request.form.getlist(verb) if r in (*ROLES, *DUTIES)]
            for verb in ("place", "lift")
        }
        put_one(session, table_named(TABLE), {"kind": kind, **ticked}, door=SCREEN, act=by)

    if request.form.get("back"):
        database().run(back)
        flash(f"A {kind} hold is as it comes again.", "done")
    else:
        database().run(keep)
        flash("Kept; it counts from the next hold on, and for lifting those that stand.", "done")
    return go("hold_kinds.one", kind=kind)


def _require(kind: str) -> None:
    if kind not in KINDS:
        raise NotFound(f"There is no kind of hold {kind!r}.")
