"""Open promises are looked at anew: what slips becomes a row for a person, what holds is not touched."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.tables import Item
from core.orders.rest_on import rest_on
from core.orders.tables import OrderLine
from core.promising.recipes import with_components
from core.returns.tables import ReturnAuthorization, ReturnLine
from core.supply.tables import Receipt, StockLot, WorkCentre
from core.watch.affected import planned_with
from core.watch.book import Kept
from core.watch.cause_values import Cause, Names
from core.watch.causes import CALENDARS, cause_of, netted
from core.watch.hands import look_again, orders_in_hand, slips_in_hand
from core.watch.keep import found, revise, vanish
from core.watch.look import Look, Slips, better_dates, look, news
from core.watch.trial import Book
from core.watched import SupplyChange

MOST_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Found:
    """Counts of one check. kept: promises that hold from other goods than before."""

    looked_at: int = 0
    slipped: int = 0
    gone: int = 0
    kept: int = 0
    sooner: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


def check(
    session: Session,
    item_ids: Collection[int],
    changes: Iterable[SupplyChange] = (),
    *,
    act: Act,
) -> Found:
    """Checks the open promises of these items. Done twice it finds nothing new."""
    if not item_ids:
        return Found()
    changes = netted(changes)
    travel = doubts_travel(changes)
    items, rested = set(item_ids), 0
    for _ in range(MOST_ROUNDS):
        seen = look(session, items, now=act.at, travel=travel, lock=True)
        items, by_id = set(seen.items), seen.by_id
        ours = orders_in_hand(session, (by_id[promise_id] for promise_id in seen.otherwise))
        if not ours:
            break
        # What holds in another way may take what a later promise had planned with.
        for promise_id in sorted(ours):
            judged = seen.otherwise[promise_id]
            rest_on(session, by_id[promise_id].schedule, judged.parts)
            items |= planned_with(session, judged.parts, seen.book.today)
        rested += len(ours)
    else:
        ours = set()  # nobody looked at what the last ones do to others
    for promise_id in seen.otherwise.keys() - ours:
        look_again(session, by_id[promise_id], act.at)
    causes = _Causes(session, seen.book, changes)
    gone, slipped = _keep(session, "slip", seen, seen.slipped, causes, act)
    more_gone, sooner = _keep(session, "sooner", seen, better_dates(seen), causes, act)
    session.flush()
    return Found(len(seen.kept), slipped, gone + more_gone, rested, sooner)


def doubts_travel(changes: Iterable[SupplyChange]) -> bool:
    """Whether the days on the road may be others now."""
    return any(change.subject in CALENDARS for change in changes)


def _keep(
    session: Session, kind: str, seen: Look, slips: Slips, causes: _Causes, act: Act
) -> tuple[int, int]:
    """(slips that are gone, slips that are new or other than before)."""
    gone, other = news(session, kind, seen, slips)
    known = [*gone, *(slip for slip in other.values() if slip is not None)]
    ours, by_id = slips_in_hand(session, known), seen.by_id
    gone = [slip for slip in gone if slip.id in ours]
    for old in gone:
        vanish(session, old, act=act)
    others = {key for key, slip in other.items() if slip is not None and slip.id not in ours}
    for promise_id in others:
        look_again(session, by_id[promise_id], act.at)
    for promise_id in sorted(other.keys() - others):
        row, slip, now = by_id[promise_id], other[promise_id], slips[promise_id]
        why = causes.of(row, kind == "sooner") if slip is None or causes.changes else None
        late, day, reason = now.late, now.new_date, now.reason
        if slip is not None:
            revise(session, slip, row, late, day, why, reason, act=act)
        elif why is not None:
            found(session, row, kind, late, day, why, reason, act=act)
    return len(gone), len(other.keys() - others)


class _Causes:
    """Looks up what the causes of one check are called, once."""

    def __init__(self, session: Session, book: Book, changes: list[SupplyChange]) -> None:
        self.changes = changes
        self._session = session
        self._today = book.today
        self._items = sorted(book.supply.sources)
        self._names: Names | None = None
        self._below: dict[int, tuple[int, ...]] = {}

    def of(self, row: Kept, better: bool) -> Cause:
        return cause_of(
            row.schedule.pegging,
            self._made_of(row.line.item_id),
            self.changes,
            self._called(),
            ship_date=row.promise.ship_date,
            today=self._today,
            trusted_until=row.promise.trusted_until,
            better=better,
        )

    def _made_of(self, item_id: int) -> tuple[int, ...]:
        """The item, then what it is made of."""
        if item_id not in self._below:
            below = sorted(with_components(self._session, {item_id}) - {item_id})
            self._below[item_id] = (item_id, *below)
        return self._below[item_id]

    def _called(self) -> Names:
        if self._names is None:
            lots = {c.subject_id for c in self.changes if c.subject == "stock_lot"}
            self._names = _names(self._session, lots, self._items, self._today)
        return self._names


def _names(session: Session, lots: set[int], item_ids: list[int], today: date) -> Names:
    """item_ids: those of the picture."""
    expired = StockLot.item_id.in_(item_ids) & (StockLot.expires_on < today)
    kept = session.scalars(select(StockLot).where(StockLot.id.in_(sorted(lots)) | expired))
    late = session.scalars(
        select(Receipt).where(
            Receipt.item_id.in_(item_ids),
            Receipt.closed.is_(False),
            Receipt.expected_date < today,
        )
    )
    waiting = session.scalars(
        select(StockLot.id).where(
            StockLot.item_id.in_(item_ids),
            StockLot.quality == "inspection",
            StockLot.on_hand_quantity > 0,
        )
    )
    back = session.scalars(
        select(ReturnAuthorization.number)
        .join(ReturnLine, ReturnLine.return_id == ReturnAuthorization.id)
        .join(OrderLine, OrderLine.id == ReturnLine.order_line_id)
        .where(
            OrderLine.item_id.in_(item_ids),
            ReturnAuthorization.status.in_(("authorised", "received")),
            ReturnAuthorization.expires_on >= today,
        )
    )
    centres = session.execute(select(WorkCentre.id, WorkCentre.code)).all()
    items = session.execute(select(Item.id, Item.number).where(Item.id.in_(item_ids))).all()
    return Names(
        {lot.id: (lot.lot, lot.item_id, lot.expires_on) for lot in kept},
        {row.id: row.code for row in centres},
        {row.id: (row.number, row.expected_date) for row in late},
        {row.id: row.number for row in items},
        frozenset(waiting),
        frozenset(back),
    )


def due_changes(session: Session, limit: int) -> list[SupplyChange]:
    """Changes whose promises nobody looked at yet, oldest first."""
    return list(
        session.scalars(
            select(SupplyChange)
            .where(SupplyChange.checked_at.is_(None))
            .order_by(SupplyChange.id)
            .limit(limit)
        )
    )
