"""What breaks a promise becomes a slip with its cause; what holds is not touched."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.execution.allocate import tie
from core.orders.tables import Order, OrderLine, PromiseVersion, ScheduleLine
from core.promising.ask import Ask, AskLine, Promised
from core.promising.promise import promise_lines
from core.promising.tables import PromiseClaim
from core.supply.count import count, set_quality
from core.supply.receive import receive_goods
from core.supply.tables import WorkCentre, WorkCentreClosure
from core.watch.affected import items_touched
from core.watch.cause_words import sentence
from core.watch.check import Found, check, due_changes
from core.watch.decide import accept, refuse
from core.watch.tables import PromiseSlip
from tests import builders as make
from tests.builders import NOW, TODAY, Wanted, an_act
from tests.core.promising.test_plan_in_the_book import a_plant, book

D = Decimal


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def ask(session: Session, item: Any, quantity: int, wish: date | None = None) -> Promised:
    line = AskLine(1, item.id, D(quantity), wish, 1)
    return promise_lines(session, Ask((line,), TODAY), now=NOW).lines[1][-1]


def look(session: Session) -> Found:
    """What the job does with the changes that are due."""
    session.flush()
    changes = due_changes(session, 1000)
    for change in changes:
        change.checked_at = NOW
    return check(session, items_touched(session, changes, TODAY), changes, act=an_act())


def slips(session: Session, status: str = "open") -> list[PromiseSlip]:
    return list(
        session.scalars(
            select(PromiseSlip).where(PromiseSlip.status == status).order_by(PromiseSlip.id)
        )
    )


def cause(slip: PromiseSlip) -> str:
    return sentence(slip.cause_code, slip.cause_facts)


class Shop:
    """One item, a receipt of ten in a week, and orders that live from it."""

    def __init__(self, session: Session) -> None:
        make.a_company(session)
        self.site = make.a_site(session)
        self.item = make.an_item(session, number="PUMP", lead_days=40)
        self.customer = make.a_customer(session)
        self.receipt = make.a_receipt(session, self.site, self.item, 10, day(7), number="PO-1")
        self.session = session

    def order(self, quantity: int, promised: date | None = None, **changes: Any) -> ScheduleLine:
        """Leaves the working day before it arrives: by default the day after the receipt."""
        promised = promised or day(8)
        order = make.an_order(
            self.session,
            self.customer,
            [Wanted(self.item, quantity)],
            promised=promised,
            site=self.site,
            **changes,
        )
        row = rows_of(self.session, order)[0]
        row.ship_date = promised - timedelta(days=1)
        return row


def rows_of(session: Session, order: Order) -> list[ScheduleLine]:
    return list(
        session.scalars(
            select(ScheduleLine)
            .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
            .where(OrderLine.order_id == order.id)
            .order_by(ScheduleLine.id)
        )
    )


def test_a_receipt_that_moves_makes_slips_with_its_cause(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        first, second = shop.order(4), shop.order(6)
        assert look(session).slipped == 0
        shop.receipt.expected_date = day(14)
        assert look(session).slipped == 2
        found = slips(session)
        assert [(s.schedule_line_id, s.promised_date, s.new_date) for s in found] == [
            (first.id, day(8), day(15)),
            (second.id, day(8), day(15)),
        ]
        assert {s.cause for s in found} == {f"receipt:{shop.receipt.id}"}
        assert (
            cause(found[0]) == "PO-1 comes on Mon 16 Mar 2026 instead of Mon 9 Mar 2026 (+7 days)."
        )
        assert first.promised_date == day(8)  # nobody decided yet
        assert look(session).slipped == check(session, {shop.item.id}, act=an_act()).slipped == 0


def test_first_promised_keeps_what_is_left(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        shop.order(4)
        second = shop.order(6)
        look(session)
        shop.receipt.quantity = D(7)
        look(session)
        (slip,) = slips(session)
        assert (slip.schedule_line_id, slip.quantity) == (second.id, 3)
        assert cause(slip) == "PO-1 brings 7 instead of 10."


def test_there_and_back_leaves_nothing_but_history(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        row = shop.order(4)
        look(session)
        before = (row.promised_date, row.ship_date, row.promise_version, row.site_id)
        shop.receipt.expected_date = day(14)
        look(session)
        shop.receipt.expected_date = day(7)
        assert look(session).gone == 1
        assert slips(session) == []
        assert len(slips(session, "gone")) == 1
        assert (row.promised_date, row.ship_date, row.promise_version, row.site_id) == before
        shop.receipt.expected_date = day(14)
        session.flush()
        shop.receipt.expected_date = day(7)
        assert look(session) == Found(looked_at=1)


def test_a_worse_date_is_the_same_slip_revised(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        shop.order(4)
        look(session)
        for expected in (day(14), day(21)):
            shop.receipt.expected_date = expected
            look(session)
        (slip,) = slips(session)
        assert slip.new_date == day(22)
        assert slip.version > 1


def test_a_lot_that_is_blocked_or_counted_short(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        lot = make.a_lot(session, shop.site, shop.item, 5, lot="L-7")
        row = shop.order(5, day(1))
        look(session)
        count(session, lot.id, D(3), "count", act=an_act())
        look(session)
        (slip,) = slips(session)
        assert (slip.quantity, slip.new_date) == (2, day(8))
        assert cause(slip) == "2 of lot L-7 are not there (count)."
        set_quality(session, lot.id, "blocked", act=an_act())
        look(session)
        (slip,) = slips(session)
        assert (slip.quantity, cause(slip)) == (5, "Lot L-7 is blocked now.")
        assert row.promised_date == day(1)


def test_a_part_receipt_in_inspection_is_not_there_yet(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        shop.order(10)
        look(session)
        receive_goods(session, shop.receipt.id, D(6), "N1", quality="inspection", act=an_act())
        look(session)
        (slip,) = slips(session)
        assert slip.quantity == 6
        receive_goods(session, shop.receipt.id, D(4), "N2", act=an_act())
        look(session)
        (slip,) = slips(session)
        assert slip.quantity == 6


def test_what_is_received_whole_breaks_nothing(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        shop.order(10)
        look(session)
        receive_goods(session, shop.receipt.id, D(10), "N1", act=an_act())
        assert look(session) == Found(looked_at=1)


def test_a_complete_order_moves_as_a_whole(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        other = make.an_item(session)
        make.a_lot(session, shop.site, other, 50)
        shop.customer.delivery_policy = "complete"
        order = make.an_order(
            session,
            shop.customer,
            [Wanted(shop.item, 4), Wanted(other, 9)],
            promised=day(8),
            site=shop.site,
        )
        for row in rows_of(session, order):
            row.ship_date = day(7)
        look(session)
        shop.receipt.expected_date = day(14)
        look(session)
        found = slips(session)
        assert [(s.quantity, s.new_date) for s in found] == [(4, day(15)), (9, day(15))]
        for slip in found:
            accept(session, slip, act=an_act())
        assert [(r.promised_date, r.ship_date) for r in rows_of(session, order)] == [
            (day(15), day(14)),
            (day(15), day(14)),
        ]
        assert check(session, {other.id}, act=an_act()) == Found(looked_at=2)


def test_accepting_gives_a_new_version_and_keeps_the_first_promise(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        make.a_lot(session, shop.site, shop.item, 3)
        row = shop.order(8)
        look(session)
        shop.receipt.expected_date = day(14)
        look(session)
        (slip,) = slips(session)
        assert slip.quantity == 5
        act = an_act()
        event = accept(session, slip, "agreed on the phone", act=act)
        assert accept(session, slip, act=act).id == event.id
        stays, moved = rows_of(session, session.get_one(Order, slip.order_id))
        assert (stays.id, stays.quantity, stays.promised_date) == (row.id, 3, day(8))
        assert (moved.quantity, moved.promised_date) == (5, day(15))
        assert moved.first_promised_date == stays.first_promised_date == day(8)
        assert (stays.promise_version, moved.promise_version) == (1, 2)
        assert slip.notice_id is not None
        assert moved.ranked_as == stays.id  # its place in the line is kept
        kept = session.scalars(
            select(PromiseVersion).where(PromiseVersion.schedule_line_id == moved.id)
        ).all()
        assert (kept[-1].version, kept[-1].promised_date) == (2, day(15))
        assert kept[-1].cause == "agreed on the phone"
        assert check(session, {shop.item.id}, act=an_act()) == Found(looked_at=2)


def test_refusing_keeps_the_date_and_stays_on_the_list(database: Database) -> None:
    with database.begin() as session:
        make.a_user(session, "planner")
        shop = Shop(session)
        row = shop.order(4)
        look(session)
        shop.receipt.expected_date = day(14)
        look(session)
        (slip,) = slips(session)
        refuse(session, slip, "the supplier flies it in", hold=True, act=an_act())
        check(session, {shop.item.id}, act=an_act())
        assert (slip.status, row.promised_date) == ("refused", day(8))
        shop.receipt.expected_date = day(21)
        look(session)
        assert (slip.status, slip.new_date) == ("open", day(22))
        shop.receipt.expected_date = day(7)
        look(session)
        assert slip.status == "gone"


def test_a_date_that_could_be_sooner_is_listed_and_not_applied(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        row = shop.order(4)
        row.requested_date = day(1)
        look(session)
        make.a_lot(session, shop.site, shop.item, 4, lot="FOUND")
        assert look(session).sooner == 1
        (slip,) = slips(session)
        assert (slip.kind, slip.new_date, row.promised_date) == ("sooner", day(1), day(8))
        assert cause(slip) == "4 of lot FOUND came in (opening)."
        accept(session, slip, act=an_act())
        assert (row.promised_date, row.first_promised_date) == (day(1), day(8))


def test_a_holiday_on_the_way(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        company = make.Company
        make.a_lot(session, shop.site, shop.item, 4)
        in_stock = shop.order(4, day(2))
        from_receipt = shop.order(10)
        look(session)
        firm = session.get_one(company, 1)
        firm.holidays = [day(7).isoformat(), day(2).isoformat()]
        look(session)
        (slip,) = slips(session)
        assert (slip.schedule_line_id, slip.new_date) == (from_receipt.id, day(9))
        # The other leaves a day sooner, so that it is there before the day off.
        assert (in_stock.promised_date, in_stock.ship_date) == (day(2), TODAY)
        assert cause(slip) == "The company's working days have changed."


def test_only_what_is_made_of_the_item_is_looked_at(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        stranger = make.an_item(session)
        make.a_lot(session, site, stranger, 5)
        other = make.an_order(session, make.a_customer(session), [Wanted(stranger, 5)], site=site)
        rows_of(session, other)[0].promised_date = day(1)
        lot = make.a_lot(session, site, bar, 40)
        book(session, site, kit, 20, ask(session, kit, 20))
        look(session)
        count(session, lot.id, D(10), "count", act=an_act())
        changes = due_changes(session, 10)
        assert items_touched(session, changes, TODAY) == {kit.id}
        look(session)
        (slip,) = slips(session)
        assert slip.item_id == kit.id
        assert slip.new_date > slip.promised_date
        assert "are not there (count)" in cause(slip)


def test_a_work_centre_that_closes(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 200)
        line = book(session, site, kit, 20, ask(session, kit, 20))
        look(session)
        assert slips(session) == []
        bench = session.scalars(select(WorkCentre)).one()
        closure = WorkCentreClosure(work_centre_id=bench.id, first=day(0), last=day(2))
        closure.reason = "spindle broken"
        session.add(closure)
        look(session)
        (slip,) = slips(session)
        assert (slip.line_id, slip.new_date) == (line.id, day(7))
        assert (
            cause(slip) == "BENCH is closed from Mon 2 Mar 2026 to Wed 4 Mar 2026: spindle broken."
        )
        session.delete(closure)
        look(session)
        assert slips(session) == []


def test_a_plan_that_holds_in_another_way_keeps_its_day(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 200)
        line = book(session, site, kit, 10, ask(session, kit, 10, day(4)))
        row = session.scalars(select(ScheduleLine).where(ScheduleLine.line_id == line.id)).one()
        before = (row.promised_date, row.promise_version)
        look(session)
        bench = session.scalars(select(WorkCentre)).one()
        session.add(WorkCentreClosure(work_centre_id=bench.id, first=day(3), last=day(3)))
        found = look(session)
        assert (found.slipped, found.kept) == (0, 1)
        assert (row.promised_date, row.promise_version) == before
        assert look(session) == Found()
        assert check(session, {kit.id}, act=an_act()) == Found(looked_at=1)


def test_what_is_not_allocated_is_made_when_its_stock_is_gone(database: Database) -> None:
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 200)
        lot = make.a_lot(session, site, kit, 10)
        line = book(session, site, kit, 10, ask(session, kit, 10, day(4)))
        row = session.scalars(select(ScheduleLine).where(ScheduleLine.line_id == line.id)).one()
        promised = row.promised_date
        tie(session, row, lot.id, D(4))
        look(session)
        count(session, lot.id, D(4), "scrap", act=an_act())
        assert (found := look(session)).slipped == 0
        assert found.kept == 1
        first, piece = session.scalars(
            select(ScheduleLine).where(ScheduleLine.line_id == line.id).order_by(ScheduleLine.id)
        )
        assert (first.quantity, piece.quantity) == (4, 6)
        assert first.promised_date == piece.promised_date == promised
        assert minutes(session) == {piece.id: 60}
        assert look(session) == Found()


def test_work_that_does_not_fit_any_more_is_spread_anew(database: Database) -> None:
    """It begins and ends on the same days, so nothing but the minutes says so."""
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 200)
        first = book(session, site, kit, 3, ask(session, kit, 3, day(0)))
        second = book(session, site, kit, 15, ask(session, kit, 15, day(1)))
        look(session)
        claims = select(PromiseClaim).where(PromiseClaim.kind == "capacity")
        rows = {row.line_id: row.id for row in session.scalars(select(ScheduleLine))}
        own = session.scalars(claims.where(PromiseClaim.schedule_line_id == rows[first.id])).one()
        assert minutes(session, day(0)) == {rows[first.id]: 30, rows[second.id]: 70}
        own.amount = D(50)  # by now more is left to do of it
        assert check(session, {kit.id}, act=an_act()).kept == 1
        assert minutes(session, day(0)) == {rows[first.id]: 50, rows[second.id]: 50}
        assert minutes(session, day(1)) == {rows[second.id]: 100}


def test_what_is_in_time_after_a_slip_lives_from_what_it_was_judged_by(database: Database) -> None:
    """Four are there now, six are made later: the four hold no minutes any more."""
    with database.begin() as session:
        site, kit, bar = a_plant(session)
        make.a_lot(session, site, bar, 200)
        line = book(session, site, kit, 10, ask(session, kit, 10, day(2)))
        look(session)
        make.a_lot(session, site, kit, 4)
        bench = session.scalars(select(WorkCentre)).one()
        session.add(WorkCentreClosure(work_centre_id=bench.id, first=day(0), last=day(3)))
        look(session)
        (slip,) = slips(session)
        accept(session, slip, act=an_act())
        there, made = session.scalars(
            select(ScheduleLine).where(ScheduleLine.line_id == line.id).order_by(ScheduleLine.id)
        )
        assert (there.quantity, made.quantity) == (4, 6)
        assert [peg["kind"] for peg in there.pegging] == ["stock"]
        assert minutes(session) == {made.id: 60}


def minutes(session: Session, on: date | None = None) -> dict[int, Decimal]:
    """By schedule line, of one day or of all."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    for claim in session.scalars(select(PromiseClaim).where(PromiseClaim.kind == "capacity")):
        if on in (None, claim.day):
            found[claim.schedule_line_id] += claim.amount
    return found


