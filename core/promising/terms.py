"""How a customer wants to be delivered, for an order or a group of its lines, and promises that keep to it; pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from core.promising.ask import ZERO, Answer, Ask, AskLine, Group, Promised, Supply
from core.promising.atp import answer
from core.promising.taken import less, settled
from core.values import Parameters

Parts = dict[int, tuple[Promised, ...]]

SUBSTITUTES = ("never", "ask", "in-time", "earliest")
"""Whether another item may come: not at all, only after the customer was asked, or by itself: when it keeps a wish that
what was ordered misses, or when it is there sooner."""

BY_ITSELF = ("in-time", "earliest")


@dataclass(frozen=True, slots=True)
class Terms:
    """complete: all lines on one day. part_quantity (stock units of a line), part_value (the order's currency): no part
    delivery is smaller, 0 for any. latest_days: after the wish nothing is taken, None for any; latest_date: the same as
    a day, and it counts first. most_dates: days on which a line may come, 0 for any. substitutes: one of SUBSTITUTES.
    """

    complete: bool = False
    part_quantity: Decimal = ZERO
    part_value: Decimal = ZERO
    latest_days: int | None = None
    latest_date: date | None = None
    most_dates: int = 0
    substitutes: str = "ask"


def under(line: AskLine, terms: Terms, last_day: date | None) -> AskLine:
    """The line as its terms want it. last_day: what latest_days comes to for this line."""
    return replace(
        line,
        most_parts=1 if terms.complete else terms.most_dates,
        least=terms.part_quantity,
        latest_date=terms.latest_date or last_day,
    )


def group_of(name: str, terms: Terms) -> Group:
    return Group(name, terms.complete, terms.part_value)


def answer_in_groups(ask: Ask, supply: Supply) -> Answer:
    """Each group in the order of its first line, from what the groups before it leave.

    Parts after the latest acceptable day are missed, and with them all of a group that is delivered complete.
    """
    if not supply.sites:
        return Answer()
    groups = _in_groups(ask)
    supply = settled(supply) if len(groups) > 1 else supply
    found: Parts = {}
    missed: Parts = {}
    for group, lines in groups:
        one = replace(ask, lines=lines, policy="complete" if group.complete else "partial")
        parts = answer(one, supply).lines
        if not group.complete and group.least_value > 0:
            parts = _worth(one, group.least_value, parts, supply)
        taken, late = _in_time(one, group, parts)
        found |= taken
        missed |= late
        supply = less(supply, (part for promised in taken.values() for part in promised))
    return Answer(found, missed)


def _in_groups(ask: Ask) -> list[tuple[Group, tuple[AskLine, ...]]]:
    known = {group.name: group for group in ask.groups}
    own = Group("", ask.policy == "complete")
    lines: dict[str, list[AskLine]] = defaultdict(list)
    for line in ask.lines:
        lines[line.group if line.group in known else ""].append(line)
    return [(known.get(name, own), tuple(found)) for name, found in lines.items()]


def _in_time(ask: Ask, group: Group, parts: Parts) -> tuple[Parts, Parts]:
    """(what is promised, what is missed because it would come too late)."""
    latest = {line.key: line.latest_date or date.max for line in ask.lines}
    late = {
        key: tuple(part for part in promised if part.promised_date > latest[key])
        for key, promised in parts.items()
    }
    if group.complete and any(late.values()):
        late = dict(parts)
    missed = {
        key: tuple(_too_late(part, latest[key]) for part in promised)
        for key, promised in late.items()
        if promised
    }
    kept = {
        key: tuple(part for part in promised if part not in late[key])
        for key, promised in parts.items()
    }
    return kept, missed


def _too_late(part: Promised, latest: date) -> Promised:
    """A part of a complete delivery may be in time itself and yet missed."""
    facts = {**part.reason.facts, "arrives": part.promised_date.isoformat()}
    if latest < date.max:
        facts["latest"] = latest.isoformat()
    return replace(part, reason=Parameters("beyond-latest", facts))


def _worth(ask: Ask, least: Decimal, parts: Parts, supply: Supply) -> Parts:
    """Deliveries that are worth too little wait for the next one; a rest that is, for it the one before.

    What cannot wait because it expires makes all of it one delivery.
    """
    value = {line.key: line.unit_value for line in ask.lines}
    by_day: dict[date, Decimal] = defaultdict(Decimal)
    for key, promised in parts.items():
        for part in promised:
            by_day[part.promised_date] += part.quantity * value[key]
    moved = _joined_days(sorted(by_day.items()), least)
    if all(day == goes for day, goes in moved.items()):
        return parts
    if _expires(parts, moved, supply):
        return answer(replace(ask, policy="complete"), supply).lines
    transit = ask.transit_days
    return {
        key: _one_a_day(
            tuple(
                _waiting(part, moved[part.promised_date], supply, transit, least)
                for part in promised
            )
        )
        for key, promised in parts.items()
    }


def _joined_days(worth: list[tuple[date, Decimal]], least: Decimal) -> dict[date, date]:
    """For each day of arrival the day on which its goods arrive together with enough others."""
    deliveries: list[list[date]] = []
    held, total = list[date](), ZERO
    for day, value in worth:
        held.append(day)
        total += value
        if total >= least:
            deliveries.append(held)
            held, total = [], ZERO
    if held:
        held = [*deliveries.pop(), *held] if deliveries else held
        deliveries.append(held)
    return {day: days[-1] for days in deliveries for day in days}


def _expires(parts: Parts, moved: dict[date, date], supply: Supply) -> bool:
    until = {(b.kind, b.id): b.until or date.max for b in supply.buckets}
    return any(
        until.get((peg.kind, peg.id), date.max) < moved[part.promised_date]
        for promised in parts.values()
        for part in promised
        for peg in part.pegging
        if moved[part.promised_date] != part.promised_date
    )


def _waiting(part: Promised, day: date, supply: Supply, transit: int, least: Decimal) -> Promised:
    if part.promised_date == day:
        return part
    facts = {
        "alone": part.promised_date.isoformat(),
        "waits": str((day - part.promised_date).days),
        "least": f"{least:f}",
    }
    way = supply.delivery
    latest = way.latest(part.site_id, day) if way else supply.calendar.minus(day, transit)
    leaves = max(part.ship_date, latest)
    reason = Parameters("waits-for-value", part.reason.facts | facts)
    return replace(part, promised_date=day, ship_date=leaves, reason=reason)


def _one_a_day(parts: tuple[Promised, ...]) -> tuple[Promised, ...]:
    """Parts that now arrive together from one site are one part."""
    found: dict[tuple[date, int], Promised] = {}
    for part in parts:
        same = found.get((part.promised_date, part.site_id))
        found[part.promised_date, part.site_id] = part if same is None else _both(same, part)
    return tuple(found.values())


def _both(first: Promised, second: Promised) -> Promised:
    return replace(
        second,
        quantity=first.quantity + second.quantity,
        pegging=first.pegging + second.pegging,
        claims=first.claims + second.claims,
    )
