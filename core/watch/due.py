"""Checks that are owed: of the promises that changes touch, and every night of the whole book, some items at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from core import outbox
from core.act import Act
from core.company.policy import company_zone, policy_of
from core.company.tables import Company
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.outbox import OPEN_STATES, OutboxItem
from core.watch.affected import OPEN, items_touched
from core.watch.book import local_day
from core.watch.check import Found, check
from core.watch.keep import STANDING
from core.watch.tables import PromiseSlip
from core.watched import SupplyChange

TASK = "check-promises"
CHANGES_AT_ONCE = 100
ITEMS_AT_ONCE = 40
"""A turn holds the write lock of SQLite: about half a second in a book with ten promises of an item."""
KEPT_DAYS = 90


def owe_checks(session: Session, now: datetime) -> int:
    """Puts what is owed into the outbox; returns how many rows. However often it is called, each is owed once."""
    due = _due(session, now)
    for subject, subject_id, key in due:
        outbox.put(session, TASK, subject=subject, subject_id=subject_id, key=key)
    return len(due)


def checks_due(session: Session, now: datetime) -> bool:
    """Whether owe_checks would put anything."""
    return bool(_due(session, now))


def _due(session: Session, now: datetime) -> list[tuple[str, int, str]]:
    return [*_changes_due(session), *_night_due(session, now)]


def _changes_due(session: Session) -> list[tuple[str, int, str]]:
    """One row at a time: it takes all the changes that are there when it is worked on."""
    last = session.scalar(
        select(func.max(SupplyChange.id)).where(SupplyChange.checked_at.is_(None))
    )
    if last is None:
        return []
    waiting = session.scalar(
        select(OutboxItem.id).where(
            OutboxItem.task == TASK,
            OutboxItem.subject == "changes",
            OutboxItem.state.in_(OPEN_STATES),
        )
    )
    key = f"{TASK}:changes:{last}"
    return [] if waiting is not None or _is_known(session, key) else [("changes", last, key)]


def _night_due(session: Session, now: datetime) -> list[tuple[str, int, str]]:
    company = session.get(Company, 1)
    local = now.astimezone(company_zone(company))
    if local.hour < policy_of(company).night_hour:
        local -= timedelta(days=1)
    night = local.date()
    key = f"{TASK}:night:{night.isoformat()}"
    return [] if _is_known(session, key) else [("night", night.toordinal(), key)]


def _is_known(session: Session, key: str) -> bool:
    return session.scalar(select(OutboxItem.id).where(OutboxItem.key == key)) is not None


def check_changes(session: Session, *, act: Act) -> tuple[Found, bool]:
    """Works off changes, oldest first; returns (what was found, whether more are due)."""
    changes = list(
        session.scalars(
            select(SupplyChange)
            .where(SupplyChange.checked_at.is_(None))
            .order_by(SupplyChange.id)
            .limit(CHANGES_AT_ONCE)
            .with_for_update(key_share=True)
        )
    )
    items = items_touched(session, changes, local_day(session, act.at))
    found = check(session, items, changes, act=act)
    for change in changes:
        change.checked_at = act.at
    session.flush()
    return found, len(changes) == CHANGES_AT_ONCE


def check_some(session: Session, after: int, *, act: Act) -> tuple[Found, int | None]:
    """The next items of the nightly round; returns (what was found, the item to go on after or None at the end)."""
    if after == 0:
        _forget(session, act.at)
    some = _items_after(session, after)
    found = check(session, some[:ITEMS_AT_ONCE], act=act)
    return found, some[ITEMS_AT_ONCE - 1] if len(some) > ITEMS_AT_ONCE else None


def _items_after(session: Session, after: int) -> list[int]:
    """The next items with open promises or standing slips; one more than a turn takes, when there are more."""
    promised = (
        select(OrderLine.item_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(ScheduleLine, ScheduleLine.line_id == OrderLine.id)
        .where(*OPEN, OrderLine.item_id > after)
    )
    slipping = select(PromiseSlip.item_id).where(
        PromiseSlip.status.in_(STANDING), PromiseSlip.item_id > after
    )
    found = set[int]()
    for query in (promised, slipping):
        column = query.selected_columns[0]
        found |= set(session.scalars(query.distinct().order_by(column).limit(ITEMS_AT_ONCE + 1)))
    return sorted(found)[: ITEMS_AT_ONCE + 1]


def _forget(session: Session, now: datetime) -> None:
    """Changes that were looked at long ago; their slips tell their cause themselves."""
    session.execute(
        delete(SupplyChange).where(SupplyChange.checked_at < now - timedelta(days=KEPT_DAYS))
    )
