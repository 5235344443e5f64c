"""An item that two sites make is promised as by the better of them, and a lot keeps to one: random plants, pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.company.calendar import Calendar
from core.promising.ask import Ask, AskLine, Bucket, Promised, SiteFacts, Source, Supply
from core.promising.atp import answer
from core.promising.delivery import Lane
from core.promising.plant import Centre, Component, Plant, Purchase, Recipe, Step

D = Decimal
MONDAY = date(2026, 3, 2)
WEEK = Calendar()
NORTH, SOUTH = 1, 2
KIT, PART, FRAME = 1, 2, 3
SOURCES = {
    KIT: Source("KIT", "EA", "made", 40),
    PART: Source("PART", "EA", "bought", 9),
    FRAME: Source("FRAME", "EA", "made", 40),
}
PURCHASES = {PART: Purchase("Steel Ltd", 9, WEEK)}
CENTRES = {
    number: Centre(number, f"W{number}", D(100), WEEK, site_id=site)
    for number, site in ((11, NORTH), (12, NORTH), (13, NORTH), (21, SOUTH), (22, SOUTH))
}
BOTH = (Step(10, (11, 21), D(5), D(7)), Step(20, (12, 22), D(0), D(4)))
minutes = st.integers(0, 100)
days = st.integers(0, 9)


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def made(steps: tuple[Step, ...], *sites: int) -> Recipe:
    """Only on centres of these sites."""
    kept = {number for number, centre in CENTRES.items() if centre.site_id in sites}
    only = (replace(s, centres=tuple(c for c in s.centres if c in kept)) for s in steps)
    return Recipe(KIT, (Component(PART, D(1)),), tuple(only))


def promised(supply: Supply, recipe: Recipe, asked: AskLine) -> Promised | None:
    assert supply.plant is not None
    plant = replace(supply.plant, recipes={KIT: recipe})
    found = answer(Ask((asked,), MONDAY, transit_days=0), replace(supply, plant=plant))
    parts = found.lines[asked.key]
    return parts[-1] if parts else None


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    booked=st.dictionaries(st.tuples(st.sampled_from(sorted(CENTRES)), days), minutes, max_size=24),
    stock=st.tuples(st.integers(0, 30), st.integers(0, 30)),
    lanes=st.tuples(st.none() | st.integers(1, 4), st.none() | st.integers(1, 4)),
    ships=st.booleans(),
    steps=st.sampled_from([BOTH, BOTH[:1], BOTH[1:]]),
    quantity=st.integers(1, 25),
    wish=st.none() | st.integers(0, 20),
)
def test_the_better_site_makes_it(
    booked: dict[tuple[int, int], int],
    stock: tuple[int, int],
    lanes: tuple[int | None, int | None],
    ships: bool,
    steps: tuple[Step, ...],
    quantity: int,
    wish: int | None,
) -> None:
    sites = (
        SiteFacts(NORTH, "NORTH", 1, 0, MONDAY),
        SiteFacts(SOUTH, "SOUTH", 2, 0, MONDAY, ships=ships),
    )
    buckets = tuple(
        Bucket("stock", site, f"L{site}", PART, site, D(amount), MONDAY, MONDAY, here_date=MONDAY)
        for site, amount in zip((NORTH, SOUTH), stock, strict=True)
        if amount
    )
    ways = tuple(
        Lane(start, end, length, WEEK, WEEK)
        for (start, end), length in zip(((NORTH, SOUTH), (SOUTH, NORTH)), lanes, strict=True)
        if length is not None
    )
    taken = {(centre, day(offset)): D(amount) for (centre, offset), amount in booked.items()}
    plant = Plant(NORTH, {}, PURCHASES, CENTRES, taken)
    supply = Supply(WEEK, sites, buckets, (), SOURCES, plant, lanes=ways)
    asked = AskLine(1, KIT, D(quantity), None if wish is None else day(wish))

    alone = [promised(supply, made(steps, site), asked) for site in (NORTH, SOUTH)]
    found = promised(supply, made(steps, NORTH, SOUTH), asked)

    best = min((part.promised_date for part in alone if part), default=None)
    assert (found.promised_date if found else None) == best
    if found is None:
        return
    work = [claim for claim in found.claims if claim.kind == "capacity"]
    (site,) = {CENTRES[claim.centre_id].site_id for claim in work}
    assert {claim.site_id for claim in found.claims if claim.item_id} == {site}
    for claim in work:
        key = (claim.centre_id, claim.day)
        assert claim.amount + taken.get(key, D(0)) <= 100
    if wish is not None and alone[0] is not None and alone[0].promised_date <= day(wish):
        assert site == NORTH  # the preferred one makes what it can in time


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    booked=st.dictionaries(st.tuples(st.sampled_from(sorted(CENTRES)), days), minutes, max_size=24),
    lane=st.integers(1, 4),
    quantity=st.integers(1, 12),
    wish=st.none() | st.integers(0, 20),
)
def test_a_component_comes_from_the_better_site(
    booked: dict[tuple[int, int], int], lane: int, quantity: int, wish: int | None
) -> None:
    """FRAME is made in the north, of KIT that both make."""
    taken = {(centre, day(offset)): D(amount) for (centre, offset), amount in booked.items()}
    sites = (SiteFacts(NORTH, "NORTH", 1, 0, MONDAY), SiteFacts(SOUTH, "SOUTH", 2, 0, MONDAY))
    buckets = tuple(
        Bucket("stock", n, f"L{n}", PART, n, D(99), MONDAY, MONDAY, here_date=MONDAY)
        for n in (NORTH, SOUTH)
    )
    frame = Recipe(FRAME, (Component(KIT, D(1)),), (Step(10, (13,), D(0), D(6)),))
    asked = AskLine(1, FRAME, D(quantity), None if wish is None else day(wish))

    def with_kits_from(*makers: int) -> Promised:
        recipes = {FRAME: frame, KIT: made(BOTH[:1], *makers)}
        plant = Plant(NORTH, recipes, PURCHASES, CENTRES, taken)
        road = Lane(SOUTH, NORTH, lane, WEEK, WEEK)
        supply = Supply(WEEK, sites, buckets, (), SOURCES, plant, lanes=(road,))
        return answer(Ask((asked,), MONDAY, transit_days=0), supply).lines[1][-1]

    alone = [with_kits_from(site).promised_date for site in (NORTH, SOUTH)]
    found = with_kits_from(NORTH, SOUTH)
    assert found.promised_date == min(alone)
    lots = {claim.item_id: claim for claim in found.claims if claim.kind == "make"}
    (awaited,) = (claim for claim in found.claims if claim.kind == "awaited")
    work = [claim for claim in found.claims if claim.kind == "capacity"]
    assert (lots[FRAME].site_id, awaited.site_id) == (NORTH, NORTH)
    for claim in work:
        assert claim.amount + taken.get((claim.centre_id, claim.day), D(0)) <= 100
        if claim.for_item_id == KIT:
            assert CENTRES[claim.centre_id].site_id == lots[KIT].site_id
            assert claim.day <= lots[KIT].day
        else:
            assert claim.day >= awaited.day
    if lots[KIT].site_id == SOUTH:
        assert WEEK.plus(WEEK.on_or_after(lots[KIT].day), lane) <= awaited.day
