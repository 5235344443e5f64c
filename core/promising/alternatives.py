"""Other ways to promise a line that misses its wish, each with what it costs others; pure.

A way is the same question asked with one thing changed, against the same picture of supply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.promising.ask import Answer, Ask, AskLine, Bucket, Group, Promised, Supply
from core.promising.slips import Slip, slips
from core.promising.taken import less
from core.promising.terms import answer_in_groups
from core.values import as_decimal

IN_PARTS = Group("*")
"""The group of a line that a person took out of a complete delivery, so that it comes in parts."""

SURE_FIRST = ("complete", "split", "site", "substitute", "expedite", "first")
"""Of ways that bring it on the same day, what is ours to do stands before what others have to agree to."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """An item that may be sent instead: so many of its stock units for one of the ordered item's."""

    item_id: int
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Rush:
    """By how many working days a receipt can be brought forward: at most, 0 for nobody knows."""

    receipt_id: int
    most_days: int = 0


@dataclass(frozen=True, slots=True)
class Alternative:
    """kind: "complete", "split", "substitute" (id: the item), "site" (id), "expedite" (id: the receipt), "first".

    answer: for all lines of the ask. slips: earlier promises that come later by it. due_date: of an expedited receipt.
    """

    kind: str
    id: int
    answer: Answer
    slips: tuple[Slip, ...] = ()
    due_date: date | None = None
    days: int = 0


def alternatives(
    ask: Ask,
    supply: Supply,
    key: int,
    *,
    stand_ins: Iterable[StandIn] = (),
    rushes: Iterable[Rush] = (),
) -> tuple[Alternative, ...]:
    """The ways that change something for the line `key`, those that bring it soonest first."""
    base = answer_in_groups(ask, supply)
    line = next(line for line in ask.lines if line.key == key)
    found = [
        *_complete(ask, supply, line, base),
        *_split(ask, supply, line, base),
        *(way for item in stand_ins for way in _instead(ask, supply, line, base, item)),
        *_sites(ask, supply, line, base),
        *(way for rush in rushes for way in _sooner(ask, supply, line, base, rush)),
        *_first(ask, supply, line, base),
    ]
    return tuple(
        sorted(
            found,
            key=lambda way: (bool(way.slips), _last(way.answer, key), SURE_FIRST.index(way.kind)),
        )
    )


def _complete(ask: Ask, supply: Supply, line: AskLine, base: Answer) -> Iterator[Alternative]:
    if len(base.lines.get(line.key, ())) > 1:
        found = answer_in_groups(_with(ask, replace(line, most_parts=1)), supply)
        if len(found.lines.get(line.key, ())) == 1:
            yield Alternative("complete", 0, found, _cost(supply, found))


def _split(ask: Ask, supply: Supply, line: AskLine, base: Answer) -> Iterator[Alternative]:
    """In parts as they come; worth saying when a part of it, or another line, comes sooner by it."""
    free = replace(line, group=IN_PARTS.name, most_parts=0)
    found = answer_in_groups(_with(ask, free), supply)
    if any(_sooner_in(base, found, other.key) for other in ask.lines):
        yield Alternative("split", 0, found, _cost(supply, found))


def _instead(
    ask: Ask, supply: Supply, line: AskLine, base: Answer, item: StandIn
) -> Iterator[Alternative]:
    ratio = Fraction(item.numerator, item.denominator)
    quantity = as_decimal(Fraction(line.quantity) * ratio)
    if quantity is None:
        return
    other = replace(
        line,
        item_id=item.item_id,
        quantity=quantity,
        multiple=Decimal(0),
        least=_six_places(Fraction(line.least) * ratio),
        unit_value=_six_places(Fraction(line.unit_value) / ratio),
    )
    found = answer_in_groups(_with(ask, other), supply)
    if _last(found, line.key) < _last(base, line.key):
        yield Alternative("substitute", item.item_id, found, _cost(supply, found))


def _six_places(exact: Fraction) -> Decimal:
    return Decimal(round(exact * 10**6)).scaleb(-6)


def _sites(ask: Ask, supply: Supply, line: AskLine, base: Answer) -> Iterator[Alternative]:
    used = {part.site_id for part in base.lines.get(line.key, ())}
    for site in supply.sites:
        if used == {site.id}:
            continue
        found = answer_in_groups(_with(ask, replace(line, site_id=site.id)), supply)
        better = _last(found, line.key) < _last(base, line.key)
        fewer = len(used) > 1 and _last(found, line.key) == _last(base, line.key)
        if better or fewer:
            yield Alternative("site", site.id, found, _cost(supply, found))


