"""The other ways to promise one line of a draft, with what each costs us and others, as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.company.calendar import Calendar
from core.company.policy import company_calendar
from core.drafts.case import Case, load
from core.drafts.change.revised import find_revised
from core.drafts.dates import ask_of, substitutes_of, supply_of
from core.drafts.looked_up import item_substitutes
from core.drafts.panes import SlipView
from core.drafts.tables import Draft, DraftLine
from core.drafts.ways.standing_in import stand_ins_of
from core.drafts.ways.words import DESCRIBED, SUPPLIER_OF_RECEIPT, cost_of
from core.errors import NotFound
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.orders.terms import goes_together
from core.parties.tables import Customer, CustomerAddress
from core.promising.alternatives import alternatives
from core.promising.ask import Answer, Promised, Supply
from core.promising.promise import answer_of_json
from core.promising.question import Alternative
from core.promising.slips import Slip
from core.promising.sooner import Rush
from core.promising.terms import BY_ITSELF
from core.supply.tables import Receipt, Supplier

MOST_RUSHES = 3
"""Receipts that are tried, those of the item itself before its components."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way: kind and id name it, choice is what the draft keeps when it is taken.

    parts: of the line, empty when none is in time. gains: earlier promises that come sooner by it. others: (line, arrives now, arrives then) of the draft's other lines.
    price_difference: for the whole line, None when a price is missing; cost: of having it sooner, None when not known.
    agreed: the customer need not be asked.
    """

    kind: str
    id: int
    words: str
    parts: tuple[Promised, ...]
    arrives: date | None
    late_days: int
    others: tuple[tuple[int, date | None, date | None], ...]
    slips: tuple[SlipView, ...]
    gains: tuple[SlipView, ...]
    price_difference: Decimal | None
    cost: Decimal | None
    agreed: bool
    choice: dict[str, Any]


def ways(session: Session, draft: Draft, line_id: int, *, now: datetime) -> tuple[Way, ...]:
    """What could be promised instead for this line; nothing is changed. Raises NotFound."""
    case = assessed(session, draft, now)
    line = next((line for line in case.lines if line.id == line_id), None)
    if line is None:
        raise NotFound("This line is not on the draft.")
    ask = ask_of(case)
    if all(asked.key != line.id for asked in ask.lines):
        return ()
    stand_ins = stand_ins_of(session, case, line)
    supply = supply_of(session, case, ask, {row.item_id for row in stand_ins})
    rushes = _rushes(session, supply, line)
    found = [
        replace(way, slips=_with_companions(session, way.slips))
        for way in alternatives(ask, supply, line.id, stand_ins=stand_ins, rushes=rushes)
    ]
    shown = answer_of_json(draft.promise)
    slips = _slips(session, found)
    return tuple(_way(session, case, line, shown, way, slips) for way in found)


def assessed(session: Session, draft: Draft, now: datetime) -> Case:
    """The case as it was assessed last, without assessing it again: nothing is written by looking."""
    case = load(session, draft, now)
    case.customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    case.revised = find_revised(session, case)
    if draft.ship_to_id is not None:
        case.addresses = list(
            session.scalars(select(CustomerAddress).where(CustomerAddress.id == draft.ship_to_id))
        )
    ids = {line.item_id for line in case.lines if line.item_id is not None}
    case.items = {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(ids)))}
    if draft.customer_id is not None:
        case.known.substitutes = item_substitutes(session, draft.customer_id, ids)
    return case


def _rushes(session: Session, supply: Supply, line: DraftLine) -> tuple[Rush, ...]:
    """Open receipts that could come sooner. A started production order is not rushed."""
    ids = [b.id for b in supply.buckets if b.kind == "receipt"]
    rows = session.execute(
        select(Receipt.id, Supplier.rush_days)
        .outerjoin(Supplier, SUPPLIER_OF_RECEIPT)
        .where(Receipt.id.in_(ids), or_(Receipt.stage != "started", Receipt.kind == "purchase"))
        .order_by((Receipt.item_id == line.item_id).desc(), Receipt.expected_date, Receipt.id)
        .limit(MOST_RUSHES)
    ).all()
    return tuple(Rush(receipt_id, days or 0) for receipt_id, days in rows)


def _slips(
    session: Session, found: Iterable[Alternative]
) -> dict[int, tuple[ScheduleLine, Order, str, int]]:
    """By schedule line id the row, its order, the customer's name and the line's position."""
    ids = sorted({slip.schedule_line_id for way in found for slip in (*way.slips, *way.gains)})
    rows = session.execute(
        select(ScheduleLine, Order, Customer.name, OrderLine.position)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Customer, Customer.id == Order.customer_id)
        .where(ScheduleLine.id.in_(ids))
    )
    return {row.id: (row, order, name, position) for row, order, name, position in rows}


def _with_companions(session: Session, slips: tuple[Slip, ...]) -> tuple[Slip, ...]:
    """What is delivered together slips together: the other lines of a complete delivery wait for the one that slips."""
    found = {slip.schedule_line_id: slip for slip in slips}
    rows = session.execute(
        select(ScheduleLine, OrderLine, Order)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(ScheduleLine.id.in_(sorted(found)))
    ).all()
    for row, line, order in rows:
        to_date = found[row.id].to_date
        if to_date is None or not goes_together(order, line):
            continue
        others = session.scalars(
            select(ScheduleLine)
            .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
            .where(
                OrderLine.order_id == order.id,
                OrderLine.group_name == line.group_name,
                ScheduleLine.quantity > ScheduleLine.shipped_quantity,
                ScheduleLine.ship_date < to_date,
            )
        )
        for other in others:
            known = found.get(other.id)
            if other.ship_date is not None and (
                known is None or (known.to_date or to_date) < to_date
            ):
                found[other.id] = Slip(other.id, other.ship_date, to_date)
    return tuple(found.values())


def _way(
    session: Session,
    case: Case,
    line: DraftLine,
    shown: Answer,
    way: Alternative,
    slips: dict[int, tuple[ScheduleLine, Order, str, int]],
) -> Way:
    parts = way.answer.lines.get(line.id, ())
    whole = parts if not way.answer.missed.get(line.id) else ()
    arrives = max((part.promised_date for part in whole), default=None)
    wish = case.wish(line)
    words, choice, difference = DESCRIBED[way.kind](session, case, line, way)
    return Way(
        kind=way.kind,
        id=way.id,
        words=words,
        parts=parts,
        arrives=arrives,
        late_days=max((arrives - wish).days, 0) if arrives and wish else 0,
        others=_others(case, line, shown, way.answer),
        slips=tuple(
            _slip(slip, company_calendar(case.company), *slips[slip.schedule_line_id])
            for slip in way.slips
            if slip.schedule_line_id in slips
        ),
        gains=tuple(
            _slip(slip, company_calendar(case.company), *slips[slip.schedule_line_id])
            for slip in way.gains
            if slip.schedule_line_id in slips
        ),
        price_difference=difference,
        cost=cost_of(session, way),
        agreed=way.kind != "substitute" or substitutes_of(case, line) in BY_ITSELF,
        choice={"kind": way.kind, **choice},
    )


def _slip(
    slip: Slip, calendar: Calendar, row: ScheduleLine, order: Order, customer: str, position: int
) -> SlipView:
    """In days of arrival: as much later as it leaves later (as core.orders.give_way books it)."""
    arrives, later, days = row.promised_date or slip.from_date, None, 0
    if slip.to_date is not None:
        later = calendar.on_or_after(arrives + (slip.to_date - slip.from_date))
        days = (later - arrives).days
    return SlipView(order.id, order.number, customer, position, arrives, later, days)


def _others(
    case: Case, line: DraftLine, shown: Answer, found: Answer
) -> tuple[tuple[int, date | None, date | None], ...]:
    pairs = (
        (other.position, shown.last_date(other.id), found.last_date(other.id))
        for other in case.lines
        if other.id != line.id and (other.id in found.lines or other.id in found.missed)
    )
    return tuple(pair for pair in pairs if pair[1] != pair[2])
