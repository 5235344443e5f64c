"""Steps that several tests take: an order with stock, taken to the status that the test is about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.execution.allocate import allocate
from core.execution.release import release
from core.orders.tables import Order, OrderLine
from core.parties.tables import Customer
from core.shipping.deliver import deliver
from core.shipping.pack import in_one_package, pack
from core.shipping.pick import pick
from core.shipping.rows import pick_lines
from core.shipping.ship import ship
from core.shipping.tables import Shipment
from core.supply.tables import Site, StockLot, StockMovement
from tests.builders import (
    Wanted,
    a_company,
    a_customer,
    a_lot,
    a_site,
    a_user,
    an_act,
    an_item,
    an_order,
)


@dataclass
class Shop:
    """A firm with one site, one customer and one item in one lot."""

    site: Site
    customer: Customer
    item: Item
    lot: StockLot


def a_shop(session: Session, stock: int = 100, **customer: object) -> Shop:
    a_company(session)
    a_user(session, "admin")
    site, item = a_site(session), an_item(session)
    return Shop(site, a_customer(session, **customer), item, a_lot(session, site, item, stock))


def order_for(session: Session, shop: Shop, *quantities: int, **changes: object) -> Order:
    lines = [Wanted(shop.item, quantity) for quantity in quantities]
    return an_order(session, shop.customer, lines, site=shop.site, **changes)  # type: ignore[arg-type]


def lines(session: Session, order: Order) -> list[OrderLine]:
    return list(
        session.scalars(
            select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.position)
        )
    )


def released(session: Session, order: Order) -> Shipment:
    allocate(session, order, act=an_act())
    return release(session, order, act=an_act())[0]


def pick_all(session: Session, shipment: Shipment) -> None:
    taken = {row.id: (row.quantity, "") for row in pick_lines(session, shipment)}
    pick(session, shipment, taken, act=an_act())


def packed(session: Session, order: Order) -> Shipment:
    shipment = released(session, order)
    pick_all(session, shipment)
    pack(session, shipment, in_one_package(pick_lines(session, shipment)), act=an_act())
    return shipment


def shipped(session: Session, order: Order) -> Shipment:
    shipment = packed(session, order)
    ship(session, shipment, "Parcel Co", "T-1", act=an_act())
    return shipment


def delivered(session: Session, order: Order) -> Shipment:
    shipment = shipped(session, order)
    deliver(session, shipment, "Gate 2", act=an_act())
    return shipment


def ledger_agrees(session: Session) -> bool:
    """Every lot's balance is the sum of its movements."""
    for lot in session.scalars(select(StockLot)):
        moved = session.scalars(select(StockMovement).where(StockMovement.lot_id == lot.id))
        if sum((m.quantity for m in moved), Decimal(0)) != lot.on_hand_quantity:
            return False
    return True
