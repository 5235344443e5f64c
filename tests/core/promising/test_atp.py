"""Promises: what they say for one order, and what holds for whole books of orders."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.company.calendar import Calendar
from core.promising.ask import (
    Answer,
    Ask,
    AskLine,
    Bucket,
    Demand,
    Promised,
    SiteFacts,
    Source,
    Supply,
)
from core.promising.atp import answer
from core.promising.delivery import Delivery, Route
from core.promising.free import FreeSupply

MONDAY = date(2026, 3, 2)
EVERY_DAY = Calendar(frozenset(), frozenset())
WEEK = Calendar()
SOURCES = {n: Source(f"IT-{n}", "EA", "bought" if n % 2 else "made", 20) for n in range(1, 6)}
NORTH = SiteFacts(1, "NORTH", 1, 0, MONDAY)
SOUTH = SiteFacts(2, "SOUTH", 2, 0, MONDAY)


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def stock(quantity: int, item: int = 1, site: int = 1, **changes: object) -> Bucket:
    facts = {"until": None, "ready_date": MONDAY, "due_date": MONDAY, "id": 1, **changes}
    return Bucket(
        "stock", number="L1", item_id=item, site_id=site, quantity=Decimal(quantity), **facts
    )  # type: ignore[arg-type]


def receipt(quantity: int, offset: int, item: int = 1, site: int = 1, late: bool = False) -> Bucket:
    when = day(offset)
    return Bucket("receipt", 7, "PO7", item, site, Decimal(quantity), when, when, None, late)


def demand(quantity: int, offset: int, rank: int = 1, item: int = 1, site: int = 1) -> Demand:
    return Demand(item, site, Decimal(quantity), day(offset), rank)


def wish(
    quantity: int, offset: int | None = None, key: int = 1, item: int = 1, multiple: int = 0
) -> AskLine:
    wanted = None if offset is None else day(offset)
    return AskLine(key, item, Decimal(quantity), wanted, key, Decimal(multiple))


def ask(
    *lines: AskLine,
    buckets: tuple[Bucket, ...] = (),
    demands: tuple[Demand, ...] = (),
    sites: tuple[SiteFacts, ...] = (NORTH,),
    policy: str = "partial",
    transit: int = 0,
    calendar: Calendar = EVERY_DAY,
) -> Answer:
    supply = Supply(calendar, sites, buckets, demands, SOURCES)
    return answer(Ask(lines, MONDAY, policy, transit), supply)


def told(parts: tuple[Promised, ...]) -> list[tuple[int, int, str]]:
    """(quantity, days from Monday, reason) of each part."""
    return [(int(p.quantity), (p.promised_date - MONDAY).days, p.reason.code) for p in parts]


def test_from_stock_at_once() -> None:
    assert told(ask(wish(5), buckets=(stock(10),)).lines[1]) == [(5, 0, "from-stock")]


def test_not_before_it_is_wanted() -> None:
    assert told(ask(wish(5, 9), buckets=(stock(10),)).lines[1]) == [(5, 9, "from-stock")]


def test_rest_waits_for_the_receipt() -> None:
    found = ask(wish(15, 0), buckets=(stock(10), receipt(20, 6)))
    assert told(found.lines[1]) == [(10, 0, "from-stock"), (5, 6, "from-receipt")]
    assert found.lines[1][1].reason.facts["number"] == "PO7"


def test_an_overdue_receipt_is_named_as_such() -> None:
    assert told(ask(wish(5), buckets=(receipt(9, 4, late=True),)).lines[1]) == [
        (5, 4, "from-late-receipt")
    ]


def test_supply_in_time_is_no_waiting() -> None:
    """The stock stays for who needs it sooner, and what is overdue is used last."""
    found = ask(wish(5, 9), buckets=(stock(9), receipt(9, 6)))
    assert told(found.lines[1]) == [(5, 9, "in-time-receipt")]
    found = ask(wish(5, 9), buckets=(stock(9), receipt(9, 6, late=True)))
    assert told(found.lines[1]) == [(5, 9, "from-stock")]


def test_without_supply_the_lead_time_counts() -> None:
    assert told(ask(wish(5)).lines[1]) == [(5, 20, "lead-time-bought")]
    assert told(ask(wish(5, item=2)).lines[1]) == [(5, 20, "lead-time-made")]


def test_supply_beyond_the_lead_time_does_not_delay() -> None:
    assert told(ask(wish(5), buckets=(receipt(9, 60),)).lines[1]) == [(5, 20, "lead-time-bought")]


def test_a_new_promise_takes_nothing_from_an_earlier_one() -> None:
    """Ten are there today, but eight of them are promised for next week and nothing comes before."""
    found = ask(wish(5, 0), buckets=(stock(10), receipt(10, 12)), demands=(demand(8, 7),))
    assert told(found.lines[1]) == [(2, 0, "from-stock"), (3, 12, "from-receipt")]


def test_an_earlier_promise_lives_from_the_latest_supply_in_time() -> None:
    found = ask(wish(10, 0), buckets=(stock(10), receipt(10, 5)), demands=(demand(8, 7),))
    assert told(found.lines[1]) == [(10, 0, "from-stock")]


def test_a_late_earlier_promise_keeps_its_claim() -> None:
    found = ask(wish(5, 0), buckets=(receipt(6, 3),), demands=(demand(6, -2),))
    assert told(found.lines[1]) == [(5, 20, "lead-time-bought")]


def test_parts_hold_whole_ordered_units() -> None:
    found = ask(wish(36, 0, multiple=12), buckets=(stock(30), receipt(20, 4)))
    assert told(found.lines[1]) == [(24, 0, "from-stock"), (12, 4, "from-receipt")]


def test_one_site_that_has_all_is_better_than_two_parcels() -> None:
    found = ask(wish(8), buckets=(stock(5), stock(9, site=2)), sites=(NORTH, SOUTH))
    assert [(p.site_id, int(p.quantity)) for p in found.lines[1]] == [(2, 8)]


def test_two_sites_help_each_other() -> None:
    found = ask(wish(12), buckets=(stock(5), stock(9, site=2)), sites=(NORTH, SOUTH))
    assert sorted((p.site_id, int(p.quantity)) for p in found.lines[1]) == [(1, 5), (2, 7)]


def test_goods_that_expire_are_not_promised_beyond() -> None:
    found = ask(wish(5, 9), buckets=(stock(10, until=day(8)), receipt(9, 12)))
    assert told(found.lines[1]) == [(5, 12, "from-receipt")]


def test_transit_counts_working_days() -> None:
    """Friday's parcel needs two working days and arrives on Tuesday."""
    found = ask(wish(5, 8), buckets=(stock(9),), transit=2, calendar=WEEK)
    (part,) = found.lines[1]
    assert (part.ship_date, part.promised_date) == (day(4), day(8))


