"""Ways to have it sooner by asking somebody for it: a receipt brought forward, a purchase by express, overtime; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal

from core.promising.ask import ZERO, Answer, AskLine, Bucket, Supply
from core.promising.plant import Centre, Plant
from core.promising.question import Alternative, Question, pegged
from core.promising.slips import slips
from core.promising.stand_in import last_day
from core.promising.taken import of_items, with_items
from core.promising.terms import answer_in_groups

MOST_OVERTIME_DAYS = 15
"""Working days of a centre that are tried with overtime, from the first on which work can be done."""


@dataclass(frozen=True, slots=True)
class Rush:
    """By how many working days a receipt can be brought forward: at most, 0 for nobody knows."""

    receipt_id: int
    most_days: int = 0


def brought_forward(asked: Question, rush: Rush) -> Iterator[Alternative]:
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
        later, sooner = slips(own, moved), slips(moved, own)
        yield Alternative("expedite", bucket.id, found, later, due, days, gains=sooner)


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
    here = calendar.plus(due, bucket.inspect_days) if bucket.inspect_days else due
    ready = max(calendar.plus(here, site.handling_days), site.earliest_ship_date)
    sooner = replace(bucket, due_date=due, ready_date=ready, here_date=here, late=False)
    return replace(supply, buckets=tuple(sooner if b is bucket else b for b in supply.buckets))


def _working_days(supply: Supply, first: date, last: date) -> int:
    """How many working days lie between; at most a hundred are worth looking at."""
    return next((n for n in range(100) if supply.calendar.plus(first, n) >= last), 100)


Minutes = Mapping[date, Decimal]


def _in_time(found: Answer, line: AskLine) -> bool:
    return line.requested_date is not None and last_day(found, line.key) <= line.requested_date


def bought_express(asked: Question) -> Iterator[Alternative]:
    """What would be bought for the line is bought by express."""
    plant = asked.free.plant
    for item_id in pegged(asked, "buy") if plant else ():
        assert plant is not None
        usual = plant.purchases.get(item_id)
        days = usual.express_days if usual else None
        if usual is None or days is None or days >= usual.lead_days:
            continue
        found = answer_in_groups(asked.ask, replace(asked.free, plant=express(plant, {item_id})))
        if last_day(found, asked.line.key) < last_day(asked.base, asked.line.key):
            parts = found.lines[asked.line.key]
            due = max(
                peg.due_date
                for part in parts
                for peg in part.pegging
                if (peg.kind, peg.id) == ("buy", item_id)
            )
            sooner = usual.lead_days - days
            yield Alternative(
                "express",
                item_id,
                found,
                asked.cost(found),
                due,
                sooner,
                supplier_id=usual.supplier_id,
            )


def express(plant: Plant, item_ids: Iterable[int]) -> Plant:
    """The plant as it is when these items are bought by express."""
    wanted = set(item_ids)
    return replace(
        plant,
        purchases={
            item_id: replace(way, lead_days=min(way.express_days, way.lead_days))
            if item_id in wanted and way.express_days is not None
            else way
            for item_id, way in plant.purchases.items()
        },
    )


def with_overtime(asked: Question) -> Iterator[Alternative]:
    """More minutes on a work centre of the line's plan, on the fewest days that keep the wish, and no more than needed."""
    plant = asked.free.plant
    for centre_id in pegged(asked, "step") if plant else ():
        assert plant is not None
        centre = plant.centres[centre_id]
        if centre.overtime_minutes <= 0:
            continue
        room = _room(centre, asked.ask.today)
        days = list(room)

        def tried(count: int, centre: Centre = centre, room: Minutes = room) -> Answer:
            return _answered(asked, centre, dict(list(room.items())[:count]))

        count = _fewest(len(days), tried, lambda found: _in_time(found, asked.line))
        found = tried(count)
        needed = _needed(asked, centre, found, days[:count])
        if not needed or last_day(found, asked.line.key) >= last_day(asked.base, asked.line.key):
            continue
        exact = _answered(asked, centre, needed)
        if last_day(exact, asked.line.key) > last_day(found, asked.line.key):
            needed, exact = {day: room[day] for day in days[:count]}, found
        yield Alternative(
            "overtime",
            centre_id,
            exact,
            asked.cost(exact),
            max(needed),
            minutes=tuple(sorted(needed.items())),
        )


def _room(centre: Centre, today: date) -> Minutes:
    """By day what may still be asked for, on the first days on which the centre works."""
    days = (date.fromordinal(today.toordinal() + n) for n in range(4 * MOST_OVERTIME_DAYS))
    open_days = [day for day in days if centre.minutes_on(day) > 0][:MOST_OVERTIME_DAYS]
    room = {day: centre.overtime_minutes - centre.overtime.get(day, ZERO) for day in open_days}
    return {day: minutes for day, minutes in room.items() if minutes > 0}


def _answered(asked: Question, centre: Centre, minutes: Minutes) -> Answer:
    plant = asked.free.plant
    assert plant is not None
    more = overtime(plant, {centre.id: minutes})
    return answer_in_groups(asked.ask, replace(asked.free, plant=more))


def overtime(plant: Plant, minutes: Mapping[int, Minutes]) -> Plant:
    """The plant with so many more minutes, by centre and day."""
    centres = dict(plant.centres)
    for number, more in minutes.items():
        days = dict(centres[number].overtime)
        for day, amount in more.items():
            days[day] = days.get(day, ZERO) + amount
        centres[number] = replace(centres[number], overtime=days)
    return replace(plant, centres=centres)


def _needed(
    asked: Question, centre: Centre, found: Answer, days: Iterable[date]
) -> dict[date, Decimal]:
    """By day what the plans take beyond what the centre has without overtime, in whole minutes."""
    plant = asked.free.plant
    assert plant is not None
    taken: dict[date, Decimal] = {}
    for parts in found.lines.values():
        for part in parts:
            for claim in part.claims:
                if claim.kind == "capacity" and claim.centre_id == centre.id:
                    taken[claim.day] = taken.get(claim.day, ZERO) + claim.amount
    over = {
        day: taken.get(day, ZERO)
        + plant.booked.get((centre.id, day), ZERO)
        - centre.minutes_on(day)
        for day in days
    }
    return {
        day: more.to_integral_value(ROUND_CEILING)
        for day, more in over.items()
        if more > 0 and taken.get(day, ZERO) > 0
    }
