"""Lead times that reality keeps missing, with the figure that would have held, taken with one key."""

from __future__ import annotations

from flask import Response, flash

from core.insight.better_figure import take_better_figure
from core.insight.lead_times import missed_lead_times
from core.values import utc_now
from core.watch.page import counted
from review_app.forms import words
from review_app.fragments import go, page
from review_app.here import act, database, whole_number


def show() -> Response:
    with database().read() as session:
        found = missed_lead_times(session, now=utc_now())
        counts = counted(session)
    return page("lead_times.html", found=found, counts=counts)


def take() -> Response:
    by, key, better = act(), words("missed", 600), whole_number("better")
    database().run(lambda session: take_better_figure(session, key, better, act=by))
    flash("The better figure counts from the next promise on; the table's history says so.", "done")
    return go("lead_times.show")
