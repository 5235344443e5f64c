"""Has this order been here before? Same again, another channel, a revision, a call-off, or a number used anew.

A purchase order number alone proves nothing: customers re-enter cancelled orders, split one order, and reuse numbers.
So the number is compared together with the content, and only a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, selectinload

from core.drafts.case import Case, Repeat
from core.drafts.earlier.fill import cited_order_id
from core.drafts.earlier.slips import is_slip
from core.drafts.keys import tells_apart
from core.drafts.tables import Draft
from core.inbound.tables import InboundDocument
from core.orders.tables import Order
from core.parties.read import group_of

MOST_COMPARED = 25
_CALL_OFF = re.compile(r"call[- ]?off|release|abruf|blanket|rahmen", re.IGNORECASE)


def find_repeat(session: Session, case: Case) -> Repeat | None:
    """The strongest likeness among the orders and live drafts of this customer and their group; None when it is new."""
    if case.customer is None:
        return None
    case.group = group_of(session, case.customer)
    orders = _orders(session, case)
    channels = _channels(session, [o.document_id for o in orders])
    found = [r for o in orders if (r := _like_order(case, o, channels.get(o.document_id or 0, "")))]
    found += [r for d in _drafts(session, case) if (r := _like_draft(case, d))]
    ranks = ("same", "other-channel", "revision", "call-off", "same-content", "reused-number")
    return min(found, key=lambda r: ranks.index(r.outcome), default=None)


def _orders(session: Session, case: Case) -> Sequence[Order]:
    draft = case.draft
    same_number = Order.po_key == draft.po_key if tells_apart(draft.po_key) else None
    same_content = (
        (Order.content_key == draft.content_key)
        & (Order.booked_at >= case.now - timedelta(days=case.policy.repeat_days))
        if draft.content_key
        else None
    )
    tests = [t for t in (same_number, same_content) if t is not None]
    if not tests or case.customer is None:
        return ()
    return session.scalars(
        select(Order)
        .where(
            _of_group(case),
            Order.status != "cancelled",
            Order.booked_at <= case.now,
            or_(Order.draft_id.is_(None), Order.draft_id != draft.id),
            or_(*tests),
        )
        .options(selectinload(Order.lines))
        .order_by(Order.booked_at.desc())
        .limit(MOST_COMPARED)
    ).all()


def _of_group(case: Case) -> ColumnElement[bool]:
    """All of the customer's own; of the others of their group only those under the same number."""
    own = Order.customer_id == (case.customer.id if case.customer else 0)
    others = Order.customer_id.in_(case.group) & (Order.po_key == case.draft.po_key)
    return or_(own, others)


def _channels(session: Session, ids: Sequence[int | None]) -> dict[int, str]:
    wanted = [i for i in ids if i]
    rows = session.execute(
        select(InboundDocument.id, InboundDocument.channel).where(InboundDocument.id.in_(wanted))
    )
    return {row.id: row.channel for row in rows}


def _drafts(session: Session, case: Case) -> Sequence[Draft]:
    """Earlier live drafts with the same number; the later one is the repeat."""
    if not tells_apart(case.draft.po_key) or case.customer is None:
        return ()
    return session.scalars(
        select(Draft)
        .where(
            Draft.customer_id.in_(case.group),
            Draft.po_key == case.draft.po_key,
            Draft.id < case.draft.id,
            Draft.status.in_(("open", "waiting", "parked")),
        )
        .limit(MOST_COMPARED)
    ).all()


def _like_order(case: Case, order: Order, channel: str) -> Repeat | None:
    draft = case.draft
    same_number = tells_apart(draft.po_key) and order.po_key == draft.po_key
    same_content = bool(draft.content_key) and order.content_key == draft.content_key
    if not same_number:
        numbered = tells_apart(draft.po_key) and tells_apart(order.po_key)
        asked_for = cited_order_id(draft) == order.id
        slipped = numbered and is_slip(draft.po_key, order.po_key)
        unexpected = same_content and (not numbered or slipped) and not asked_for
        return Repeat("same-content", order=order) if unexpected else None
    if same_content and not _called_off_before(case, order) and not _other_terms(case, order):
        ours = case.document.channel if case.document else ""
        other = bool(channel and ours) and channel != ours
        return Repeat("other-channel" if other else "same", order=order, channel=channel)
    blanket = case.known.blanket
    under_blanket = blanket is not None and order.blanket_id == blanket.id
    if under_blanket or _CALL_OFF.search(case.text("purpose")):
        return Repeat("call-off", order=order)
    items = {line.item_id for line in case.lines}
    if _is_sisters(case, order.customer_id) and not items & {line.item_id for line in order.lines}:
        return None
    old = order.booked_at < case.now - timedelta(days=case.policy.number_reuse_days)
    if old and not items & {line.item_id for line in order.lines}:
        return Repeat("reused-number", order=order)
    return Repeat("revision", order=order)


def _called_off_before(case: Case, order: Order) -> bool:
    """The same amount from the same blanket, some time ago: a rhythm, and no copy."""
    blanket = case.known.blanket
    same = blanket is not None and order.blanket_id == blanket.id
    return same and order.booked_at < case.now - timedelta(days=case.policy.repeat_days)


def _other_terms(case: Case, order: Order) -> bool:
    """The same goods at another price, or to another place: then it is no copy. Each firm has its own rows of places."""
    places = {order.ship_to_id, case.draft.ship_to_id} - {None}
    if len(places) > 1 and not _is_sisters(case, order.customer_id):
        return True
    agreed = {(line.item_id, line.stock_quantity): line.price for line in order.lines}
    return any(
        line.unit_price is not None
        and agreed.get((line.item_id or 0, line.stock_quantity), line.unit_price) != line.unit_price
        for line in case.lines
        if line.stock_quantity is not None
    )


def _is_sisters(case: Case, customer_id: int | None) -> bool:
    """Firms of a group number for themselves: the same number for other goods says nothing."""
    return case.customer is not None and customer_id != case.customer.id


def _like_draft(case: Case, other: Draft) -> Repeat | None:
    same = bool(case.draft.content_key) and other.content_key == case.draft.content_key
    if not same and _is_sisters(case, other.customer_id):
        return None
    return Repeat("same" if same else "revision", draft=other)
