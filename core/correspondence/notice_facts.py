"""A drafted or sent notice as its mail tells it: every accepted slip of the customer, from the day that was told last."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.correspondence.line_numbers import order_line_numbers
from core.correspondence.order_facts import in_ordered_unit
from core.messages.facts import NewDate, NoticeFacts
from core.orders.tables import Order, OrderLine
from core.watch.tables import PromiseNotice, PromiseSlip


def notice_facts(
    session: Session, notice: PromiseNotice, order_ids: Collection[int] | None = None
) -> NoticeFacts:
    """order_ids: only these orders' dates; None: all."""
    dates: list[NewDate] = []
    for slip, line, order, item in _rows(session, notice):
        if order_ids is not None and order.id not in order_ids:
            continue
        factor = (line.factor_numerator, line.factor_denominator)
        found = NewDate(
            order_number=order.number,
            po_number=order.po_number,
            line=order_line_numbers(session, order.id)[line.id],
            item=item.number,
            customer_sku=line.customer_sku,
            description=line.description,
            quantity=in_ordered_unit(slip.quantity, *factor),
            unit=line.unit,
            old_date=slip.promised_date,
            new_date=slip.new_date,
        )
        dates = _told_on(dates, found)
    moved = [found for found in dates if found.old_date != found.new_date]
    moved.sort(key=lambda d: (d.order_number, d.line, d.new_date))
    return NoticeFacts(tuple(moved), notice.text)


def _rows(
    session: Session, notice: PromiseNotice
) -> list[tuple[PromiseSlip, OrderLine, Order, Item]]:
    rows = session.execute(
        select(PromiseSlip, OrderLine, Order, Item)
        .join(OrderLine, OrderLine.id == PromiseSlip.line_id)
        .join(Order, Order.id == PromiseSlip.order_id)
        .join(Item, Item.id == PromiseSlip.item_id)
        .where(PromiseSlip.notice_id == notice.id, PromiseSlip.status == "accepted")
        .order_by(PromiseSlip.id)
    )
    return [(slip, line, order, item) for slip, line, order, item in rows]


def _told_on(dates: list[NewDate], found: NewDate) -> list[NewDate]:
    """What moved once more before anybody was told moves from its first day; the rest of it stays as it was."""
    for number, known in enumerate(dates):
        same = (known.order_number, known.line, known.new_date) == (
            found.order_number,
            found.line,
            found.old_date,
        )
        if same:
            on = replace(found, old_date=known.old_date)
            left = known.quantity - found.quantity
            rest = [replace(known, quantity=left)] if left > 0 else []
            return [*dates[:number], *rest, *dates[number + 1 :], on]
    return [*dates, found]