def _sooner(
    ask: Ask, supply: Supply, line: AskLine, base: Answer, rush: Rush
) -> Iterator[Alternative]:
    """The receipt so much sooner that the wish is met, or as much as the supplier can."""
    bucket = next(
        (b for b in supply.buckets if b.kind == "receipt" and b.id == rush.receipt_id), None
    )
    if bucket is None:
        return
    most = rush.most_days or _working_days(supply, ask.today, bucket.due_date)
    days = _fewest(
        most,
        lambda n: answer_in_groups(ask, _moved(supply, bucket, n, ask.today)),
        lambda found: _in_time(found, line),
    )
    if days == 0:
        return
    moved = _moved(supply, bucket, days, ask.today)
    found = answer_in_groups(ask, moved)
    if _last(found, line.key) < _last(base, line.key):
        due = next(b for b in moved.buckets if b.kind == "receipt" and b.id == bucket.id).due_date
        yield Alternative("expedite", bucket.id, found, slips(supply, moved), due, days)


def _fewest(most: int, tried: Callable[[int], Answer], good: Callable[[Answer], bool]) -> int:
    """The fewest days that are good, else `most`; the more days, the sooner it is."""
    if most <= 0 or not good(tried(most)):
        return max(most, 0)
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if good(tried(middle)) else (middle + 1, high)
    return low


def _moved(supply: Supply, bucket: Bucket, days: int, today: date) -> Supply:
    """The picture with the receipt so many working days sooner; it cannot come before today."""
    site = next(site for site in supply.sites if site.id == bucket.site_id)
    calendar = site.calendar or supply.calendar
    due = max(calendar.minus(bucket.due_date, days), calendar.on_or_after(today))
    ready = max(calendar.plus(due, site.handling_days), site.earliest_ship_date)
    sooner = replace(bucket, due_date=due, ready_date=ready, late=False)
    return replace(supply, buckets=tuple(sooner if b is bucket else b for b in supply.buckets))


def _working_days(supply: Supply, first: date, last: date) -> int:
    """How many working days lie between; at most a hundred are worth looking at."""
    return next((n for n in range(100) if supply.calendar.plus(first, n) >= last), 100)


def _first(ask: Ask, supply: Supply, line: AskLine, base: Answer) -> Iterator[Alternative]:
    """Served before those that were promised earlier, when all of them can still be served from known supply."""
    ours = tuple(d for d in supply.demands if not d.schedule_line_id)
    alone = replace(ask, lines=tuple(x for x in ask.lines if x.key == line.key))
    others = [part for key, parts in base.lines.items() if key != line.key for part in parts]
    free = replace(less(supply, others), demands=ours)
    own = answer_in_groups(alone, free).lines.get(line.key, ())
    if not own or max(p.promised_date for p in own) >= _last(base, line.key):
        return
    lost = slips(supply, less(supply, own))
    if lost and all(slip.to_date for slip in lost):
        given = giving_way(
            supply, {slip.schedule_line_id: slip.to_date for slip in lost if slip.to_date}
        )
        found = answer_in_groups(ask, given)
        if _last(found, line.key) < _last(base, line.key):
            yield Alternative("first", 0, found, lost)


def giving_way(supply: Supply, later: Mapping[int, date]) -> Supply:
    """The picture in which these promises (by schedule line) leave on a later day."""
    return replace(
        supply,
        demands=tuple(
            replace(d, ship_date=max(d.ship_date, later.get(d.schedule_line_id, date.min)))
            for d in supply.demands
        ),
    )


def _with(ask: Ask, changed: AskLine) -> Ask:
    lines = tuple(changed if line.key == changed.key else line for line in ask.lines)
    groups = ask.groups if IN_PARTS in ask.groups else (*ask.groups, IN_PARTS)
    return replace(ask, lines=lines, groups=groups)


def _cost(supply: Supply, found: Answer) -> tuple[Slip, ...]:
    """An offer lives from what is free, so this is empty unless somebody is late already."""
    return slips(supply, less(supply, (p for parts in found.lines.values() for p in parts)))


def _last(found: Answer, key: int) -> date:
    """When all of the line is there; never when a part of it is missed."""
    if found.missed.get(key) or not found.lines.get(key):
        return date.max
    return max(part.promised_date for part in found.lines[key])


def _in_time(found: Answer, line: AskLine) -> bool:
    return line.requested_date is not None and _last(found, line.key) <= line.requested_date


def _sooner_in(base: Answer, found: Answer, key: int) -> bool:
    was, becomes = _all(base, key), found.lines.get(key, ())
    if not becomes:
        return False
    first = min(part.promised_date for part in becomes)
    return not was or first < min(part.promised_date for part in was)


def _all(found: Answer, key: int) -> Sequence[Promised]:
    return found.lines.get(key, ())
