"""What is only planned can be had sooner too: a purchase by express, overtime on a work centre."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.tables import Draft
from core.drafts.ways.find import Way, ways
from core.drafts.ways.take import take_alternative
from core.drafts.workbench import workbench
from core.orders.expedite import refuse_expedite
from core.orders.promises import order_promises
from core.orders.tables import Order, OrderLine, ScheduleLine
from core.promising.ask import Ask, AskLine
from core.promising.promise import promise_lines
from core.promising.tables import Expedite
from core.supply.tables import BomLine, ItemSource, RoutingStep, Supplier, WorkCentre
from core.watch.check import check, due_changes
from core.watch.due import check_changes
from core.watch.tables import PromiseSlip
from tests import builders as make
from tests.core.drafts.counter import a_counter, day, lines_of, ordered, promised


def a_shop(session: Session, *, express: int | None = 2, overtime: int = 100) -> dict[str, Any]:
    """A is made of one B in ten minutes on SAW, 100 minutes a day; B takes ten working days to buy, or two."""
    counter = a_counter(session)
    items, site = counter["items"], counter["site"]
    items["A"].kind = "made"
    saw = WorkCentre(
        code="SAW",
        name="Saw",
        minutes_per_day=100,
        site_id=site.id,
        overtime_minutes=overtime,
        overtime_cost=Decimal(60),
    )
    supplier = Supplier(
        number="S1",
        name="Fast Metal",
        lead_days=10,
        express_days=express,
        express_cost=Decimal(80),
    )
    session.add_all([saw, supplier])
    session.flush()
    session.add_all(
        [
            BomLine(item_id=items["A"].id, component_id=items["B"].id, quantity_per=Decimal(1)),
            RoutingStep(
                item_id=items["A"].id, step=10, work_centre_id=saw.id, run_minutes=Decimal(10)
            ),
            ItemSource(item_id=items["B"].id, supplier_id=supplier.id),
        ]
    )
    session.flush()
    return {**counter, "saw": saw, "supplier": supplier}


def way_of(session: Session, draft: Draft, kind: str) -> Way | None:
    (line,) = lines_of(session, draft)
    found = ways(session, draft, line.id, now=make.NOW)
    return next((way for way in found if way.kind == kind), None)


def take(session: Session, draft: Draft, way: Way) -> None:
    (line,) = lines_of(session, draft)
    take_alternative(
        session, draft, line.id, way.kind, way.id, version=draft.version, act=make.an_act()
    )


def asked_and_booked(session: Session, draft: Draft, kind: str) -> Order:
    way = way_of(session, draft, kind)
    assert way is not None
    take(session, draft, way)
    (line,) = lines_of(session, draft)
    told = [p["promised_date"] for p in draft.promise["lines"][str(line.id)]]
    assert told[-1] == way.arrives.isoformat()  # type: ignore[union-attr]
    return confirm(session, draft, version=draft.version, act=make.an_act())


def test_a_purchase_by_express_brings_it_sooner_and_is_asked_for_with_the_order(
    database: Database,
) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        draft = ordered(session, ("A", 5), wish=4)
        usual = promised(draft)
        way = way_of(session, draft, "express")
        assert way is not None and way.arrives is not None and way.cost == Decimal(80)
        assert (
            "Buy IT-B from Fast Metal by express, 8 working days less, here Wed 4 Mar" in way.words
        )
        assert way.slips == () and way.late_days < usual[0][0][1] - 4
        take(session, draft, way)
        assert "a purchase by express" in workbench(session, draft.id).confirm_sentence
        other = ordered(session, ("A", 5), wish=4, who="south")
        assert promised(other)[0][0][1] >= usual[0][0][1]  # another order's purchase is its own
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        asked = session.scalars(select(Expedite)).one()
        assert (asked.order_id, asked.item_id, asked.due_date, asked.cost) == (
            order.id,
            shop["items"]["B"].id,
            day(2),
            Decimal(80),
        )
        (row,) = order_promises(session, order.id).expedites
        assert row.words == "IT-B by express, on Wed 4 Mar 2026"


def asked_again(order: Order, line: OrderLine) -> Ask:
    """The line as it would be asked for anew."""
    return Ask(
        (AskLine(line.id, line.item_id, line.stock_quantity, line.requested_date, 1),),
        today=day(0),
        customer_id=order.customer_id,
        ship_to_id=order.ship_to_id,
    )


def test_express_counts_for_its_order_when_it_is_asked_anew(database: Database) -> None:
    with database.begin() as session:
        a_shop(session)
        draft = ordered(session, ("A", 5), wish=4)
        order = asked_and_booked(session, draft, "express")
        line = session.scalars(select(OrderLine)).one()
        again = asked_again(order, line)
        agreed = session.scalars(select(ScheduleLine.promised_date)).one()
        own = promise_lines(session, again, now=make.NOW, leave_out_line_ids=[line.id])
        assert own.last_date(line.id) == agreed
        others = promise_lines(session, again, now=make.NOW)
        assert agreed is not None and (others.last_date(line.id) or agreed) > agreed


def test_express_that_is_refused_is_a_slip(database: Database) -> None:
    with database.begin() as session:
        a_shop(session)
        draft = ordered(session, ("A", 5), wish=4)
        order = asked_and_booked(session, draft, "express")
        check_changes(session, act=make.an_act("system:watch"))
        assert session.scalars(select(PromiseSlip)).all() == []
        asked = session.scalars(select(Expedite)).one()
        refuse_expedite(session, order, asked.id, "no truck", act=make.an_act())
        assert due_changes(session, 9)
        check_changes(session, act=make.an_act("system:watch"))
        slip = session.scalars(select(PromiseSlip)).one()
        assert (slip.order_id, slip.cause_code) == (order.id, "expedite-refused")


def test_overtime_on_named_days_and_no_more_than_needed(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        make.a_lot(session, shop["site"], shop["items"]["B"], 100)
        draft = ordered(session, ("A", 25), wish=2)  # 250 minutes: three days without overtime
        assert promised(draft) == [[(25, 3)]]
        way = way_of(session, draft, "overtime")
        assert way is not None and way.arrives == day(2) and way.slips == ()
        assert way.words.startswith("Overtime at SAW: ")
        minutes = sum(Decimal(m) for _, m in way.choice["days"])
        assert minutes == 50 and way.cost == Decimal(50)
        take(session, draft, way)
        assert promised(draft) == [[(25, 2)]]
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        assert {row.order_id for row in session.scalars(select(Expedite))} == {order.id}
        check_changes(session, act=make.an_act("system:watch"))
        assert session.scalars(select(PromiseSlip)).all() == []
        for asked in session.scalars(select(Expedite)).all():
            refuse_expedite(session, order, asked.id, "nobody has time", act=make.an_act())
        check_changes(session, act=make.an_act("system:watch"))
        assert session.scalars(select(PromiseSlip)).one().order_id == order.id


def test_what_is_taken_back_is_asked_for_no_more(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        shop = a_shop(session)
        make.a_lot(session, shop["site"], shop["items"]["B"], 100)
        draft = ordered(session, ("A", 25), wish=2)
        usual = promised(draft)
        way = way_of(session, draft, "overtime")
        assert way is not None
        take(session, draft, way)
        (line,) = lines_of(session, draft)
        take_alternative(session, draft, line.id, "usual", version=draft.version, act=make.an_act())
        assert promised(draft) == usual and session.scalars(select(Expedite)).all() == []


def test_nobody_offers_what_there_is_not(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_shop(session, express=None, overtime=0)
        draft = ordered(session, ("A", 25), wish=2)
        assert way_of(session, draft, "express") is None
        assert way_of(session, draft, "overtime") is None
        assert session.scalars(select(ScheduleLine)).all() == []


def test_a_component_that_is_still_to_be_bought_is_trusted_to_its_day(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        draft = ordered(session, ("A", 5), wish=4)
        confirm(session, draft, version=draft.version, act=make.an_act())
        items = {shop["items"]["A"].id, shop["items"]["B"].id}

        def slips(after: int) -> list[str]:
            act = make.an_act("system:watch", at=make.NOW + timedelta(days=after))
            check(session, items, act=act)
            return list(session.scalars(select(PromiseSlip.status)))

        assert slips(1) == [] and slips(8) == []
        assert slips(15) == ["open"]  # its day has passed, and nobody has bought it


def test_a_component_that_is_bought_too_late_is_a_slip_at_once(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        draft = ordered(session, ("A", 5), wish=4)
        confirm(session, draft, version=draft.version, act=make.an_act())
        items = {shop["items"]["A"].id, shop["items"]["B"].id}
        bought = make.a_receipt(session, shop["site"], shop["items"]["B"], 5, day(18))
        check(session, items, act=make.an_act("system:watch", at=make.NOW + timedelta(days=3)))
        slip = session.scalars(select(PromiseSlip)).one()
        assert slip.new_date > slip.promised_date
        bought.expected_date = day(11)
        session.flush()
        check(session, items, act=make.an_act("system:watch", at=make.NOW + timedelta(days=3)))
        assert slip.status == "gone"
