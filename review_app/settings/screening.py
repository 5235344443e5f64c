"""Restricted-party lists: what is loaded, a file to load, and the log of looks that found something."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy import select

from core.errors import BadInput
from core.lessons.page import people
from core.screening.load import load_list
from core.screening.tables import PartyList, ScreeningRun
from review_app.fragments import go, page
from review_app.here import act, database

MOST = 100


def show() -> Response:
    with database().read() as session:
        lists = session.scalars(select(PartyList).order_by(PartyList.name)).all()
        runs = session.scalars(
            select(ScreeningRun)
            .where(ScreeningRun.best_score > 0)
            .order_by(ScreeningRun.id.desc())
            .limit(MOST)
        ).all()
        actors = {r.actor for r in runs} | {r.released_by for r in runs}
        names = people(session, actors | {row.loaded_by for row in lists})
        return page("screening.html", lists=lists, runs=runs, names=names)


def load() -> Response:
    """The file replaces the list of that name whole; booked orders are looked up anew within a minute."""
    upload, name = request.files.get("file"), request.form.get("name", "")
    if upload is None or not upload.filename:
        raise BadInput("Choose a CSV, TSV or ZIP file.", "file")
    content, source = upload.read(), upload.filename
    by = act()
    row = database().run(lambda session: load_list(session, name, source, content, act=by))
    flash(f"{row.name}: {row.entries} entries are loaded.", "done")
    return go("screening.show")
