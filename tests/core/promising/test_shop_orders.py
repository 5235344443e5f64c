"""Production orders beside the promises that they fulfil: each piece of work, each component is counted once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.database import Database
from core.execution.allocate import allocate
from core.execution.tables import Allocation
from core.masterdata.every import table_named
from core.masterdata.found import Given
from core.masterdata.plan import plan_rows
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising import picture
from core.promising.ask import Ask, AskLine
from core.promising.lots import PlannedLot, PlannedPromise, ShopOrder, netted
from core.promising.production import Production, production
from core.promising.promise import promise_lines
from core.supply.receive import receive_goods
from core.supply.tables import BomLine, Receipt, RoutingStep, Site, WorkCentre
from core.watch.check import check
from tests import builders as make
from tests.core.promising.test_plan_in_the_book import a_plant, ask, book, day

D = Decimal
MONDAY = make.TODAY


def ordered(
    session: Session, site: Site, item: Item, quantity: int, begins: int, until: int, **more: object
) -> Receipt:
    return make.a_receipt(
        session, site, item, quantity, day(until), kind="production", begins_on=day(begins), **more
    )


def promised(session: Session, bars: int = 60) -> tuple[Site, Item, Item, OrderLine]:
    """Twenty kits of two bars, made on Monday and Tuesday: the bench is full on both days."""
    site, kit, bar = a_plant(session)
    make.a_lot(session, site, bar, bars)
    return site, kit, bar, book(session, site, kit, 20, ask(session, kit, 20))


def probes(session: Session, kit: Item, bar: Item) -> tuple[date, ...]:
    """When a few kits would be there, and what is left of the bars."""
    return (
        ask(session, kit, 4).ship_date,
        ask(session, kit, 10).ship_date,
        ask(session, bar, 20).ship_date,
        ask(session, bar, 21).ship_date,
    )


def test_an_order_that_makes_what_was_promised_takes_nothing_more(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar, _ = promised(session)
        before = probes(session, kit, bar)
        assert before == (day(2), day(2), MONDAY, day(10))
        ordered(session, site, kit, 20, 0, 1)
        assert probes(session, kit, bar) == before


def test_what_an_order_makes_beyond_the_promise_is_supply_and_takes_its_own(
    database: Database,
) -> None:
    with database.begin() as session:
        site, kit, bar, _ = promised(session)
        ordered(session, site, kit, 30, 0, 4)
        assert ask(session, kit, 10, day(11)).pegging[0].kind == "receipt"
        assert ask(session, bar, 1).ship_date > MONDAY  # sixty bars for thirty kits


def test_an_order_on_other_days_frees_the_days_of_the_plan(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar, _ = promised(session)
        ordered(session, site, kit, 20, 3, 4)  # Thursday and Friday
        assert ask(session, kit, 10).ship_date == MONDAY
        assert ask(session, bar, 20).ship_date == MONDAY
        assert ask(session, bar, 21).ship_date > MONDAY


def test_what_was_begun_has_its_components(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar, _ = promised(session, bars=40)
        row = ordered(session, site, kit, 20, 0, 1)
        assert ask(session, bar, 1).ship_date > MONDAY
        row.stage = "started"
        session.flush()  # the forty on the shelf are others now
        assert ask(session, bar, 40).ship_date == MONDAY
        assert ask(session, kit, 4).ship_date == day(2)  # the bench is as full as before


def test_an_order_that_is_completed_in_parts_takes_less_and_less(database: Database) -> None:
    with database.begin() as session:
        site, kit, _bar, _ = promised(session)
        row = ordered(session, site, kit, 20, 0, 1, stage="started")
        receive_goods(session, row.id, D(8), "R-1", act=make.an_act())
        # 120 of 200 minutes are left: forty a day are free, and the eight are still for the first
        assert ask(session, kit, 4).ship_date == MONDAY
        assert ask(session, kit, 4).pegging[0].kind == "make"
        assert ask(session, kit, 10).ship_date == day(2)
        receive_goods(session, row.id, D(12), "R-2", act=make.an_act())
        assert ask(session, kit, 10).ship_date == MONDAY
        assert ask(session, kit, 10).pegging[0].kind == "make"


def test_goods_that_come_in_while_the_book_is_read_do_not_free_the_work_of_two_promises(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.begin() as session:
        site, kit, _bar, _ = promised(session, bars=200)
        book(session, site, kit, 10, ask(session, kit, 10))  # Wednesday is full as well
        row = ordered(session, site, kit, 20, 0, 1, stage="started").id

    def read_meanwhile(*asked: Any) -> list[Production]:
        found = production(*asked)
        with database.begin() as other:
            receive_goods(other, row, D(8), "R-1", act=make.an_act())
        return found

    monkeypatch.setattr(picture, "production", read_meanwhile)
    with database.read() as session:
        claims = ask(session, kit, 8).claims
    # What came in frees Monday and Tuesday.
    assert day(2) not in {claim.day for claim in claims if claim.kind == "capacity"}


def test_a_cancelled_order_gives_the_claims_back(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar, _ = promised(session)
        before = probes(session, kit, bar)
        row = ordered(session, site, kit, 20, 3, 4)
        assert probes(session, kit, bar) != before
        row.closed = True
        session.flush()
        assert probes(session, kit, bar) == before


def test_an_order_for_a_part_counts_with_the_lot_that_the_promise_planned(
    database: Database,
) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        saw = WorkCentre(code="SAW", name="Saw", minutes_per_day=100, site_id=site.id)
        rod = make.an_item(session, number="ROD", kind="bought", lead_days=8)
        session.add_all([saw, BomLine(item_id=bar.id, component_id=rod.id, quantity_per=D(1))])
        session.flush()
        session.add(RoutingStep(item_id=bar.id, step=10, work_centre_id=saw.id, run_minutes=D(5)))
        make.a_lot(session, site, rod, 100)
        book(session, site, kit, 10, ask(session, kit, 10))  # the saw on Monday, the bench then

        def seen() -> tuple[date, ...]:
            return (
                ask(session, kit, 10).ship_date,
                ask(session, bar, 5).ship_date,
                ask(session, rod, 80).ship_date,
                ask(session, rod, 81).ship_date,
            )

        before = seen()
        assert before == (day(2), day(1), MONDAY, day(10))
        ordered(session, site, bar, 20, 0, 0)
        assert seen() == before
        ordered(session, site, kit, 10, 1, 1)
        assert seen() == before


def test_an_order_that_names_whom_it_is_for_serves_nobody_else(database: Database) -> None:
    with database.begin() as session:
        site, kit, _bar, first = promised(session, bars=100)
        second = book(session, site, kit, 10, ask(session, kit, 10))  # on Wednesday
        number = session.get_one(Order, second.order_id).number
        ordered(session, site, kit, 10, 2, 2, for_order=number, for_position=1)
        assert ask(session, kit, 10).ship_date == day(3)  # the first is made as it was promised
        row = ordered(session, site, kit, 40, 7, 7, for_order=number)
        goods = session.scalars(select(ScheduleLine).where(ScheduleLine.line_id == second.id)).one()
        goods.quantity = D(0)
        session.flush()
        assert row.for_order == number
        parts = promise_lines(
            session, Ask((AskLine(1, kit.id, D(20), day(11), 1),), MONDAY, transit_days=0),
            now=make.NOW,
        ).lines[1]  # fmt: skip
        kinds = [peg.kind for part in parts for peg in part.pegging]
        assert "receipt" in kinds  # what its order needs no more is for everybody
        assert first.id


def test_what_was_bought_for_one_order_is_not_taken_by_an_earlier_one(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session, kind="bought", lead_days=30)
        first = book(session, site, item, 10, ask(session, item, 10, day(20)))
        second = book(session, site, item, 10, ask(session, item, 10, day(20)))
        number = session.get_one(Order, second.order_id).number
        row = make.a_receipt(session, site, item, 10, day(3), for_order=number)
        asked = Ask((AskLine(1, item.id, D(10), day(4)),), MONDAY, transit_days=0)
        again = {
            line.id: promise_lines(
                session, asked, now=make.NOW, leave_out_line_ids=[line.id]
            ).lines[1][0]
            for line in (first, second)
        }
        assert again[first.id].pegging[0].kind == "lead-time"
        assert again[second.id].pegging[0].id == row.id


def test_a_component_bought_for_a_promise_stays_its_own_when_it_is_here(
    database: Database,
) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)  # no bars; eight working days to buy them
        book(session, site, kit, 5, ask(session, kit, 5))
        bought = make.a_receipt(session, site, bar, 12, day(3))
        for _ in range(2):
            later = ask(session, kit, 5)
            assert (later.reason.code, later.ship_date) == ("make-waits-buying", day(10))
            assert ask(session, bar, 3).ship_date == day(10)
            if not bought.closed:
                receive_goods(session, bought.id, D(12), "R-1", act=make.an_act())
        assert ask(session, bar, 2).ship_date == MONDAY  # two more came than it needs
        other = make.an_order(session, make.a_customer(session), [make.Wanted(bar, 3)], site=site)
        allocate(session, other, act=make.an_act())
        tied = session.scalars(select(Allocation.quantity)).all()
        assert tied == [D(2)]


def test_the_order_that_supply_is_for_is_one_of_ours(database: Database) -> None:
    with database.begin() as session:
        site, kit, _, line = promised(session)
        number = session.get_one(Order, line.order_id).number
        row = {
            "kind": "production", "number": "PR-1", "item": kit.number, "site": site.code,
            "quantity": D(20), "expected_date": day(1),
        }  # fmt: skip

        def problems(**more: object) -> set[str]:
            (found,) = plan_rows(session, table_named("receipts"), [Given(1, {**row, **more})])
            return {problem.column for problem in found.problems}

        assert problems(for_order=number, for_position=1) == set()
        assert problems(for_order="NONE-SUCH") == {"for_order"}
        assert problems(for_order=number, for_position=7) == {"for_position"}
        assert problems(for_position=1) == {"for_order"}


lots = st.lists(
    st.tuples(st.sampled_from([1, 2]), st.integers(1, 30), st.integers(0, 20)),
    min_size=1,
    max_size=6,
)
orders = st.lists(
    st.tuples(
        st.sampled_from([1, 2]),
        st.integers(1, 40),
        st.none() | st.integers(0, 10),
        st.integers(0, 30),
        st.booleans(),
        st.integers(0, 6),
    ),
    max_size=6,
)


@settings(max_examples=200, deadline=None)
@given(lots, orders, st.integers(0, 40))
def test_each_unit_is_netted_once(
    planned: list[tuple[int, int, int]],
    shop: list[tuple[int, int, int | None, int, bool, int]],
    there: int,
) -> None:
    promises = [
        PlannedPromise(
            n, n, (n, day(first), n), D(quantity), D(quantity),
            (PlannedLot(item, 0, 1, D(quantity), D(quantity), day(first), day(first + 2)),),
        )
        for n, (item, quantity, first) in enumerate(planned, start=1)
    ]  # fmt: skip
    found_orders = [
        ShopOrder(
            n, item, 1, D(rest), None if first is None else day(first),
            day(max(last, first or 0)), begun, frozenset({line} if line else ()),
        )
        for n, (item, rest, first, last, begun, line) in enumerate(shop, start=1)
    ]  # fmt: skip
    found = netted(promises, found_orders, {1: D(there)})
    before = netted(promises, (), {1: D(there)})
    for key, share in found.minutes.items():
        assert 0 <= share <= before.minutes[key] <= 1
        assert 0 <= found.components[key] <= before.components[key]
    for order in found_orders:
        assert 0 <= found.served.get(order.id, D(0)) <= order.rest
    for item in (1, 2):
        planned_units = sum(Fraction(p.of) * found.minutes[p.schedule_line_id, item] for p in promises if p.lots[0].item_id == item)  # fmt: skip
        assert sum(found.served.get(o.id, D(0)) for o in found_orders if o.item_id == item) <= (
            planned_units
        )


@pytest.mark.timeout(300)
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.tuples(st.integers(1, 25), st.none() | st.integers(0, 12)), min_size=1, max_size=4),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
    st.integers(1, 25),
)
def test_making_what_was_promised_makes_nobody_later(
    database: Database,
    wanted: list[tuple[int, int | None]],
    which: int,
    named: bool,
    dated: bool,
    part: int,
) -> None:
    """The order that fulfils a promise, part by part; and when it is cancelled all is as before."""
    with database.begin() as session:
        outer = session.begin_nested()
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 70)
        rows = []
        for quantity, wish in wanted:
            asked = AskLine(1, kit.id, D(quantity), None if wish is None else day(wish), 1)
            found = promise_lines(session, Ask((asked,), MONDAY), now=make.NOW).lines[1][-1]
            rows.append((book(session, site, kit, quantity, found), found))

        def seen() -> list[date]:
            asked = [(kit, 3, None), (kit, 12, None), (kit, 30, day(8)), (bar, 9, None)]
            return [ask(session, item, quantity, wish).ship_date for item, quantity, wish in asked]

        def slips() -> int:
            return check(session, {kit.id, bar.id}, act=make.an_act()).slipped

        line, plan = rows[which % len(rows)]
        made = next((peg for peg in plan.pegging if peg.kind == "make"), None)
        if made is not None and made.begins_on is not None:
            assert slips() == 0
            before = seen()
            order = make.a_receipt(
                session, site, kit, int(made.quantity), made.due_date, kind="production",
                begins_on=made.begins_on if dated else None,
                for_order=session.get_one(Order, line.order_id).number if named else "",
            )  # fmt: skip
            after = seen()
            assert all(now <= was for now, was in zip(after, before, strict=True)), (before, after)
            if named:
                own = Ask((AskLine(1, kit.id, line.stock_quantity, None),), MONDAY)
                again = promise_lines(session, own, now=make.NOW, leave_out_line_ids=[line.id])
                assert (again.last_date(1) or date.max) <= plan.promised_date
            if part % 2:
                order.closed = True
                session.flush()
                assert seen() == before
            else:
                assert slips() == 0
                arrived = min(D(part), order.quantity)
                receive_goods(session, order.id, arrived, "R", act=make.an_act())
                then = seen()
                assert all(now <= was for now, was in zip(then, after, strict=True)), (after, then)
            assert slips() == 0
        outer.rollback()
