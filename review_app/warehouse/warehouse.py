"""The warehouse: what to release, pick, pack, ship and deliver; one shipment's screen and its steps."""

from __future__ import annotations

from flask import Response, flash, request
from sqlalchemy.orm import Session

from core.errors import NotFound
from core.execution.backorder import backorders
from core.execution.release import release as release_order
from core.shipping.pick import SHORT_REASONS
from core.shipping.queue import STATUSES, warehouse_queue
from core.shipping.tables import Shipment
from core.shipping.view import shipment_view
from review_app.fragments import go, page
from review_app.here import act, database
from review_app.orders.steps import load, look
from review_app.show import today
from review_app.steps import take
from review_app.warehouse.steps import STEPS

MOST_PACKAGES = 40


def show() -> Response:
    status = request.args.get("status", "")
    with database().read() as session:
        queue = warehouse_queue(
            session, status if status in (*STATUSES, "ready") else "", today=today()
        )
    return page("warehouse.html", block="rows", queue=queue, status=status, statuses=STATUSES)


def waiting() -> Response:
    """Backorders: what is still wanted and has no stock."""
    with database().read() as session:
        rows = backorders(session, today=today())
    return page("backorders.html", rows=rows)


def shipment(shipment_id: int) -> Response:
    wanted = request.args.get("packages", "1")
    packages = min(int(wanted), MOST_PACKAGES) if wanted.isascii() and wanted.isdigit() else 1
    with database().read() as session:
        view = shipment_view(session, shipment_id)
    return page(
        "shipment.html",
        shipment=view,
        packages=max(1, packages),
        short_reasons=SHORT_REASONS,
    )


def step(shipment_id: int, verb: str) -> Response:
    def load_shipment(session: Session) -> Shipment:
        row = session.get(Shipment, shipment_id)
        if row is None:
            raise NotFound(f"There is no shipment {shipment_id}.")
        return row

    take(STEPS, verb, load_shipment)
    return go("warehouse.shipment", shipment_id=shipment_id)


def release(order_id: int) -> Response:
    """The floor takes an allocated order: its shipments appear in the list."""
    by = act()
    look(order_id)
    shipments = database().run(
        lambda session: release_order(session, load(session, order_id), act=by)
    )
    flash(f"Released: {', '.join(s.number for s in shipments)}.", "done")
    return go("warehouse.show")
