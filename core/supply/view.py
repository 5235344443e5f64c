"""Stock and supply for their screens: the list of items, and one item's picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, or_, select, true
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.company.calendar import calendar_of
from core.company.policy import company_calendar, policy_of
from core.company.tables import Company
from core.errors import NotFound
from core.execution.tables import Allocation
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.parties.tables import Customer
from core.supply.inspected import inspect_days, release_days
from core.supply.stock import ZERO, allocated_by_lot
from core.supply.tables import Receipt, Site, StockLot, StockMovement
from core.supply.view_values import (
    DemandView,
    ItemSupply,
    LotView,
    MovementView,
    ReceiptView,
    SupplyPage,
    SupplyRow,
)
from core.values import utc_now

PAGE_SIZE = 50
MOST_MOVEMENTS = 50


def supply_page(
    session: Session,
    *,
    search: str = "",
    today: date | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> SupplyPage:
    """Items by number. search: any part of number, description or GTIN."""
    wanted: ColumnElement[bool] = true()
    if search.strip():
        text = search.strip()
        wanted = or_(
            Item.number.icontains(text, autoescape=True),
            Item.description.icontains(text, autoescape=True),
            Item.gtin == text,
        )
    page = max(page, 1)
    items = session.scalars(
        select(Item)
        .where(wanted)
        .order_by(Item.number)
        .offset((page - 1) * page_size)
        .limit(page_size)
    ).all()
    return SupplyPage(
        rows=_rows(session, items, today or utc_now().date()),
        total=session.scalar(select(func.count()).select_from(Item).where(wanted)) or 0,
        page=page,
        page_size=page_size,
    )


def item_supply(session: Session, item_id: int, *, today: date | None = None) -> ItemSupply:
    """Raises NotFound."""
    item = session.get(Item, item_id)
    if item is None:
        raise NotFound()
    today = today or utc_now().date()
    return ItemSupply(
        row=_rows(session, [item], today)[0],
        lots=_lots(session, item.id, today),
        receipts=_receipts(session, item.id, today),
        demand=_demand(session, item.id),
        movements=_movements(session, item.id),
    )


def _rows(session: Session, items: Collection[Item], today: date) -> tuple[SupplyRow, ...]:
    ids = [item.id for item in items]
    usable = (StockLot.quality == "released") & or_(
        StockLot.expires_on.is_(None), StockLot.expires_on >= today
    )
    on_hand = _sums(session, _stock(ids))
    free = _sums(session, _stock(ids).where(usable))
    allocated = _sums(session, _allocated(ids))
    wanted = _sums(session, _open_demand(ids))
    incoming: dict[int, Decimal] = defaultdict(Decimal)
    first: dict[int, date] = {}
    for receipt in _open_receipts(session, ids):
        incoming[receipt.item_id] += receipt.quantity - receipt.received_quantity
        first.setdefault(receipt.item_id, receipt.expected_date)
    found = []
    for item in items:
        left = free.get(item.id, ZERO) - allocated.get(item.id, ZERO)
        demand = wanted.get(item.id, ZERO) - allocated.get(item.id, ZERO)
        found.append(
            SupplyRow(
                item_id=item.id,
                item_number=item.number,
                description=item.description,
                stock_unit=item.stock_unit,
                kind=item.kind,
                on_hand_quantity=on_hand.get(item.id, ZERO),
                allocated_quantity=allocated.get(item.id, ZERO),
                free_quantity=max(left, ZERO),
                incoming_quantity=incoming[item.id],
                demand_quantity=max(demand, ZERO),
                next_receipt=first.get(item.id),
                short=demand > left + incoming[item.id],
            )
        )
    return tuple(found)


def _stock(item_ids: list[int]) -> Select[int, Decimal]:
    return (
        select(StockLot.item_id, func.sum(StockLot.on_hand_quantity))
        .where(StockLot.item_id.in_(item_ids))
        .group_by(StockLot.item_id)
    )


def _allocated(item_ids: list[int]) -> Select[int, Decimal]:
    return (
        select(StockLot.item_id, func.sum(Allocation.quantity))
        .join(StockLot, StockLot.id == Allocation.lot_id)
        .where(StockLot.item_id.in_(item_ids))
        .group_by(StockLot.item_id)
    )


def _open_demand(item_ids: list[int]) -> Select[int, Decimal]:
    wanted = OrderLine.stock_quantity - OrderLine.cancelled_quantity - OrderLine.shipped_quantity
    return (
        select(OrderLine.item_id, func.sum(wanted))
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.item_id.in_(item_ids), Order.status == "booked")
        .group_by(OrderLine.item_id)
    )


def _sums(session: Session, statement: Select[int, Decimal]) -> dict[int, Decimal]:
    return {key: Decimal(total) for key, total in session.execute(statement)}


def _open_receipts(session: Session, item_ids: list[int]) -> list[Receipt]:
    return list(
        session.scalars(
            select(Receipt)
            .where(
                Receipt.item_id.in_(item_ids),
                Receipt.closed.is_(False),
                Receipt.quantity > Receipt.received_quantity,
            )
            .order_by(Receipt.expected_date, Receipt.id)
        )
    )


def _site_codes(session: Session) -> dict[int, str]:
    return {site.id: site.code for site in session.scalars(select(Site))}


def _lots(session: Session, item_id: int, today: date) -> tuple[LotView, ...]:
    sites = _site_codes(session)
    lots = session.scalars(
        select(StockLot)
        .where(StockLot.item_id == item_id)
        .order_by(StockLot.site_id, StockLot.expires_on, StockLot.id)
    ).all()
    held = allocated_by_lot(session, [lot.id for lot in lots])
    releases = _releases(session, item_id, [lot for lot in lots if lot.quality == "inspection"])
    return tuple(
        LotView(
            id=lot.id,
            site_code=sites[lot.site_id],
            lot=lot.lot,
            bin=lot.bin,
            quality=lot.quality,
            on_hand_quantity=lot.on_hand_quantity,
            allocated_quantity=held.get(lot.id, ZERO),
            free_quantity=lot.on_hand_quantity - held.get(lot.id, ZERO),
            expires_on=lot.expires_on,
            received_on=lot.received_on,
            usable=lot.quality == "released" and (lot.expires_on or date.max) >= today,
            release_on=releases.get(lot.id),
        )
        for lot in lots
        if lot.on_hand_quantity or held.get(lot.id)
    )


def _releases(session: Session, item_id: int, lots: list[StockLot]) -> dict[int, date]:
    if not lots:
        return {}
    company = session.get(Company, 1)
    ours = company_calendar(company)
    calendars = {site.id: calendar_of(site, ours) for site in session.scalars(select(Site))}
    times = inspect_days(session, [item_id])
    return release_days(session, lots, times, calendars, returns=policy_of(company).count_returns)


def _receipts(session: Session, item_id: int, today: date) -> tuple[ReceiptView, ...]:
    sites = _site_codes(session)
    return tuple(
        ReceiptView(
            id=row.id,
            kind=row.kind,
            number=row.number,
            supplier=row.supplier,
            site_code=sites[row.site_id],
            quantity=row.quantity,
            open_quantity=row.quantity - row.received_quantity,
            expected_date=row.expected_date,
            overdue=row.expected_date < today,
        )
        for row in _open_receipts(session, [item_id])
    )


def _demand(session: Session, item_id: int) -> tuple[DemandView, ...]:
    """Open lines, earliest promise first."""
    rows = session.execute(
        select(OrderLine, Order, Customer.name, func.min(ScheduleLine.promised_date))
        .join(Order, Order.id == OrderLine.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .outerjoin(
            ScheduleLine,
            (ScheduleLine.line_id == OrderLine.id)
            & (ScheduleLine.quantity > ScheduleLine.shipped_quantity),
        )
        .where(OrderLine.item_id == item_id, Order.status == "booked")
        .group_by(OrderLine.id, Order.id, Customer.name)
        .order_by(func.min(ScheduleLine.promised_date), OrderLine.id)
    ).all()
    held = _sums(
        session,
        select(Allocation.order_line_id, func.sum(Allocation.quantity))
        .where(Allocation.order_line_id.in_([line.id for line, *_ in rows]))
        .group_by(Allocation.order_line_id),
    )
    return tuple(
        DemandView(
            order_id=order.id,
            order_number=order.number,
            customer_name=customer,
            open_quantity=line.stock_quantity - line.cancelled_quantity - line.shipped_quantity,
            allocated_quantity=held.get(line.id, ZERO),
            promised_date=day,
        )
        for line, order, customer, day in rows
        if line.stock_quantity > line.cancelled_quantity + line.shipped_quantity
    )


def _movements(session: Session, item_id: int) -> tuple[MovementView, ...]:
    rows = session.execute(
        select(StockMovement, StockLot.lot, Site.code)
        .join(StockLot, StockLot.id == StockMovement.lot_id)
        .join(Site, Site.id == StockLot.site_id)
        .where(StockLot.item_id == item_id)
        .order_by(StockMovement.id.desc())
        .limit(MOST_MOVEMENTS)
    )
    return tuple(
        MovementView(
            at=row.at,
            lot=lot,
            site_code=site,
            quantity=row.quantity,
            reason=row.reason,
            actor=row.actor,
            subject=row.subject,
            subject_id=row.subject_id,
        )
        for row, lot, site in rows
    )
