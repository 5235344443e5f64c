"""A shipment and a return as their mails and papers tell them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from core.catalogue.tables import Item
from core.correspondence.line_numbers import order_line_numbers
from core.correspondence.order_facts import in_ordered_unit
from core.correspondence.ours import company_row, kept_address, place_address
from core.errors import NotFound
from core.messages.facts import (
    PackageFacts,
    ReturnedLine,
    ReturnFacts,
    ShipmentFacts,
    ShippedLine,
)
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.returns.tables import ReturnAuthorization
from core.shipping.tables import Package, PickLine, Shipment
from core.supply.tables import Site, StockLot


def shipment_facts(session: Session, shipment_id: int) -> ShipmentFacts:
    shipment = session.scalar(
        select(Shipment)
        .where(Shipment.id == shipment_id)
        .options(
            selectinload(Shipment.pick_lines),
            selectinload(Shipment.packages).selectinload(Package.contents),
        )
        .execution_options(populate_existing=True)
    )
    if shipment is None:
        raise NotFound(f"There is no shipment {shipment_id}.")
    order = session.get_one(Order, shipment.order_id)
    picks = {
        pick.id: (pick, line, item, lot)
        for pick, line, item, lot in session.execute(
            select(PickLine, OrderLine, Item, StockLot)
            .join(OrderLine, OrderLine.id == PickLine.order_line_id)
            .join(Item, Item.id == OrderLine.item_id)
            .join(StockLot, StockLot.id == PickLine.lot_id)
            .where(PickLine.shipment_id == shipment.id)
            .order_by(PickLine.id)
        )
    }
    named = order_line_numbers(session, order.id)
    return ShipmentFacts(
        number=shipment.number,
        order_number=order.number,
        po_number=order.po_number,
        ship_to=kept_address(shipment.ship_to or order.ship_to),
        ship_from=place_address(session.get_one(Site, shipment.site_id)),
        lines=tuple(_line(named[row[1].id], *row) for row in picks.values()),
        packages=tuple(
            PackageFacts(
                package.number,
                package.sscc,
                package.weight_kg,
                tuple(
                    (
                        picks[c.pick_line_id][2].number,
                        _ordered(picks[c.pick_line_id][1], c.quantity),
                        picks[c.pick_line_id][1].unit,
                    )
                    for c in package.contents
                ),
            )
            for package in shipment.packages
        ),
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number,
        shipped_on=_shipped_on(session, shipment),
        expected_date=_expected(session, [row[0].schedule_line_id for row in picks.values()]),
    )


def _ordered(line: OrderLine, stock_quantity: Decimal) -> Decimal:
    return in_ordered_unit(stock_quantity, line.factor_numerator, line.factor_denominator)


def _line(number: str, pick: PickLine, line: OrderLine, item: Item, lot: StockLot) -> ShippedLine:
    taken = pick.picked_quantity if pick.picked_quantity is not None else pick.quantity
    wanted = line.stock_quantity - line.cancelled_quantity
    to_come = max(wanted - max(line.shipped_quantity, taken), Decimal(0))
    factor = (line.factor_numerator, line.factor_denominator)
    return ShippedLine(
        number=number,
        item=item.number,
        customer_sku=line.customer_sku,
        description=line.description,
        quantity=in_ordered_unit(taken, *factor),
        unit=line.unit,
        ordered=line.quantity,
        still_to_come=in_ordered_unit(to_come, *factor),
        lot=lot.lot,
        bin=lot.bin,
    )


def _shipped_on(session: Session, shipment: Shipment) -> date | None:
    if shipment.shipped_at is None:
        return None
    return shipment.shipped_at.astimezone(ZoneInfo(company_row(session).time_zone)).date()


def _expected(session: Session, schedule_ids: list[int]) -> date | None:
    days = session.scalars(
        select(ScheduleLine.promised_date).where(ScheduleLine.id.in_(schedule_ids))
    )
    return max((day for day in days if day), default=None)


def return_facts(session: Session, return_id: int) -> ReturnFacts:
    back = session.scalar(
        select(ReturnAuthorization)
        .where(ReturnAuthorization.id == return_id)
        .options(selectinload(ReturnAuthorization.lines))
        .execution_options(populate_existing=True)
    )
    if back is None:
        raise NotFound(f"There is no return {return_id}.")
    order = session.get_one(Order, back.order_id)
    asked = {line.order_line_id: line.quantity for line in back.lines}
    rows = session.execute(
        select(OrderLine, Item)
        .join(Item, Item.id == OrderLine.item_id)
        .where(OrderLine.id.in_(asked))
        .order_by(OrderLine.position)
    )
    site = session.scalars(select(Site).order_by(Site.priority, Site.id)).first()
    return ReturnFacts(
        number=back.number,
        order_number=order.number,
        po_number=order.po_number,
        lines=tuple(
            ReturnedLine(
                item.number,
                line.description,
                in_ordered_unit(asked[line.id], line.factor_numerator, line.factor_denominator),
                line.unit,
            )
            for line, item in rows
        ),
        send_to=place_address(site or company_row(session)),
        expires_on=back.expires_on,
        reason=back.refused_reason or back.reason,
    )
