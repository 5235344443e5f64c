"""What a change would do to promised days, line by line, before anybody agrees to it; nothing is written.

It follows core.orders.revise: what is promised stays where the wish stays, the latest goes first when less is wanted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.drafts.tables import Draft, DraftLine
from core.orders.amendment import Amendment, is_under_other_terms
from core.orders.asked_days import (
    answered,
    days_of_change,
    more_of,
    moved,
    only_grows,
    promise_more,
    promise_revised,
)
from core.orders.progress import ZERO
from core.orders.redate import Pieces, pieces_of, pinned, take
from core.orders.repromise import moves_anew
from core.orders.revise import Terms
from core.orders.rows import is_open, lines_of, schedule_of
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.orders.terms import set_of
from core.promising.ask import Answer, Promised

Days = tuple[tuple[Decimal, date | None], ...]
"""(stock quantity still to be delivered, day of arrival or None while not promised), in the order of days."""


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """A line of the order as it is promised now and as it would be. position: None for one that the change adds."""

    position: int | None
    item: str
    unit: str
    now: Days
    then: Days

    @property
    def later(self) -> int:
        """By how many days the last of it comes later; below zero when it comes sooner. 0 also when one of them is not known."""
        ends = [max((d for _, d in days if d), default=None) for days in (self.now, self.then)]
        if ends[0] is None or ends[1] is None:
            return 0
        return (ends[1] - ends[0]).days


def days_ahead(
    session: Session,
    order: Order,
    found: Amendment,
    *,
    now: datetime,
    draft: Draft | None = None,
    answer: Answer | None = None,
    give_way: Mapping[int, date] | None = None,
) -> tuple[DaysAhead, ...]:
    """Lines with something to deliver now or then. answer: the promise by draft line id, of a draft.

    give_way: as of core.promising.promise.promise_lines.
    """
    told = answer or Answer()
    anew = draft is not None and is_under_other_terms(session, draft, found)
    if draft is None:
        parts = promise_revised(session, order, moved(order, found), now=now, lock=False)
    elif anew:
        parts = answered(found, told)
    else:
        parts = days_of_change(
            session, order, draft, found, told, now=now, give_way=give_way, lock=False
        )
    growing = [
        (line, terms, parts.get(line.id, ()))
        for line, terms, _ in found.revised
        if only_grows(line, terms)
    ]
    parts |= promise_more(session, order, growing, draft, now, lock=False)
    lines = lines_of(session, order)
    items = _items(session, [*lines, *found.added])
    own = _of_order(session, lines, items, found, parts, anew)
    shown = [
        *(own if anew else _on_one_day({x.position: set_of(order, x) for x in lines}, own)),
        *(_added(line, items, told) for line in found.added),
    ]
    return tuple(row for row in shown if row.now or row.then)


def _on_one_day(
    names: Mapping[int | None, str | None], rows: Iterator[DaysAhead]
) -> list[DaysAhead]:
    """What leaves together comes on the day of its slowest line (core.orders.repromise.falls_apart)."""
    found = [(row, names[row.position]) for row in rows]
    last: dict[str | None, date] = {}
    for row, name in found:
        days = [day for _, day in row.then if day is not None]
        last[name] = max([*days, last.get(name, date.min)])
    return [
        row
        if name is None
        else replace(
            row, then=_days([(quantity, day and last[name]) for quantity, day in row.then])
        )
        for row, name in found
    ]


def days_anew(session: Session, order: Order, *, now: datetime) -> tuple[DaysAhead, ...]:
    """Every open line as it would be if all of it were promised anew now (core.orders.repromise.promise_anew)."""
    waiting = [line for line in lines_of(session, order) if is_open(line)]
    moves = moves_anew(session, order, earlier=True, other=True, now=now, lock=False)
    parts = {move.line.id: move.parts for move in moves}
    items = _items(session, waiting)
    return tuple(
        _anew(session, line, items[line.item_id], parts.get(line.id, ())) for line in waiting
    )


def _anew(
    session: Session, line: OrderLine, item: Item, promised: tuple[Promised, ...]
) -> DaysAhead:
    schedule = schedule_of(session, [line.id])
    fixed, left = pinned(session, schedule), {row.id: row.quantity for row in schedule}
    now = then = _open(schedule, left)
    on_the_way = sum(fixed.values(), ZERO) - line.shipped_quantity
    pieces = take(pieces_of(promised), on_the_way)[1]
    if pieces:
        then = _redated(schedule, fixed, left, pieces)
    return DaysAhead(line.position, item.number, item.stock_unit, _days(now), _days(then))


def _of_order(
    session: Session,
    lines: Sequence[OrderLine],
    items: dict[int, Item],
    found: Amendment,
    parts: Mapping[int, tuple[Promised, ...]],
    anew: bool,
) -> Iterator[DaysAhead]:
    revised = {line.id: terms for line, terms, _ in found.revised}
    dropped = {line.id for line in found.dropped}
    rows: dict[int, list[ScheduleLine]] = defaultdict(list)
    for row in schedule_of(session, [line.id for line in lines]):
        rows[row.line_id].append(row)
    fixed = pinned(session, [row for own in rows.values() for row in own])
    for line in lines:
        schedule = rows[line.id]
        now = then = _open(schedule, {row.id: row.quantity for row in schedule})
        if line.id in dropped:
            then = _open(schedule, _shrunk(schedule, fixed, line.stock_quantity))
        elif line.id in revised:
            then = _revised(line, revised[line.id], schedule, fixed, parts.get(line.id, ()), anew)
        item = items[line.item_id]
        yield DaysAhead(line.position, item.number, item.stock_unit, _days(now), _days(then))


Open = list[tuple[Decimal, date | None]]


def _open(schedule: Sequence[ScheduleLine], quantities: Mapping[int, Decimal]) -> Open:
    return [(quantities[row.id] - row.shipped_quantity, row.promised_date) for row in schedule]


def _shrunk(
    schedule: Sequence[ScheduleLine], fixed: Mapping[int, Decimal], less: Decimal
) -> dict[int, Decimal]:
    """By schedule line what is left of it. As core.orders.schedule.shrink: the latest promise goes first, what is pinned stays."""
    left = {row.id: row.quantity for row in schedule}
    for row in sorted(schedule, key=lambda s: (s.promised_date or date.max, s.id), reverse=True):
        taken = min(less, row.quantity - fixed[row.id])
        if taken > ZERO:
            left[row.id] -= taken
            less -= taken
    return left


def _revised(
    line: OrderLine,
    terms: Terms,
    schedule: Sequence[ScheduleLine],
    fixed: Mapping[int, Decimal],
    promised: tuple[Promised, ...],
    anew: bool,
) -> Open:
    """anew: all of it is promised afresh, also where the wish stays."""
    more = more_of(line, terms)
    left = _shrunk(schedule, fixed, max(-more, ZERO))
    pieces = pieces_of(promised)
    if terms.requested_date == line.requested_date and not anew:
        return [*_open(schedule, left), *_of(pieces, max(more, ZERO))]
    on_the_way = sum((fixed[row.id] for row in schedule), ZERO) - line.shipped_quantity
    redated = _redated(schedule, fixed, left, take(pieces, on_the_way)[1])
    beyond = take(pieces, terms.stock_quantity - more - line.shipped_quantity)[1]
    return [*redated, *_of(beyond, max(more, ZERO))]


def _redated(
    schedule: Sequence[ScheduleLine],
    fixed: Mapping[int, Decimal],
    left: dict[int, Decimal],
    pieces: Pieces,
) -> Open:
    """As core.orders.redate: what no piece covers keeps the day that it has."""
    found: Open = []
    for row in schedule:
        free = left[row.id] - fixed[row.id]
        own, pieces = take(pieces, free)
        rest = free - sum((quantity for quantity, _ in own), ZERO)
        pinned_now = fixed[row.id] - row.shipped_quantity
        day = own[0][1].promised_date if own and not fixed[row.id] else row.promised_date
        found += [(pinned_now, row.promised_date), (rest, day)]
        found += [(quantity, part.promised_date) for quantity, part in own]
    return found


def _of(pieces: Pieces, wanted: Decimal) -> Open:
    """The days of so much; what no piece covers has none."""
    taken = take(pieces, wanted)[0]
    rest = wanted - sum((quantity for quantity, _ in taken), ZERO)
    found: Open = [(quantity, part.promised_date) for quantity, part in taken]
    return [*found, (rest, None)] if rest > ZERO else found


def _days(parts: Open) -> Days:
    found: dict[date | None, Decimal] = defaultdict(Decimal)
    for quantity, day in parts:
        if quantity > ZERO:
            found[day] += quantity
    return tuple((found[day], day) for day in sorted(found, key=lambda d: d or date.max))


def _added(line: DraftLine, items: dict[int, Item], answer: Answer) -> DaysAhead:
    item = items.get(line.item_id or 0)
    parts = pieces_of(answer.lines.get(line.id, ()))
    then = _of(parts, line.stock_quantity or ZERO)
    return DaysAhead(
        None, item.number if item else "", item.stock_unit if item else "", (), _days(then)
    )


def _items(session: Session, lines: Sequence[OrderLine | DraftLine]) -> dict[int, Item]:
    ids = {line.item_id for line in lines}
    return {item.id: item for item in session.scalars(select(Item).where(Item.id.in_(ids)))}
