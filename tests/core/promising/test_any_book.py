"""Whole books of promises against a judge that knows nothing of how they were made.

Orders come, change and are cancelled, goods come in parts, over two sites and a store that supplies them, with lots that
expire and lots that are kept for one customer. After every step there must be a way to serve all that was promised from
supply, each with goods that are there in time, last long enough and may be had by this customer.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.company.calendar import Calendar
from core.promising.ask import Ask, AskLine, Bucket, Demand, SiteFacts, Source, Supply
from core.promising.delivery import Lane
from core.promising.free import Fit, FreeSupply
from core.promising.terms import answer_in_groups

MONDAY = date(2026, 3, 2)
EVERY_DAY = Calendar(frozenset(), frozenset())
SITES = (
    SiteFacts(1, "NORTH", 1, 0, MONDAY),
    SiteFacts(2, "SOUTH", 2, 0, MONDAY),
    SiteFacts(3, "STORE", 3, 0, MONDAY, ships=False),
)
LANES = (Lane(3, 1, 2, EVERY_DAY, EVERY_DAY), Lane(1, 2, 1, EVERY_DAY, EVERY_DAY))
SOURCES = {n: Source(f"IT-{n}", "EA", "bought", 25) for n in (1, 2)}
HORIZON = MONDAY + timedelta(days=60)


@dataclass
class Entry:
    """A promised part. from_supply: how much of it was promised from what is there or comes."""

    order: int
    demand: Demand
    from_supply: Decimal


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def may_serve(bucket: Bucket, demand: Demand) -> bool:
    """The rules, told once more: the right goods, in time at the right place, lasting, and not another's."""
    if bucket.item_id != demand.item_id or bucket.customer_id not in (0, demand.customer_id):
        return False
    if (bucket.until or date.max) < max(demand.ship_date, demand.lasts or date.min):
        return False
    if demand.ship_date > HORIZON and bucket.ready_date <= HORIZON:
        return False
    if bucket.site_id == demand.site_id:
        return bucket.ready_date <= demand.ship_date
    return any(
        (lane.from_site_id, lane.to_site_id) == (bucket.site_id, demand.site_id)
        and bucket.ready_date + timedelta(days=lane.days) <= demand.ship_date
        for lane in LANES
    )


def can_all_be_served(entries: Iterable[Entry], buckets: Iterable[Bucket]) -> bool:
    """A greatest flow from supply to promises, found path by path."""
    room: dict[tuple[object, object], Decimal] = defaultdict(Decimal)
    near: dict[object, set[object]] = defaultdict(set)

    def joined(a: object, b: object, quantity: Decimal) -> None:
        room[a, b] += quantity
        near[a].add(b)
        near[b].add(a)

    wanted = [e for e in entries if e.from_supply > 0]
    for number, bucket in enumerate(buckets):
        joined("all", ("bucket", number), bucket.quantity)
        for other, entry in enumerate(wanted):
            if may_serve(bucket, entry.demand):
                joined(("bucket", number), ("entry", other), bucket.quantity)
    for other, entry in enumerate(wanted):
        joined(("entry", other), "end", entry.from_supply)
    flow = Decimal(0)
    while True:
        came: dict[object, object] = {"all": "all"}
        queue = deque(["all"])
        while queue and "end" not in came:
            here = queue.popleft()
            for there in near[here]:
                if there not in came and room[here, there] > 0:
                    came[there] = here
                    queue.append(there)  # type: ignore[arg-type]
        if "end" not in came:
            return flow == sum((e.from_supply for e in wanted), Decimal(0))
        path, at = list[tuple[object, object]](), "end"
        while at != "all":
            path.append((came[at], at))
            at = came[at]  # type: ignore[assignment]
        least = min(room[step] for step in path)
        for a, b in path:
            room[a, b] -= least
            room[b, a] += least
        flow += least


