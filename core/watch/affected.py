"""Which items' promises a change can touch: the item itself and what is made of it, never the whole book."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Promised
from core.promising.ctp import MOST_LEVELS
from core.promising.tables import PromiseClaim
from core.returns.tables import ReturnLine
from core.supply.tables import BomLine, Receipt, RoutingStep, StockLot
from core.watch.causes import CALENDARS
from core.watched import SupplyChange

OPEN = (Order.status == "booked", ScheduleLine.quantity > ScheduleLine.shipped_quantity)


def items_touched(session: Session, changes: Iterable[SupplyChange], today: date) -> set[int]:
    """Items with open promises that the changes can touch."""
    changes = list(changes)
    goods = _goods(session, changes)
    centres = {
        int(change.facts.get("work_centre_id") or change.subject_id)
        for change in changes
        if change.subject in ("work_centre", "closure")
        or (change.subject == "expedite" and change.facts.get("work_centre_id"))
    }
    moved = sorted(change.subject_id for change in changes if change.subject == "promise")
    centres |= set(
        session.scalars(
            select(PromiseClaim.work_centre_id).where(
                PromiseClaim.schedule_line_id.in_(moved), PromiseClaim.work_centre_id.is_not(None)
            )
        )
    )
    found = promised_items(session, OrderLine.item_id.in_(sorted(with_parents(session, goods))))
    if centres:
        found |= _planned_on(session, centres, today)
    if any(change.subject in CALENDARS for change in changes):
        found |= _over_days_off(session, changes, today)
    return found


def with_parents(session: Session, item_ids: Collection[int]) -> set[int]:
    """The items and everything that is made of them, over all levels."""
    found, level = set(item_ids), set(item_ids)
    for _ in range(MOST_LEVELS):
        above = select(BomLine.item_id).where(BomLine.component_id.in_(sorted(level)))
        level = set(session.scalars(above)) - found
        if not level:
            break
        found |= level
    return found


def promised_items(session: Session, *where: ColumnElement[bool]) -> set[int]:
    """Items of open promises for which this is true."""
    return set(
        session.scalars(
            select(OrderLine.item_id)
            .join(Order, Order.id == OrderLine.order_id)
            .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
            .where(*OPEN, *where)
            .distinct()
        )
    )


def _goods(session: Session, changes: Iterable[SupplyChange]) -> set[int]:
    """Items whose supply changed."""
    found = {
        int(change.facts["item_id"])
        for change in changes
        if change.subject in ("receipt", "kept_stock", "promise", "expedite", "inspection")
        and change.facts.get("item_id")
    }
    suppliers = {change.subject_id for change in changes if change.subject == "supplier"}
    asked = {
        int(change.facts["receipt_id"])
        for change in changes
        if change.subject == "expedite" and change.facts["receipt_id"]
    }
    found |= set(
        session.scalars(
            select(Receipt.item_id).where(
                or_(Receipt.supplier_id.in_(sorted(suppliers)), Receipt.id.in_(sorted(asked))),
                Receipt.closed.is_(False),
            )
        )
    )
    back = {change.subject_id for change in changes if change.subject == "return"}
    if back:
        found |= set(
            session.scalars(
                select(OrderLine.item_id)
                .join(ReturnLine, ReturnLine.order_line_id == OrderLine.id)
                .where(ReturnLine.return_id.in_(sorted(back)))
            )
        )
    lots = {change.subject_id for change in changes if change.subject == "stock_lot"}
    found |= set(session.scalars(select(StockLot.item_id).where(StockLot.id.in_(sorted(lots)))))
    return found


def planned_with(session: Session, parts: Iterable[Promised], today: date) -> set[int]:
    """Items with promises that use the same work centres or components as these plans."""
    claims = [claim for part in parts for claim in part.claims]
    centres = {claim.centre_id for claim in claims if claim.centre_id}
    found = _planned_on(session, centres, today) if centres else set()
    components = {claim.item_id for claim in claims if claim.item_id}
    if components:
        goods = sorted(with_parents(session, components))
        found |= promised_items(session, OrderLine.item_id.in_(goods))
    return found


def _planned_on(session: Session, centres: Collection[int], today: date) -> set[int]:
    """Items that wait for these work centres, by plan or by a production order."""
    wanted = sorted(centres)
    claims = (
        select(PromiseClaim.schedule_line_id)
        .where(PromiseClaim.work_centre_id.in_(wanted), PromiseClaim.day >= today)
        .distinct()
    )
    found = promised_items(session, ScheduleLine.id.in_(claims))
    made = (
        select(Receipt.item_id)
        .join(RoutingStep, RoutingStep.item_id == Receipt.item_id)
        .where(
            Receipt.kind == "production",
            Receipt.closed.is_(False),
            RoutingStep.work_centre_id.in_(wanted),
        )
    )
    parents = with_parents(session, set(session.scalars(made)))
    return found | promised_items(session, OrderLine.item_id.in_(sorted(parents)))


def _over_days_off(session: Session, changes: Iterable[SupplyChange], today: date) -> set[int]:
    """Items with promises that are worked on or travel on a day whose being worked has changed.

    A changed week concerns everything that is open.
    """
    days: set[date] = set()
    for change in changes:
        if change.subject not in CALENDARS:
            continue
        if change.moment != "update" or change.changes.keys() - {"holidays"}:
            return promised_items(session)
        old, new = (_days(text) for text in change.changes.get("holidays", ["", ""]))
        days |= {day for day in old ^ new if day >= today}
    if not days:
        return set()
    first, last = min(days), max(days)
    claims = select(PromiseClaim.schedule_line_id).where(
        PromiseClaim.day >= first, PromiseClaim.day <= last
    )
    travels = (ScheduleLine.ship_date <= last) & (ScheduleLine.promised_date >= first)
    return promised_items(session, or_(travels, ScheduleLine.id.in_(claims)))


def _days(text: str) -> set[date]:
    return {date.fromisoformat(day) for day in text.split(", ") if day}
