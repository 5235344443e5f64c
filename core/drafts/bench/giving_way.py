"""Earlier promises that come later when this draft is confirmed: a person took a way that serves it first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.drafts.dates import later_by
from core.drafts.panes import LineView, SlipView
from core.drafts.tables import Draft
from core.orders.give_way import moves
from core.orders.tables import Order
from core.parties.tables import Customer


def given_way(draft: Draft, lines: tuple[LineView, ...]) -> dict[int, date]:
    """By schedule line the day on which it leaves instead."""
    live = {str(line.id) for line in lines if not line.removed}
    return later_by(choice for line_id, choice in draft.choices.items() if line_id in live)


def slips(session: Session, later: Mapping[int, date]) -> tuple[SlipView, ...]:
    """later: as given_way says."""
    if not later:
        return ()
    found = moves(session, later)
    rows = session.execute(
        select(Order.id, Order.number, Customer.name)
        .join(Customer, Customer.id == Order.customer_id)
        .where(Order.id.in_({moved.line.order_id for moved in found}))
    )
    whose = {row.id: (row.number, row.name) for row in rows}
    return tuple(
        SlipView(
            m.line.order_id,
            *whose[m.line.order_id],
            m.line.position,
            m.old,
            m.new,
            (m.new - m.old).days,
        )
        for m in found
    )
