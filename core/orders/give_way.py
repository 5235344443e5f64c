"""Earlier promises leave later, so that another order can be served first: a person saw which and took that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.company.policy import company_calendar
from core.company.tables import Company
from core.orders.history import keep_versions
from core.orders.rows import locked_order
from core.orders.tables import Order, OrderLine, ScheduleLine


@dataclass(frozen=True, slots=True)
class Moved:
    """A promise that gave way: old and new day of arrival."""

    row: ScheduleLine
    line: OrderLine
    old: date
    new: date


def lock_orders(session: Session, schedule_line_ids: Collection[int]) -> None:
    """Takes the orders before their goods, as every other verb of an order does, so that nobody waits in a circle."""
    if schedule_line_ids:
        session.execute(
            select(Order.id)
            .where(
                Order.id.in_(
                    select(OrderLine.order_id)
                    .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
                    .where(ScheduleLine.id.in_(sorted(schedule_line_ids)))
                )
            )
            .order_by(Order.id)
            .with_for_update(key_share=True)
        )


def moves(session: Session, later: Mapping[int, date]) -> tuple[Moved, ...]:
    """Which promises leave later and arrive when, by order; nothing is changed. What has shipped meanwhile stays.

    later: by schedule line the day on which it leaves instead.
    """
    calendar = company_calendar(session.scalars(select(Company)).first())
    rows = session.execute(
        select(ScheduleLine, OrderLine)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .where(
            ScheduleLine.id.in_(sorted(later)),
            ScheduleLine.quantity > ScheduleLine.shipped_quantity,
        )
        .order_by(OrderLine.order_id, ScheduleLine.id)
    )
    return tuple(
        Moved(
            row,
            line,
            row.promised_date,
            calendar.on_or_after(row.promised_date + (later[row.id] - row.ship_date)),
        )
        for row, line in rows
        if row.ship_date is not None
        and row.promised_date is not None
        and row.ship_date < later[row.id]
    )


def give_way(
    session: Session, later: Mapping[int, date], to: Order, *, act: Act
) -> tuple[Moved, ...]:
    """later: as of moves. Each order's promise gets a new version.

    The customers are told by who calls (core.watch.gave_way).
    """
    found = moves(session, later)
    changes: dict[int, dict[str, list[str]]] = defaultdict(dict)
    for moved in found:
        row, line = moved.row, moved.line
        row.ship_date, row.promised_date = later[row.id], moved.new
        row.promise_version += 1
        row.reason = {"code": "gave-way", "facts": {"order": to.number}}
        row.pegging = []
        name = f"line {line.position} arrival"
        changes[line.order_id][name] = [moved.old.isoformat(), moved.new.isoformat()]
    for order_id, changed in changes.items():
        order = locked_order(session, order_id)
        cause = f"{to.number} was served first"
        facts = {"number": order.number, "reason": cause}
        step = act.under(f"give-way-{order_id}")
        journal.advance(session, order, "repromise", act=step, changes=changed, facts=facts)
        keep_versions(session, order, cause, act=act)
    return found