def test_too_soon_is_answered_with_the_soonest() -> None:
    (part,) = ask(wish(5, 1), buckets=(stock(9),), transit=3, calendar=WEEK).lines[1]
    assert (part.promised_date, part.reason.code) == (day(3), "soonest-shipping")


def test_complete_moves_everything_to_the_slowest_line() -> None:
    found = ask(
        wish(5, 0, key=1),
        wish(5, 0, key=2, item=2),
        buckets=(stock(9), receipt(9, 6, item=2)),
        policy="complete",
    )
    assert told(found.lines[1]) == [(5, 6, "waits-for-line")]
    assert told(found.lines[2]) == [(5, 6, "from-receipt")]
    assert found.lines[1][0].reason.facts["position"] == "2"


def test_complete_prefers_one_site() -> None:
    buckets = (stock(9), stock(9, item=2, site=2), stock(9, site=2))
    found = ask(
        wish(5, key=1),
        wish(5, key=2, item=2),
        buckets=buckets,
        sites=(NORTH, SOUTH),
        policy="complete",
    )
    assert {p.site_id for parts in found.lines.values() for p in parts} == {2}


def test_complete_with_the_same_item_twice() -> None:
    found = ask(
        wish(6, 0, key=1), wish(6, 0, key=2), buckets=(stock(8), receipt(9, 5)), policy="complete"
    )
    assert {p.ship_date for parts in found.lines.values() for p in parts} == {day(5)}


def test_without_a_site_there_is_no_answer() -> None:
    assert ask(wish(1), sites=()).lines == {}


