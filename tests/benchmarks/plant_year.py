"""A year of a plant, day by day: orders come, suppliers are late, machines stand still. Promises are made by the product.

The world (orders, lateness, breakdowns) is drawn once from a seed and is the same for every way of promising. Goods are
made as planned: material is taken by turn of promise, each work centre does what is due first, a step begins when the
one before it and its material are there; a centre with time left works ahead.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from core.company.calendar import Calendar
from core.promising.ask import (
    Ask,
    AskLine,
    Bucket,
    Demand,
    Promised,
    SiteFacts,
    Source,
    Supply,
)
from core.promising.plant import Centre, Component, Plant, Purchase, Recipe, Step
from core.promising.terms import answer_in_groups

WEEK = Calendar()
START = date(2026, 1, 5)
DAYS = 250
LINES_A_DAY = 4.0
UTILISATION = 0.78
LATE_RECEIPT_DAYS = 5
AHEAD = 3
"""Working days by which a centre with nothing else to do begins sooner than planned."""

TOPS = range(1, 7)
SUBS = range(11, 17)
PARTS = range(21, 33)
TRADE = range(41, 45)
CENTRES = range(1, 11)
D = Decimal
ZERO = D(0)


@dataclass(frozen=True)
class Order:
    day: date
    item: int
    quantity: int
    wish: date | None


@dataclass(frozen=True)
class Supplier:
    """late_chance: of a delivery to be late, then by one to late_most working days."""

    lead_days: int
    late_chance: float
    late_most: int


@dataclass
class World:
    """lost: by (centre, day) the share of the day on which it stood still."""

    seed: int
    days: list[date]
    orders: dict[date, list[Order]]
    lost: dict[tuple[int, date], float]
    suppliers: dict[int, Supplier]

    def late(self, item: int, day: date) -> int:
        """By how many working days a purchase of this day is late."""
        chance = random.Random(f"{self.seed}-{item}-{day}")
        supplier = self.suppliers[item]
        return (
            chance.randint(1, supplier.late_most) if chance.random() < supplier.late_chance else 0
        )


def recipes() -> dict[int, Recipe]:
    """Each top of a sub-assembly and two parts, in three steps; each sub-assembly of two parts, in two."""
    found = {}
    for n, top in enumerate(TOPS):
        parts = [Component(SUBS[n], D(1)), Component(PARTS[n], D(2)), Component(PARTS[n + 6], D(1))]
        steps = [
            Step(
                10 * (k + 1),
                ((n + 3 * k) % 10 + 1, (n + 3 * k + 5) % 10 + 1)[: 2 - k % 2],
                D(20),
                D(6 + 2 * k),
            )
            for k in range(3)
        ]
        found[top] = Recipe(top, tuple(parts), tuple(steps))
    for n, sub in enumerate(SUBS):
        parts = [Component(PARTS[(n + 3) % 12], D(1)), Component(PARTS[(n + 8) % 12], D(3))]
        steps = [Step(10 * (k + 1), ((2 * n + 5 * k + 1) % 10 + 1,), D(30), D(5)) for k in range(2)]
        found[sub] = Recipe(sub, tuple(parts), tuple(steps), D(96))
    return found


def a_world(seed: int) -> World:
    chance = random.Random(seed)
    days = list(working_days(START, DAYS))
    orders: dict[date, list[Order]] = defaultdict(list)
    for day in days:
        for _ in range(poisson(chance, LINES_A_DAY)):
            item = chance.choice([*TOPS, *TOPS, *TRADE])
            wish = None if chance.random() < 0.3 else WEEK.plus(day, chance.randint(2, 35))
            orders[day].append(Order(day, item, chance.randint(2, 24), wish))
    lost: dict[tuple[int, date], float] = {}
    for centre in CENTRES:
        down = 0
        for day in days:
            if down == 0 and chance.random() < 0.03:
                down = chance.choice([1, 1, 1, 2])
            if down:
                down -= 1
                lost[centre, day] = chance.uniform(0.3, 1.0)
    suppliers = {
        item: Supplier(chance.randint(4, 12), chance.uniform(0.1, 0.4), chance.randint(1, 5))
        for item in (*PARTS, *TRADE)
    }
    return World(seed, days, orders, lost, suppliers)


def working_days(first: date, count: int) -> Iterator[date]:
    day = WEEK.on_or_after(first)
    for _ in range(count):
        yield day
        day = WEEK.plus(day, 1)


def poisson(chance: random.Random, mean: float) -> int:
    limit, product, count = math.exp(-mean), chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count


def minutes_a_day() -> dict[int, Decimal]:
    """So many for each centre that the year's orders need UTILISATION of them on the average."""
    load: dict[int, float] = defaultdict(float)
    each_top = LINES_A_DAY * 2 / (2 * len(TOPS) + len(TRADE))
    for recipe in recipes().values():
        for step in recipe.steps:
            minutes = float(step.setup_minutes) + float(step.run_minutes) * 13 * (
                1.04 if recipe.item_id in SUBS else 1
            )
            for centre in step.centres:
                load[centre] += each_top * minutes / len(step.centres)
    return {centre: D(round(load[centre] / UTILISATION)) for centre in CENTRES}


