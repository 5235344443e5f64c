"""Goods in inspection are supply from the day of their release; what nobody can date is none."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.company.tables import Company
from core.database import Database
from core.drafts.tables import DraftLine
from core.promising.ask import Ask, AskLine, Bucket, Promised
from core.promising.offers import hold
from core.promising.picture import picture
from core.promising.promise import answer_as_json, answer_of_json, peg_as_json, promise_lines
from core.promising.sentences import peg_sentence, promise_sentence
from core.supply.count import set_quality
from core.supply.receive import receive_goods
from core.supply.stock import move
from core.supply.tables import InspectionTime, ItemSource, StockLot, Supplier
from core.supply.view import item_supply
from tests import builders as make
from tests.core.promising.test_plan_in_the_book import a_plant, book
from tests.core.promising.test_plan_in_the_book import ask as asked_of_the_plant
from tests.core.test_returns import allow, back
from tests.steps import a_shop, delivered, order_for

D = Decimal
MONDAY = make.TODAY


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


def inspected(session: Session, item: Any, days: int, site: Any = None) -> InspectionTime:
    row = InspectionTime(item_id=item.id, site_id=site.id if site else None, days=days)
    session.add(row)
    session.flush()
    return row


def buckets(session: Session, item: Any) -> list[Bucket]:
    return [b for b in picture(session, [item.id], now=make.NOW).buckets if b.quantity]


def days(session: Session, item: Any) -> list[tuple[str, str, date]]:
    return [(b.kind, b.number, b.ready_date) for b in buckets(session, item)]


def ask(session: Session, item: Any, quantity: int, wish: date | None = None) -> Promised:
    line = AskLine(1, item.id, D(quantity), wish, 1)
    answer = promise_lines(session, Ask((line,), MONDAY, transit_days=0), now=make.NOW)
    return answer.lines[1][-1]


def policy(session: Session, **named: Any) -> None:
    company = session.get_one(Company, 1)
    company.policy = {**company.policy, **named}
    session.flush()


def test_a_lot_counts_from_its_coming_in_and_the_days_of_its_site(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        north = make.a_site(session, working_days=[1, 2, 3, 4])
        south = make.a_site(session, priority=2)
        item = make.an_item(session)
        lots = {"quality": "inspection", "received_on": day(-3)}  # the Friday before
        make.a_lot(session, north, item, 5, lot="N", **lots)
        make.a_lot(session, south, item, 5, lot="S", **lots)
        assert days(session, item) == []  # no time is kept: nobody knows when
        row = inspected(session, item, 4)
        assert days(session, item) == [
            ("inspection", "N", day(7)),  # from Monday on, four days, none on Friday
            ("inspection", "S", day(3)),
        ]
        inspected(session, item, 0, south)
        assert [b.number for b in buckets(session, item)] == ["N"]
        row.days = 0
        assert buckets(session, item) == []


def test_a_day_of_release_that_somebody_set_is_believed(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session, handling_days=1), make.an_item(session)
        lot = make.a_lot(session, site, item, 5, quality="inspection", release_on=day(3))
        assert days(session, item) == [("inspection", lot.lot, day(4))]
        (shown,) = item_supply(session, item.id, today=MONDAY).lots
        assert (shown.release_on, shown.usable) == (day(3), False)
        lot.expires_on = day(-1)
        assert buckets(session, item) == []


def test_what_should_be_released_by_now_counts_as_an_overdue_receipt_does(
    database: Database,
) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session, lead_days=30)
        lot = make.a_lot(session, site, item, 5, quality="inspection", release_on=day(-3))
        part = ask(session, item, 5)
        assert part.promised_date == day(7)
        assert "should be out of inspection by now" in promise_sentence(
            {"code": part.reason.code, "facts": part.reason.facts}
        )
        assert part.pegging[0].late and part.pegging[0].id == lot.id


def test_the_sentence_and_the_peg_name_the_lot_and_its_release(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session, number="CELL", lead_days=30)
        make.a_lot(session, site, item, 3, lot="OK")
        make.a_lot(session, site, item, 9, lot="L-77", quality="inspection", release_on=day(3))
        part = ask(session, item, 9)
        assert (part.promised_date, part.reason.code) == (day(3), "from-inspection")
        told = {"code": part.reason.code, "facts": part.reason.facts}
        assert promise_sentence(told) == (
            "Waits for 6 EA of CELL: lot L-77 is in inspection until Thu 5 Mar 2026."
        )
        pegs = [peg_sentence(peg_as_json(peg), "CELL") for peg in part.pegging]
        assert pegs == ["6 CELL in inspection until Thu 5 Mar 2026 (lot L-77)"]


@pytest.mark.parametrize(
    ("reason", "counts"), [("short-damaged", False), ("quality:inspection", False), ("count", True)]
)
def test_what_was_set_aside_or_is_inspected_again_is_in_doubt(
    sqlite_database: Database, reason: str, counts: bool
) -> None:
    with sqlite_database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session)
        inspected(session, item, 3)
        lot = make.a_lot(session, site, item, 5, quality="inspection", received_on=MONDAY)
        move(session, lot, D(1), reason, act=make.an_act())
        assert bool(buckets(session, item)) is counts
        lot.release_on = day(2)
        assert buckets(session, item)  # somebody looked at it


def test_a_released_lot_that_goes_back_counts_only_with_a_day(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session)
        inspected(session, item, 3)
        lot = make.a_lot(session, site, item, 5, received_on=day(-1))
        set_quality(session, lot.id, "inspection", act=make.an_act())
        assert buckets(session, item) == []


def test_a_receipt_counts_when_its_inspection_ends(database: Database) -> None:
    """Else its promise would slip on the day on which it comes."""
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session, lead_days=30)
        other = make.a_site(session, ships=False)
        inspected(session, item, 2)
        make.a_receipt(session, site, item, 9, day(3), number="PO-1")
        part = ask(session, item, 9)
        assert part.promised_date == day(7)  # Thursday, and two working days
        assert promise_sentence({"code": part.reason.code, "facts": part.reason.facts}).endswith(
            "due Thu 5 Mar 2026 on PO-1. On the shelf on Mon 9 Mar 2026, after receiving and inspection."
        )
        found = promise_lines(
            session, Ask((AskLine(1, item.id, D(9), None),), MONDAY), now=make.NOW
        )
        assert answer_of_json(answer_as_json(found)) == found
        make.a_receipt(
            session, site, item, 4, day(3), kind="transfer", number="TR-1", from_site_id=other.id
        )
        assert ("receipt", "TR-1", day(3)) in days(session, item)  # inspected where it came in


def test_from_the_door_to_the_shelf_a_purchase_takes_as_long_ordered_as_planned(
    database: Database,
) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session, lead_days=30)
        near, far = (Supplier(number=n, name=n) for n in ("NEAR", "FAR"))
        session.add_all([near, far])
        session.flush()
        session.add(ItemSource(item_id=item.id, supplier_id=far.id, receive_days=2))
        for supplier in (near, far):
            make.a_receipt(
                session, site, item, 4, day(1), number=supplier.number, supplier_id=supplier.id
            )
        assert days(session, item) == [
            ("receipt", "NEAR", day(1)),
            ("receipt", "FAR", day(3)),
        ]
        inspected(session, item, 1)  # a part of receiving
        assert {number: ready for _, number, ready in days(session, item)} == {
            "NEAR": day(2),
            "FAR": day(3),
        }


def test_what_is_bought_or_made_anew_is_inspected_too(database: Database) -> None:
    with database.begin() as session:
        _, kit, bar = a_plant(session)
        supplier = Supplier(number="S1", name="Steel Ltd", lead_days=3)
        session.add(supplier)
        session.flush()
        session.add(ItemSource(item_id=bar.id, supplier_id=supplier.id, receive_days=1))
        session.flush()
        assert asked_of_the_plant(session, kit, 5).ship_date == day(4)
        inspected(session, bar, 2)  # the longer of both: receiving is part of it
        assert asked_of_the_plant(session, kit, 5).ship_date == day(7)
        inspected(session, kit, 1)
        part = asked_of_the_plant(session, kit, 5)
        assert part.ship_date == day(8)
        assert {c.day for c in part.claims if c.kind == "capacity"} == {day(7)}
        in_time = asked_of_the_plant(session, kit, 5, day(14))
        assert {c.day for c in in_time.claims if c.kind == "capacity"} == {day(11)}


def test_returns_count_only_where_policy_says_so(database: Database) -> None:
    with database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        delivered(session, order)
        inspected(session, shop.item, 2)
        session.execute(
            StockLot.__table__.update().values(on_hand_quantity=0)  # type: ignore[attr-defined]
        )
        rma = allow(session, order, 4)
        assert buckets(session, shop.item) == []
        policy(session, count_returns=True)
        (bucket,) = buckets(session, shop.item)
        assert (bucket.kind, bucket.number, bucket.quantity) == ("return", rma.number, 4)
        assert rma.expires_on is not None and bucket.due_date > rma.expires_on
        back(session, rma, 3)
        kinds = {b.kind: (b.quantity, b.due_date) for b in buckets(session, shop.item)}
        assert kinds["return"][0] == 1
        assert kinds["inspection"] == (3, day(2))
        policy(session, count_returns=False)
        assert buckets(session, shop.item) == []


def test_repaired_goods_go_back_to_their_owner(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        shop = a_shop(session)
        order = order_for(session, shop, 5)
        delivered(session, order)
        inspected(session, shop.item, 2)
        policy(session, count_returns=True)
        allow(session, order, 4, resolution="repair")
        assert not [b for b in buckets(session, shop.item) if b.kind == "return"]


def test_an_offer_holds_what_it_takes_of_a_lot_in_inspection(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session, lead_days=30)
        make.a_lot(session, site, item, 9, quality="inspection", release_on=day(3))
        draft = make.a_draft(session, make.a_customer(session), [make.Wanted(item, 6)])
        line = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).one()
        asked = Ask((AskLine(line.id, item.id, D(6), None),), MONDAY, transit_days=0)
        found = promise_lines(session, asked, now=make.NOW, lock=True)
        until = make.NOW + timedelta(minutes=30)
        hold(session, draft.id, {line.id: item.id}, found, now=make.NOW, until=until)
        assert ask(session, item, 3).promised_date == day(3)
        assert ask(session, item, 4).promised_date > day(3)


def test_what_the_shop_made_for_a_promise_needs_no_more_hours_while_it_is_inspected(
    database: Database,
) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 500)
        inspected(session, kit, 2)
        part = asked_of_the_plant(session, kit, 10)  # all of Monday on the bench
        book(session, site, kit, 10, part)
        order = make.a_receipt(session, site, kit, 10, MONDAY, kind="production", begins_on=MONDAY)
        again = asked_of_the_plant(session, kit, 10)
        assert {c.day for c in again.claims if c.kind == "capacity"} == {day(1)}
        receive_goods(session, order.id, D(10), "K-1", quality="inspection", act=make.an_act())
        again = asked_of_the_plant(session, kit, 10)
        assert {c.day for c in again.claims if c.kind == "capacity"} == {MONDAY}
        # Blocked, all of it has to be made once more for the first of the two.
        lot = session.scalars(select(StockLot).where(StockLot.item_id == kit.id)).one()
        set_quality(session, lot.id, "blocked", act=make.an_act())
        again = asked_of_the_plant(session, kit, 10)
        assert {c.day for c in again.claims if c.kind == "capacity"} == {day(1)}