quantities = st.integers(1, 40)
offsets = st.integers(0, 30)
items = st.integers(1, 2)
site_ids = st.integers(1, 2)
supplies = st.lists(st.tuples(quantities, offsets, items, site_ids), max_size=8)
orders = st.lists(
    st.tuples(
        st.sampled_from(["partial", "complete"]),
        st.lists(st.tuples(quantities, st.none() | offsets, items), min_size=1, max_size=3),
        st.integers(0, 3),
        st.sampled_from([0, 0, 5, 12]),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=250, deadline=None)
@given(supplies, orders)
def test_promises_never_exceed_supply_on_any_day(
    given_supply: list[tuple[int, int, int, int]],
    book: list[tuple[str, list[tuple[int, int | None, int]], int, int]],
) -> None:
    """Whatever is promised from stock and receipts by a day is there by that day, over a whole book of orders."""
    buckets = tuple(receipt(q, o, item, site) for q, o, item, site in given_supply)
    demands: tuple[Demand, ...] = ()
    taken: list[tuple[int, int, Decimal, date]] = []
    for rank, (policy, wishes, transit, multiple) in enumerate(book):
        lines = tuple(
            wish(q, o, key, item, multiple) for key, (q, o, item) in enumerate(wishes, start=1)
        )
        found = ask(
            *lines,
            buckets=buckets,
            demands=demands,
            sites=(NORTH, SOUTH),
            policy=policy,
            transit=transit,
        )
        for line in lines:
            parts = found.lines[line.key]
            assert sum(p.quantity for p in parts) == line.quantity
            assert all(sum(g.quantity for g in p.pegging) == p.quantity for p in parts)
            if policy == "complete":
                assert len({q.ship_date for ps in found.lines.values() for q in ps}) == 1
            for p in parts:
                demands += (Demand(line.item_id, p.site_id, p.quantity, p.ship_date, rank),)
                held = sum((g.quantity for g in p.pegging if g.kind != "lead-time"), Decimal(0))
                taken.append((line.item_id, p.site_id, held, p.ship_date))
    for item, site in {(t[0], t[1]) for t in taken}:
        for limit in {t[3] for t in taken}:
            promised = sum(t[2] for t in taken if t[:2] == (item, site) and t[3] <= limit)
            there = sum(
                b.quantity
                for b in buckets
                if (b.item_id, b.site_id) == (item, site) and b.ready_date <= limit
            )
            assert promised <= there


@settings(max_examples=250, deadline=None)
@given(
    st.lists(st.tuples(quantities, offsets), max_size=6),
    st.lists(st.tuples(quantities, offsets), max_size=6),
    st.randoms(),
)
def test_free_supply_is_the_look_ahead_minimum(
    comes: list[tuple[int, int]], goes: list[tuple[int, int]], chance: object
) -> None:
    """As long as every promise can be kept, what is free by a day is the least that is left on it or any later one."""

    def left(limit: int) -> int:
        return sum(q for q, o in comes if o <= limit) - sum(q for q, o in goes if o <= limit)

    if any(left(limit) < 0 for limit in range(31)):
        return
    ranks = list(range(len(goes)))
    chance.shuffle(ranks)  # type: ignore[attr-defined]
    supply = Supply(
        EVERY_DAY,
        (NORTH,),
        tuple(receipt(q, o) for q, o in comes),
        tuple(demand(q, o, rank) for (q, o), rank in zip(goes, ranks, strict=True)),
        SOURCES,
    )
    free = FreeSupply(supply)
    for limit in range(31):
        expected = min(left(later) for later in range(limit, 31))
        assert free.amount(1, 1, day(limit)) == expected


@pytest.mark.parametrize("policy", ["partial", "complete"])
def test_two_hundred_lines_are_answered_quickly(policy: str) -> None:
    lines = tuple(wish(10, key % 9, key, key % 5 + 1) for key in range(1, 201))
    buckets = tuple(receipt(30, n % 30, n % 5 + 1, n % 2 + 1) for n in range(120))
    found = ask(*lines, buckets=buckets, sites=(NORTH, SOUTH), policy=policy)
    assert len(found.lines) == 200


def test_what_is_bought_is_brought_to_the_site_from_which_it_arrives_first() -> None:
    route = Route(5, EVERY_DAY, EVERY_DAY), Route(1, EVERY_DAY, EVERY_DAY)
    ways = Delivery(EVERY_DAY, {NORTH.id: route[0], SOUTH.id: route[1]})
    supply = Supply(EVERY_DAY, (NORTH, SOUTH), (), (), SOURCES, delivery=ways)
    (soonest,) = answer(Ask((wish(10),), MONDAY), supply).lines[1]
    assert (soonest.site_id, soonest.promised_date) == (SOUTH.id, day(21))
    (in_time,) = answer(Ask((wish(10, 40),), MONDAY), supply).lines[1]
    assert in_time.site_id == NORTH.id  # both can be there by the wish: the preferred one


def test_complete_takes_two_parcels_of_a_day_before_it_waits() -> None:
    supply = (stock(6), stock(5, site=2, id=2), receipt(20, 9))
    found = ask(wish(10), buckets=supply, sites=(NORTH, SOUTH), policy="complete").lines[1]
    assert sorted((int(p.quantity), p.promised_date) for p in found) == [(4, day(0)), (6, day(0))]
