"""Open promises are looked at anew: what slips becomes a row for a person, what holds is not touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.act import Act
from core.catalogue.tables import Item
from core.orders.redate import rest_on, rests_on
from core.orders.tables import OrderLine
from core.promising.ask import ZERO
from core.promising.recipes import with_components
from core.returns.tables import ReturnAuthorization, ReturnLine
from core.supply.tables import Receipt, StockLot, WorkCentre
from core.values import Parameters
from core.watch.affected import planned_with
from core.watch.book import Kept, Ways, beginning_of, book_of, with_companions
from core.watch.causes import CALENDARS, Cause, Names, cause_of, netted
from core.watch.keep import changed, found, revise, standing, vanish
from core.watch.trial import Book, OpenPromise, Verdict, shaken, sooner, verdict, waiting
from core.watched import SupplyChange

MOST_ROUNDS = 12
MOST_SOONER = 200
"""Better dates looked for at once: they can wait for the night."""


@dataclass(frozen=True, slots=True)
class Found:
    """Counts of one check. kept: promises that hold from other goods than before."""

    looked_at: int = 0
    slipped: int = 0
    gone: int = 0
    kept: int = 0
    sooner: int = 0


@dataclass(frozen=True, slots=True)
class _Slipped:
    """late: how much comes late; reason: of the new date."""

    late: Decimal
    new_date: date
    reason: Parameters


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
    travel = any(change.subject in CALENDARS for change in changes)
    items, rested = set(item_ids), 0
    for _ in range(MOST_ROUNDS):
        items, kept = with_companions(session, items)
        book = book_of(session, kept, items, now=act.at, travel=travel)
        by_id = {k.promise.id: k for k in kept}
        ways = Ways(session, book, kept, beginning_of(session, act.at))
        demanded = waiting(book)
        slipped, judged_otherwise = _judged(book, by_id, demanded, ways)
        otherwise = {
            promise_id: judged
            for promise_id, judged in judged_otherwise.items()
            if not rests_on(by_id[promise_id].schedule, judged.parts)
        }
        if not otherwise:
            break
        # What holds in another way may take what a later promise had planned with.
        for promise_id, judged in otherwise.items():
            rest_on(session, by_id[promise_id].schedule, judged.parts)
            items |= planned_with(session, judged.parts, book.today)
        rested += len(otherwise)
    slipped |= _together(kept, slipped)
    causes = _Causes(session, book, changes)
    gone, news = _keep(session, "slip", items, by_id, slipped, causes, act)
    alone = {row.promise.id for row in kept if row.together is None}
    better = _sooner(book, by_id, demanded, ways, alone - slipped.keys())
    more_gone, more = _keep(session, "sooner", items, by_id, better, causes, act)
    session.flush()
    return Found(len(kept), news, gone + more_gone, rested, more)


def _judged(
    book: Book, by_id: Mapping[int, Kept], demanded: Mapping[int, Decimal], ways: Ways
) -> tuple[dict[int, _Slipped], dict[int, Verdict]]:
    """(what slips, what holds in another way), by schedule line."""
    slipped, otherwise = dict[int, _Slipped](), dict[int, Verdict]()
    suspects = shaken(book)
    for promise in book.promises:
        if promise.id not in suspects:
            continue
        quantity = min(demanded.get(promise.id, ZERO), promise.quantity)
        if quantity <= 0:
            continue  # all of it is allocated
        way = ways.of(by_id[promise.id])
        judged = verdict(book, promise, quantity, suspects[promise.id], way)
        if judged.new_date is not None:
            slipped[promise.id] = _Slipped(judged.late, judged.new_date, _reason(judged))
        elif judged.otherwise and quantity == promise.quantity and not _own(book, promise, judged):
            otherwise[promise.id] = judged
    return slipped, otherwise


def _own(book: Book, promise: OpenPromise, judged: Verdict) -> bool:
    """Whether it holds by the very orders that make what it had planned."""
    pegs = book.supply.plant.netted.pegs if book.supply.plant else {}
    return all(
        peg.kind == "receipt" and promise.line_id in pegs.get(peg.id, ())
        for part in judged.parts
        for peg in part.pegging
    )


def _together(kept: Iterable[Kept], slipped: Mapping[int, _Slipped]) -> dict[int, _Slipped]:
    """What is delivered complete moves as a whole, to the day of its slowest line (lesson 13)."""
    groups: dict[str, list[Kept]] = defaultdict(list)
    for row in kept:
        if row.together is not None:
            groups[row.together].append(row)
    moved = {}
    for rows in groups.values():
        late = [slipped[row.promise.id] for row in rows if row.promise.id in slipped]
        if not late:
            continue
        last = max(late, key=lambda s: s.new_date)
        for row in rows:
            if row.promise.promised_date < last.new_date:
                own = slipped.get(row.promise.id, last)
                moved[row.promise.id] = replace(
                    own, late=row.promise.quantity, new_date=last.new_date
                )
    return moved


def _sooner(
    book: Book,
    by_id: Mapping[int, Kept],
    demanded: Mapping[int, Decimal],
    ways: Ways,
    ids: Collection[int],
) -> dict[int, _Slipped]:
    """Promises that miss their wish and could come earlier; listed, not applied."""
    missing = [p for p in book.promises if p.id in ids and _misses(p)]
    found = {}
    for promise in missing[:MOST_SOONER]:
        quantity = demanded.get(promise.id, ZERO)
        if quantity != promise.quantity:
            continue  # some of it is allocated: the warehouse has it
        judged = sooner(book, promise, quantity, ways.of(by_id[promise.id]))
        if judged is not None and judged.new_date is not None:
            found[promise.id] = _Slipped(quantity, judged.new_date, _reason(judged))
    return found


def _reason(judged: Verdict) -> Parameters:
    return judged.parts[-1].reason if judged.parts else Parameters("not-promised")


def _misses(promise: OpenPromise) -> bool:
    return promise.wish is not None and promise.promised_date > promise.wish


def _keep(
    session: Session,
    kind: str,
    items: set[int],
    by_id: Mapping[int, Kept],
    now: Mapping[int, _Slipped],
    causes: _Causes,
    act: Act,
) -> tuple[int, int]:
    """(slips that are gone, slips that are new or other than before)."""
    known = standing(session, kind, items)
    gone = [old for promise_id, old in known.items() if promise_id not in now]
    for old in gone:
        vanish(session, old, act=act)
    news = 0
    for promise_id, slip_now in now.items():
        row, slip = by_id[promise_id], known.get(promise_id)
        if slip is not None and not changed(slip, row, slip_now.late, slip_now.new_date):
            continue
        news += 1
        why = causes.of(row, kind == "sooner") if slip is None or causes.changes else None
        late, day, reason = slip_now.late, slip_now.new_date, slip_now.reason
        if slip is not None:
            revise(session, slip, row, late, day, why, reason, act=act)
        elif why is not None:
            found(session, row, kind, late, day, why, reason, act=act)
    return len(gone), news


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