def test_a_promise_by_lead_time_is_believed_until_its_day(database: Database) -> None:
    with database.begin() as session:
        shop = Shop(session)
        session.delete(shop.receipt)
        peg = {"kind": "lead-time", "id": shop.item.id, "number": "PUMP", "quantity": "5"}
        row = shop.order(5, day(8))
        row.pegging = [{**peg, "due_date": day(7).isoformat(), "late": False}]
        assert look(session).slipped == 0
        late = an_act(at=NOW + timedelta(days=8))
        assert check(session, {shop.item.id}, act=late).slipped == 1
        (slip,) = slips(session)
        assert slip.cause_code == "not-come"


def test_parts_keep_to_what_was_agreed(database: Database) -> None:
    """Three of eight are there, but this customer takes no part under five."""
    with database.begin() as session:
        shop = Shop(session)
        make.a_lot(session, shop.site, shop.item, 3)
        row = shop.order(8)
        order = session.scalars(select(Order)).one()
        order.delivery = {"": {"terms": {"part_quantity": "5"}}}
        look(session)
        shop.receipt.expected_date = day(14)
        look(session)
        (slip,) = slips(session)
        assert slip.quantity == 8
        accept(session, slip, act=an_act())
        assert (row.quantity, row.promised_date) == (8, day(15))
