"""Returns for their screens: one with its lines and figures, the list, and what of an order may still come back."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.billing.credit import Credit, credit_for
from core.billing.tables import CreditNote, CreditNoteLine
from core.catalogue.tables import Item
from core.errors import NotEnough, NotFound
from core.lifecycle import legal_verbs
from core.orders.quantities import quantities
from core.orders.tables import Order, OrderLine
from core.orders.view import bills_of
from core.parties.tables import Customer
from core.returns.eligibility import Case, cases, refusal
from core.returns.receive import shipped_lots
from core.returns.tables import Disposition, ReturnAuthorization, ReturnLine
from core.returns.view_values import (
    DispositionView,
    ReturnableLine,
    ReturnLineView,
    ReturnPage,
    ReturnRow,
    ReturnView,
)
from core.values import utc_now

ZERO = Decimal(0)
PAGE_SIZE = 50
STATUSES = ("requested", "authorised", "received", "closed", "refused", "cancelled")
WAITING = ("requested", "authorised", "received")


def return_view(session: Session, return_id: int, *, today: date | None = None) -> ReturnView:
    """Raises NotFound."""
    rma = session.get(ReturnAuthorization, return_id)
    if rma is None:
        raise NotFound()
    order = session.get_one(Order, rma.order_id)
    customer = session.get_one(Customer, order.customer_id)
    lines = _lines(session, rma, order)
    net = sum((line.credit_net for line in lines), ZERO)
    tax = sum((line.credit_tax for line in lines), ZERO)
    return ReturnView(
        id=rma.id,
        number=rma.number,
        status=rma.status,
        version=rma.version,
        order_id=order.id,
        order_number=order.number,
        po_number=order.po_number,
        customer_id=customer.id,
        customer_name=customer.name,
        document_id=rma.document_id,
        reason=rma.reason,
        resolution=rma.resolution,
        expires_on=rma.expires_on,
        expired=_expired(rma, today),
        refused_reason=rma.refused_reason,
        created_at=rma.created_at,
        currency=order.currency,
        credit_net=net,
        credit_tax=tax,
        credit_total=net + tax,
        verbs=_verbs(rma, lines),
        lines=lines,
        bills=bills_of(session, order.id, rma.id),
    )


def _expired(rma: ReturnAuthorization, today: date | None) -> bool:
    waits = rma.status == "authorised" and rma.expires_on is not None
    return waits and (rma.expires_on or date.max) < (today or utc_now().date())


def _verbs(rma: ReturnAuthorization, lines: tuple[ReturnLineView, ...]) -> tuple[str, ...]:
    possible = {
        "receive": any(line.received_quantity < line.quantity for line in lines),
        "inspect": any(line.decision == "pending" and line.received_quantity for line in lines),
        "dispose": any(line.decision != "pending" and line.to_dispose_quantity for line in lines),
        "close": not any(line.to_dispose_quantity for line in lines),
    }
    return tuple(verb for verb in legal_verbs("return", rma.status) if possible.get(verb, True))


def _lines(session: Session, rma: ReturnAuthorization, order: Order) -> tuple[ReturnLineView, ...]:
    rows = session.execute(
        select(ReturnLine, OrderLine, Item)
        .join(OrderLine, OrderLine.id == ReturnLine.order_line_id)
        .join(Item, Item.id == OrderLine.item_id)
        .where(ReturnLine.return_id == rma.id)
        .order_by(OrderLine.position)
    ).all()
    gone = _dispositions(session, [line.id for line, *_ in rows])
    return tuple(
        _line(
            session, line, ordered, item, _credit(session, rma, line, order), tuple(gone[line.id])
        )
        for line, ordered, item in rows
    )


def _line(
    session: Session,
    line: ReturnLine,
    ordered: OrderLine,
    item: Item,
    credit: Credit,
    gone: tuple[DispositionView, ...],
) -> ReturnLineView:
    return ReturnLineView(
        id=line.id,
        order_line_id=ordered.id,
        line_position=ordered.position,
        item_number=item.number,
        description=ordered.description,
        customer_sku=ordered.customer_sku,
        stock_unit=item.stock_unit,
        shipped_lots=tuple(dict.fromkeys(lot.lot for lot in shipped_lots(session, ordered.id))),
        quantity=line.quantity,
        received_quantity=line.received_quantity,
        accepted_quantity=line.accepted_quantity,
        disposed_quantity=line.disposed_quantity,
        to_dispose_quantity=line.received_quantity - line.disposed_quantity,
        decision=line.decision,
        decision_reason=line.decision_reason,
        condition=line.condition,
        lot=line.lot,
        credit_net=credit.net,
        credit_tax=credit.tax,
        dispositions=gone,
    )


def _credit(session: Session, rma: ReturnAuthorization, line: ReturnLine, order: Order) -> Credit:
    """What was credited, or what closing would credit now; nothing for repair and replacement."""
    issued = session.execute(
        select(CreditNoteLine)
        .join(CreditNote, CreditNote.id == CreditNoteLine.credit_note_id)
        .where(CreditNote.return_id == rma.id, CreditNoteLine.order_line_id == line.order_line_id)
    ).scalar()
    if issued is not None:
        return Credit(issued.stock_quantity, issued.net, issued.tax)
    if rma.resolution != "credit" or rma.status not in WAITING:
        return Credit(ZERO, ZERO, ZERO)
    try:
        return credit_for(session, line.order_line_id, line.accepted_quantity, order.currency)
    except NotEnough:  # not billed yet: a hold keeps the invoice back
        return Credit(ZERO, ZERO, ZERO)


def _dispositions(
    session: Session, return_line_ids: list[int]
) -> defaultdict[int, list[DispositionView]]:
    found: defaultdict[int, list[DispositionView]] = defaultdict(list)
    for row in session.scalars(
        select(Disposition)
        .where(Disposition.return_line_id.in_(return_line_ids))
        .order_by(Disposition.id)
    ):
        found[row.return_line_id].append(
            DispositionView(row.id, row.kind, row.quantity, row.at, row.actor)
        )
    return found


def return_page(
    session: Session,
    *,
    status: str = "",
    search: str = "",
    today: date | None = None,
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> ReturnPage:
    """status: one of STATUSES, "waiting" for those that somebody must act on, "" for all. Newest first."""
    statuses = {"": STATUSES, "waiting": WAITING}.get(status, (status,))
    wanted: ColumnElement[bool] = ReturnAuthorization.status.in_(statuses)
    if search.strip():
        text = search.strip()
        wanted = wanted & (
            ReturnAuthorization.number.icontains(text, autoescape=True)
            | Order.number.icontains(text, autoescape=True)
            | Customer.name.icontains(text, autoescape=True)
        )
    lines = (
        select(ReturnLine.return_id, func.count().label("count"))
        .group_by(ReturnLine.return_id)
        .subquery()
    )
    found = (
        select(ReturnAuthorization, Order.number, Customer.name, lines.c.count)
        .join(Order, Order.id == ReturnAuthorization.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .outerjoin(lines, lines.c.return_id == ReturnAuthorization.id)
        .where(wanted)
    )
    page = max(page, 1)
    rows = session.execute(
        found.order_by(ReturnAuthorization.id.desc())
        .offset((page - 1) * page_size)
        .limit(page_size)
    )
    counts = session.execute(
        select(ReturnAuthorization.status, func.count()).group_by(ReturnAuthorization.status)
    )
    return ReturnPage(
        rows=tuple(
            _row(rma, order, customer, count or 0, today) for rma, order, customer, count in rows
        ),
        total=session.scalar(select(func.count()).select_from(found.subquery())) or 0,
        page=page,
        page_size=page_size,
        counts={**dict.fromkeys(STATUSES, 0), **dict(counts.all())},
    )


def _row(
    rma: ReturnAuthorization, order: str, customer: str, count: int, today: date | None
) -> ReturnRow:
    return ReturnRow(
        id=rma.id,
        number=rma.number,
        status=rma.status,
        order_id=rma.order_id,
        order_number=order,
        customer_name=customer,
        reason=rma.reason,
        resolution=rma.resolution,
        line_count=count,
        expires_on=rma.expires_on,
        expired=_expired(rma, today),
        created_at=rma.created_at,
        next_verb=next(iter(legal_verbs("return", rma.status)), ""),
    )


def returnable_lines(session: Session, order_id: int) -> tuple[ReturnableLine, ...]:
    """Every line of the order with what may still come back, or why nothing may. Raises NotFound."""
    order = session.get(Order, order_id)
    if order is None:
        raise NotFound()
    counted = quantities(session, [order.id])
    rows = session.execute(
        select(OrderLine, Item)
        .join(Item, Item.id == OrderLine.item_id)
        .where(OrderLine.order_id == order.id)
        .order_by(OrderLine.position)
    )
    asked = dict.fromkeys(counted, Decimal(1))
    known = cases(session, order, asked)
    return tuple(
        _returnable(line, item, known[line.id], counted[line.id].returned) for line, item in rows
    )


def _returnable(line: OrderLine, item: Item, case: Case, returned: Decimal) -> ReturnableLine:
    return ReturnableLine(
        order_line_id=line.id,
        position=line.position,
        item_number=item.number,
        description=line.description,
        stock_unit=item.stock_unit,
        shipped_quantity=case.shipped,
        delivered_quantity=case.delivered,
        returned_quantity=returned,
        returnable_quantity=case.returnable,
        refusal=refusal(case) if case.returnable == 0 else "",
    )
