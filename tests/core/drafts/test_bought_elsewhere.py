"""An item has several suppliers: the preferred one is planned with, another one is a way for a line that is late."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.workbench import workbench
from core.masterdata.every import table_named
from core.masterdata.found import Given
from core.masterdata.put import SCREEN, put_rows
from core.orders.expedite import refuse_expedite
from core.orders.promises import order_promises
from core.orders.repromise import repromise
from core.orders.tables import OrderLine, ScheduleLine
from core.promising.promise import promise_lines
from core.promising.tables import Expedite
from core.supply.tables import ItemSource, Supplier
from core.watch.check import check
from core.watch.due import check_changes
from core.watch.tables import PromiseSlip
from tests import builders as make
from tests.core.drafts.counter import lines_of, ordered, promised
from tests.core.drafts.test_asked_for_sooner import (
    a_shop,
    asked_again,
    asked_and_booked,
    take,
    way_of,
    ways,
)

D = Decimal


def another(session: Session, shop: dict[str, Any], days: int = 3, **source: Any) -> ItemSource:
    """B from Near & Quick too, who need so many days."""
    supplier = Supplier(number=f"S{days}", name="Near & Quick", lead_days=days)
    session.add(supplier)
    session.flush()
    facts = {"item_id": shop["items"]["B"].id, "supplier_id": supplier.id, "preference": 2}
    row = ItemSource(**{**facts, **source})
    session.add(row)
    session.flush()
    return row


def usual(session: Session) -> ItemSource:
    return session.scalars(select(ItemSource).order_by(ItemSource.id)).first()  # type: ignore[return-value]


def test_the_preferred_one_is_planned_with_whoever_is_quicker(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, express=None, overtime=0)
        slow = promised(ordered(session, ("A", 5), wish=4))
        other = another(session, shop)
        assert promised(ordered(session, ("A", 5), wish=4, who="south")) == slow
        other.preference = 0
        quick = promised(ordered(session, ("A", 5), wish=4, who="south"))
        assert quick[0][0][1] < slow[0][0][1]
        other.qualified = False
        assert promised(ordered(session, ("A", 5), wish=4, who="south")) == slow


def test_another_supplier_is_a_way_with_its_price_and_is_taken_with_one_key(
    database: Database,
) -> None:
    with database.begin() as session:
        shop = a_shop(session, express=None, overtime=0)
        usual(session).unit_cost = D(2)
        other = another(session, shop, unit_cost=D(3), minimum_lot=D(20))
        draft = ordered(session, ("A", 5), wish=4)
        before = promised(draft)
        way = way_of(session, draft, "supplier")
        assert way is not None and way.id == other.id
        assert way.words == "Buy 20 IT-B from Near & Quick, 11 days sooner, here Thu 5 Mar 2026"
        assert way.cost == 50  # twenty at three, instead of five at two
        assert way.slips == () and way.agreed
        take(session, draft, way)
        assert promised(draft)[0][0][1] < before[0][0][1]
        assert "a purchase from another supplier" in workbench(session, draft.id).confirm_sentence
        assert way_of(session, draft, "supplier") is None  # what was usual is no sooner
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        asked = session.scalars(select(Expedite)).one()
        assert (asked.order_id, asked.supplier_id, asked.cost) == (order.id, other.supplier_id, 50)
        (row,) = order_promises(session, order.id).expedites
        assert row.words == "IT-B from Near & Quick, on Thu 5 Mar 2026"
        pegs = session.scalars(select(ScheduleLine.pegging)).one()
        assert [p["number"] for p in pegs if p["kind"] == "buy"] == ["Near & Quick"]


def test_it_counts_for_its_own_order_and_for_no_other(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, express=None, overtime=0)
        another(session, shop)
        late = promised(ordered(session, ("A", 5), wish=4, who="south"))
        draft = ordered(session, ("A", 5), wish=4)
        order = asked_and_booked(session, draft, "supplier")
        line = session.scalars(select(OrderLine)).one()
        again = asked_again(order, line)
        agreed = session.scalars(select(ScheduleLine.promised_date)).one()
        own = promise_lines(session, again, now=make.NOW, leave_out_line_ids=[line.id])
        assert own.last_date(line.id) == agreed
        assert promised(ordered(session, ("A", 5), wish=4, who="south")) == late


def test_a_supplier_that_refuses_is_a_slip_and_the_usual_one_is_believed_again(
    database: Database,
) -> None:
    with database.begin() as session:
        shop = a_shop(session, express=None, overtime=0)
        another(session, shop)
        order = asked_and_booked(session, ordered(session, ("A", 5), wish=4), "supplier")
        check_changes(session, act=make.an_act("system:watch"))
        assert session.scalars(select(PromiseSlip)).all() == []
        asked = session.scalars(select(Expedite)).one()
        refuse_expedite(session, order, asked.id, "sold out", act=make.an_act())
        check_changes(session, act=make.an_act("system:watch"))
        slip = session.scalars(select(PromiseSlip)).one()
        assert (slip.order_id, slip.cause_code) == (order.id, "expedite-refused")
        repromise(session, order, "sold out there", act=make.an_act())
        items = {shop["items"]["A"].id, shop["items"]["B"].id}
        for days in (0, 3):  # a promise by the usual supplier does not slip day by day
            at = make.NOW + timedelta(days=days)
            check(session, items, act=make.an_act("system:watch", at=at))
            assert slip.status == "gone"
            assert len(session.scalars(select(PromiseSlip)).all()) == 1


def test_nobody_is_offered_who_is_not_qualified_or_not_sooner(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, express=None, overtime=0)
        another(session, shop, qualified=False)
        another(session, shop, days=12)
        draft = ordered(session, ("A", 5), wish=4)
        assert way_of(session, draft, "supplier") is None


def test_of_several_each_is_a_way_of_its_own(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session, express=None, overtime=0)
        ids = [another(session, shop, days=n, preference=n).id for n in (2, 3)]
        draft = ordered(session, ("A", 5), wish=1)
        (line,) = lines_of(session, draft)
        found = [w for w in ways(session, draft, line.id, now=make.NOW) if w.kind == "supplier"]
        assert [way.id for way in found] == ids and found[0].cost is None
        take(session, draft, found[1])
        # what is sooner still stands beside what was taken
        assert [
            w.id for w in ways(session, draft, line.id, now=make.NOW) if w.kind == "supplier"
        ] == ids[:1]


def test_sources_come_by_file_a_row_for_each_supplier(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        item = make.an_item(session, number="X")
        session.add_all([Supplier(number=n, name=n) for n in ("S1", "S2")])
        session.flush()
        rows = [
            {"item": "X", "supplier": "S1", "lead_days": 5},
            {"item": "X", "supplier": "S2", "preference": 2, "unit_cost": D("1.5")},
            {"item": "X", "yield_percent": D(90)},
        ]
        given = [Given(n, row) for n, row in enumerate(rows)]
        for action in ("created", "unchanged"):
            table = table_named("item-sources")
            plans = put_rows(session, table, given, door=SCREEN, act=make.an_act())
            assert [plan.action for plan in plans] == [action] * 3
        found = session.scalars(
            select(ItemSource).where(ItemSource.item_id == item.id).order_by(ItemSource.id)
        ).all()
        assert [(row.preference, row.qualified, row.unit_cost) for row in found] == [
            (1, True, None),
            (2, True, D("1.5")),
            (1, True, None),
        ]
