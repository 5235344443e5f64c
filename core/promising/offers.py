"""The offer of a draft holds what it lives from for a while; then it is free again, without anybody doing anything."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from core.drafts.tables import Draft
from core.promising.ask import AFTER_ALL, GOODS, ZERO, Answer, Demand, Promised
from core.promising.tables import Reservation

KEPT_FOR = timedelta(days=1)


def hold(
    session: Session,
    draft_id: int,
    items: dict[int, int],
    found: Answer,
    *,
    now: datetime,
    until: datetime,
) -> None:
    """Replaces what the draft holds. items: the item of each line of the answer.

    The answer must have been made under lock, so that two offers do not hold the same goods.
    """
    give_back(session, draft_id)
    session.execute(delete(Reservation).where(Reservation.expires_at < now - KEPT_FOR))
    whose = {"draft_id": draft_id, "expires_at": until}
    rows = [
        {**whose, "draft_line_id": key, **taken}
        for key, parts in found.lines.items()
        for part in parts
        for taken in _taken(items[key], part)
    ]
    if rows:
        # With nulls written, rows of all kinds are one statement.
        session.execute(insert(Reservation).execution_options(render_nulls=True), rows)


def give_back(session: Session, draft_id: int) -> None:
    """The draft holds nothing any more."""
    session.execute(delete(Reservation).where(Reservation.draft_id == draft_id))


def extend(session: Session, draft_id: int, until: datetime) -> None:
    """What the draft holds is held until then, or longer when it is already."""
    session.execute(
        update(Reservation)
        .where(Reservation.draft_id == draft_id, Reservation.expires_at < until)
        .values(expires_at=until)
    )


def held_until(session: Session, draft_id: int, now: datetime) -> datetime | None:
    """When the draft's offer ends; None when it holds nothing."""
    return session.scalar(
        select(func.max(Reservation.expires_at)).where(
            Reservation.draft_id == draft_id, Reservation.expires_at > now
        )
    )


def _taken(item_id: int, part: Promised) -> Iterator[dict[str, Any]]:
    """Columns of rows: goods that are there or come; what is made or bought anew takes components and minutes instead."""
    pegs = (peg for peg in part.pegging if peg.level <= 1 and peg.kind in GOODS)
    goods = sum((peg.quantity for peg in pegs), ZERO)
    if goods > 0:
        yield _row("goods", part.ship_date, goods, item_id, part.site_id)
    for claim in part.claims:
        if claim.kind != "make":
            site_id = claim.site_id or part.site_id
            yield _row(claim.kind, claim.day, claim.amount, claim.item_id, site_id, claim.centre_id)


def _row(
    kind: str, day: date, amount: Decimal, item_id: int, site_id: int, centre_id: int = 0
) -> dict[str, Any]:
    return {
        "kind": kind,
        "day": day,
        "amount": amount,
        "item_id": item_id or None,
        "site_id": site_id if item_id else None,
        "work_centre_id": centre_id or None,
    }


def offered_demands(
    session: Session, item_ids: Iterable[int], *, now: datetime, but_draft_id: int | None
) -> list[Demand]:
    """What the offers of other drafts take of these items, as goods or as components; in the order they were made."""
    rows = session.execute(
        select(Reservation, Draft.customer_id)
        .join(Draft, Draft.id == Reservation.draft_id)
        .where(Reservation.item_id.in_(sorted(item_ids)), *_others(now, but_draft_id))
        .order_by(Reservation.id)
    )
    return [
        Demand(
            row.item_id or 0,
            row.site_id or 0,
            row.amount,
            row.day,
            AFTER_ALL + row.id,
            customer_id=customer_id or 0,
            inside=row.kind != "goods",
        )
        for row, customer_id in rows
    ]


def offered_minutes(
    session: Session, centre_ids: Iterable[int], *, now: datetime, but_draft_id: int | None
) -> dict[tuple[int, date], Decimal]:
    """By (work centre, day) what the offers of other drafts take."""
    rows = session.execute(
        select(Reservation.work_centre_id, Reservation.day, func.sum(Reservation.amount))
        .where(Reservation.work_centre_id.in_(sorted(centre_ids)), *_others(now, but_draft_id))
        .group_by(Reservation.work_centre_id, Reservation.day)
    )
    found: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    for centre_id, day, total in rows:
        found[centre_id or 0, day] += Decimal(total)
    return dict(found)


def _others(now: datetime, but_draft_id: int | None) -> tuple[ColumnElement[bool], ...]:
    standing = Reservation.expires_at > now
    if but_draft_id is None:
        return (standing,)
    return (standing, Reservation.draft_id != but_draft_id)