@dataclass
class Way:
    """How promises are made. fixed_days: by these lead times (made, bought) and not by a plan.

    late_days: by item what is added for its supplier; reserve: by centre the per cent kept for breakdowns; safety:
    days that what is made is ready before it leaves.
    """

    name: str
    fixed_days: tuple[int, int] | None = None
    late_days: dict[int, int] = field(default_factory=dict)
    reserve: dict[int, Decimal] = field(default_factory=dict)
    safety: int = 0


def measured(name: str, world: World, safety: int, share: float = 0.95) -> Way:
    """Buffers from what was seen of another year: lateness that only one delivery in twenty exceeds, mean loss of minutes."""
    before = a_world(world.seed + 1000)
    late = {}
    for item, supplier in world.suppliers.items():
        chance = random.Random(f"before-{world.seed}-{item}")
        seen = sorted(
            chance.randint(1, supplier.late_most) if chance.random() < supplier.late_chance else 0
            for _ in range(60)
        )
        late[item] = seen[min(int(share * len(seen)), len(seen) - 1)]
    reserve = {
        centre: D(
            math.ceil(100 * sum(before.lost.get((centre, d), 0.0) for d in before.days) / DAYS)
        )
        for centre in CENTRES
    }
    return Way(name, None, late, reserve, safety)


@dataclass
class Work:
    """A step of a lot: minutes still to do, by planned day."""

    centre: int
    plan: list[tuple[date, Decimal]]

    def left(self) -> Decimal:
        return sum((minutes for _, minutes in self.plan), ZERO)

    def do(self, minutes: Decimal) -> None:
        while minutes > 0 and self.plan:
            day, planned = self.plan[0]
            used = min(minutes, planned)
            minutes -= used
            self.plan[0] = (day, planned - used)
            if self.plan[0][1] <= 0:
                self.plan.pop(0)


@dataclass
class Lot:
    """A lot to be made. inputs: (item, quantity, day) that it takes from the shelf; below: the lots it is made of."""

    item: int
    level: int
    begins: date
    steps: list[Work] = field(default_factory=list)
    inputs: list[tuple[int, Decimal, date]] = field(default_factory=list)
    below: list[Lot] = field(default_factory=list)

    def is_done(self) -> bool:
        return not self.inputs and not self.steps and all(lot.is_done() for lot in self.below)

    def ready(self) -> bool:
        return not self.inputs and all(lot.is_done() for lot in self.below)


@dataclass
class Line:
    """A promised part. goods: to be put on the shelf when its lot is done."""

    number: int
    item: int
    quantity: Decimal
    ordered: date
    wish: date | None
    promised: date
    lots: list[Lot]
    top: Lot | None
    made: Decimal
    shipped: date | None = None


@dataclass
class Purchased:
    number: int
    item: int
    quantity: Decimal
    said: date
    comes: date


