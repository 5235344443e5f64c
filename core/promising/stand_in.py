"""An item instead of the ordered one: the same question asked for it, and whether it comes by itself; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.promising.ask import Answer, Ask, AskLine, Group, Supply
from core.promising.taken import settled
from core.promising.terms import answer_in_groups
from core.values import as_decimal

IN_PARTS = Group("*")
"""The group of a line that a person took out of a complete delivery, so that it comes in parts."""


@dataclass(frozen=True, slots=True)
class StandIn:
    """An item that may be sent instead: so many of its stock units for one of the ordered item's."""

    item_id: int
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may come by itself for a line. policy: "in-time" or "earliest" (core.promising.terms); first named, first tried."""

    policy: str
    items: tuple[StandIn, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """ordered_date: when what was ordered would be there, None for never."""

    item: StandIn
    ordered_date: date | None


def instead(line: AskLine, item: StandIn) -> AskLine | None:
    """The line as a question for the other item; None when the quantity does not come out."""
    ratio = Fraction(item.numerator, item.denominator)
    quantity = as_decimal(Fraction(line.quantity) * ratio)
    if quantity is None:
        return None
    return replace(
        line,
        item_id=item.item_id,
        quantity=quantity,
        multiple=Decimal(0),
        least=_six_places(Fraction(line.least) * ratio),
        unit_value=_six_places(Fraction(line.unit_value) / ratio),
    )


def _six_places(exact: Fraction) -> Decimal:
    return Decimal(round(exact * 10**6)).scaleb(-6)


def by_itself(ask: Ask, supply: Supply, wanted: Mapping[int, Wanted]) -> dict[int, Taken]:
    """By line key what stands in without anybody choosing it; no other line of the ask comes later by it.

    Of a complete delivery only lines that are late themselves are looked at, and all of it has to gain.
    """
    free = settled(supply)
    base = answer_in_groups(ask, free)
    found: dict[int, Taken] = {}
    then = ask
    for line in ask.lines:
        own = wanted.get(line.key)
        if own is None or _is_in_time(base, line):
            continue
        alone = last_day(answer_in_groups(with_line(then, _alone(line)), free), line.key)
        item = _best(then, line, own, alone, free)
        changed = instead(line, item) if item else None
        if item is not None and changed is not None:
            then = with_line(then, changed)
            found[line.key] = Taken(item, None if alone == date.max else alone)
    if found and not _gains(ask, base, answer_in_groups(then, free), found, wanted):
        return {}
    return found


def _best(ask: Ask, line: AskLine, own: Wanted, alone: date, free: Supply) -> StandIn | None:
    """alone: when the line would be there if it waited for no other."""
    if line.requested_date is not None and alone <= line.requested_date:
        return None
    days: list[tuple[date, int]] = []
    for place, item in enumerate(own.items):
        other = instead(line, item)
        if other is None:
            continue
        day = last_day(answer_in_groups(with_line(ask, _alone(other)), free), line.key)
        if line.requested_date is not None and day <= line.requested_date:
            return item
        days.append((day, place))
    soonest = min(days, default=(date.max, 0))
    return own.items[soonest[1]] if own.policy == "earliest" and soonest[0] < alone else None


def _gains(
    ask: Ask, base: Answer, then: Answer, found: Mapping[int, Taken], wanted: Mapping[int, Wanted]
) -> bool:
    for line in ask.lines:
        was, becomes = last_day(base, line.key), last_day(then, line.key)
        if becomes > was:
            return False
        if line.key in found:
            kept = wanted[line.key].policy == "earliest" or _is_in_time(then, line)
            if becomes >= was or not kept:
                return False
    return True


def _alone(line: AskLine) -> AskLine:
    return replace(line, group=IN_PARTS.name)


def with_line(ask: Ask, changed: AskLine) -> Ask:
    """The ask with one line changed; it may have left its group for IN_PARTS."""
    lines = tuple(changed if line.key == changed.key else line for line in ask.lines)
    groups = ask.groups if IN_PARTS in ask.groups else (*ask.groups, IN_PARTS)
    return replace(ask, lines=lines, groups=groups)


def last_day(found: Answer, key: int) -> date:
    """When all of the line is there; never when a part of it is missed."""
    if found.missed.get(key) or not found.lines.get(key):
        return date.max
    return max(part.promised_date for part in found.lines[key])


def _is_in_time(found: Answer, line: AskLine) -> bool:
    return line.requested_date is not None and last_day(found, line.key) <= line.requested_date


def items_of(wanted: Iterable[Wanted]) -> set[int]:
    return {item.item_id for one in wanted for item in one.items}
