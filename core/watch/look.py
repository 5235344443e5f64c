"""What is to be said of the open promises of some items. It only reads, so that nobody who writes waits for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from core.orders.rest_on import rests_on
from core.promising.ask import ZERO
from core.promising.claims import claimed_by_rows
from core.values import Parameters
from core.watch.book import Kept, Ways, beginning_of, book_of, with_companions
from core.watch.keep import changed, standing
from core.watch.tables import PromiseSlip
from core.watch.trial import Book, OpenPromise, Verdict, shaken, sooner, verdict, waiting

MOST_SOONER = 200
"""Better dates looked for at once: they can wait for the night."""
MOST_WEIGHED = 200_000
"""Other promises weighed for that: each better date is asked against all others of the item."""


@dataclass(frozen=True, slots=True)
class Slipped:
    """late: how much comes late; reason: of the new date."""

    late: Decimal
    new_date: date
    reason: Parameters


Slips = Mapping[int, Slipped]
"""By schedule line."""


@dataclass(frozen=True, slots=True)
class Look:
    """items: those that were asked for, with what is delivered together with one of them. otherwise: what holds in
    another way than it was promised, by schedule line; as long as there is any, the slips are not final."""

    items: frozenset[int]
    kept: tuple[Kept, ...]
    book: Book
    ways: Ways
    demanded: Mapping[int, Decimal]
    slipped: Slips
    otherwise: Mapping[int, Verdict]

    @property
    def by_id(self) -> dict[int, Kept]:
        return {row.promise.id: row for row in self.kept}


def look(
    session: Session,
    item_ids: Collection[int],
    *,
    now: datetime,
    travel: bool = False,
    lock: bool = False,
) -> Look:
    """travel: whether the days on the road are in doubt. lock: for who writes what is found."""
    items, kept = with_companions(session, item_ids, lock=lock)
    book = book_of(session, kept, items, now=now, travel=travel, lock=lock)
    by_id = {row.promise.id: row for row in kept}
    ways = Ways(session, book, kept, beginning_of(session, now))
    demanded = waiting(book)
    slipped, judged = _judged(book, by_id, demanded, ways)
    claimed = claimed_by_rows(session, judged) if judged else {}
    otherwise = {
        promise_id: verdict
        for promise_id, verdict in judged.items()
        if not rests_on(by_id[promise_id].schedule, claimed.get(promise_id, {}), verdict.parts)
    }
    slipped |= _together(kept, slipped)
    return Look(frozenset(items), kept, book, ways, demanded, slipped, otherwise)


def news(
    session: Session, kind: str, seen: Look, slips: Slips
) -> tuple[list[PromiseSlip], dict[int, PromiseSlip | None]]:
    """(slips that are gone, by schedule line those that are new or other than before with what is known of them)."""
    known, by_id = standing(session, kind, seen.items), seen.by_id
    gone = [old for promise_id, old in known.items() if promise_id not in slips]
    return gone, {
        promise_id: old
        for promise_id, slip in slips.items()
        if (old := known.get(promise_id)) is None
        or changed(old, by_id[promise_id], slip.late, slip.new_date)
    }


def unsettled(
    session: Session, item_ids: Collection[int], *, now: datetime, travel: bool = False
) -> tuple[int, set[int]]:
    """(how many promises were looked at, items of which something is to be written)."""
    seen = look(session, item_ids, now=now, travel=travel)
    by_id = seen.by_id
    items = {by_id[promise_id].promise.item_id for promise_id in seen.otherwise}
    for kind, slips in (("slip", seen.slipped), ("sooner", better_dates(seen))):
        gone, other = news(session, kind, seen, slips)
        items |= {slip.item_id for slip in gone}
        items |= {by_id[promise_id].promise.item_id for promise_id in other}
    return len(seen.kept), items


def _judged(
    book: Book, by_id: Mapping[int, Kept], demanded: Mapping[int, Decimal], ways: Ways
) -> tuple[dict[int, Slipped], dict[int, Verdict]]:
    """(what slips, what holds in another way), by schedule line."""
    slipped, otherwise = dict[int, Slipped](), dict[int, Verdict]()
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
            slipped[promise.id] = Slipped(judged.late, judged.new_date, _reason(judged))
        elif judged.otherwise and not _own(book, promise, judged):
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


def _together(kept: Iterable[Kept], slipped: Mapping[int, Slipped]) -> dict[int, Slipped]:
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


def better_dates(seen: Look) -> dict[int, Slipped]:
    """Promises that miss their wish and could come earlier; listed, not applied."""
    book, by_id = seen.book, seen.by_id
    alone = {row.promise.id for row in seen.kept if row.together is None}
    ids = alone - seen.slipped.keys()
    missing = [p for p in book.promises if p.id in ids and _misses(p)]
    found, weighed = dict[int, Slipped](), 0
    for promise in missing[:MOST_SOONER]:
        weighed += book.sight.weight(promise.item_id)
        if weighed > MOST_WEIGHED:
            break
        quantity = seen.demanded.get(promise.id, ZERO)
        if quantity != promise.quantity:
            continue  # some of it is allocated: the warehouse has it
        judged = sooner(book, promise, quantity, seen.ways.of(by_id[promise.id]))
        if judged is not None and judged.new_date is not None:
            found[promise.id] = Slipped(quantity, judged.new_date, _reason(judged))
    return found


def _reason(judged: Verdict) -> Parameters:
    return judged.parts[-1].reason if judged.parts else Parameters("not-promised")


def _misses(promise: OpenPromise) -> bool:
    return promise.wish is not None and promise.promised_date > promise.wish
