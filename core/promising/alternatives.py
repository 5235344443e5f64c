"""Other ways to promise a line that misses its wish, each with what it costs others; pure.

A way is the same question asked with one thing changed, against the same picture of supply.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.promising.ask import Answer, Ask, AskLine, Group, Promised, Supply
from core.promising.elsewhere import bought_elsewhere
from core.promising.question import Alternative, Question, lives_from
from core.promising.slips import slips
from core.promising.sooner import Rush, bought_express, brought_forward, with_overtime
from core.promising.stand_in import IN_PARTS, StandIn, instead, last_day
from core.promising.taken import less, of_items, settled, with_items
from core.promising.terms import answer_in_groups

SURE_FIRST = (
    "complete",
    "split",
    "site",
    "substitute",
    "supplier",
    "overtime",
    "expedite",
    "express",
    "first",
)
"""Of ways that bring it on the same day, what is ours to do stands before what others have to agree to."""


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
    asked = Question(ask, line, supply, free, answer_in_groups(ask, free))
    found = [
        *_complete(asked),
        *_split(asked),
        *(way for item in stand_ins for way in _instead(asked, item)),
        *_sites(asked),
        *(way for rush in rushes for way in brought_forward(asked, rush)),
        *bought_elsewhere(asked),
        *bought_express(asked),
        *with_overtime(asked),
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


def _complete(asked: Question) -> Iterator[Alternative]:
    key = asked.line.key
    if len(asked.base.lines.get(key, ())) > 1:
        found = asked.asked(replace(asked.line, most_parts=1))
        if len(found.lines.get(key, ())) == 1:
            yield Alternative("complete", 0, found, asked.cost(found))


def _split(asked: Question) -> Iterator[Alternative]:
    """In parts as they come; worth saying when a part of it, or another line, comes sooner by it."""
    found = asked.asked(replace(asked.line, group=IN_PARTS.name, most_parts=0))
    if any(_sooner_in(asked.base, found, other.key) for other in asked.ask.lines):
        yield Alternative("split", 0, found, asked.cost(found))


def _instead(asked: Question, item: StandIn) -> Iterator[Alternative]:
    other = instead(asked.line, item)
    if other is None:
        return
    found = asked.asked(other)
    if last_day(found, asked.line.key) < last_day(asked.base, asked.line.key):
        yield Alternative("substitute", item.item_id, found, asked.cost(found))


def _sites(asked: Question) -> Iterator[Alternative]:
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


def _first(asked: Question) -> Iterator[Alternative]:
    """Served before those that were promised earlier, when all of them can still be served from known supply."""
    line, base, known = asked.line, asked.base, asked.known
    alone = replace(asked.ask, lines=(line,))
    others = [part for key, parts in base.lines.items() if key != line.key for part in parts]
    own_items = {line.item_id, *lives_from(known, base.lines.get(line.key, ()))}
    bare = of_items(known, own_items)
    bare = replace(bare, demands=tuple(d for d in bare.demands if not d.schedule_line_id))
    own = answer_in_groups(alone, less(with_items(asked.free, bare, own_items), others)).lines.get(
        line.key, ()
    )
    if not own or max(p.promised_date for p in own) >= last_day(base, line.key):
        return
    items = own_items | lives_from(known, own)
    touched = of_items(known, items)
    lost = slips(touched, less(touched, own))
    if lost and all(slip.to_date for slip in lost):
        later = {slip.schedule_line_id: slip.to_date for slip in lost if slip.to_date}
        found = answer_in_groups(
            asked.ask, with_items(asked.free, giving_way(touched, later), items)
        )
        if last_day(found, line.key) < last_day(base, line.key):
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


def _sooner_in(base: Answer, found: Answer, key: int) -> bool:
    was, becomes = _all(base, key), found.lines.get(key, ())
    if not becomes:
        return False
    first = min(part.promised_date for part in becomes)
    return not was or first < min(part.promised_date for part in was)


def _all(found: Answer, key: int) -> Sequence[Promised]:
    return found.lines.get(key, ())
