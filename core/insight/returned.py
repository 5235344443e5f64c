"""How much of what left came back."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.insight.intake import instants
from core.insight.share import by_customer, good_of, share_figure
from core.insight.values import Figure
from core.orders.tables import Order, OrderLine
from core.shipping.tables import PickLine, Shipment
from core.values import Period


def return_rate(session: Session, period: Period) -> Figure:
    first, end = instants(session, period)
    left = (
        select(PickLine.order_line_id)
        .join(Shipment, Shipment.id == PickLine.shipment_id)
        .where(
            PickLine.picked_quantity > 0, Shipment.shipped_at >= first, Shipment.shipped_at < end
        )
    )
    found = (
        select(Order.customer_id, good_of(OrderLine.returned_quantity > 0).label("good"))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .where(OrderLine.id.in_(left))
        .subquery()
    )
    return share_figure(
        "return-rate",
        "Lines that came back",
        "lines",
        by_customer(session, found),
        better="lower",
        definition="Order lines of which something left in the period: the share of which something has come back "
        "since, whatever was decided about it. Goods that were sent back to the customer don't count.",
    )
