"""What open promises by plan take already of components and work centres, less what became of their lots."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.orders.tables import OrderLine, ScheduleLine
from core.promising.ask import ZERO, Demand, share_of
from core.promising.fulfilled import open_claims, tied_to_line
from core.promising.lots import Netted, counted
from core.promising.plant import Centre
from core.promising.tables import PromiseClaim

Counts = tuple[ColumnElement[bool], ...]


def component_demands(
    session: Session,
    item_ids: Iterable[int],
    held: Mapping[int, Decimal],
    netted: Netted,
    counts: Counts,
    today: date,
) -> list[Demand]:
    """What open promises by plan still take of these items as components."""
    rows: Any = session.execute(
        open_claims(
            PromiseClaim.schedule_line_id,
            ScheduleLine.line_id,
            PromiseClaim.item_id,
            PromiseClaim.for_item_id,
            PromiseClaim.site_id,
            PromiseClaim.day,
            PromiseClaim.amount,
            PromiseClaim.of_quantity,
            (ScheduleLine.quantity - ScheduleLine.shipped_quantity).label("still"),
            func.coalesce(ScheduleLine.ranked_as, ScheduleLine.id).label("rank"),
        ).where(PromiseClaim.item_id.in_(sorted(item_ids)), PromiseClaim.kind != "make", *counts)
    )
    found = []
    for row in rows:
        number = row.schedule_line_id
        share = netted.components.get((number, row.for_item_id or 0))
        still = row.still - held.get(number, ZERO)
        amount = (
            share_of(row.amount, row.of_quantity, still)
            if share is None
            else counted(row.amount, share)
        )
        if amount > 0:
            day = max(row.day, today)
            found.append(
                Demand(
                    row.item_id,
                    row.site_id,
                    amount,
                    day,
                    row.rank,
                    number,
                    line_id=row.line_id,
                    inside=True,
                )
            )
    return found


def claimed_minutes(
    session: Session, centres: Mapping[int, Centre], netted: Netted, counts: Counts, today: date
) -> dict[tuple[int, date], Decimal]:
    """By (work centre, day) what open promises by plan take, as far as their lots are still to be made.

    What should have been done before today is still to be done.
    """
    if not centres:
        return {}
    tied = tied_to_line()
    still = ScheduleLine.quantity - ScheduleLine.shipped_quantity - tied
    here = (PromiseClaim.work_centre_id.in_(sorted(centres)), *counts)
    looked_at = sorted({number for number, _ in netted.minutes})
    others = (*here, PromiseClaim.schedule_line_id.not_in(looked_at)) if looked_at else here
    found: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    whole = session.execute(
        open_claims(PromiseClaim.work_centre_id, PromiseClaim.day, func.sum(PromiseClaim.amount))
        .where(*others, still >= PromiseClaim.of_quantity)
        .group_by(PromiseClaim.work_centre_id, PromiseClaim.day)
    )
    for centre_id, day, total in whole:
        found[centre_id or 0, max(day, today)] += Decimal(total)
    parts: Any = session.execute(
        open_claims(
            PromiseClaim.work_centre_id,
            PromiseClaim.day,
            PromiseClaim.amount,
            PromiseClaim.of_quantity,
            still,
        ).where(*others, still < PromiseClaim.of_quantity)
    )
    for centre_id, day, amount, of, left in parts:
        found[centre_id, max(day, today)] += share_of(amount, of, Decimal(left))
    for centre_id, day, minutes in _minutes_of(session, looked_at, here, netted):
        found[centre_id, max(day, today)] += minutes
    return dict(found)


def _minutes_of(
    session: Session, schedule_line_ids: list[int], here: Counts, netted: Netted
) -> list[tuple[int, date, Decimal]]:
    """What lots still take of which something became."""
    if not schedule_line_ids:
        return []
    rows: Any = session.execute(
        select(
            PromiseClaim.schedule_line_id,
            PromiseClaim.for_item_id,
            PromiseClaim.work_centre_id,
            PromiseClaim.day,
            PromiseClaim.amount,
        )
        .join(ScheduleLine, ScheduleLine.id == PromiseClaim.schedule_line_id)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .where(*here, PromiseClaim.schedule_line_id.in_(schedule_line_ids))
    )
    return [
        (row.work_centre_id, row.day, counted(row.amount, share))
        for row in rows
        if (share := netted.minutes.get((row.schedule_line_id, row.for_item_id))) is not None
    ]
