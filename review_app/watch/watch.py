"""Slips by cause: a planner looks, accepts new dates one by one or by cause, or keeps a date and sees to the goods."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.act import Act
from core.correspondence.notice_page import drafted_notices
from core.errors import IllegalStep, NotFound, Stale
from core.watch.decide import accept, refuse
from core.watch.page import TABS, slips_of, watch_page
from core.watch.tables import PromiseSlip
from review_app.forms import sentence, words
from review_app.fragments import go, page
from review_app.here import act, database
from review_app.steps import take


def show() -> Response:
    tab = _tab()
    with database().read() as session:
        found = watch_page(session, tab)
        mails = drafted_notices(session) if tab == "mails" else ()
    return page("watch.html", block="rows", found=found, tab=tab, mails=mails)


def _tab() -> str:
    tab = request.values.get("tab", "slips")
    return tab if tab in (*TABS, "mails") else "slips"


def _accept(session: Session, slip: PromiseSlip, by: Act) -> str:
    accept(session, slip, words("reason", 2000), act=by)
    return "The new date is promised. Its mail waits under Mails."


def _refuse(session: Session, slip: PromiseSlip, by: Act) -> str:
    reason = sentence("reason", "Say what is done so that the date can be kept.")
    refuse(session, slip, reason, hold=bool(request.form.get("hold")), act=by)
    return "The date stays; the line is listed under To expedite."


STEPS = {"accept": _accept, "refuse": _refuse}


def step(slip_id: int, verb: str) -> Response:
    take(STEPS, verb, lambda session: _slip(session, slip_id))
    return go("watch.show", tab=_tab())


def _slip(session: Session, slip_id: int) -> PromiseSlip:
    slip = session.get(PromiseSlip, slip_id)
    if slip is None:
        raise NotFound("There is no such slip.")
    return slip


def accept_cause() -> Response:
    """Every slip of one cause, each in a transaction of its own: what changed meanwhile stays for a second look."""
    cause, kind, by = words("cause", 64), TABS[_tab()][0], act()
    with database().read() as session:
        ids = slips_of(session, cause, kind)
    taken, left = 0, list[str]()
    for slip_id in ids:
        one = by.under(f"slip-{slip_id}")

        def work(session: Session, slip_id: int = slip_id, one: Act = one) -> None:
            accept(session, _slip(session, slip_id), act=one)

        try:
            database().run(work)
            taken += 1
        except (Stale, IllegalStep) as error:
            left.append(error.sentence)
    said = f"{taken} new date{'s' if taken != 1 else ''} accepted; the mails wait under Mails."
    flash(said + (f" {len(left)} changed in the meantime: {left[0]}" if left else ""), "done")
    return go("watch.show", tab=_tab())
