"""Other ways to promise a line that misses its wish, each with what it costs others; pure.

A way is the same question asked with one thing changed, against the same picture of supply.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.promising.ask import Answer, Ask, AskLine, Bucket, Group, Promised, Supply
from core.promising.slips import Slip, slips
from core.promising.stand_in import IN_PARTS, StandIn, instead, last_day, with_line
from core.promising.taken import less, of_items, settled, with_items
from core.promising.terms import answer_in_groups

SURE_FIRST = ("complete", "split", "site", "substitute", "expedite", "first")
"""Of ways that bring it on the same day, what is ours to do stands before what others have to agree to."""


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


@dataclass(frozen=True, slots=True)
class _Question:
    """The question with its answer. known: the whole picture; free: the same after earlier promises were served."""

    ask: Ask
    line: AskLine
    known: Supply
    free: Supply
    base: Answer

    def asked(self, changed: AskLine) -> Answer:
        """The answer with the line changed."""
        return answer_in_groups(with_line(self.ask, changed), self.free)

    def cost(self, found: Answer) -> tuple[Slip, ...]:
        """An offer lives from what is free, so this is empty unless somebody is late already."""
        other = [
            part
            for key, parts in found.lines.items()
            if parts != self.base.lines.get(key)
            for part in parts
        ]
        items = {self.line.item_id, *_items(self.known, other)}
        every = (part for parts in found.lines.values() for part in parts)
        known = of_items(self.known, items)
        return slips(known, less(known, every))


def alternatives(
    ask: Ask,
    supply: Supply,
    key: int,
    *,
    stand_ins: Iterable[StandIn] = (),
    rushes: Iterable[Rush] = (),
) -> tuple[Alternative, ...]:
    """The ways that change something for the line `key`, those that bring it soonest first.

    Their answers hold the lines that they can touch: those delivered with it, and those of the same items.
    """
    line = next(line for line in ask.lines if line.key == key)
    stand_ins = tuple(stand_ins)
    if supply.plant is None:  # nothing else shares components or hours
        ask = _touched(ask, line, {line.item_id, *(item.item_id for item in stand_ins)})
        items = {x.item_id for x in ask.lines} | {item.item_id for item in stand_ins}
        supply = of_items(supply, items)
    free = settled(supply)
    asked = _Question(ask, line, supply, free, answer_in_groups(ask, free))
    found = [
        *_complete(asked),
        *_split(asked),
        *(way for item in stand_ins for way in _instead(asked, item)),
        *_sites(asked),
        *(way for rush in rushes for way in _sooner(asked, rush)),
        *_first(asked),
    ]
    return tuple(
        sorted(
            found,
            key=lambda way: (
                bool(way.slips),
                last_day(way.answer, key),
                SURE_FIRST.index(way.kind),
            ),
        )
    )


def _touched(ask: Ask, line: AskLine, items: set[int]) -> Ask:
    known = {group.name: group for group in ask.groups}
    own = known.get(line.group, Group("", ask.policy == "complete"))
    together = own.complete or own.least_value > 0
    mates = {x.key for x in ask.lines if together and known.get(x.group, own) == own}
    lines = tuple(x for x in ask.lines if x.key in mates or x.item_id in items)
    return replace(ask, lines=lines)


def _complete(asked: _Question) -> Iterator[Alternative]:
    key = asked.line.key
    if len(asked.base.lines.get(key, ())) > 1:
        found = asked.asked(replace(asked.line, most_parts=1))
        if len(found.lines.get(key, ())) == 1:
            yield Alternative("complete", 0, found, asked.cost(found))


def _split(asked: _Question) -> Iterator[Alternative]:
    """In parts as they come; worth saying when a part of it, or another line, comes sooner by it."""
    found = asked.asked(replace(asked.line, group=IN_PARTS.name, most_parts=0))
    if any(_sooner_in(asked.base, found, other.key) for other in asked.ask.lines):
        yield Alternative("split", 0, found, asked.cost(found))


def _instead(asked: _Question, item: StandIn) -> Iterator[Alternative]:
    other = instead(asked.line, item)
    if other is None:
        return
    found = asked.asked(other)
    if last_day(found, asked.line.key) < last_day(asked.base, asked.line.key):
        yield Alternative("substitute", item.item_id, found, asked.cost(found))


def _sites(asked: _Question) -> Iterator[Alternative]:
    line, base = asked.line, asked.base
    used = {part.site_id for part in base.lines.get(line.key, ())}
    for site in asked.free.sites:
        if used == {site.id}:
            continue
        found = asked.asked(replace(line, site_id=site.id))
        better = last_day(found, line.key) < last_day(base, line.key)
        fewer = len(used) > 1 and last_day(found, line.key) == last_day(base, line.key)
        if better or fewer:
            yield Alternative("site", site.id, found, asked.cost(found))


def _sooner(asked: _Question, rush: Rush) -> Iterator[Alternative]:
    """The receipt so much sooner that the wish is met, or as much as the supplier can."""
    line, ask, known = asked.line, asked.ask, asked.known
    bucket = next(
        (b for b in known.buckets if b.kind == "receipt" and b.id == rush.receipt_id), None
    )
    if bucket is None:
        return
    items = {bucket.item_id}
    own = of_items(known, items)

    def tried(days: int) -> Answer:
        moved = _moved(own, bucket, days, ask.today)
        return answer_in_groups(ask, with_items(asked.free, moved, items))

    most = rush.most_days or _working_days(known, ask.today, bucket.due_date)
    days = _fewest(most, tried, lambda found: _in_time(found, line))
    if days == 0:
        return
    found, moved = tried(days), _moved(own, bucket, days, ask.today)
    if last_day(found, line.key) < last_day(asked.base, line.key):
        due = next(b for b in moved.buckets if b.kind == "receipt" and b.id == bucket.id).due_date
        yield Alternative("expedite", bucket.id, found, slips(own, moved), due, days)


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


def _first(asked: _Question) -> Iterator[Alternative]:
    """Served before those that were promised earlier, when all of them can still be served from known supply."""
    line, base, known = asked.line, asked.base, asked.known
    alone = replace(asked.ask, lines=(line,))
    others = [part for key, parts in base.lines.items() if key != line.key for part in parts]
    own_items = {line.item_id, *_items(known, base.lines.get(line.key, ()))}
    bare = of_items(known, own_items)
    bare = replace(bare, demands=tuple(d for d in bare.demands if not d.schedule_line_id))
    own = answer_in_groups(alone, less(with_items(asked.free, bare, own_items), others)).lines.get(
        line.key, ()
    )
    if not own or max(p.promised_date for p in own) >= last_day(base, line.key):
        return
    items = own_items | _items(known, own)
    touched = of_items(known, items)
    lost = slips(touched, less(touched, own))
    if lost and all(slip.to_date for slip in lost):
        later = {slip.schedule_line_id: slip.to_date for slip in lost if slip.to_date}
        found = answer_in_groups(
            asked.ask, with_items(asked.free, giving_way(touched, later), items)
        )
        if last_day(found, line.key) < last_day(base, line.key):
            yield Alternative("first", 0, found, lost)


def _items(supply: Supply, parts: Iterable[Promised]) -> set[int]:
    """What the parts live from."""
    named = {(peg.kind, peg.id) for part in parts for peg in part.pegging}
    return {b.item_id for b in supply.buckets if (b.kind, b.id) in named}


def giving_way(supply: Supply, later: Mapping[int, date]) -> Supply:
    """The picture in which these promises (by schedule line) leave on a later day."""
    return replace(
        supply,
        demands=tuple(
            replace(d, ship_date=max(d.ship_date, later.get(d.schedule_line_id, date.min)))
            for d in supply.demands
        ),
    )


def _in_time(found: Answer, line: AskLine) -> bool:
    return line.requested_date is not None and last_day(found, line.key) <= line.requested_date


def _sooner_in(base: Answer, found: Answer, key: int) -> bool:
    was, becomes = _all(base, key), found.lines.get(key, ())
    if not becomes:
        return False
    first = min(part.promised_date for part in becomes)
    return not was or first < min(part.promised_date for part in was)


def _all(found: Answer, key: int) -> Sequence[Promised]:
    return found.lines.get(key, ())
