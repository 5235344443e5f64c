"""The customer wants less: a line's rest, every line's rest, or the whole order is cancelled, each with its reason."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.errors import BadInput, IllegalStep
from core.journal import Event
from core.orders.close import close_when_done
from core.orders.progress import ZERO, LineQuantities
from core.orders.quantities import quantities
from core.orders.revise import lessen
from core.orders.rows import line_of, lines_of, lock, schedule_of
from core.orders.tables import Order, OrderLine
from core.values import plain


def cancel_line(
    session: Session,
    order: Order,
    line_id: int,
    quantity: Decimal | None,
    reason: str,
    *,
    act: Act,
) -> Event:
    """Cancels `quantity` (stock units; None: all that is open) of one line; what was ordered stays on record.

    Raises IllegalStep for goods that have left or are on a shipment in the warehouse.
    """
    done = journal.done_under(session, order, "cancel_line", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "cancel_line")
    line = line_of(session, order, line_id)
    can = _cancellable(quantities(session, [order.id])[line.id])
    quantity = can if quantity is None else quantity
    _require_reason(reason)
    if not 0 < quantity <= can:
        raise IllegalStep(
            f"Of line {line.position} {plain(can)} can be cancelled: the rest has left, is on a shipment (void it "
            "first) or is cancelled already. Nothing was changed."
        )
    changes = cancel_open_of(session, line, quantity)
    facts = {
        "number": order.number,
        "position": str(line.position),
        "quantity": plain(quantity),
        "reason": reason.strip(),
    }
    event = journal.advance(session, order, "cancel_line", act=act, changes=changes, facts=facts)
    close_when_done(session, order, act=act)
    return event


def cancel_rest(session: Session, order: Order, reason: str, *, act: Act) -> Event:
    """Cancels all that is open after a part shipment; the order then closes by itself."""
    done = journal.done_under(session, order, "cancel_line", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "cancel_line")
    _require_reason(reason)
    counted = quantities(session, [order.id])
    _require_empty_warehouse(order, counted)
    changes = _cancel_open(session, order, counted)
    if not changes:
        raise IllegalStep(f"Nothing of order {order.number} is open; nothing was changed.")
    facts = {
        "number": order.number,
        "position": "all",
        "quantity": "the rest",
        "reason": reason.strip(),
    }
    event = journal.advance(session, order, "cancel_line", act=act, changes=changes, facts=facts)
    close_when_done(session, order, act=act)
    return event


def cancel(session: Session, order: Order, reason: str, *, act: Act) -> Event:
    """Cancels an order of which nothing has left; the lines stay on the acknowledgement, cancelled."""
    done = journal.done_under(session, order, "cancel", act.key)
    if done is not None:
        return done
    lock(session, order)
    journal.check(order, "cancel")
    _require_reason(reason)
    counted = quantities(session, [order.id])
    _require_empty_warehouse(order, counted)
    if any(q.shipped for q in counted.values()):
        raise IllegalStep(
            f"Part of order {order.number} has left; cancel the rest of its lines instead. Nothing was changed."
        )
    changes = _cancel_open(session, order, counted)
    facts = {"number": order.number, "reason": reason.strip()}
    return journal.advance(session, order, "cancel", act=act, changes=changes, facts=facts)


def _cancellable(q: LineQuantities) -> Decimal:
    return max(q.open - q.on_shipment, ZERO)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise BadInput("Say why it is cancelled.", "reason")


def _require_empty_warehouse(order: Order, counted: dict[int, LineQuantities]) -> None:
    if any(q.on_shipment for q in counted.values()):
        raise IllegalStep(
            f"Goods of order {order.number} are on a shipment in the warehouse; void it first. Nothing was changed."
        )


def _cancel_open(
    session: Session, order: Order, counted: dict[int, LineQuantities]
) -> dict[str, list[str]]:
    changes: dict[str, list[str]] = {}
    for line in lines_of(session, order):
        if counted[line.id].open > 0:
            changes |= cancel_open_of(session, line, counted[line.id].open)
    return changes


def cancel_open_of(session: Session, line: OrderLine, quantity: Decimal) -> dict[str, list[str]]:
    """Takes `quantity` off what is open of a line; returns what changed."""
    before = line.cancelled_quantity
    lessen(session, schedule_of(session, [line.id]), quantity)
    line.cancelled_quantity += quantity
    session.flush()
    return {f"line {line.position} cancelled": [plain(before), plain(line.cancelled_quantity)]}
