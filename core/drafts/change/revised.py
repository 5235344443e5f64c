"""A change speaks of an order that we have: which one, and what its lines say where the change says nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from core.catalogue.tables import Item
from core.drafts.case import Case
from core.drafts.matching.values import Match, is_chosen
from core.drafts.tables import Draft, DraftLine
from core.lifecycle import LIVE_DRAFT
from core.orders.amendment import opened_on, restates_all, wished
from core.orders.pairing import pair_lines
from core.orders.readdress import new_place
from core.orders.restated import restated
from core.orders.rows import lines_of
from core.orders.tables import Order, OrderLine
from core.parties.read import group_of


def find_revised(session: Session, case: Case) -> Order | None:
    """The order that a clerk opened the change on, else the newest of this customer, or else of their group, with the number that it names."""
    draft = case.draft
    if draft.kind == "order" or case.customer is None:
        return None
    named = opened_on(session, draft)
    if named is not None:
        return session.scalars(
            select(Order)
            .where(Order.id == named, Order.status != "cancelled")
            .options(selectinload(Order.lines))
        ).first()
    if not draft.po_key:
        return None
    return session.scalars(
        select(Order)
        .where(
            Order.customer_id.in_(group_of(session, case.customer)),
            Order.po_key == case.draft.po_key,
            Order.status != "cancelled",
        )
        .options(selectinload(Order.lines))
        .order_by(Order.customer_id != case.customer.id, Order.booked_at.desc(), Order.id.desc())
    ).first()


def find_awaited(session: Session, case: Case) -> Draft | None:
    """The newest draft on the desk with the number that a change names, unless it is another customer's."""
    draft = case.draft
    if draft.kind == "order" or case.revised is not None or not draft.po_key:
        return None
    return session.scalars(
        select(Draft)
        .where(
            Draft.po_key == draft.po_key,
            Draft.kind == "order",
            Draft.id != draft.id,
            Draft.status.in_(LIVE_DRAFT),
            or_(Draft.customer_id.is_(None), Draft.customer_id == draft.customer_id),
        )
        .order_by(Draft.id.desc())
    ).first()


def waiting_changes(session: Session, order_id: int) -> list[tuple[int, str]]:
    """(id, kind) of changes and cancellations of the order that nobody has decided on yet."""
    rows = session.execute(
        select(Draft.id, Draft.kind)
        .where(
            Draft.revision_of_id == order_id,
            Draft.kind != "order",
            Draft.status.in_(LIVE_DRAFT),
        )
        .order_by(Draft.id)
    )
    return [(row.id, row.kind) for row in rows]


def order_lines(session: Session, case: Case) -> dict[int, OrderLine]:
    """By draft line id the order line that it changes."""
    if case.revised is None:
        return {}
    pairs = pair_lines(session, case.revised.lines, case.lines)
    return {line.id: ours for ours, line in pairs if ours is not None}


def wishes(session: Session, draft: Draft, lines: Sequence[DraftLine]) -> dict[int, date | None]:
    """By draft line id the day on which it is wanted."""
    plain = {line.id: line.requested_date or draft.requested_date for line in lines}
    if draft.kind == "order" or draft.revision_of_id is None:
        return plain
    order = session.get_one(Order, draft.revision_of_id)
    pairs = pair_lines(session, lines_of(session, order), [x for x in lines if not x.removed])
    return plain | {line.id: wished(line, ours, order, draft) for ours, line in pairs}


def compare(session: Session, case: Case) -> None:
    """Which lines of the order the change changes, and which it leaves alone."""
    case.ours, case.others = order_lines(session, case), []
    if case.revised is None or case.draft.kind != "change":
        return
    case.moved = new_place(session, case.revised, case.draft) is not None
    case.restated = restated(session, case.revised, case.draft, case.document)
    if not restates_all(session, case.draft):
        taken = {ours.id for ours in case.ours.values()}
        case.others = [line for line in case.revised.lines if line.id not in taken]
    missing = {line.item_id for line in case.others} - set(case.items)
    if missing:
        case.items |= {i.id: i for i in session.scalars(select(Item).where(Item.id.in_(missing)))}


def fill_in(session: Session, case: Case) -> None:
    """ "Line 2: 500 please": without a part number the ordered item is meant, without a unit the ordered unit."""
    for line_id, ours in order_lines(session, case).items():
        line = next(x for x in case.lines if x.id == line_id)
        if (
            line.item_id is None
            and not _names_goods(case, line)
            and not is_chosen(line.item_reason)
        ):
            match = Match(ours.item_id, "by-order-line", {"value": str(ours.position)})
            line.item_id, line.item_reason = match.id, match.as_json()
        if line.item_id == ours.item_id and not case.meant_units.get(line_id):
            case.meant_units[line_id] = ours.unit


def _names_goods(case: Case, line: DraftLine) -> bool:
    return any(
        case.text(n, line) for n in ("buyer_sku", "supplier_sku", "gtin", "manufacturer_sku")
    )
