"""The steps of an order as its screen offers them: name -> (parse the form, call the verb, say what was done)."""

from __future__ import annotations

from collections.abc import Callable

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from core.act import Act
from core.drafts.leaving import lift, look_over
from core.errors import NotFound
from core.execution.allocate import allocate
from core.execution.deallocate import deallocate
from core.execution.release import release
from core.orders import close as closing
from core.orders import hold as holds
from core.orders.acknowledge import acknowledge
from core.orders.consent import agree
from core.orders.delivery import Wish, set_delivery
from core.orders.expedite import refuse_expedite
from core.orders.repromise import repromise
from core.orders.tables import Hold, Order
from core.promising.agreed import READ
from review_app.forms import end_of_day, sentence, words
from review_app.here import act, database, whole_number
from review_app.orders.changes import CHANGES

Step = Callable[[Session, Order, Act], str]


def load(session: Session, order_id: int) -> Order:
    order = session.get(Order, order_id)
    if order is None:
        raise NotFound(f"There is no order {order_id}.")
    return order


def _allocate(session: Session, order: Order, by: Act) -> str:
    allocate(session, order, act=by)
    return "Stock is allocated."


def _deallocate(session: Session, order: Order, by: Act) -> str:
    deallocate(session, order, act=by)
    return "The allocation is given back."


def _release(session: Session, order: Order, by: Act) -> str:
    shipments = release(session, order, act=by)
    return f"Released to the warehouse: {', '.join(s.number for s in shipments)}."


def look(order_id: int) -> None:
    """Before goods are released, in a transaction of its own: what is not right any more is held, also when the release
    is refused for it."""
    by = act()
    database().run(lambda session: look_over(session, load(session, order_id), act=by))


def _hold(session: Session, order: Order, by: Act) -> str:
    kind = request.form.get("kind", "")
    reason = sentence("reason", "Say why the order is held.")
    holds.place(session, order, kind, reason, tuple(request.form.getlist("stops")), act=by)
    return "The hold is placed."


def _hold_of(session: Session, order: Order) -> Hold:
    hold = session.get(Hold, whole_number("hold_id"))
    if hold is None or hold.order_id != order.id:
        raise NotFound("This order has no such hold.")
    return hold


def _agree(session: Session, order: Order, by: Act) -> str:
    hold, document_id = _hold_of(session, order), whole_number("document_id")
    revision = order.revision
    agree(session, order, hold, document_id, words("reason", 400), act=by)
    if order.revision > revision:
        return "The customer agrees, and their change is settled with it; the acknowledgement goes out."
    return "The customer agrees; the order may go. Acknowledge again to confirm it."


def _lift(session: Session, order: Order, by: Act) -> str:
    hold = _hold_of(session, order)
    reason, until = sentence("reason", "Say why the hold is lifted."), end_of_day("until")
    if lift(session, order, hold, reason, until, act=by) is None:
        return "The hold is lifted: its cause is gone."
    return "The hold is lifted."


def _refuse_expedite(session: Session, order: Order, by: Act) -> str:
    reason = sentence("reason", "Say what the supplier said.")
    refuse_expedite(session, order, whole_number("expedite_id"), reason, act=by)
    return "The receipt counts on its own day again; ask the dates again to see what slips."


def _close(session: Session, order: Order, by: Act) -> str:
    closing.close(session, order, act=by)
    return "The order is closed."


def _reopen(session: Session, order: Order, by: Act) -> str:
    closing.reopen(session, order, act=by)
    return "The order is open again."


def _acknowledge(session: Session, order: Order, by: Act) -> str:
    acknowledge(session, order, act=by)
    return "The acknowledgement goes out again."


def _repromise(session: Session, order: Order, by: Act) -> str:
    repromise(session, order, "asked again by hand", act=by)
    return "The order has new dates. Acknowledge again to tell the customer."


def wish_of(given: MultiDict[str, str]) -> Wish:
    """Lines that are ticked form the named group; none ticked leaves it as it is."""
    ids = tuple(int(i) for i in given.getlist("line_id") if i.isascii() and i.isdigit())
    group = given.get("group", "").strip()
    return Wish(
        group,
        {name: given.get(name, "") for name in READ},
        ids if group and ids else None,
        dissolve=given.get("dissolve") == "yes",
    )


def _set_delivery(session: Session, order: Order, by: Act) -> str:
    event = set_delivery(session, order, wish_of(request.form), words("reason", 400), act=by)
    moved = any(name.endswith((" arrival", " parts")) for name in event.changes)
    return (
        "The terms are kept and the order has new dates. Acknowledge again to tell the customer."
        if moved
        else "The terms are kept; every date holds under them."
    )


STEPS: dict[str, Step] = {
    "allocate": _allocate,
    "deallocate": _deallocate,
    "release": _release,
    "repromise": _repromise,
    "set_delivery": _set_delivery,
    "hold": _hold,
    "lift": _lift,
    "agree": _agree,
    "refuse_expedite": _refuse_expedite,
    "close": _close,
    "reopen": _reopen,
    "acknowledge": _acknowledge,
    **CHANGES,
}
