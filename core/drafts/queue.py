"""The queue as a read model: which drafts wait, for whom, and why."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Float, Select, func, or_, select, type_coerce
from sqlalchemy.orm import Session, defer

from core.drafts.overrides import still_open
from core.drafts.prices import line_amount
from core.drafts.queue_values import DEFAULT, LIVE, PAGE_SIZE, QueueFilter, QueuePage, QueueRow
from core.drafts.second_look import for_a_second, passed_by
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.inbound.tables import InboundDocument
from core.parties.tables import Customer
from core.people.tables import User
from core.values import utc_now

__all__ = ["QueueFilter", "QueuePage", "QueueRow", "lanes", "neighbours", "queue"]


def queue(session: Session, wanted: QueueFilter = DEFAULT, user_id: int | None = None) -> QueuePage:
    """One page of drafts that fit, with counters for the filters beside it."""
    ids = _ids(session, wanted, user_id)
    page = min(max(wanted.page, 1), max(1, -(-len(ids) // PAGE_SIZE)))
    shown = ids[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return QueuePage(
        rows=_rows(session, shown),
        total=len(ids),
        page=page,
        pages=max(1, -(-len(ids) // PAGE_SIZE)),
        counts=_counts(session),
        reasons=_reasons(session),
    )


def lanes(session: Session) -> dict[str, int]:
    """Per lane of the inbox how many documents still wait there: not closed, and without a draft."""
    drafted = select(Draft.document_id).where(Draft.document_id.is_not(None))
    rows = session.execute(
        select(InboundDocument.lane, func.count())
        .where(InboundDocument.status == "read", InboundDocument.id.not_in(drafted))
        .group_by(InboundDocument.lane)
    )
    return {row[0]: row[1] for row in rows}


def neighbours(
    session: Session, draft_id: int, wanted: QueueFilter = DEFAULT, user_id: int | None = None
) -> tuple[int | None, int | None, int, int]:
    """(previous id, next id, place from 1 or 0, length) of a draft in the filtered queue.

    A draft that fits no longer (it was parked, its reason is gone) has no place, but still the neighbours that it had.
    """
    ids = _ids(session, wanted, user_id)
    row = ids if draft_id in ids else _ids(session, wanted, user_id, besides=draft_id)
    if draft_id not in row:
        return None, ids[0] if ids else None, 0, len(ids)
    at = row.index(draft_id)
    before = row[at - 1] if at > 0 else None
    after = row[at + 1] if at + 1 < len(row) else None
    return before, after, at + 1 if row is ids else 0, len(ids)


def _ids(
    session: Session, wanted: QueueFilter, user_id: int | None, *, besides: int | None = None
) -> list[int]:
    """Ids that fit, in the wanted order. besides: a draft that is among them whether it fits or not."""
    query: Select[Any] = (
        select(Draft.id)
        .outerjoin(InboundDocument, InboundDocument.id == Draft.document_id)
        .outerjoin(Customer, Customer.id == Draft.customer_id)
    )
    fitting = _fitting(query, wanted, user_id)
    if besides is not None and fitting.whereclause is not None:
        fitting = query.where(or_(fitting.whereclause, Draft.id == besides))
    return list(session.scalars(fitting.order_by(*_order(wanted.sort))))


def _fitting(query: Select[Any], wanted: QueueFilter, user_id: int | None) -> Select[Any]:
    if wanted.statuses:
        query = query.where(Draft.status.in_(wanted.statuses))
    if wanted.kind:
        query = query.where(Draft.kind == wanted.kind)
    if wanted.customer_id is not None:
        query = query.where(Draft.customer_id == wanted.customer_id)
    if wanted.older_than is not None:
        query = query.where(Draft.created_at <= wanted.older_than)
    if wanted.reason:
        query = query.where(
            select(Problem.id)
            .where(
                Problem.draft_id == Draft.id,
                Problem.code == wanted.reason,
                still_open(utc_now()),
            )
            .exists()
        )
    if wanted.second:
        query = query.where(Draft.id.in_(for_a_second()))
    query = _claimed(query, wanted.claimed, user_id)
    if wanted.text.strip():
        like = f"%{wanted.text.strip()}%"
        query = query.where(
            Draft.po_number.ilike(like)
            | Customer.name.ilike(like)
            | InboundDocument.sender_address.ilike(like)
            | InboundDocument.subject_line.ilike(like)
        )
    return query


def _claimed(query: Select[Any], claimed: str, user_id: int | None) -> Select[Any]:
    now = utc_now()
    held = Draft.claimed_until.is_not(None) & (Draft.claimed_until > now)
    mine = Draft.claimed_by_id == (user_id or 0)
    if claimed == "mine":
        return query.where(held, mine)
    if claimed == "others":
        return query.where(held, ~mine)
    return query.where(~held | Draft.claimed_until.is_(None)) if claimed == "free" else query


def _order(sort: str) -> tuple[Any, ...]:
    orders: dict[str, tuple[Any, ...]] = {
        "oldest": (Draft.created_at, Draft.id),
        "newest": (Draft.created_at.desc(), Draft.id.desc()),
        "wanted": (Draft.requested_date.is_(None), Draft.requested_date, Draft.id),
        "problems": (Draft.blocking_count, Draft.doubtful_count, Draft.id),
        "value": (_value().desc(), Draft.id),
    }
    return orders.get(sort, orders["oldest"])


def _value() -> Any:
    """A rough sum for sorting: both columns hold scaled whole numbers on SQLite, so only its order means anything."""
    price = func.coalesce(DraftLine.unit_price, DraftLine.agreed_price, 0)
    return (
        select(
            func.coalesce(
                func.sum(type_coerce(price, Float) * type_coerce(DraftLine.quantity, Float)), 0.0
            )
        )
        .where(DraftLine.draft_id == Draft.id, DraftLine.removed.is_(False))
        .correlate(Draft)
        .scalar_subquery()
    )


def _rows(session: Session, ids: list[int]) -> tuple[QueueRow, ...]:
    query = (
        select(Draft, InboundDocument, Customer.name, User.name)
        .outerjoin(InboundDocument, InboundDocument.id == Draft.document_id)
        .outerjoin(Customer, Customer.id == Draft.customer_id)
        .outerjoin(User, User.id == Draft.claimed_by_id)
        .where(Draft.id.in_(ids))
        .options(defer(InboundDocument.reading))
    )
    lines = _lines(session, ids)
    reasons, passed = _reasons_of(session, ids), passed_by(session, ids)
    buyers = _buyers(session, ids)
    found = {
        draft.id: _row(
            draft,
            document,
            customer,
            user,
            lines.get(draft.id, []),
            reasons.get(draft.id, ()),
            buyers.get(draft.id, ""),
            passed.get(draft.id, ""),
        )
        for draft, document, customer, user in session.execute(query)
    }
    return tuple(found[i] for i in ids if i in found)


def _row(
    draft: Draft,
    document: InboundDocument | None,
    customer: str | None,
    user: str | None,
    lines: list[DraftLine],
    reasons: tuple[str, ...],
    buyer: str,
    second: str,
) -> QueueRow:
    amounts = [line_amount(line) for line in lines]
    known = bool(amounts) and all(a is not None for a in amounts)
    held = draft.claimed_until is not None and draft.claimed_until > utc_now()
    return QueueRow(
        draft_id=draft.id,
        version=draft.version,
        status=draft.status,
        kind=draft.kind,
        po_number=draft.po_number,
        customer_id=draft.customer_id,
        customer_name=customer or "",
        buyer_name=buyer,
        document_id=draft.document_id,
        channel=document.channel if document else "phone",
        lane=document.lane if document else "order",
        sender=document.sender_address if document else "",
        subject=document.subject_line if document else "",
        received_at=document.received_at if document else draft.created_at,
        line_count=len(lines),
        currency=draft.currency,
        value=sum((a for a in amounts if a is not None), Decimal(0)) if known else None,
        requested_date=draft.requested_date
        or min((d for line in lines if (d := line.requested_date)), default=None),
        promised_date=last_promised(draft),
        blocking_count=draft.blocking_count,
        warning_count=draft.warning_count,
        doubtful_count=draft.doubtful_count,
        reasons=reasons,
        second=second,
        claimed_by_id=draft.claimed_by_id if held else None,
        claimed_by=(user or "") if held else "",
        claimed_until=draft.claimed_until if held else None,
        parked_until=draft.parked_until,
        order_id=draft.order_id,
    )


def last_promised(draft: Draft) -> date | None:
    parts = [p for found in draft.promise.get("lines", {}).values() for p in found]
    return max((date.fromisoformat(p["promised_date"]) for p in parts), default=None)


def _lines(session: Session, ids: list[int]) -> dict[int, list[DraftLine]]:
    found: dict[int, list[DraftLine]] = defaultdict(list)
    for line in session.scalars(
        select(DraftLine).where(DraftLine.draft_id.in_(ids), DraftLine.removed.is_(False))
    ):
        found[line.draft_id].append(line)
    return found


def _reasons_of(session: Session, ids: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    rows = session.execute(
        select(Problem.draft_id, Problem.code)
        .where(Problem.draft_id.in_(ids), still_open(utc_now()))
        .order_by(Problem.blocking.desc(), Problem.id)
    )
    for draft_id, code in rows:
        found[draft_id][code] = None
    return {draft_id: tuple(codes) for draft_id, codes in found.items()}


def _buyers(session: Session, ids: list[int]) -> dict[int, str]:
    rows = session.execute(
        select(DraftField.draft_id, DraftField.value).where(
            DraftField.draft_id.in_(ids),
            DraftField.line_id.is_(None),
            DraftField.name == "buyer_name",
        )
    )
    return {row[0]: row[1] for row in rows}


def _counts(session: Session) -> dict[str, int]:
    """Of what is waiting; how many were ever settled would cost a walk over all of them, and tells nobody what to do."""
    rows = session.execute(
        select(Draft.status, func.count()).where(Draft.status.in_(LIVE)).group_by(Draft.status)
    )
    second = session.scalar(select(func.count()).select_from(for_a_second().subquery()))
    found = {row[0]: row[1] for row in rows}
    return {**found, "second look": second} if second else found


def _reasons(session: Session) -> dict[str, int]:
    """In how many live drafts each reason stands, most frequent first."""
    number = func.count(Problem.draft_id.distinct())
    rows = session.execute(
        select(Problem.code, number)
        .join(Draft, Draft.id == Problem.draft_id)
        .where(Draft.status.in_(LIVE), still_open(utc_now()))
        .group_by(Problem.code)
        .order_by(number.desc(), Problem.code)
    )
    return {row[0]: row[1] for row in rows}
