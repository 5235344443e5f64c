"""Orders: the list, one order with everything that hangs on it, and the steps that it allows."""

from __future__ import annotations

from flask import Response, request

from core.drafts.change.revised import waiting_changes
from core.errors import BadInput
from core.orders.change import preview_change, preview_days
from core.orders.days_ahead import DaysAhead
from core.orders.delivery import preview_delivery
from core.orders.hold import placeable
from core.orders.page import VIEWS, order_page
from core.orders.promises import order_promises
from core.orders.timeline import timeline
from core.orders.view import order_view
from core.values import utc_now
from core.watch.page import slips_of_order
from review_app.choosing import chosen_customer
from review_app.fragments import go, page
from review_app.here import database, me, page_number
from review_app.orders.own_change import changes_of
from review_app.orders.steps import STEPS, load, look, wish_of
from review_app.show import today
from review_app.steps import take


def show() -> Response:
    """The list of orders by named view, customer and words."""
    with database().read() as session:
        customer = chosen_customer(session, request.args.get("customer", ""))
        found = order_page(
            session,
            view=request.args.get("view", "open"),
            search=request.args.get("text", "")[:100],
            customer_id=customer.id if customer else None,
            today=today(),
            page=page_number(),
        )
    return page(
        "orders.html",
        block="rows",
        found=found,
        pages=max(1, -(-found.total // found.page_size)),
        views=tuple(VIEWS),
        view=request.args.get("view", "open"),
    )


def order(order_id: int) -> Response:
    with database().read() as session:
        view = order_view(session, order_id)
        rows = timeline(session, order_id)
        promises = order_promises(session, order_id)
        slips = slips_of_order(session, order_id)
        changes = waiting_changes(session, order_id)
        hold_kinds = placeable(session, f"user:{me().user_id}")
    return page(
        "order.html",
        order=view,
        timeline=rows,
        promises=promises,
        slips=slips,
        changes=changes,
        hold_kinds=hold_kinds,
    )


def ahead(order_id: int) -> Response:
    """What is typed in would do, by stage and to the promised days, before anything is done."""
    refused, said = "", []
    days: tuple[DaysAhead, ...] = ()
    with database().read() as session:
        try:
            row, changes = load(session, order_id), changes_of(request.args)
            found = preview_change(session, row, changes)
            said = [(told.sentence, told.blocking) for told in found]
            if not any(told.blocking for told in found):
                days = preview_days(session, row, changes, now=utc_now())
        except BadInput as error:
            refused = error.sentence
    return page("order_ahead.html", said=said, refused=refused, days=days)


def terms_ahead(order_id: int) -> Response:
    """The days of all open lines under the terms and groups that are typed in, before they are agreed."""
    refused = ""
    days: tuple[DaysAhead, ...] = ()
    with database().read() as session:
        try:
            row = load(session, order_id)
            days = preview_delivery(session, row, wish_of(request.args), now=utc_now())
        except BadInput as error:
            refused = error.sentence
    return page("order_ahead.html", said=(), refused=refused, days=days)


def step(order_id: int, verb: str) -> Response:
    """One step of the order: parse the form, call the verb, say what was done."""
    if verb == "release":
        look(order_id)
    take(STEPS, verb, lambda session: load(session, order_id))
    return go("orders.order", order_id=order_id)
