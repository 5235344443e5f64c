"""One order with all that hangs on it, as its screen shows it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.billing.tables import CreditNote, Invoice
from core.errors import NotFound
from core.orders.consent import replies
from core.orders.hold import STOPPABLE, lifters, reasons
from core.orders.line_views import line_views, proofs_of
from core.orders.page import order_page as order_page
from core.orders.possible import possible
from core.orders.progress import ZERO, progress
from core.orders.quantities import quantities
from core.orders.restated import CONSENT
from core.orders.tables import Hold, Order
from core.orders.timeline import names_of
from core.orders.view_values import (
    BillSummary,
    HoldView,
    OrderView,
    ReturnSummary,
    ShipmentSummary,
)
from core.parties.tables import Customer
from core.people.may import who
from core.returns.tables import ReturnAuthorization
from core.shipping.tables import Package, Shipment
from core.supply.tables import Site
from core.values import Address


def order_view(session: Session, order_id: int) -> OrderView:
    """Raises NotFound."""
    order = session.get(Order, order_id)
    if order is None:
        raise NotFound()
    customer = session.get_one(Customer, order.customer_id)
    counted = quantities(session, [order.id])
    proofs = proofs_of(session, order)
    lines = line_views(session, order, counted, proofs)
    stopped = {verb for verb in STOPPABLE if reasons(session, order, verb)}
    return OrderView(
        id=order.id,
        number=order.number,
        status=order.status,
        version=order.version,
        revision=order.revision,
        customer_id=customer.id,
        customer_number=customer.number,
        customer_name=customer.name,
        draft_id=order.draft_id,
        document_id=order.document_id,
        po_number=order.po_number,
        order_date=order.order_date,
        requested_date=order.requested_date,
        booked_at=order.booked_at,
        currency=order.currency,
        payment_terms=order.payment_terms,
        incoterms=order.incoterms,
        ship_via=order.ship_via,
        notes=order.notes,
        delivery_policy=order.delivery_policy,
        ship_to=address_rows(order.ship_to),
        bill_to=address_rows(order.bill_to),
        contact_name=order.contact_name,
        contact_email=order.contact_email,
        net=sum((line.net for line in lines), ZERO),
        progress=progress(counted.values()),
        verbs=possible(order.status, counted.values(), stopped),
        lines=lines,
        holds=_holds(session, order),
        shipments=_shipments(session, order),
        bills=bills_of(session, order.id),
        returns=_returns(session, order),
        proofs=proofs.get(None, {}),
    )


def address_rows(address: dict[str, Any]) -> tuple[str, ...]:
    """The printed rows of an address as an order keeps it."""
    return Address(
        name=address.get("name", ""),
        lines=tuple(row for row in address.get("street", "").split("\n") if row),
        postal_code=address.get("postal_code", ""),
        city=address.get("city", ""),
        region=address.get("region", ""),
        country=address.get("country", ""),
    ).rows()


def _holds(session: Session, order: Order) -> tuple[HoldView, ...]:
    rows = session.scalars(select(Hold).where(Hold.order_id == order.id).order_by(Hold.id)).all()
    names = names_of(session, {by for hold in rows for by in (hold.placed_by, hold.released_by)})
    return tuple(
        HoldView(
            id=hold.id,
            kind=hold.kind,
            status=hold.status,
            reason=hold.reason,
            stops=tuple(hold.stops),
            placed_at=hold.created_at,
            placed_by=names[hold.placed_by],
            released_by=names[hold.released_by],
            release_reason=hold.release_reason,
            version=hold.version,
            roles=lifters(session, order, hold),
            who_may=who(lifters(session, order, hold)),
            released_until=hold.released_until,
            replies=replies(session, order, hold)
            if hold.kind == CONSENT and hold.status == "active"
            else (),
        )
        for hold in rows
    )


def _shipments(session: Session, order: Order) -> tuple[ShipmentSummary, ...]:
    packages = (
        select(Package.shipment_id, func.count().label("count"))
        .group_by(Package.shipment_id)
        .subquery()
    )
    rows = session.execute(
        select(Shipment, Site.code, packages.c.count)
        .join(Site, Site.id == Shipment.site_id)
        .outerjoin(packages, packages.c.shipment_id == Shipment.id)
        .where(Shipment.order_id == order.id)
        .order_by(Shipment.id)
    )
    return tuple(
        ShipmentSummary(
            id=shipment.id,
            number=shipment.number,
            status=shipment.status,
            site_code=code,
            carrier=shipment.carrier,
            tracking_number=shipment.tracking_number,
            package_count=count or 0,
            shipped_at=shipment.shipped_at,
            delivered_at=shipment.delivered_at,
        )
        for shipment, code, count in rows
    )


def bills_of(
    session: Session, order_id: int, return_id: int | None = None
) -> tuple[BillSummary, ...]:
    """Invoices and credit notes of an order, or only the credit notes of one of its returns; oldest first."""
    invoices = session.scalars(select(Invoice).where(Invoice.order_id == order_id))
    credits = session.scalars(select(CreditNote).where(CreditNote.order_id == order_id))
    bills = [_bill(bill, bill.shipment_id, None) for bill in invoices]
    bills += [_bill(bill, None, bill.return_id) for bill in credits]
    wanted = (b for b in bills if return_id is None or b.return_id == return_id)
    return tuple(sorted(wanted, key=lambda b: (b.issued_at, b.number)))


def _bill(
    bill: Invoice | CreditNote, shipment_id: int | None, return_id: int | None
) -> BillSummary:
    return BillSummary(
        kind=bill.SUBJECT,
        id=bill.id,
        number=bill.number,
        status=bill.status,
        issued_at=bill.issued_at,
        net=bill.net,
        tax=bill.tax,
        total=bill.total,
        shipment_id=shipment_id,
        return_id=return_id,
    )


def _returns(session: Session, order: Order) -> tuple[ReturnSummary, ...]:
    rows = session.scalars(
        select(ReturnAuthorization)
        .where(ReturnAuthorization.order_id == order.id)
        .order_by(ReturnAuthorization.id)
    )
    return tuple(
        ReturnSummary(
            id=rma.id,
            number=rma.number,
            status=rma.status,
            reason=rma.reason,
            resolution=rma.resolution,
            expires_on=rma.expires_on,
        )
        for rma in rows
    )
