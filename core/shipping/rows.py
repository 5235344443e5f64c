"""The rows of one shipment."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.orders.rows import lock, locked_order
from core.orders.tables import Order
from core.shipping.tables import Package, PackageLine, PickLine, Shipment


def lock_with_order(session: Session, shipment: Shipment) -> Order:
    """Locks the order, then its shipment: always in this order, so that no two verbs wait for each other."""
    order = locked_order(session, shipment.order_id)
    lock(session, shipment)
    return order


def pick_lines(session: Session, shipment: Shipment) -> list[PickLine]:
    return list(
        session.scalars(
            select(PickLine).where(PickLine.shipment_id == shipment.id).order_by(PickLine.id)
        )
    )


def package_lines(session: Session, shipment: Shipment) -> list[PackageLine]:
    return list(
        session.scalars(
            select(PackageLine)
            .join(Package, Package.id == PackageLine.package_id)
            .where(Package.shipment_id == shipment.id)
            .order_by(PackageLine.id)
        )
    )
