"""A planner takes stock away from an order, so that another one can have it."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import NotEnough
from core.journal import Event
from core.orders.rows import line_of, lines_of, lock, schedule_of
from core.orders.tables import Order
from core.supply.allocations import free_allocations
from core.values import plain


def deallocate(session: Session, order: Order, line_id: int | None = None, *, act: Act) -> Event:
    """Frees what is allocated to the order (or one line) and not on a shipment. Raises NotEnough when that is nothing."""
    done = journal.done_under(session, order, "deallocate", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "deallocate")
    lines = [line_of(session, order, line_id)] if line_id else lines_of(session, order)
    freed = {
        line.position: sum(
            (free_allocations(session, row.id) for row in schedule_of(session, [line.id])),
            Decimal(0),
        )
        for line in lines
    }
    if not any(freed.values()):
        raise NotEnough(
            f"Nothing of order {order.number} can be freed: it is not allocated, or it is on a shipment (void that first)."
        )
    return journal.advance(
        session,
        order,
        "deallocate",
        act=act,
        changes={f"line {position}": [plain(q), ""] for position, q in freed.items() if q},
        facts={"number": order.number},
    )
