"""Supply that was asked for sooner counts on the day it was asked for, until the supplier refuses."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from sqlalchemy import and_, false, or_, select
from sqlalchemy.orm import Session

from core.orders.tables import OrderLine
from core.promising.elsewhere import bought_from
from core.promising.plant import Plant
from core.promising.sooner import express, overtime
from core.promising.tables import Expedite


def expedited(
    session: Session, receipt_ids: Iterable[int], *, draft_id: int | None
) -> dict[int, date]:
    """By receipt id the day it counts on: for everybody once an order was booked on it, before that for its draft."""
    rows = session.execute(
        select(Expedite.receipt_id, Expedite.due_date).where(
            Expedite.receipt_id.in_(sorted(receipt_ids)),
            Expedite.refused.is_(False),
            or_(Expedite.order_id.is_not(None), Expedite.draft_id == draft_id),
        )
    )
    found: dict[int, date] = {}
    for receipt_id, due in rows:
        if receipt_id is None:
            continue
        found[receipt_id] = min(due, found.get(receipt_id, due))
    return found


def as_asked_for(
    session: Session,
    plant: Plant | None,
    *,
    draft_id: int | None,
    line_ids: Collection[int],
    today: date,
) -> Plant | None:
    """The plant with the purchases that this draft, or the order of these lines, has by express or from another supplier,
    and with overtime: everybody's that is booked, and the draft's own."""
    if plant is None or not (plant.purchases or plant.centres):
        return plant
    own = [Expedite.draft_id == draft_id] if draft_id else []
    orders = select(OrderLine.order_id).where(OrderLine.id.in_(sorted(line_ids)))
    whose = [*own, Expedite.order_id.in_(orders)] if line_ids else own
    rows = session.execute(
        select(
            Expedite.item_id,
            Expedite.supplier_id,
            Expedite.work_centre_id,
            Expedite.due_date,
            Expedite.minutes,
        ).where(
            Expedite.refused.is_(False),
            or_(
                and_(
                    Expedite.work_centre_id.in_(sorted(plant.centres)),
                    Expedite.due_date >= today,
                    or_(Expedite.order_id.is_not(None), *own),
                ),
                and_(Expedite.item_id.in_(sorted(plant.purchases)), or_(false(), *whose)),
            ),
        )
    )
    items, minutes = set[int](), dict[int, dict[date, Decimal]]()
    suppliers = dict[int, int]()
    for item_id, supplier_id, centre_id, day, amount in rows:
        if item_id is not None and supplier_id is not None:
            suppliers[item_id] = supplier_id
        elif item_id is not None:
            items.add(item_id)
        elif centre_id is not None:
            days = minutes.setdefault(centre_id, {})
            days[day] = days.get(day, Decimal(0)) + (amount or 0)
    if suppliers:
        plant = bought_from(plant, suppliers)
    return overtime(express(plant, items), minutes) if items or minutes else plant


def book_expedites(session: Session, ids: Collection[int], order_id: int) -> None:
    """The draft became an order: what it had asked for sooner is asked for now, and counts for everybody."""
    for row in session.scalars(select(Expedite).where(Expedite.id.in_(sorted(ids)))):
        row.order_id = order_id
    session.flush()
