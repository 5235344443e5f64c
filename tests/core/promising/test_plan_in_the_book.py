"""Plans against the database: recipes are read, and what a kept promise takes is not promised again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.company.tables import Company
from core.database import Database
from core.drafts.change.own import open_change
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.tables import DraftLine
from core.execution.allocate import allocate, tie
from core.execution.deallocate import deallocate
from core.orders.cancel import cancel_line
from core.orders.repromise import repromise
from core.orders.schedule import plan_line
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Ask, AskLine, Promised
from core.promising.promise import answer_as_json, answer_of_json, promise_lines
from core.promising.sentences import promise_sentence
from core.promising.tables import PromiseClaim
from core.supply.receive import receive_goods
from core.supply.tables import (
    BomLine,
    ItemSource,
    Qualification,
    RoutingAlternate,
    RoutingStep,
    Supplier,
    TransferLane,
    WorkCentre,
    WorkCentreClosure,
)
from tests import builders as make
from tests.promised import goods_lacking

MONDAY = make.TODAY
D = Decimal


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def a_plant(session: Session) -> tuple[Any, Item, Item]:
    """An assembly of two bars each, ten minutes a piece on a bench of 100 minutes a day."""
    make.a_company(session)
    site = make.a_site(session)
    kit = make.an_item(session, number="KIT", kind="made", lead_days=30)
    bar = make.an_item(session, number="BAR", kind="bought", lead_days=8)
    bench = WorkCentre(code="BENCH", name="Bench", minutes_per_day=100, site_id=site.id)
    session.add_all([bench, BomLine(item_id=kit.id, component_id=bar.id, quantity_per=D(2))])
    session.flush()
    session.add(RoutingStep(item_id=kit.id, step=10, work_centre_id=bench.id, run_minutes=D(10)))
    session.flush()
    return site, kit, bar


def ask(session: Session, item: Item, quantity: int, wish: date | None = None) -> Promised:
    line = AskLine(1, item.id, D(quantity), wish, 1)
    answer = promise_lines(session, Ask((line,), MONDAY, transit_days=0), now=make.NOW)
    return answer.lines[1][-1]


def book(session: Session, site: Any, item: Item, quantity: int, part: Promised) -> OrderLine:
    order = make.an_order(
        session, make.a_customer(session), [make.Wanted(item, quantity)], site=site
    )
    line = session.scalars(select(OrderLine).where(OrderLine.order_id == order.id)).one()
    for row in order_schedule(session, line):
        session.delete(row)
    session.flush()
    plan_line(session, line, (part,))
    return line


def order_schedule(session: Session, line: OrderLine) -> list[Any]:
    return list(session.scalars(select(ScheduleLine).where(ScheduleLine.line_id == line.id)))


def test_a_made_item_is_promised_by_its_recipe_and_not_by_its_lead_time(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 100)
        found = ask(session, kit, 20)  # 200 minutes: two days
        assert found.ship_date == day(1)
        assert found.reason.code == "make-work"
        assert {(c.kind, c.amount, c.of_quantity) for c in found.claims} == {
            ("capacity", D(100), D(20)),
            ("component", D(40), D(20)),
            ("make", D(20), D(20)),
        }


def one_of_two_is_planned(session: Session) -> tuple[Order, OrderLine]:
    """An order whose second line is made on the seventh day and wished for the eighth, and its first line, of which nothing
    is made or there yet."""
    site, kit, bar = a_plant(session)
    make.a_lot(session, site, bar, 200)
    wanted = [make.Wanted(kit, 10), make.Wanted(kit, 10)]
    order = make.an_order(session, make.a_customer(session), wanted, promised=day(1), site=site)
    first, second = session.scalars(select(OrderLine).order_by(OrderLine.position))
    for row in order_schedule(session, second):
        session.delete(row)
    session.flush()
    (row,) = plan_line(session, second, (ask(session, kit, 10, day(7)),))
    row.promised_date = second.requested_date = day(8)  # a day on the road
    return order, first


def test_a_line_that_keeps_its_day_keeps_its_minutes(database: Database) -> None:
    """Asked together the first line would be made when the second one is, and that one sooner."""
    with database.begin() as session:
        order, first = one_of_two_is_planned(session)
        first.requested_date = day(8)
        repromise(session, order, act=make.an_act())
        claims = select(PromiseClaim).where(PromiseClaim.kind == "capacity")
        taken = [claim.day for claim in session.scalars(claims)]
        assert len(taken) == len(set(taken)) == 2
        (moved,) = order_schedule(session, first)
        assert moved.promised_date == day(8)


def test_a_change_leaves_the_minutes_of_lines_that_it_does_not_move(database: Database) -> None:
    with database.begin() as session:
        order, _ = one_of_two_is_planned(session)
        draft = open_change(session, order, act=make.an_act())
        rows = session.scalars(
            select(DraftLine).where(DraftLine.draft_id == draft.id).order_by(DraftLine.position)
        ).all()
        edits = (Edit(rows[0].id, "requested_date", day(8).isoformat()),)
        correct(session, draft, edits, version=draft.version, act=make.an_act())
        told = answer_of_json(draft.promise).lines
        (moved,), (stays,) = told[rows[0].id], told[rows[1].id]
        assert moved.promised_date == stays.promised_date == day(8)
        assert {c.day for c in moved.claims if c.kind == "capacity"} == {day(4)}
        confirm(session, draft, version=draft.version, act=make.an_act())
        claims = select(PromiseClaim.day).where(PromiseClaim.kind == "capacity")
        assert sorted(session.scalars(claims)) == [day(4), day(7)]


def test_what_is_allocated_gets_the_days_of_the_stock(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 200)
        lot = make.a_lot(session, site, kit, 3)
        line = book(session, site, kit, 6, ask(session, kit, 3, day(1)))
        made, tied = order_schedule(session, line)
        tie(session, tied, lot.id, D(3))
        tied.promised_date = made.promised_date = day(1)
        order = session.get_one(Order, line.order_id)
        line.requested_date = day(2)
        repromise(session, order, act=make.an_act())
        rows = {
            row.id: [peg["kind"] for peg in row.pegging] for row in order_schedule(session, line)
        }
        assert rows[tied.id] == ["stock"]
        assert goods_lacking(session, [kit.id]) == []


def test_components_that_are_missing_are_bought_first(database: Database) -> None:
    with database.begin() as session:
        _, kit, bar = a_plant(session)
        supplier = Supplier(number="S1", name="Steel Ltd", lead_days=3, working_days=[1, 2, 3, 4])
        session.add(supplier)
        session.flush()
        session.add(ItemSource(item_id=bar.id, supplier_id=supplier.id))
        session.flush()
        found = ask(session, kit, 5)
        assert found.ship_date == day(3)  # Monday, then three of their days; made on Thursday
        assert found.reason.code == "make-waits-buying"
        assert found.reason.facts["supplier"] == "Steel Ltd"


def test_what_a_booked_promise_takes_is_not_promised_again(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 60)
        first = ask(session, kit, 20)
        book(session, site, kit, 20, first)
        assert session.scalar(select(func.count()).select_from(PromiseClaim)) == 4
        second = ask(session, kit, 10)
        assert second.reason.code == "make-capacity"  # the bench is full for two days
        assert second.ship_date == day(2)
        third = ask(session, kit, 15)  # 30 bars wanted, 20 left: the rest is bought in eight days
        assert third.reason.code == "make-waits-buying"


def test_the_component_itself_cannot_be_sold_twice(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 60)
        book(session, site, kit, 20, ask(session, kit, 20))
        assert ask(session, bar, 20).ship_date == MONDAY
        assert ask(session, bar, 21).ship_date > MONDAY


def test_what_was_shipped_takes_nothing_any_more(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 60)
        line = book(session, site, kit, 20, ask(session, kit, 20))
        (row,) = order_schedule(session, line)
        row.shipped_quantity = D(10)
        session.flush()
        assert ask(session, bar, 40).ship_date == MONDAY
        assert ask(session, bar, 41).ship_date > MONDAY


def test_work_that_stock_made_needless_stays_so_when_the_stock_is_let_go(
    database: Database,
) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 60)
        line = book(session, site, kit, 10, ask(session, kit, 10))  # the bench's whole day
        order = session.get_one(Order, line.order_id)
        assert ask(session, kit, 5).ship_date == day(1)
        make.a_lot(session, site, kit, 4)
        allocate(session, order, act=make.an_act())
        assert ask(session, kit, 4).ship_date == MONDAY  # six are left to make
        assert ask(session, kit, 5).ship_date == day(1)
        deallocate(session, order, act=make.an_act())
        assert ask(session, kit, 4).ship_date == MONDAY
        assert ask(session, kit, 4).pegging[0].kind == "make"  # the four are still the order's


def test_what_was_cancelled_is_not_made_again_when_the_stock_is_let_go(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 60)
        line = book(session, site, kit, 10, ask(session, kit, 10))  # the bench's whole day
        order = session.get_one(Order, line.order_id)
        make.a_lot(session, site, kit, 4)
        allocate(session, order, act=make.an_act())
        cancel_line(session, order, line.id, D(4), "not needed", act=make.an_act())
        later = ask(session, kit, 8)  # two of the six are left to make
        assert (later.ship_date, later.pegging[0].kind) == (MONDAY, "make")
        book(session, site, kit, 8, later)
        deallocate(session, order, act=make.an_act())
        minutes = session.scalar(
            select(func.sum(PromiseClaim.amount)).where(PromiseClaim.work_centre_id.is_not(None))
        )
        assert minutes == 100


def test_work_of_yesterday_that_was_not_done_is_still_to_be_done(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 200)
        line = book(session, site, kit, 15, ask(session, kit, 15))  # a day and a half of the bench
        next_week = make.NOW + timedelta(days=7)
        asked = Ask((AskLine(1, kit.id, D(10), None),), next_week.date(), transit_days=0)
        (part,) = promise_lines(session, asked, now=next_week).lines[1]
        assert part.ship_date == day(9)  # 150 minutes of last week's work go first
        found = make.a_lot(session, site, kit, 15)  # goods from elsewhere do no work
        (part,) = promise_lines(session, asked, now=next_week).lines[1]
        assert part.ship_date == day(9)
        found.on_hand_quantity = D(0)
        order = make.a_receipt(session, site, kit, 15, make.TODAY)
        order.kind = "production"
        receive_goods(session, order.id, D(15), "R-1", act=make.an_act())  # it was done after all
        (part,) = promise_lines(session, asked, now=next_week).lines[1]
        assert part.ship_date == day(7)
        assert part.pegging[0].kind == "make"
        assert line.id


def test_what_is_made_is_ready_some_days_before_it_leaves(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 200)
        company = session.get_one(Company, 1)
        company.policy = {"make_safety_days": 2}
        session.flush()
        assert ask(session, kit, 10).ship_date == day(2)
        wished = ask(session, kit, 10, day(9))
        assert wished.ship_date == day(9)
        assert [peg.due_date for peg in wished.pegging if peg.kind == "make"] == [day(7)]
        assert ask(session, bar, 10).ship_date == MONDAY


def test_production_orders_take_minutes_and_components_until_they_are_started(
    database: Database,
) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 60)
        order = make.a_receipt(session, site, kit, 20, day(1), kind="production", begins_on=MONDAY)
        assert ask(session, bar, 20).ship_date == MONDAY
        assert ask(session, bar, 21).ship_date > MONDAY
        order.stage = "started"
        session.flush()
        assert ask(session, bar, 60).ship_date == MONDAY
        more = ask(session, kit, 30)  # twenty come tomorrow; ten are made when the bench is free
        assert more.ship_date == day(2)
        assert more.reason.code == "make-capacity"


def test_a_bought_item_is_promised_by_its_supplier_s_calendar(database: Database) -> None:
    with database.begin() as session:
        _, _, bar = a_plant(session)
        assert ask(session, bar, 5).reason.code == "lead-time-bought"
        supplier = Supplier(
            number="S1", name="Steel Ltd", lead_days=3, working_days=[1, 2, 3, 4], late_days=1
        )
        session.add(supplier)
        session.flush()
        session.add(ItemSource(item_id=bar.id, supplier_id=supplier.id, receive_days=1))
        session.flush()
        found = ask(session, bar, 5)
        assert found.ship_date == day(8)  # Mon-Thu, four of their days: Monday; a day to receive it
        assert found.reason.code == "lead-time-bought-late"
        assert "1 more by which they tend to be late" in promise_sentence(
            {"code": found.reason.code, "facts": found.reason.facts}
        )
        assert ask(session, bar, 5, day(30)).reason.code == "in-time-bought-late"


def test_an_item_is_made_only_where_it_is_qualified(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 100)
        bench = session.scalars(select(WorkCentre)).one()
        step = session.scalars(select(RoutingStep)).one()
        bench.qualified_only = True
        session.flush()
        line = AskLine(1, kit.id, D(10), None, 1)
        assert promise_lines(session, Ask((line,), MONDAY), now=make.NOW).lines[1] == ()
        other = WorkCentre(code="OTHER", name="Other", minutes_per_day=100, site_id=site.id)
        session.add(other)
        session.flush()
        session.add(
            RoutingAlternate(routing_step_id=step.id, work_centre_id=other.id, run_minutes=D(20))
        )
        session.flush()
        assert ask(session, kit, 10).ship_date == day(1)  # at half the speed
        session.add(Qualification(item_id=kit.id, work_centre_id=bench.id))
        session.flush()
        assert ask(session, kit, 10).ship_date == MONDAY


def test_maintenance_and_a_reserve_for_breakdowns_take_minutes(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 100)
        bench = session.scalars(select(WorkCentre)).one()
        assert ask(session, kit, 10).ship_date == MONDAY
        session.add(
            WorkCentreClosure(work_centre_id=bench.id, first=MONDAY, last=MONDAY, minutes=40)
        )
        session.flush()
        assert ask(session, kit, 10).ship_date == day(1)
        assert ask(session, kit, 6).ship_date == MONDAY
        bench.reserve_percent = D(10)
        session.flush()
        assert ask(session, kit, 6).ship_date == day(1)


def test_a_plant_that_does_not_ship_sends_its_goods_to_the_site_that_does(
    database: Database,
) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 100)
        site.ships = False
        shop = make.a_site(session, priority=2)
        session.add(TransferLane(from_site_id=site.id, to_site_id=shop.id, days=3))
        session.flush()
        found = ask(session, kit, 20)
        assert (found.site_id, found.ship_date) == (shop.id, day(4))
        assert [p.begins_on for p in found.pegging if p.kind == "make"] == [MONDAY]
        wished = ask(session, kit, 20, day(11))
        assert wished.ship_date == day(11)
        assert [p.due_date for p in wished.pegging if p.kind == "make"] == [day(8)]


def test_another_site_does_not_promise_by_lead_time_what_the_plant_has_to_make(
    database: Database,
) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        kit.lead_days = 1
        far = make.a_site(session, priority=2)
        make.a_lot(session, far, kit, 3)
        make.a_lot(session, site, bar, 200)
        line = AskLine(1, kit.id, D(33), None, 1)
        for policy in ("partial", "complete"):
            asked = Ask((line,), MONDAY, policy, transit_days=0)
            parts = promise_lines(session, asked, now=make.NOW).lines[1]
            assert sum(p.quantity for p in parts) == 33
            made = [p for p in parts if p.site_id == site.id]
            assert [p.ship_date for p in made][-1] >= day(2)  # thirty at ten minutes each
        only_far = Ask((replace(line, site_id=far.id),), MONDAY)
        parts = promise_lines(session, only_far, now=make.NOW).lines[1]
        assert sum(p.quantity for p in parts) == 3


def test_a_plan_survives_being_kept_with_a_draft(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 100)
        line = AskLine(1, kit.id, D(20), None, 1)
        answer = promise_lines(session, Ask((line,), MONDAY), now=make.NOW)
        assert answer_of_json(answer_as_json(answer)) == answer


def test_what_is_cancelled_claims_nothing_any_more(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 60)
        line = book(session, site, kit, 10, ask(session, kit, 10))
        order = session.get_one(Order, line.order_id)
        cancel_line(session, order, line.id, D(4), "less is enough", act=make.an_act())
        assert session.scalar(select(func.count()).select_from(PromiseClaim)) == 3
        cancel_line(session, order, line.id, None, "nothing is needed", act=make.an_act())
        assert session.scalar(select(func.count()).select_from(PromiseClaim)) == 0


def test_an_assembly_and_its_part_are_ordered_together(database: Database) -> None:
    with database.begin() as session:
        a_plant(session)
        kit, bar = session.scalars(select(Item).order_by(Item.number.desc())).all()
        lines = tuple(AskLine(n, item.id, D(5), None, n) for n, item in enumerate((kit, bar), 1))
        found = promise_lines(session, Ask(lines, MONDAY, transit_days=0), now=make.NOW).lines
        assert [part.ship_date for n in (1, 2) for part in found[n]] == [day(10), day(10)]
        assert found[1][0].reason.code == "make-waits-buying"
        assert found[2][0].reason.code == "lead-time-bought"
