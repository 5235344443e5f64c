"""One shipment as the warehouse, the packing slip and the labels show it."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.errors import NotFound
from core.lifecycle import legal_verbs
from core.orders.hold import reasons
from core.orders.tables import Order, OrderLine
from core.orders.view import address_rows
from core.parties.tables import Customer
from core.shipping.queue import warehouse_queue as warehouse_queue
from core.shipping.rows import package_lines
from core.shipping.tables import Package, PackageLine, PickLine, Shipment
from core.shipping.view_values import (
    PackageContentView,
    PackageView,
    PickLineView,
    ShipmentView,
)
from core.supply.tables import Site, StockLot

ZERO = Decimal(0)


def shipment_view(session: Session, shipment_id: int) -> ShipmentView:
    """Raises NotFound."""
    shipment = session.get(Shipment, shipment_id)
    if shipment is None:
        raise NotFound()
    order = session.get_one(Order, shipment.order_id)
    customer = session.get_one(Customer, order.customer_id)
    site = session.get_one(Site, shipment.site_id)
    contents = package_lines(session, shipment)
    picks = _pick_lines(session, shipment, contents)
    stopped = reasons(session, order, "ship") if shipment.status == "packed" else ()
    return ShipmentView(
        id=shipment.id,
        number=shipment.number,
        status=shipment.status,
        version=shipment.version,
        order_id=order.id,
        order_number=order.number,
        po_number=order.po_number,
        customer_id=customer.id,
        customer_name=customer.name,
        language=customer.language,
        site_id=site.id,
        site_code=site.code,
        site_name=site.name,
        site_rows=_site_rows(site),
        ship_to=address_rows(shipment.ship_to),
        ship_via=order.ship_via,
        notes=order.notes,
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number,
        created_at=shipment.created_at,
        shipped_at=shipment.shipped_at,
        delivered_at=shipment.delivered_at,
        received_by=shipment.received_by,
        verbs=tuple(
            verb
            for verb in legal_verbs("shipment", shipment.status)
            if not (verb == "ship" and stopped)
        ),
        stopped=stopped,
        pick_lines=picks,
        packages=_packages(session, shipment, contents, picks),
    )


def _site_rows(site: Site) -> tuple[str, ...]:
    names = ("name", "street", "postal_code", "city", "country")
    return address_rows({name: getattr(site, name) for name in names})


def _pick_lines(
    session: Session, shipment: Shipment, contents: list[PackageLine]
) -> tuple[PickLineView, ...]:
    """In walking order: by bin, then line."""
    packed: dict[int, Decimal] = defaultdict(Decimal)
    for content in contents:
        packed[content.pick_line_id] += content.quantity
    rows = session.execute(
        select(PickLine, OrderLine, Item, StockLot)
        .join(OrderLine, OrderLine.id == PickLine.order_line_id)
        .join(Item, Item.id == OrderLine.item_id)
        .join(StockLot, StockLot.id == PickLine.lot_id)
        .where(PickLine.shipment_id == shipment.id)
        .order_by(StockLot.bin, OrderLine.position, PickLine.id)
    )
    return tuple(
        PickLineView(
            id=pick.id,
            order_line_id=line.id,
            line_position=line.position,
            item_id=item.id,
            item_number=item.number,
            description=line.description,
            customer_sku=line.customer_sku,
            gtin=item.gtin,
            hazardous=item.hazardous,
            stock_unit=item.stock_unit,
            lot=lot.lot,
            bin=lot.bin,
            expires_on=lot.expires_on,
            quantity=pick.quantity,
            picked_quantity=pick.picked_quantity,
            packed_quantity=packed[pick.id],
            short_reason=pick.short_reason,
            weight_kg=item.weight_kg,
        )
        for pick, line, item, lot in rows
    )


def _packages(
    session: Session,
    shipment: Shipment,
    contents: list[PackageLine],
    picks: tuple[PickLineView, ...],
) -> tuple[PackageView, ...]:
    by_id = {pick.id: pick for pick in picks}
    inside: dict[int, list[PackageContentView]] = defaultdict(list)
    for content in contents:
        pick = by_id[content.pick_line_id]
        inside[content.package_id].append(
            PackageContentView(
                pick_line_id=pick.id,
                item_number=pick.item_number,
                description=pick.description,
                customer_sku=pick.customer_sku,
                lot=pick.lot,
                quantity=content.quantity,
                stock_unit=pick.stock_unit,
            )
        )
    rows = session.scalars(
        select(Package).where(Package.shipment_id == shipment.id).order_by(Package.number)
    )
    return tuple(
        PackageView(row.id, row.number, row.sscc, row.weight_kg, tuple(inside[row.id]))
        for row in rows
    )