quantities = st.integers(1, 30)
offsets = st.integers(0, 40)
stocks = st.lists(
    st.tuples(
        quantities,
        st.integers(1, 2),  # item
        st.integers(1, 3),  # site
        st.none() | st.integers(0, 20),  # comes in; None: it is there
        st.none() | st.integers(5, 50),  # expires
        st.sampled_from([0, 0, 0, 7]),  # kept for
    ),
    max_size=8,
)
orders = st.tuples(
    st.just("order"),
    st.sampled_from(["partial", "complete"]),
    st.sampled_from([7, 8]),  # customer
    st.lists(
        st.tuples(quantities, st.none() | offsets | st.just(90), st.integers(1, 2)),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from([0, 0, 10]),  # shelf life wanted
)
changes = st.one_of(
    st.tuples(st.just("cancel"), st.integers(0, 20)),
    st.tuples(st.just("less"), st.integers(0, 20), st.integers(1, 20)),
    st.tuples(st.just("comes"), st.integers(0, 20), st.integers(1, 30)),
    st.tuples(st.just("moves-up"), st.integers(0, 20), st.integers(1, 10)),
)


class Book:
    def __init__(self, supply: list[tuple[int, int, int, int | None, int | None, int]]) -> None:
        self.buckets = [
            Bucket(
                "stock" if comes is None else "receipt",
                number,
                f"S{number}",
                item,
                site,
                Decimal(quantity),
                day(comes or 0),
                day(comes or 0),
                None if expires is None else day(max(expires, comes or 0)),
                customer_id=customer,
            )
            for number, (quantity, item, site, comes, expires, customer) in enumerate(supply)
        ]
        self.entries: list[Entry] = []
        self.orders = 0

    def supply(self) -> Supply:
        demands = tuple(entry.demand for entry in self.entries)
        return Supply(
            EVERY_DAY,
            SITES,
            tuple(self.buckets),
            demands,
            SOURCES,
            lanes=LANES,
            horizons={1: HORIZON, 2: HORIZON},
        )

    def order(
        self,
        policy: str,
        customer: int,
        wishes: list[tuple[int, int | None, int]],
        shelf: int,
    ) -> None:
        self.orders += 1
        lines = tuple(
            AskLine(
                key,
                item,
                Decimal(quantity),
                None if wish is None else day(wish),
                key,
                shelf_days=shelf,
            )
            for key, (quantity, wish, item) in enumerate(wishes)
        )
        asked = Ask(lines, MONDAY, policy, 1, customer_id=customer)
        found = answer_in_groups(asked, self.supply())
        for line in lines:
            assert sum(p.quantity for p in found.lines[line.key]) == line.quantity
            for part in found.lines[line.key]:
                rank = len(self.entries) + 1
                lasts = part.promised_date + timedelta(days=shelf) if shelf else None
                demand = Demand(
                    line.item_id,
                    part.site_id,
                    part.quantity,
                    part.ship_date,
                    rank,
                    rank,
                    customer,
                    lasts,
                )
                held = sum((g.quantity for g in part.pegging if g.kind != "lead-time"), Decimal(0))
                self.entries.append(Entry(self.orders, demand, held))

    def cancel(self, number: int) -> None:
        if self.orders:
            gone = number % self.orders + 1
            for entry in self.entries:
                if entry.order == gone:
                    entry.demand = replace(entry.demand, quantity=Decimal(0))
                    entry.from_supply = Decimal(0)

    def less(self, number: int, quantity: int) -> None:
        """The customer takes less of one part."""
        if self.entries:
            entry = self.entries[number % len(self.entries)]
            left = max(entry.demand.quantity - quantity, Decimal(0))
            entry.demand = replace(entry.demand, quantity=left)
            entry.from_supply = min(entry.from_supply, left)

    def comes(self, number: int, quantity: int) -> None:
        """Part of what was expected is there now."""
        expected = [n for n, b in enumerate(self.buckets) if b.kind == "receipt" and b.quantity]
        if expected:
            at = expected[number % len(expected)]
            bucket = self.buckets[at]
            part = min(bucket.quantity, Decimal(quantity))
            self.buckets[at] = replace(bucket, quantity=bucket.quantity - part)
            self.buckets.append(
                replace(
                    bucket,
                    kind="stock",
                    id=len(self.buckets),
                    quantity=part,
                    ready_date=MONDAY,
                    due_date=MONDAY,
                )
            )

    def sooner(self, number: int, days: int) -> None:
        """A supplier delivers earlier."""
        expected = [n for n, b in enumerate(self.buckets) if b.kind == "receipt"]
        if expected:
            at = expected[number % len(expected)]
            bucket = self.buckets[at]
            ready = max(bucket.ready_date - timedelta(days=days), MONDAY)
            self.buckets[at] = replace(bucket, ready_date=ready, due_date=ready)

    def is_kept(self, number: int) -> bool:
        """Whether the promises made before this one leave it what it was promised from."""
        entry, earlier = self.entries[number], self.entries[:number]
        free = FreeSupply(replace(self.supply(), demands=tuple(e.demand for e in earlier)))
        fit = Fit(entry.demand.customer_id, entry.demand.lasts)
        demand = entry.demand
        there = free.amount(demand.item_id, demand.site_id, demand.ship_date, fit)
        return there >= entry.from_supply


SMALL = [(1, 1, site, None, None, 0) for site in (1, 2, 3)] + [(1, 1, 1, 1, None, 0)]
"""Its pieces come by so many ways that one line has the most parts, and leaves something to the next."""


@settings(max_examples=300)
@given(stocks, st.lists(orders | changes, min_size=1, max_size=14))
@example(SMALL, [("order", "partial", 7, [(5, None, 1), (1, None, 1)], 0)])
def test_all_that_was_promised_can_be_served(
    supply: list[tuple[int, int, int, int | None, int | None, int]],
    steps: list[tuple[object, ...]],
) -> None:
    book = Book(supply)
    act = {
        "order": book.order,
        "cancel": book.cancel,
        "less": book.less,
        "comes": book.comes,
        "moves-up": book.sooner,
    }
    for name, *facts in steps:
        act[str(name)](*facts)  # type: ignore[operator]
        assert can_all_be_served(book.entries, book.buckets)
        assert all(book.is_kept(number) for number in range(len(book.entries)))


def test_the_judge_knows_a_book_that_is_promised_twice() -> None:
    book = Book([(10, 1, 1, None, None, 0)])
    book.order("partial", 7, [(10, None, 1)], 0)
    assert can_all_be_served(book.entries, book.buckets)
    book.entries.append(replace(book.entries[0]))
    assert not can_all_be_served(book.entries, book.buckets)
