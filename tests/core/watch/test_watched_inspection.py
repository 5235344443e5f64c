"""A promise that rests on goods in inspection: it slips when they are blocked, scrapped or late, and a release leaves it alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.tables import Company
from core.database import Database
from core.orders.tables import ScheduleLine
from core.returns.refuse import cancel
from core.returns.tables import ReturnAuthorization
from core.supply.count import count, set_quality
from core.supply.receive import receive_goods
from core.supply.tables import InspectionTime, StockLot
from core.watch.check import check
from tests import builders as make
from tests.builders import NOW, an_act
from tests.core.promising.test_plan_in_the_book import book
from tests.core.test_returns import allow
from tests.core.watch.test_check import D, ask, cause, day, look, slips
from tests.steps import Shop, a_shop, delivered, order_for


class Inspected:
    """Six of an item in a lot that is to be released on Thursday, all promised for Friday."""

    def __init__(self, session: Session) -> None:
        make.a_company(session)
        self.site = make.a_site(session)
        self.item = make.an_item(session, number="CELL", lead_days=40)
        self.lot: StockLot = make.a_lot(
            session, self.site, self.item, 6, lot="L-1", quality="inspection", release_on=day(3)
        )
        line = book(session, self.site, self.item, 6, ask(session, self.item, 6))
        self.row: ScheduleLine = session.scalars(
            select(ScheduleLine).where(ScheduleLine.line_id == line.id)
        ).one()
        assert (self.row.promised_date, self.row.pegging[0]["kind"]) == (day(4), "inspection")
        look(session)

    def told(self, session: Session) -> list[str]:
        look(session)
        return [cause(slip) for slip in slips(session)]

    def as_promised(self) -> tuple[Any, ...]:
        row = self.row
        return row.promised_date, row.ship_date, row.promise_version, row.pegging, row.reason


def test_a_release_in_time_or_sooner_leaves_the_promise_alone(database: Database) -> None:
    with database.begin() as session:
        case = Inspected(session)
        before = case.as_promised()
        set_quality(session, case.lot.id, "released", act=an_act())
        assert case.told(session) == []
        assert case.as_promised() == before


def test_a_lot_that_is_blocked(database: Database) -> None:
    with database.begin() as session:
        case = Inspected(session)
        set_quality(session, case.lot.id, "blocked", act=an_act())
        assert case.told(session) == ["Lot L-1 is blocked now."]
        set_quality(session, case.lot.id, "released", act=an_act())
        assert case.told(session) == []


def test_a_lot_of_which_some_is_scrapped(database: Database) -> None:
    with database.begin() as session:
        case = Inspected(session)
        count(session, case.lot.id, D(4), "scrapped", act=an_act())
        assert case.told(session) == ["2 of lot L-1 are not there (scrapped)."]
        assert slips(session)[0].quantity == 2


def test_an_inspection_that_takes_longer(database: Database) -> None:
    with database.begin() as session:
        case = Inspected(session)
        case.lot.release_on = day(10)
        assert case.told(session) == [
            "Lot L-1 is in inspection until Thu 12 Mar 2026 instead of Thu 5 Mar 2026."
        ]
        assert slips(session)[0].new_date == day(11)
        case.lot.release_on = day(2)
        assert case.told(session) == []


def test_a_day_of_release_that_has_passed(database: Database) -> None:
    with database.begin() as session:
        case = Inspected(session)
        friday = an_act(at=NOW + timedelta(days=4))
        check(session, {case.item.id}, act=friday)
        (slip,) = slips(session)
        assert cause(slip) == (
            "Lot L-1 was to be released on Thu 5 Mar 2026 and is still in inspection."
        )
        assert (slip.cause, slip.new_date) == (f"lot:{case.lot.id}", day(14))
        set_quality(session, case.lot.id, "released", act=an_act())
        check(session, {case.item.id}, act=friday)
        assert [slip.new_date for slip in slips(session)] == [day(7)]  # a day late, and no more


def test_a_longer_time_of_inspection_for_what_is_to_come(database: Database) -> None:
    """From the order to the shelf the day stays the same: on its way, in inspection, released."""
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session, number="CELL", lead_days=40)
        time = InspectionTime(item_id=item.id, days=2)
        session.add(time)
        receipt = make.a_receipt(session, site, item, 6, day(0), number="PO-1")
        part = ask(session, item, 6)
        assert part.promised_date == day(3)
        book(session, site, item, 6, part)
        look(session)
        receive_goods(session, receipt.id, D(6), "L-1", quality="inspection", act=an_act())
        look(session)
        assert slips(session) == []
        time.days = 4
        look(session)
        assert [cause(slip) for slip in slips(session)] == ["CELL is inspected for 4 working days."]


def four_come_back(session: Session) -> tuple[Shop, ReturnAuthorization]:
    """Returns count, and four of a delivered order are allowed to come back."""
    shop = a_shop(session, stock=5)
    order = order_for(session, shop, 5)
    delivered(session, order)
    shop.item.lead_days = 60
    company = session.get_one(Company, 1)
    company.policy = {**company.policy, "count_returns": True}
    session.add(InspectionTime(item_id=shop.item.id, days=1))
    return shop, allow(session, order, 4)


def test_a_return_that_does_not_come(database: Database) -> None:
    with database.begin() as session:
        shop, rma = four_come_back(session)
        assert rma.expires_on is not None
        part = ask(session, shop.item, 4)
        assert part.pegging[0].kind == "return" and part.promised_date > rma.expires_on
        book(session, shop.site, shop.item, 4, part)
        look(session)
        assert slips(session) == []
        cancel(session, rma, "kept after all", act=an_act())
        look(session)
        assert [cause(slip) for slip in slips(session)] == [
            f"What was to come back on {rma.number} does not come any more."
        ]


def test_a_return_whose_permission_ended(database: Database) -> None:
    with database.begin() as session:
        shop, rma = four_come_back(session)
        book(session, shop.site, shop.item, 4, ask(session, shop.item, 4))
        look(session)
        check(session, {shop.item.id}, act=an_act(at=NOW + timedelta(days=31)))
        assert [cause(slip) for slip in slips(session)] == [
            f"What was to come back on {rma.number} does not come any more."
        ]
