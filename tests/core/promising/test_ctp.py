"""Capable to promise: what one plan says, and what holds for whole series of plans."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from core.company.calendar import Calendar
from core.promising.ask import Ask, AskLine, Bucket, SiteFacts, Source, Supply
from core.promising.atp import answer
from core.promising.ctp import Planner
from core.promising.free import FreeSupply
from core.promising.planned import Planned
from core.promising.plant import (
    Centre,
    Component,
    PartClosure,
    Plant,
    Purchase,
    Recipe,
    Step,
    Times,
)
from core.values import Period

MONDAY = date(2026, 3, 2)
WEEK = Calendar()
SITE = SiteFacts(1, "MAIN", 1, 0, MONDAY)
VALVE, BODY, SEAL, BAR = 1, 2, 3, 4
MILL, ASSY, MILL2 = 10, 11, 12
D = Decimal


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def there(item: int, quantity: int, offset: int = 0, kind: str = "receipt") -> Bucket:
    when = day(offset)
    kind = "stock" if offset == 0 else kind
    return Bucket(kind, 7, f"PO-{item}", item, 1, D(quantity), when, when)


def centre(number: int, code: str, minutes: int = 480, **more: object) -> Centre:
    return Centre(number, code, D(minutes), WEEK, **more)  # type: ignore[arg-type]


CENTRES = {MILL: centre(MILL, "MILL"), ASSY: centre(ASSY, "ASSY"), MILL2: centre(MILL2, "MILL2")}
RECIPES = {
    VALVE: Recipe(
        VALVE,
        (Component(BODY, D(1)), Component(SEAL, D(2))),
        (Step(10, (ASSY,), D(30), D(15)),),
    ),
    BODY: Recipe(BODY, (Component(BAR, D("0.5")),), (Step(10, (MILL,), D(60), D(42)),)),
}
PURCHASES = {
    SEAL: Purchase("Seals Ltd", 10, WEEK),
    BAR: Purchase("Steel Ltd", 5, WEEK, receive_days=1),
}


def planner(
    *buckets: Bucket,
    recipes: dict[int, Recipe] = RECIPES,
    centres: dict[int, Centre] = CENTRES,
    booked: dict[tuple[int, date], Decimal] | None = None,
    purchases: dict[int, Purchase] = PURCHASES,
) -> Planner:
    sources = {
        n: Source(f"IT-{n}", "EA", "made" if n in recipes else "bought", 20) for n in range(1, 9)
    }
    supply = Supply(WEEK, (SITE,), tuple(buckets), (), sources)
    plant = Plant(1, recipes, purchases, centres, booked or {})
    return Planner(plant, FreeSupply(supply), MONDAY, WEEK, sources)


def plan(made: Planner, item: int, quantity: int, by: date | None = None) -> Planned:
    found = made.plan(item, D(quantity), by)
    assert found is not None
    return found


def minutes(planned: Planned, number: int) -> dict[date, Decimal]:
    found: dict[date, Decimal] = defaultdict(Decimal)
    for claim in planned.claims:
        if claim.centre_id == number:
            found[claim.day] += claim.amount
    return dict(found)


def test_what_is_bought_takes_the_supplier_s_working_days_and_then_ours() -> None:
    assert plan(planner(), BAR, 3).ready == day(8)  # five days on, Monday, and one to receive
    assert plan(planner(), BAR, 3).limit.code == "make-waits-buying"
    holiday = Purchase("Steel Ltd", 5, Calendar(holidays=frozenset({day(2)})), receive_days=1)
    assert plan(planner(purchases={BAR: holiday}), BAR, 3).ready == day(9)


def test_work_takes_as_many_days_as_the_centre_has_minutes() -> None:
    made = plan(planner(there(BAR, 50)), BODY, 20)  # 60 + 20 * 42 = 900 minutes
    assert minutes(made, MILL) == {day(0): D(480), day(1): D(420)}
    assert made.ready == day(1)
    assert made.limit.code == "make-work"


def test_a_wish_is_met_as_late_as_it_can_be() -> None:
    made = plan(planner(there(BAR, 50)), BODY, 20, by=day(11))  # the Friday after next
    assert minutes(made, MILL) == {day(10): D(420), day(11): D(480)}
    assert made.ready == day(11)
    assert made.limit.code == "make-in-time"


def test_a_full_centre_is_waited_for_and_named() -> None:
    booked = {(MILL, day(n)): D(480) for n in range(3)}
    made = plan(planner(there(BAR, 50), booked=booked), BODY, 20)
    assert sorted(minutes(made, MILL)) == [day(3), day(4)]
    assert (made.limit.code, made.limit.facts["centre"]) == ("make-capacity", "MILL")
    assert made.limit.facts["free"] == day(3).isoformat()


def test_maintenance_and_weekends_give_no_minutes() -> None:
    closed = centre(MILL, "MILL", closed=(Period(day(0), day(3)),))
    made = plan(planner(there(BAR, 50), centres={**CENTRES, MILL: closed}), BODY, 20)
    assert sorted(minutes(made, MILL)) == [day(4), day(7)]


def test_a_qualified_alternate_is_taken_when_it_is_sooner() -> None:
    recipes = {BODY: Recipe(BODY, (), (Step(10, (MILL, MILL2), D(0), D(48)),))}
    booked = {(MILL, day(0)): D(480)}
    made = plan(planner(recipes=recipes, booked=booked), BODY, 10)
    assert minutes(made, MILL2) == {day(0): D(480)} and not minutes(made, MILL)


def test_what_is_missing_is_made_and_bought_over_all_levels() -> None:
    made = plan(planner(there(SEAL, 100)), VALVE, 10)
    # Bar: ordered Monday, here the Monday after, received on Tuesday; body 480 minutes; valve 180.
    assert sorted(minutes(made, MILL)) == [day(8)]
    assert made.ready == day(9)
    kinds = [(peg.kind, peg.level) for peg in made.pegs]
    assert kinds == [("make", 1), ("step", 1), ("make", 2), ("step", 2), ("buy", 3), ("stock", 2)]
    assert made.limit.code == "make-waits-buying" and made.limit.facts["component"] == "IT-4"


def test_a_receipt_that_comes_sooner_than_buying_is_used_and_named() -> None:
    made = plan(planner(there(SEAL, 100), there(BODY, 10, 3)), VALVE, 10)
    assert made.ready == day(3)
    assert made.limit.code == "make-waits-receipt"
    assert made.limit.facts["number"] == "PO-2"


def test_what_is_there_is_used_and_only_the_rest_is_made() -> None:
    made = plan(planner(there(SEAL, 100), there(BAR, 50), there(BODY, 4)), VALVE, 10)
    assert [peg.quantity for peg in made.pegs if peg.kind == "make" and peg.level == 2] == [D(6)]


def test_yield_and_lot_sizes_make_the_lot_larger() -> None:
    recipe = Recipe(BODY, (Component(BAR, D(1), D(20)),), (), D(90), D(0), D(8))
    made = plan(planner(there(BAR, 500), recipes={BODY: recipe}), BODY, 20)
    assert made.pegs[0].quantity == D(24)  # 20 / 0.9 = 23 begun, in eights
    assert made.claims[0].amount == D(30)  # a fifth of the bars is lost


def test_a_second_plan_sees_what_the_first_one_took() -> None:
    shared = planner(there(BAR, 10))
    first, second = plan(shared, BODY, 20), plan(shared, BODY, 20)
    assert first.ready == day(1)
    assert second.limit.code == "make-waits-buying"


def test_without_recipe_or_purchase_there_is_no_plan_and_nothing_is_taken() -> None:
    bare = planner(there(SEAL, 100), purchases={})
    assert bare.plan(VALVE, D(5), None) is None
    assert bare.free.amount(SEAL, 1, MONDAY) == 100
    assert bare.load.free(CENTRES[MILL], MONDAY) == 480


def test_asking_for_the_earliest_day_takes_nothing() -> None:
    asked = planner(there(BAR, 50))
    assert asked.earliest(BODY, D(20)) == asked.earliest(BODY, D(20)) == day(1)


quantities = st.lists(
    st.tuples(
        st.sampled_from([VALVE, BODY]),
        st.integers(1, 60),
        st.one_of(st.none(), st.integers(0, 40)),
    ),
    min_size=1,
    max_size=8,
)
stocks = st.lists(
    st.tuples(st.sampled_from([BODY, SEAL, BAR]), st.integers(1, 80), st.integers(0, 20)),
    max_size=6,
)


@settings(max_examples=150, deadline=None)
@given(quantities, stocks)
def test_no_series_of_plans_takes_more_than_there_is(
    asked: list[tuple[int, int, int | None]], supply: list[tuple[int, int, int]]
) -> None:
    buckets = [there(item, quantity, offset) for item, quantity, offset in supply]
    shared = planner(*buckets)
    plans = [
        plan(shared, item, quantity, None if wish is None else day(wish))
        for item, quantity, wish in asked
    ]
    load: dict[tuple[int, date], Decimal] = defaultdict(Decimal)
    taken: dict[int, list[tuple[date, Decimal]]] = defaultdict(list)
    for made in plans:
        for claim in made.claims:
            if claim.kind == "capacity":
                load[claim.centre_id, claim.day] += claim.amount
            elif claim.kind == "component":
                taken[claim.item_id].append((claim.day, claim.amount))
    for (number, when), total in load.items():
        assert total <= CENTRES[number].minutes_on(when)
    for item, uses in taken.items():
        for until in {when for when, _ in uses}:
            used = sum(amount for when, amount in uses if when <= until)
            assert used <= sum(
                b.quantity for b in buckets if b.item_id == item and b.ready_date <= until
            )


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 60), st.integers(0, 40), stocks)
def test_work_never_begins_before_its_material_and_ends_with_the_plan(
    quantity: int, wish: int, supply: list[tuple[int, int, int]]
) -> None:
    made = plan(planner(*(there(*row) for row in supply)), VALVE, quantity, day(wish))
    begins = {peg.level: peg.begins_on for peg in made.pegs if peg.kind == "make"}
    for peg in made.pegs:
        if peg.kind == "step":
            assert peg.begins_on is not None and MONDAY <= peg.begins_on <= peg.due_date
        if peg.kind in ("make", "buy", "receipt") and peg.level > 1:
            above = begins[peg.level - 1]
            assert above is not None and peg.due_date <= above
    assert made.ready == made.pegs[0].due_date


def test_maintenance_of_some_hours_and_a_reserve_leave_the_rest_of_the_day() -> None:
    morning = PartClosure(Period(day(0), day(0)), D(240))
    halved = centre(MILL, "MILL", part_closed=(morning,), reserve_percent=D(25))
    made = plan(planner(there(BAR, 50), centres={**CENTRES, MILL: halved}), BODY, 10)
    assert minutes(made, MILL) == {day(0): D(120), day(1): D(360)}


def test_an_alternate_works_at_its_own_speed() -> None:
    slow = Step(10, (MILL, MILL2), D(0), D(48), {MILL2: Times(D(30), D(90))})
    recipes = {BODY: Recipe(BODY, (), (slow,))}
    booked = {(MILL, day(n)): D(480) for n in range(5)}
    made = plan(planner(recipes=recipes, booked=booked), BODY, 5)
    assert minutes(made, MILL2) == {day(0): D(480)}
    assert plan(planner(recipes=recipes), BODY, 5).pegs[1].number == "MILL"


def test_a_centre_counts_only_while_the_item_is_qualified_on_it() -> None:
    step = Step(10, (MILL,), D(0), D(48), valid={MILL: Period(day(3), day(4))})
    recipes = {BODY: Recipe(BODY, (), (step,))}
    assert sorted(minutes(plan(planner(recipes=recipes), BODY, 15), MILL)) == [day(3), day(4)]
    assert planner(recipes=recipes).plan(BODY, D(25), None) is None
    nowhere = {BODY: Recipe(BODY, (), (Step(10, (), D(0), D(48)),))}
    assert planner(recipes=nowhere).plan(BODY, D(1), None) is None


def test_a_lot_is_bought_as_large_as_the_supplier_wants_and_as_late_as_he_is() -> None:
    made = plan(
        planner(purchases={BAR: Purchase("Steel Ltd", 5, WEEK, 1, 2, D(100), D(30))}), BAR, 3
    )
    assert made.ready == day(10)
    assert made.pegs[0].quantity == D(120)
    assert (made.limit.code, made.limit.facts["late_days"]) == ("make-waits-late-buying", "2")


def test_supply_that_comes_late_does_not_block_a_shorter_way() -> None:
    """Far more than enough is on order for in two months; making it takes two days (lesson 10)."""
    made = plan(planner(there(BAR, 50), there(BODY, 500, 60)), VALVE, 20)
    assert made.ready < day(20)
    assert next(peg.kind for peg in made.pegs if peg.level == 2) == "make"


def test_work_that_is_late_pushes_on_what_comes_after() -> None:
    booked = {(MILL, day(0)): D(480 * 2 + 100), (MILL, day(2)): D(80)}
    made = plan(planner(there(BAR, 50), booked=booked), BODY, 10)
    assert minutes(made, MILL) == {day(2): D(300), day(3): D(180)}
    far = {(MILL, day(1)): D(600), (MILL, day(30)): D(500)}
    load = planner(booked=far).load
    assert [load.free(CENTRES[MILL], day(n)) for n in (0, 1, 2, 30, 31)] == [480, 0, 360, 0, 460]


def test_what_is_got_for_a_plan_is_for_nobody_else() -> None:
    made = plan(planner(there(SEAL, 5)), VALVE, 10)
    claims = {(c.kind, c.item_id): c.amount for c in made.claims if c.item_id}
    assert claims == {
        ("component", SEAL): D(5),
        ("awaited", SEAL): D(15),
        ("awaited", BODY): D(10),
        ("awaited", BAR): D(5),
        ("make", VALVE): D(10),
        ("make", BODY): D(10),
    }
    into = {c.item_id: c.for_item_id for c in made.claims if c.kind in ("awaited", "make")}
    assert into == {SEAL: VALVE, BODY: VALVE, BAR: BODY, VALVE: 0}


def test_a_complete_line_takes_what_is_there_and_waits_only_for_the_rest_to_be_made() -> None:
    recipes = {BODY: Recipe(BODY, (), (Step(10, (MILL,), D(0), D(48)),))}  # ten a day
    sources = {BODY: Source("BODY", "EA", "made", 90)}
    supply = Supply(WEEK, (SITE,), (there(BODY, 80),), (), sources, Plant(1, recipes, {}, CENTRES))
    line = AskLine(1, BODY, D(100), None, 1)
    (part,) = answer(Ask((line,), MONDAY, "complete", 0), supply).lines[1]
    assert part.promised_date == day(1)
    assert {(peg.kind, peg.quantity) for peg in part.pegging if peg.kind != "step"} == {
        ("stock", D(80)),
        ("make", D(20)),
    }
    assert part.reason.code == "make-work"
