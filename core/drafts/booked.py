"""A booked order as the checks see it: its open lines, where they go and from where, against master data as it is today."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.strictness import rules_for
from core.catalogue.tables import Item
from core.company.calendar import Calendar
from core.company.policy import company_calendar, company_zone, policy_of
from core.company.tables import Company
from core.drafts.case import Case
from core.drafts.looked_up import know_customer, know_goods
from core.drafts.tables import Draft, DraftField, DraftLine
from core.orders.rows import lines_of, schedule_of
from core.orders.tables import Order, OrderLine
from core.parties.tables import Customer, CustomerAddress
from core.promising.ask import Answer, Promised
from core.values import Parameters


def case_of_order(session: Session, order: Order, now: datetime) -> Case:
    """Draft and lines are values that no session knows; a line's id is that of the order line."""
    company = session.get(Company, 1)
    open_lines = [line for line in lines_of(session, order) if _open(line)]
    case = Case(
        draft=_draft(order),
        lines=[_line(line) for line in open_lines],
        fields={(None, "ship_via"): DraftField(name="ship_via", value=order.ship_via)},
        document=None,
        company=company,
        policy=policy_of(company),
        now=now,
        today=now.astimezone(company_zone(company)).date(),
        calendar=company_calendar(company) if company else Calendar(),
        customer=session.get(Customer, order.customer_id),
        rules=rules_for(session, order.customer_id),
    )
    place = session.get(CustomerAddress, order.ship_to_id) if order.ship_to_id else None
    case.addresses = [place] if place is not None else []
    ids = {line.item_id for line in open_lines}
    case.items = {i.id: i for i in session.scalars(select(Item).where(Item.id.in_(ids)))}
    case.answer = _promised(session, open_lines)
    know_goods(session, case)
    know_customer(session, case)
    return case


def _open(line: OrderLine) -> bool:
    return line.stock_quantity > line.cancelled_quantity + line.shipped_quantity


def _draft(order: Order) -> Draft:
    return Draft(
        kind="order",
        customer_id=order.customer_id,
        ship_to_id=order.ship_to_id,
        ship_to_reason={},
        customer_reason={},
        currency=order.currency,
        order_id=order.id,
        requested_date=order.requested_date,
        choices={},
        delivery={},
    )


def _line(line: OrderLine) -> DraftLine:
    return DraftLine(
        id=line.id,
        position=line.position,
        item_id=line.item_id,
        unit=line.unit,
        quantity=line.quantity,
        stock_quantity=line.stock_quantity - line.cancelled_quantity - line.shipped_quantity,
        factor_numerator=line.factor_numerator,
        factor_denominator=line.factor_denominator,
        unit_price=line.price,
        revision=line.revision,
        configuration=dict(line.configuration or {}),
        group_name=line.group_name,
    )


def _promised(session: Session, lines: list[OrderLine]) -> Answer:
    """What has not left, with the site that it is to leave from."""
    found: dict[int, list[Promised]] = defaultdict(list)
    for row in schedule_of(session, [line.id for line in lines]):
        if row.quantity <= row.shipped_quantity or row.promised_date is None:
            continue
        if row.ship_date is None or row.site_id is None:
            continue
        left = row.quantity - row.shipped_quantity
        found[row.line_id].append(
            Promised(left, row.promised_date, row.ship_date, row.site_id, Parameters("booked"))
        )
    return Answer({line_id: tuple(parts) for line_id, parts in found.items()})
