"""Over random books: what another way says of other promises is what happens when it is taken, and nothing else moves."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import Substitute
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.tables import Draft
from core.drafts.ways.find import Way, ways
from core.drafts.ways.take import take_alternative
from core.orders.tables import OrderLine, ScheduleLine
from core.supply.tables import Supplier
from core.watch.check import check
from core.watch.tables import PromiseSlip
from tests import builders as make
from tests.core.drafts.counter import a_counter, day, lines_of, ordered

Days = dict[int, date | None]


def a_book(session: Session, dice: random.Random) -> Draft:
    """Stock and receipts of three items at two sites, earlier orders of two customers, and a draft that is short."""
    counter = a_counter(session, delivery_policy=dice.choice(["partial", "complete"]))
    counter["customers"]["south"].delivery_policy = dice.choice(["partial", "complete"])
    items = counter["items"]
    sites = [counter["site"], make.a_site(session, code="EAST", priority=2)]
    session.add(Supplier(number="S1", name="Fast Metal", rush_days=dice.randint(1, 4)))
    session.add(Substitute(item_id=items["A"].id, substitute_id=items["B"].id))
    for letter in "ABC":
        for site in sites:
            if dice.random() < 0.6:
                make.a_lot(session, site, items[letter], dice.randint(1, 20))
            if dice.random() < 0.7:
                make.a_receipt(
                    session,
                    site,
                    items[letter],
                    dice.randint(5, 40),
                    day(dice.choice([2, 3, 4, 7, 8, 11])),
                    supplier="Fast Metal",
                )
    session.flush()
    for _ in range(dice.randint(1, 4)):
        lines = [(dice.choice("AAB"), dice.randint(1, 12)) for _ in range(dice.randint(1, 2))]
        early = ordered(
            session, *lines, wish=dice.randint(1, 5), who=dice.choice(["north", "south"])
        )
        confirm(session, early, version=early.version, act=make.an_act())
    lines = [("A", dice.randint(5, 25)), (dice.choice("ABC"), dice.randint(1, 10))]
    return ordered(session, *lines, wish=dice.randint(1, 3))


def promised(session: Session) -> Days:
    session.expire_all()
    rows = session.scalars(select(ScheduleLine))
    return {row.id: row.promised_date for row in rows}


def slipping(session: Session) -> set[tuple[int, date]]:
    check(session, set(session.scalars(select(OrderLine.item_id))), act=make.an_act("system:x"))
    rows = session.scalars(
        select(PromiseSlip).where(PromiseSlip.status == "open", PromiseSlip.kind == "slip")
    )
    return {(row.schedule_line_id, row.new_date) for row in rows}


def held_to_its_word(session: Session, draft_id: int, way: Way) -> None:
    draft = session.get_one(Draft, draft_id)
    (line, *_) = lines_of(session, draft)
    before, late = promised(session), {number for number, _ in slipping(session)}
    take_alternative(
        session, draft, line.id, way.kind, way.id, version=draft.version, act=make.an_act()
    )
    assert promised(session) == before, "taking a way moves nobody before it is booked"
    confirm(session, draft, version=draft.version, act=make.an_act())
    after = promised(session)
    moved = {n: after[n] for n, day_ in before.items() if after[n] != day_}
    told = {(s.order_id, s.position, s.to_date) for s in way.slips}
    names = {
        number: (line.order_id, line.position)
        for number, line in session.execute(
            select(ScheduleLine.id, OrderLine).join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        )
    }
    assert {(*names[n], day_) for n, day_ in moved.items()} == told, way.words
    own = session.scalars(
        select(ScheduleLine)
        .join(OrderLine, OrderLine.id == ScheduleLine.line_id)
        .where(OrderLine.draft_line_id == line.id)
        .order_by(ScheduleLine.promised_date)
    ).all()
    assert [(r.quantity, r.promised_date) for r in own] == [
        (p.quantity, p.promised_date) for p in sorted(way.parts, key=lambda p: p.promised_date)
    ], way.words
    broken = {number for number, _ in slipping(session)} & before.keys()
    assert broken <= late, f"{way.words}: {broken - late} slip, and nobody said so"


@pytest.mark.parametrize("seed", range(14))
def test_what_a_way_says_is_what_happens(sqlite_database: Database, seed: int) -> None:
    dice = random.Random(seed)
    with sqlite_database.begin() as session:
        draft_id = a_book(session, dice).id
    with sqlite_database.begin() as session:
        draft = session.get_one(Draft, draft_id)
        found = ways(session, draft, lines_of(session, draft)[0].id, now=make.NOW)
        assert all(isinstance(way.cost, Decimal | None) for way in found)
        for way in found:
            if not way.arrives or (way.kind == "substitute" and not way.agreed):
                continue
            with session.begin_nested() as trial:
                held_to_its_word(session, draft_id, way)
                trial.rollback()
            session.expire_all()
