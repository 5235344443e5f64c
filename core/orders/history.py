"""Each promise of an order as it was made, and made anew: a row for every version, with who and why."""

from __future__ import annotations

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.act import Act
from core.orders.rows import lines_of, schedule_of
from core.orders.tables import Order, PromiseVersion, ScheduleLine


def hand_down_versions(session: Session, row: ScheduleLine, piece: ScheduleLine) -> None:
    """What was promised for a part of `row` was promised for the piece that becomes of it."""
    session.add_all(
        PromiseVersion(
            schedule_line_id=piece.id,
            version=kept.version,
            quantity=piece.quantity,
            promised_date=kept.promised_date,
            ship_date=kept.ship_date,
            site_id=kept.site_id,
            reason=kept.reason,
            cause=kept.cause,
            actor=kept.actor,
            at=kept.at,
        )
        for kept in session.scalars(
            select(PromiseVersion).where(PromiseVersion.schedule_line_id == row.id)
        )
    )
    session.flush()


def keep_versions(session: Session, order: Order, cause: str, *, act: Act) -> None:
    """Writes down the versions that are not yet; every verb that promises calls it at its end."""
    session.flush()
    schedule = schedule_of(session, [line.id for line in lines_of(session, order)])
    rows = session.execute(
        select(PromiseVersion.schedule_line_id, PromiseVersion.version).where(
            PromiseVersion.schedule_line_id.in_([row.id for row in schedule])
        )
    )
    known = {(row_id, version) for row_id, version in rows}
    new = [
        {
            "schedule_line_id": row.id,
            "version": row.promise_version,
            "quantity": row.quantity,
            "promised_date": row.promised_date,
            "ship_date": row.ship_date,
            "site_id": row.site_id,
            "reason": row.reason,
            "cause": cause,
            "actor": act.actor,
            "at": act.at,
        }
        for row in schedule
        if (row.id, row.promise_version) not in known
    ]
    if new:
        session.execute(insert(PromiseVersion).execution_options(render_nulls=True), new)
