"""The lines of an order for its screen, read in a handful of queries however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.drafts.tables import Draft, DraftField, DraftLine
from core.execution.tables import Allocation
from core.orders.money import line_net
from core.orders.progress import ZERO, LineQuantities, line_state
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.orders.view_values import OrderLineView, ScheduleView
from core.returns.tables import ReturnAuthorization, ReturnLine
from core.supply.tables import Site
from core.values import Parameters

Proofs = dict[int | None, dict[str, int]]


def line_views(
    session: Session, order: Order, quantities: dict[int, LineQuantities], proofs: Proofs
) -> tuple[OrderLineView, ...]:
    """The lines in the order of their positions."""
    rows = session.execute(
        select(OrderLine, Item)
        .join(Item, Item.id == OrderLine.item_id)
        .where(OrderLine.order_id == order.id)
        .order_by(OrderLine.position)
    ).all()
    schedule = _schedule(session, [line.id for line, _ in rows])
    announced = _announced(session, order)
    drafts = _drafts(session, [line.draft_line_id for line, _ in rows])
    return tuple(
        _line(
            order,
            line,
            item,
            quantities[line.id],
            tuple(schedule[line.id]),
            announced.get(line.id, ZERO),
            drafts.get(line.draft_line_id or 0),
            proofs.get(line.draft_line_id, {}) if line.draft_line_id else {},
        )
        for line, item in rows
    )


def _drafts(session: Session, draft_line_ids: Collection[int | None]) -> dict[int, int]:
    """The draft of each draft line: the first order, or the change that gave the line its terms."""
    rows = session.execute(
        select(DraftLine.id, DraftLine.draft_id).where(DraftLine.id.in_(draft_line_ids))
    )
    return dict(rows.all())


def proofs_of(session: Session, order: Order) -> Proofs:
    """Draft field ids by (draft line id or None for the header) and name, for fields that were read somewhere.

    A line that a later change gave its terms names that change's draft line; the header is of the first draft.
    """
    drafts = select(Draft.id).where((Draft.order_id == order.id) | (Draft.id == order.draft_id))
    found: Proofs = defaultdict(dict)
    for field in session.scalars(
        select(DraftField).where(DraftField.draft_id.in_(drafts)).order_by(DraftField.id)
    ):
        if field.evidence and (field.line_id is not None or field.draft_id == order.draft_id):
            found[field.line_id][field.name] = field.id
    return found


def _line(
    order: Order,
    line: OrderLine,
    item: Item,
    q: LineQuantities,
    schedule: tuple[ScheduleView, ...],
    announced: Decimal,
    draft_id: int | None,
    proofs: dict[str, int],
) -> OrderLineView:
    return OrderLineView(
        id=line.id,
        position=line.position,
        customer_line_no=line.customer_line_no,
        item_id=item.id,
        item_number=item.number,
        description=line.description,
        customer_sku=line.customer_sku,
        quantity=line.quantity,
        unit=line.unit,
        stock_unit=item.stock_unit,
        stock_quantity=line.stock_quantity,
        cancelled_quantity=line.cancelled_quantity,
        allocated_quantity=q.allocated,
        on_shipment_quantity=q.on_shipment,
        shipped_quantity=q.shipped,
        delivered_quantity=q.delivered,
        invoiced_quantity=q.invoiced,
        returned_quantity=q.returned,
        open_quantity=q.open,
        backordered_quantity=q.backordered,
        returnable_quantity=max(q.delivered - q.returned - announced, ZERO),
        ordered_price=line.ordered_price,
        price=line.price,
        net=line_net(
            q.wanted, line.price, line.factor_numerator, line.factor_denominator, order.currency
        ),
        requested_date=line.requested_date,
        state=line_state(q, as_wished=_as_wished(schedule)),
        group=line.group_name,
        schedule=schedule,
        proof_draft_id=draft_id,
        proofs=proofs,
    )


def _as_wished(schedule: tuple[ScheduleView, ...]) -> bool:
    return all(
        s.promised_date is not None
        and (s.requested_date is None or s.promised_date <= s.requested_date)
        for s in schedule
        if s.quantity > s.shipped_quantity
    )


def _schedule(session: Session, line_ids: Collection[int]) -> defaultdict[int, list[ScheduleView]]:
    held = {
        schedule_id: Decimal(total)
        for schedule_id, total in session.execute(
            select(Allocation.schedule_line_id, func.sum(Allocation.quantity))
            .where(Allocation.order_line_id.in_(line_ids))
            .group_by(Allocation.schedule_line_id)
        )
    }
    found: defaultdict[int, list[ScheduleView]] = defaultdict(list)
    for row, site in session.execute(
        select(ScheduleLine, Site.code)
        .outerjoin(Site, Site.id == ScheduleLine.site_id)
        .where(ScheduleLine.line_id.in_(line_ids))
        .order_by(ScheduleLine.line_id, ScheduleLine.position)
    ):
        found[row.line_id].append(_part(row, site or "", held.get(row.id, ZERO)))
    return found


def _part(row: ScheduleLine, site: str, allocated: Decimal) -> ScheduleView:
    wish, day = row.requested_date, row.promised_date
    return ScheduleView(
        id=row.id,
        position=row.position,
        quantity=row.quantity,
        shipped_quantity=row.shipped_quantity,
        allocated_quantity=allocated,
        site_code=site,
        requested_date=wish,
        first_promised_date=row.first_promised_date,
        promised_date=day,
        ship_date=row.ship_date,
        actual_date=row.actual_date,
        promise_version=row.promise_version,
        late_days=max((day - wish).days, 0) if wish and day else 0,
        reason=Parameters(str(row.reason.get("code", "")), dict(row.reason.get("facts", {}))),
    )


def _announced(session: Session, order: Order) -> dict[int, Decimal]:
    """Per order line what returns announce and what has not arrived of it."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for line in session.scalars(
        select(ReturnLine)
        .join(ReturnAuthorization, ReturnAuthorization.id == ReturnLine.return_id)
        .where(
            ReturnAuthorization.order_id == order.id,
            ReturnAuthorization.status.in_(("requested", "authorised", "received")),
        )
    ):
        found[line.order_line_id] += line.quantity - line.received_quantity
    return found