class Firm:
    def __init__(self, world: World, way: Way) -> None:
        self.world, self.way = world, way
        self.minutes = minutes_a_day()
        self.recipes = recipes()
        self.shelf: dict[int, Decimal] = defaultdict(Decimal)
        self.coming: list[Purchased] = []
        self.open: list[Line] = []
        self.done: list[Line] = []
        self.numbers = 0
        use = dict.fromkeys(TRADE, 13.0 * LINES_A_DAY / 16)
        each_top = 13.0 * LINES_A_DAY * 2 / 16
        for recipe in self.recipes.values():
            for part in recipe.components:
                if part.item_id in PARTS:
                    use[part.item_id] = use.get(part.item_id, 0.0) + each_top * float(part.per)
        self.use = use
        for item, daily in use.items():
            self.shelf[item] = D(round(daily * (world.suppliers[item].lead_days + 8)))

    def year(self) -> list[Line]:
        for today in self.world.days:
            for purchase in [p for p in self.coming if p.comes <= today]:
                self.shelf[purchase.item] += purchase.quantity
                self.coming.remove(purchase)
            self.replenish(today)
            for order in self.world.orders[today]:
                self.promise(order, today)
            self.work(today)
            self.ship(today)
        return self.done + self.open

    def buy(self, item: int, quantity: Decimal, today: date) -> None:
        supplier = self.world.suppliers[item]
        said = WEEK.plus(today, supplier.lead_days)
        self.numbers += 1
        comes = WEEK.plus(said, self.world.late(item, today))
        self.coming.append(Purchased(self.numbers, item, quantity, said, comes))

    def replenish(self, today: date) -> None:
        """By reorder point: what is used until more comes, and a week's use beyond."""
        needs: dict[int, Decimal] = defaultdict(Decimal)
        for demand in self.demands(today):
            needs[demand.item_id] += demand.quantity
        for item, daily in self.use.items():
            there = self.shelf[item] + sum(
                (p.quantity for p in self.coming if p.item == item), ZERO
            )
            point = D(round(daily * (self.world.suppliers[item].lead_days + 5)))
            if there - needs[item] < point:
                self.buy(item, point + D(round(daily * 10)) - (there - needs[item]), today)

    def demands(self, today: date) -> list[Demand]:
        found = []
        for line in self.open:
            found.append(
                Demand(line.item, 1, line.quantity, line.promised, line.number, line.number)
            )
            for lot in line.lots:
                for item, quantity, day in lot.inputs:
                    found.append(Demand(item, 1, quantity, max(day, today), line.number))
        return found

    def supply(self, today: date) -> Supply:
        site = SiteFacts(1, "PLANT", 1, 0, today)
        buckets = [
            Bucket("stock", item, f"L{item}", item, 1, quantity, today, today)
            for item, quantity in self.shelf.items()
            if quantity > 0
        ]
        for purchase in self.coming:
            late = purchase.said < today
            due = WEEK.plus(today, LATE_RECEIPT_DAYS) if late else purchase.said
            buffered = WEEK.plus(purchase.said, self.way.late_days.get(purchase.item, 0))
            due = max(due, buffered)
            buckets.append(
                Bucket(
                    "receipt",
                    purchase.number,
                    f"PO{purchase.number}",
                    purchase.item,
                    1,
                    purchase.quantity,
                    due,
                    due,
                    None,
                    late,
                )
            )
        booked: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
        for line in self.open:
            for lot in line.lots:
                for step in lot.steps:
                    for day, minutes in step.plan:
                        booked[step.centre, max(day, today)] += minutes
        plant = Plant(
            1,
            self.recipes,
            {
                item: Purchase(f"S{item}", s.lead_days, WEEK, 0, self.way.late_days.get(item, 0))
                for item, s in self.world.suppliers.items()
            },
            {
                c: Centre(
                    c,
                    f"W{c}",
                    self.minutes[c],
                    WEEK,
                    reserve_percent=self.way.reserve.get(c, ZERO),
                )
                for c in CENTRES
            },
            {key: round(minutes, 6) for key, minutes in booked.items()},
            self.way.safety,
        )
        sources = {
            n: Source(f"I{n}", "EA", "made" if n in self.recipes else "bought", 20)
            for n in (*TOPS, *SUBS, *PARTS, *TRADE)
        }
        return Supply(WEEK, (site,), tuple(buckets), tuple(self.demands(today)), sources, plant)

    def promise(self, order: Order, today: date) -> None:
        line = AskLine(1, order.item, D(order.quantity), order.wish)
        supply = self.supply(today)
        parts = answer_in_groups(Ask((line,), today, transit_days=0), supply).lines[1]
        assert sum(p.quantity for p in parts) == order.quantity
        for part in parts:
            self.book(order, part, today)

    def book(self, order: Order, part: Promised, today: date) -> None:
        self.numbers += 1
        promised = part.ship_date
        if self.way.fixed_days is not None:
            days = self.way.fixed_days[0 if order.item in TOPS else 1]
            promised = max(order.wish or today, WEEK.plus(today, days))
        lots = self.lots_of(part, today)
        made = sum((p.quantity for p in part.pegging if p.kind == "make" and p.level == 1), ZERO)
        self.open.append(
            Line(
                self.numbers,
                order.item,
                part.quantity,
                today,
                order.wish,
                promised,
                lots,
                lots[0] if lots else None,
                made,
            )
        )

    def lots_of(self, part: Promised, today: date) -> list[Lot]:
        """The tree of lots as the plan tells it; what it buys is ordered at once."""
        claims = [c for c in part.claims if c.kind == "capacity"]
        lots: list[Lot] = []
        last: dict[int, Lot] = {}
        for peg in part.pegging:
            if peg.kind == "make":
                lot = Lot(peg.id, peg.level, peg.begins_on or today)
                lots.append(lot)
                last[peg.level] = lot
                if peg.level > 1:
                    last[peg.level - 1].below.append(lot)
            elif peg.kind == "step":
                plan, left = list[tuple[date, Decimal]](), peg.quantity
                while left > D("0.00001"):
                    claim = claims.pop(0)
                    plan.append((claim.day, claim.amount))
                    left -= claim.amount
                last[peg.level].steps.append(Work(peg.id, plan))
            elif peg.kind == "buy":
                self.buy(peg.id, peg.quantity, today)
                if peg.level > 1:
                    last[peg.level - 1].inputs.append((peg.id, peg.quantity, peg.due_date))
            elif peg.level > 1:
                item = int(peg.item[1:])
                last[peg.level - 1].inputs.append((item, peg.quantity, last[peg.level - 1].begins))
        return lots

    def work(self, today: date) -> None:
        """What is planned by today, by due day; with the time that is left, what begins in the next days."""
        left = {
            c: self.minutes[c] * D(str(round(1 - self.world.lost.get((c, today), 0.0), 4)))
            for c in CENTRES
        }
        for until in (today, WEEK.plus(today, AHEAD)):
            for line in self.open:
                for lot in line.lots:
                    if lot.begins <= until:
                        self.fetch(lot)
            while self.work_once(left, until):
                pass
        for line in self.open:
            if line.top is not None and line.top.is_done():
                self.shelf[line.item] += line.made
                line.top, line.lots = None, []

    def work_once(self, left: dict[int, Decimal], until: date) -> bool:
        """Goes through the queue; whether anything was done."""
        moved = False
        for line in sorted(self.open, key=lambda x: (x.promised, x.number)):
            for lot in reversed(line.lots):
                while lot.steps and lot.begins <= until and lot.ready():
                    step = lot.steps[0]
                    used = min(left[step.centre], step.left())
                    if used <= 0:
                        break
                    left[step.centre] -= used
                    step.do(used)
                    moved = True
                    if step.left() > D("0.00001"):
                        break
                    lot.steps.pop(0)
        return moved

    def fetch(self, lot: Lot) -> None:
        waits = []
        for item, quantity, day in lot.inputs:
            if self.shelf[item] >= quantity:
                self.shelf[item] -= quantity
            else:
                waits.append((item, quantity, day))
        lot.inputs = waits

    def ship(self, today: date) -> None:
        for line in sorted(self.open, key=lambda x: x.number):
            if line.promised <= today and self.shelf[line.item] >= line.quantity:
                self.shelf[line.item] -= line.quantity
                line.shipped = today
                self.open.remove(line)
                self.done.append(line)


