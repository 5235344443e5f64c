"""A clerk's change of a booked order: applied when nothing stands in its way, else a draft on the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.act import Act
from core.drafts.change.own import Changed, change_order, open_change
from core.drafts.gate import open_problems
from core.drafts.reasons import problem_sentence
from core.errors import BadInput
from core.orders.change import LineChange
from review_app.forms import amount, day, sentence
from review_app.fragments import go
from review_app.here import act, database
from review_app.orders.steps import load


def change(order_id: int) -> Response:
    """Inputs "quantity.<line>", "price.<line>" and "date.<line>" that are filled; what waits is shown on the desk."""
    changes = changes_of(request.form)
    if not changes:
        raise BadInput("Enter something new for at least one line.", "quantity")
    reason, by = sentence("reason", "Say why the order changes."), act()
    done, first = database().run(lambda s: _change(s, order_id, changes, reason, by))
    if done.applied:
        flash("The order is changed; the customer gets a new acknowledgement.", "done")
        return go("orders.order", order_id=order_id)
    flash(f"Nothing of the order has changed yet: the change waits here. {first}", "done")
    return go("workbench.show", draft_id=done.draft.id)


def _change(
    session: Session, order_id: int, changes: tuple[LineChange, ...], reason: str, by: Act
) -> tuple[Changed, str]:
    """What became of it, and the first thing that stands in its way."""
    done = change_order(session, load(session, order_id), changes, reason, act=by)
    waits = [] if done.applied else open_problems(session, done.draft, by.at)
    return done, problem_sentence(waits[0].code, waits[0].facts) if waits else ""


def open_whole(order_id: int) -> Response:
    """The whole order as a change draft on the desk: goods, prices, days and place."""
    by = act()
    draft = database().run(lambda s: open_change(s, load(s, order_id), act=by))
    flash(
        "Change what the customer wants changed, then confirm; until then the order stays.", "done"
    )
    return go("workbench.show", draft_id=draft.id)


def _quantity(line: LineChange, name: str, values: Mapping[str, str]) -> LineChange:
    return replace(line, quantity=amount(name, "quantity", values))


def _price(line: LineChange, name: str, values: Mapping[str, str]) -> LineChange:
    return replace(line, price=amount(name, "price", values))


def _date(line: LineChange, name: str, values: Mapping[str, str]) -> LineChange:
    return replace(line, requested_date=day(name, values))


TAKE = {"quantity": _quantity, "price": _price, "date": _date}


def changes_of(values: Mapping[str, str]) -> tuple[LineChange, ...]:
    """By line what is filled in."""
    found: dict[int, LineChange] = {}
    for name, text in values.items():
        kind, _, line = name.partition(".")
        if kind not in TAKE or not line.isdigit() or not text.strip():
            continue
        before = found.get(int(line), LineChange(int(line)))
        found[int(line)] = TAKE[kind](before, name, values)
    return tuple(found.values())
