"""Restricted-party lists: what is loaded, a file to load, and the log of looks that found something."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, flash, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.strictness import rules_for
from core.errors import BadInput
from core.lessons.page import people
from core.orders.screen import CODE
from core.orders.tables import Hold, Order
from core.screening.load import load_list
from core.screening.tables import PartyList, ScreeningRun
from review_app.fragments import go, page
from review_app.here import act, database

MOST = 100


def show() -> Response:
    every = request.args.get("looks") == "all"
    with database().read() as session:
        lists = session.scalars(select(PartyList).order_by(PartyList.name)).all()
        wanted = select(ScreeningRun).order_by(ScreeningRun.id.desc()).limit(MOST)
        if not every:
            wanted = wanted.where(ScreeningRun.best_score > 0)
        runs = session.scalars(wanted).all()
        actors = {r.actor for r in runs} | {r.released_by for r in runs}
        return page(
            "screening.html",
            lists=lists,
            runs=runs,
            every=every,
            most=MOST,
            names=people(session, actors | {row.loaded_by for row in lists}),
            least=rules_for(session, None).limit(CODE, "score"),
            orders=_orders(session, runs),
            held=_held(session, runs),
        )


def _orders(session: Session, runs: Sequence[ScreeningRun]) -> dict[int, str]:
    """Numbers of the orders that were looked up, by id."""
    ids = {r.subject_id for r in runs if r.subject == Order.SUBJECT}
    rows = session.scalars(select(Order).where(Order.id.in_(ids)))
    return {order.id: order.number for order in rows}


def _held(session: Session, runs: Sequence[ScreeningRun]) -> set[int]:
    """The orders among them whose hold still waits for a person."""
    ids = {r.subject_id for r in runs if r.subject == Order.SUBJECT}
    return set(
        session.scalars(
            select(Hold.order_id).where(
                Hold.order_id.in_(ids), Hold.code == CODE, Hold.status == "active"
            )
        )
    )


def load() -> Response:
    """The file replaces the list of that name whole; booked orders are looked up anew within a minute."""
    upload, name = request.files.get("file"), request.form.get("name", "")
    if upload is None or not upload.filename:
        raise BadInput("Choose a CSV, TSV or ZIP file.", "file")
    content, source = upload.read(), upload.filename
    by = act()
    row = database().run(lambda session: load_list(session, name, source, content, act=by))
    entries = "1 entry is" if row.entries == 1 else f"{row.entries:,} entries are"
    flash(f"{row.name}: {entries} loaded; waiting orders are looked up within a minute.", "done")
    return go("screening.show")
