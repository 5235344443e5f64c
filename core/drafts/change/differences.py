"""What a revision changes against the order it revises, line by line."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.catalogue.tables import Item
from core.drafts.tables import Draft, DraftLine
from core.orders.amendment import restates_all, wished
from core.orders.pairing import pair_lines
from core.orders.tables import Order, OrderLine
from core.values import plain


def differences(session: Session, draft: Draft) -> tuple[tuple[str, str, str], ...]:
    """(what, as booked, as asked now), only where they differ; () for a draft that revises nothing."""
    if draft.revision_of_id is None:
        return ()
    order = session.scalar(
        select(Order).where(Order.id == draft.revision_of_id).options(selectinload(Order.lines))
    )
    lines = session.scalars(
        select(DraftLine)
        .where(DraftLine.draft_id == draft.id, DraftLine.removed.is_(False))
        .order_by(DraftLine.position)
    ).all()
    if order is None:
        return ()
    pairs = pair_lines(session, order.lines, list(lines))
    ids = {line.item_id for line in order.lines} | {line.item_id for line in lines}
    rows = session.execute(select(Item.id, Item.number).where(Item.id.in_(ids)))
    numbers = {row.id: row.number for row in rows}
    found: list[tuple[str, str, str]] = []
    for ours, theirs in pairs:
        found += _line(ours, theirs, numbers, wished(theirs, ours, order, draft))
    if restates_all(session, draft):
        kept = {ours.id for ours, _ in pairs if ours is not None}
        found += [
            (f"line {line.position} {numbers.get(line.item_id, '')}", _amount(line), "")
            for line in order.lines
            if line.id not in kept
        ]
    return tuple(found)


def _line(
    ours: OrderLine | None,
    theirs: DraftLine,
    numbers: dict[int, str],
    wish: date | None,
) -> list[tuple[str, str, str]]:
    name = numbers.get(theirs.item_id or 0, "")
    if ours is None:
        return [(f"new line {name}", "", _amount(theirs))]
    what = f"line {ours.position}"
    pairs = (
        (f"{what} item", numbers.get(ours.item_id, ""), name),
        (f"{what} quantity", _amount(ours), _amount(theirs)),
        (f"{what} price", plain(ours.price), plain(theirs.unit_price or ours.price)),
        (f"{what} wanted", str(ours.requested_date or ""), str(wish or "")),
    )
    return [(place, old, new) for place, old, new in pairs if old != new]


def _amount(line: OrderLine | DraftLine) -> str:
    return f"{plain(line.quantity)} {line.unit}" if line.quantity is not None else ""
