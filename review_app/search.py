"""One search over orders, drafts, customers and items."""

from __future__ import annotations

from flask import Response, request

from core.catalogue.read import item_page
from core.drafts.queue import QueueFilter, queue
from core.drafts.queue_values import LIVE
from core.orders.page import orders_named
from core.parties.read import customer_page
from review_app.fragments import page
from review_app.here import database, me
from review_app.show import today

EVERY_STATUS = (*LIVE, "confirmed", "rejected", "withdrawn")


def show() -> Response:
    text = request.args.get("q", "").strip()[:100]
    if not text:
        return page("search.html", q="", orders=(), drafts=(), customers=(), items=())
    with database().read() as session:
        orders = orders_named(session, text, today=today(), most=20)
        drafts = queue(session, QueueFilter(statuses=EVERY_STATUS, text=text), me().user_id).rows
        customers = customer_page(session, text).rows[:20]
        items = item_page(session, text, size=20).rows
    return page(
        "search.html", q=text, orders=orders, drafts=drafts[:20], customers=customers, items=items
    )
