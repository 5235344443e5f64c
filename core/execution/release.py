"""Allocated goods are handed to the warehouse: one shipment with its pick lines per site."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import Blocked, NotEnough
from core.execution.split import Tied, by_site
from core.execution.tables import Allocation
from core.numbers import next_number
from core.orders.hold import require_free
from core.orders.quantities import quantities
from core.orders.rows import lines_of, lock, made_under
from core.orders.screen import screen_order
from core.orders.tables import Order
from core.orders.terms import goes_together
from core.shipping.tables import PickLine, Shipment
from core.supply.allocations import ZERO, on_shipments
from core.supply.tables import StockLot


def release(session: Session, order: Order, *, act: Act) -> tuple[Shipment, ...]:
    """Makes the shipments for what is allocated and on no shipment yet, first site first.

    Raises Blocked for holds, credit and an order that ships complete but is not; NotEnough when nothing is allocated.
    """
    lock(session, order)
    made = _made(session, act)
    if made:
        return made
    journal.check(order, "allocate")  # only a booked order gives goods to the warehouse
    screen_order(session, order, act=act)
    require_free(session, order, "release", now=act.at)
    tied = by_site(_complete(session, order, _tied(session, order)))
    if not tied:
        raise NotEnough(
            f"Nothing of order {order.number} is allocated and waiting; allocate stock first."
        )
    return tuple(
        _shipment(session, order, site_id, goods, act.under(str(number)))
        for number, (site_id, goods) in enumerate(tied.items(), start=1)
    )


def _made(session: Session, act: Act) -> tuple[Shipment, ...]:
    found, number = [], 1
    while (
        shipment := made_under(session, Shipment, "release", act.under(str(number)))
    ) is not None:
        found.append(shipment)
        number += 1
    return tuple(found)


def _tied(session: Session, order: Order) -> list[Tied]:
    """Allocations of the order less what live shipments hold of them, in line order."""
    line_ids = [line.id for line in lines_of(session, order)]
    rows = session.execute(
        select(Allocation, StockLot.site_id)
        .join(StockLot, StockLot.id == Allocation.lot_id)
        .where(Allocation.order_line_id.in_(line_ids))
        .order_by(Allocation.order_line_id, Allocation.id)
    ).all()
    held = on_shipments(session, [row.schedule_line_id for row, _ in rows])
    return [
        Tied(
            row.order_line_id,
            row.schedule_line_id,
            row.lot_id,
            site_id,
            row.quantity - held.get((row.schedule_line_id, row.lot_id), ZERO),
        )
        for row, site_id in rows
    ]


def _complete(session: Session, order: Order, tied: list[Tied]) -> list[Tied]:
    """Without the goods of lines that go together and are not all allocated yet: those wait for each other.

    Raises Blocked when that leaves nothing of what is allocated.
    """
    found = quantities(session, [order.id])
    lines = [line for line in lines_of(session, order) if goes_together(order, line)]
    short = [line for line in lines if found[line.id].backordered > 0]
    unfinished = {line.group_name for line in short}
    waiting = {line.id for line in lines if line.group_name in unfinished}
    free = [row for row in tied if row.quantity > 0]
    ready = [row for row in free if row.order_line_id not in waiting]
    if ready or not free:
        return ready
    names = ", ".join(str(line.position) for line in short)
    sentence = f"The customer wants everything together, and line {names} is not allocated in full."
    raise Blocked(f"Order {order.number} cannot be released: {sentence}", (sentence,))


def _shipment(
    session: Session, order: Order, site_id: int, goods: tuple[Tied, ...], act: Act
) -> Shipment:
    shipment = Shipment(
        number=next_number(session, "shipment", "SH"),
        order_id=order.id,
        site_id=site_id,
        ship_to=dict(order.ship_to),
        carrier=order.ship_via,
    )
    session.add(shipment)
    session.flush()
    session.add_all(
        PickLine(
            shipment_id=shipment.id,
            order_line_id=row.order_line_id,
            schedule_line_id=row.schedule_line_id,
            lot_id=row.lot_id,
            quantity=row.quantity,
        )
        for row in goods
    )
    facts = {"number": shipment.number, "order": order.number, "lines": str(len(goods))}
    journal.advance(session, shipment, "release", act=act, facts=facts)
    return shipment
