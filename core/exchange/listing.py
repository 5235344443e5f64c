"""The list of interchanges as screens and files show it: a page of it, all of it, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from core.exchange.search import ALL, FILTERS, ILL_ANSWERED, QUARANTINED, TROUBLED, Asked, rules
from core.exchange.tables import ExchangeInterchange, ExchangeMessage, Partner
from core.exchange.view_values import PAGE_SIZE, InterchangePage, InterchangeRow
from core.paging import total_of
from core.values import utc_now

LISTED_AT_ONCE = 1_000
SHOWN = tuple(
    getattr(ExchangeInterchange, name)
    for name in (
        "id", "direction", "created_at", "partner_id", "sender_id", "sender_qualifier", "receiver_id",
        "receiver_qualifier", "standard", "control", "test", "status", "verdict", "answer_state", "carrier",
        "file_name", "copy_of_id",
    )
)  # fmt: skip
"""Columns, not rows that could be changed: a long list is made of a third of what these cost."""


def interchange_page(
    session: Session, asked: Asked = ALL, *, page: int = 1, now: datetime | None = None
) -> InterchangePage:
    """Newest first. now: for `asked.days`, the present when it is not given."""
    where, page = rules(asked, now=now or utc_now()), max(page, 1)
    found = session.scalars(
        select(ExchangeInterchange)
        .where(*where)
        .order_by(ExchangeInterchange.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    ).all()
    total = total_of(
        page,
        PAGE_SIZE,
        len(found),
        lambda: session.scalar(select(func.count()).select_from(ExchangeInterchange).where(*where)),
    )
    return InterchangePage(rows_of(session, found), total, page, interchange_counts(session))


def interchange_list(
    session: Session, asked: Asked, *, most: int, now: datetime
) -> Iterator[InterchangeRow]:
    """All that are asked for, newest first, some at a time; `most` of them at the utmost."""
    where, last = rules(asked, now=now), None
    while most > 0:
        some = min(LISTED_AT_ONCE, most)
        query = select(*SHOWN).where(*where)
        if last is not None:
            query = query.where(ExchangeInterchange.id < last)
        found = session.execute(query.order_by(ExchangeInterchange.id.desc()).limit(some)).all()
        yield from rows_of(session, found)
        if len(found) < some:
            return
        most, last = most - len(found), found[-1].id


def interchange_counts(session: Session) -> dict[str, int]:
    """How many there are by filter."""
    return {
        name: troubled_count(session) if rule is TROUBLED else _count(session, rule)
        for name, rule in FILTERS.items()
    }


def troubled_count(session: Session) -> int:
    """Interchanges that somebody should look at; in two questions, each of which has its index."""
    return _count(session, QUARANTINED) + _count(session, ILL_ANSWERED, ~QUARANTINED)


def _count(session: Session, *where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(ExchangeInterchange).where(*where)) or 0


def rows_of(session: Session, found: Iterable[Any]) -> tuple[InterchangeRow, ...]:
    """found: interchanges, or rows of their columns SHOWN."""
    found = list(found)
    ids = [one.id for one in found]
    partners = {
        partner.id: partner.name
        for partner in session.scalars(
            select(Partner).where(Partner.id.in_({one.partner_id for one in found}))
        )
    }
    formats: dict[int, dict[str, int]] = {}
    for interchange_id, name, number in session.execute(
        select(ExchangeMessage.interchange_id, ExchangeMessage.format, func.count())
        .where(ExchangeMessage.interchange_id.in_(ids))
        .group_by(ExchangeMessage.interchange_id, ExchangeMessage.format)
        .order_by(ExchangeMessage.format)
    ):
        formats.setdefault(interchange_id, {})[name] = number
    return tuple(_row(one, partners, formats.get(one.id, {})) for one in found)


def _row(one: Any, partners: dict[int, str], formats: dict[str, int]) -> InterchangeRow:
    other = (
        (one.sender_id, one.sender_qualifier)
        if one.direction == "in"
        else (one.receiver_id, one.receiver_qualifier)
    )
    return InterchangeRow(
        id=one.id,
        direction=one.direction,
        at=one.created_at,
        partner_id=one.partner_id,
        partner=partners.get(one.partner_id or 0, ""),
        other_end=end_of(*other),
        standard=one.standard,
        formats=tuple(formats),
        messages=sum(formats.values()),
        control=one.control,
        test=one.test,
        status=one.status,
        verdict=one.verdict,
        answer_state=one.answer_state,
        carrier=one.carrier,
        file_name=one.file_name,
        copy_of_id=one.copy_of_id,
        troubled=one.status == "quarantined"
        or one.answer_state in ("rejected", "partly-accepted", "overdue", "failed"),
    )


def end_of(identifier: str, qualifier: str) -> str:
    return f"{identifier} ({qualifier})" if identifier and qualifier else identifier
