"""What the desk added to tables of the ERP and the ERP does not have yet: a list to work off."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.errors import NotAllowed
from core.masterdata.every import TABLES
from core.masterdata.note import TAKEN
from core.masterdata.proposals import proposals, settle
from review_app.forms import words
from review_app.fragments import go, page
from review_app.here import act, database
from review_app.masterdata.lists import may_edit

MOST = 200


def show() -> Response:
    with database().read() as session:
        found = proposals(session, TABLES.values(), limit=MOST)
    names = dict.fromkeys(p.table.name for p in found)
    return page(
        "md_proposals.html", proposals=found, tables=[TABLES[n] for n in names], may_edit=may_edit
    )


def close(number: int) -> Response:
    """By hand, where the ERP does not answer itself: it has the row, or it will not have it, and why."""
    by, state, reason = act(), request.form.get("state", TAKEN), words("reason", 500)

    def work(session: Session) -> None:
        row = settle(session, number, state, reason, act=by)
        if not may_edit(TABLES[row.table_name]):
            raise NotAllowed("Your role does not change this table; nothing was changed.")

    database().run(work)
    flash("Kept.", "done")
    return go("proposals.show")
