"""Returns: the list, authorising one from an order or a mail, one return with its steps."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.errors import BadInput, NotFound
from core.inbound.documents import document_view
from core.lifecycle import TABLE
from core.orders.page import PAGE_SIZE, orders_named
from core.orders.view import order_view
from core.returns.authorise import RESOLUTIONS, ReturnAsk, authorise
from core.returns.dispose import KINDS
from core.returns.tables import ReturnAuthorization
from core.returns.view import return_page, return_view, returnable_lines
from review_app.forms import amount, sentence, words
from review_app.fragments import go, page
from review_app.here import act, database, page_number
from review_app.orders.steps import load
from review_app.returns.steps import STEPS
from review_app.show import today
from review_app.steps import take

STATUSES = tuple(
    dict.fromkeys(row.to_status for row in TABLE if row.subject == "return" and row.to_status)
)


def show() -> Response:
    status = request.args.get("status", "")
    with database().read() as session:
        found = return_page(
            session,
            status=status if status in STATUSES else "",
            search=request.args.get("text", "")[:100],
            today=today(),
            page=page_number(),
        )
    pages = max(1, -(-found.total // found.page_size))
    return page("returns.html", found=found, pages=pages, status=status, statuses=STATUSES)


def start() -> Response:
    """Which order, then which lines; a mail that asked for it stays beside the form."""
    order_id, document_id = _number("order"), _number("document")
    with database().read() as session:
        document = document_view(session, document_id) if document_id else None
        if order_id is None:
            text = request.args.get("text", "")[:100]
            orders = orders_named(session, text, today=today(), most=PAGE_SIZE)
            return page("return_order.html", orders=orders, document=document, text=text)
        order = order_view(session, order_id)
        lines = returnable_lines(session, order_id)
    return page(
        "return_new.html",
        order=order,
        lines=lines,
        document=document,
        resolutions=RESOLUTIONS,
    )


def create(order_id: int) -> Response:
    """Inputs "quantity.<order line>" that are filled."""
    asks = tuple(
        ReturnAsk(int(name.partition(".")[2]), amount(name, "quantity"))
        for name, text in request.form.items()
        if name.startswith("quantity.") and name.partition(".")[2].isdigit() and text.strip()
    )
    if not asks:
        raise BadInput("Say how many of at least one line come back.", "quantity")
    reason = sentence("reason", "Say why the goods come back.")
    document = words("document_id")
    by = act()

    def work(session: Session) -> ReturnAuthorization:
        return authorise(
            session,
            load(session, order_id),
            asks,
            reason,
            act=by,
            document_id=int(document) if document.isascii() and document.isdigit() else None,
            resolution=words("resolution") or "credit",
        )

    rma = database().run(work)
    flash(f"{rma.number} is authorised; the customer gets the return number.", "done")
    return go("returns.view", return_id=rma.id)


def view(return_id: int) -> Response:
    with database().read() as session:
        found = return_view(session, return_id, today=today())
    return page("return.html", rma=found, kinds=KINDS)


def step(return_id: int, verb: str) -> Response:
    def load_return(session: Session) -> ReturnAuthorization:
        row = session.get(ReturnAuthorization, return_id)
        if row is None:
            raise NotFound(f"There is no return {return_id}.")
        return row

    take(STEPS, verb, load_return)
    return go("returns.view", return_id=return_id)


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 13 else None
