"""Checks that are owed: of the promises that changes touch, and every night of the whole book, some items at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from core import outbox
from core.act import Act
from core.company.policy import company_zone, policy_of
from core.company.tables import Company
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.outbox import OPEN_STATES, OutboxItem
from core.watch.affected import OPEN, items_touched
from core.watch.book import local_day
from core.watch.check import Found, check, doubts_travel, due_changes
from core.watch.keep import STANDING
from core.watch.look import unsettled
from core.watch.tables import PromiseSlip
from core.watched import SupplyChange

TASK = "check-promises"
CHANGES_AT_ONCE = 100
LOOKED_AT_ONCE = 400
"""Items of a turn: it reads, and nobody waits for it."""
SETTLED_AT_ONCE = 10
"""Of the items of which something has to be written: that holds the write lock of SQLite, which is no longer than half a
second also when most of ten promises of each slip."""
KEPT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a turn has to write, found by reading. items: of whose promises; after: the item after which the night goes on,
    None at its end; change_ids: what brings it about."""

    looked_at: int = 0
    items: tuple[int, ...] = ()
    after: int | None = None
    change_ids: tuple[int, ...] = ()

    def lots(self) -> Iterator[tuple[int, ...]]:
        """The items, as many at a time as one transaction writes."""
        for start in range(0, len(self.items), SETTLED_AT_ONCE):
            yield self.items[start : start + SETTLED_AT_ONCE]


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


def changes_ahead(
    session: Session, change_ids: Collection[int], after: int, *, now: datetime
) -> Ahead:
    """Of changes that touch many items, after this one (0: from the first); of a few nothing is found, since
    check_changes is quick enough for these. change_ids: those of an earlier turn; none: those that are due."""
    changes = _these(session, change_ids) or due_changes(session, CHANGES_AT_ONCE)
    items = sorted(items_touched(session, changes, local_day(session, now)))
    if len(items) <= SETTLED_AT_ONCE:
        return Ahead()
    some = [item for item in items if item > after]
    return _ahead(session, some, [change.id for change in changes], now, doubts_travel(changes))


def _ahead(
    session: Session, item_ids: list[int], change_ids: list[int], now: datetime, travel: bool
) -> Ahead:
    """Looks at as many as a turn does."""
    some = item_ids[:LOOKED_AT_ONCE]
    looked_at, items = unsettled(session, some, now=now, travel=travel)
    after = some[-1] if len(item_ids) > len(some) else None
    return Ahead(looked_at, tuple(sorted(items)), after, tuple(change_ids))


def _these(session: Session, change_ids: Collection[int]) -> list[SupplyChange]:
    return list(session.scalars(select(SupplyChange).where(SupplyChange.id.in_(change_ids))))


def check_these(session: Session, item_ids: Collection[int], ahead: Ahead, *, act: Act) -> Found:
    """One lot of what was found ahead."""
    return check(session, item_ids, _these(session, ahead.change_ids), act=act)


def tick_off(session: Session, ahead: Ahead, *, act: Act) -> None:
    """The changes were looked at, with all that they brought about."""
    session.execute(
        update(SupplyChange).where(SupplyChange.id.in_(ahead.change_ids)).values(checked_at=act.at)
    )


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


def night_ahead(session: Session, after: int, *, now: datetime) -> Ahead:
    """The next items of the nightly round, after this one (0: from the first)."""
    return _ahead(session, _items_after(session, after), [], now, travel=False)


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
        found |= set(session.scalars(query.distinct().order_by(column).limit(LOOKED_AT_ONCE + 1)))
    return sorted(found)[: LOOKED_AT_ONCE + 1]


def forget(session: Session, now: datetime) -> None:
    """Changes that were looked at long ago; their slips tell their cause themselves."""
    session.execute(
        delete(SupplyChange).where(SupplyChange.checked_at < now - timedelta(days=KEPT_DAYS))
    )