@dataclass(frozen=True)
class Figures:
    """on_time: share of lines due in the year that left by their first promise. Days are working days."""

    name: str
    lines: int
    on_time: float
    on_time_made: float
    mean_lead: float
    median_lead: float
    late_90: float
    wish_met: float
    mean_late: float


def figures(name: str, lines: list[Line], last: date) -> Figures:
    """Of lines promised for the year; what has not left by its end is late."""
    due = [line for line in lines if line.promised <= last]
    leads = sorted(worked(line.ordered, line.promised) for line in due)
    late = [line for line in due if line.shipped is None or line.shipped > line.promised]
    made = [line for line in due if line.item in TOPS]
    late_made = [line for line in late if line.item in TOPS]
    wished = [line for line in due if line.wish is not None]
    met = [line for line in wished if line.wish is not None and line.promised <= line.wish]
    by = [worked(line.promised, line.shipped or last) for line in late]
    return Figures(
        name,
        len(due),
        1 - len(late) / len(due),
        1 - len(late_made) / len(made),
        sum(leads) / len(leads),
        leads[len(leads) // 2],
        leads[int(len(leads) * 0.9)],
        len(met) / len(wished),
        sum(by) / len(by) if by else 0.0,
    )


def worked(first: date, last: date) -> int:
    """Working days from `first` to `last`."""
    return sum(
        WEEK.works(first + timedelta(days=n)) for n in range(1, max((last - first).days, 0) + 1)
    )
