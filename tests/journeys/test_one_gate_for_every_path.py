"""Holds that any path can go round are worthless: what stops an order stops its changes and its goods, whoever tries.

The steps run in transactions of their own, as they do at the desk.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from core.agreements.tables import Certificate, RequiredPaper
from core.database import Database
from core.drafts.accept import accept_problem
from core.drafts.change.own import change_order
from core.drafts.confirm import confirm
from core.drafts.leaving import lift, look_over
from core.drafts.tables import Draft, Problem
from core.errors import Blocked, NotAllowed
from core.execution.allocate import allocate
from core.execution.release import release
from core.journal import history
from core.orders.change import LineChange
from core.orders.tables import Hold, Order, OrderLine
from core.orders.timeline import timeline
from core.people.tables import User
from tests import builders as make
from tests.core.drafts.checked import Desk

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def a_booked_order(database: Database) -> tuple[int, int, int]:
    """(order, boss with every duty, clerk)."""
    with database.begin() as session:
        desk = Desk(session)
        desk.session.add_all(
            [
                RequiredPaper(item_id=desk.item.id, kind="EN 10204 3.1"),
                Certificate(kind="EN 10204 3.1", valid_to=make.TODAY + DAY),
            ]
        )
        session.flush()
        draft = desk.draft()
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        allocate(session, order, act=make.an_act())
        return order.id, desk.boss.id, desk.clerk.id


def test_a_clerks_own_price_waits_for_the_word_of_a_person(database: Database) -> None:
    order_id, boss_id, clerk_id = a_booked_order(database)
    boss, clerk = f"user:{boss_id}", f"user:{clerk_id}"
    with database.begin() as session:
        order = session.get_one(Order, order_id)
        line = session.scalars(select(OrderLine).where(OrderLine.order_id == order_id)).one()
        wanted = (LineChange(line.id, price=Decimal(4)),)
        done = change_order(session, order, wanted, "By telephone", act=make.an_act(clerk))
        draft_id = done.draft.id
        assert not done.applied
    with database.begin() as session:
        draft = session.get_one(Draft, draft_id)
        (problem,) = session.scalars(select(Problem).where(Problem.draft_id == draft_id))
        act = make.an_act(boss)
        accept_problem(session, draft, problem.id, "One time", until=make.NOW + HOUR, act=act)
    with database.begin() as session:
        draft = session.get_one(Draft, draft_id)
        late = make.an_act(clerk, at=make.NOW + 2 * HOUR)
        with pytest.raises(Blocked, match=r"4\.00 EUR per EA is 2\.4 % under"):
            confirm(session, draft, version=draft.version, act=late)
        session.rollback()
    with database.begin() as session:
        draft = session.get_one(Draft, draft_id)
        assert confirm(session, draft, version=draft.version, act=make.an_act(clerk)).revision == 2
    with database.read() as session:
        said = [row.sentence for row in timeline(session, order_id)]
        assert any("A problem was let pass: Customer's price 4.00" in s for s in said)
        assert any("to revision 2: By telephone" in s for s in said)


def test_goods_wait_for_a_paper_that_ended_and_go_when_a_person_says_so(database: Database) -> None:
    order_id, boss_id, clerk_id = a_booked_order(database)
    late = make.NOW + 3 * DAY
    with database.begin() as session:
        look_over(session, session.get_one(Order, order_id), act=make.an_act(at=late))
    with database.begin() as session:
        with pytest.raises(Blocked, match="EN 10204"):
            release(session, session.get_one(Order, order_id), act=make.an_act(at=late))
        session.rollback()
    with database.begin() as session:
        (hold,) = session.scalars(select(Hold).where(Hold.order_id == order_id))
        order = session.get_one(Order, order_id)
        with pytest.raises(NotAllowed, match="quality duty"):
            lift(session, order, hold, "Fine", None, act=make.an_act(f"user:{clerk_id}", at=late))
        session.rollback()
    with database.begin() as session:
        (hold,) = session.scalars(select(Hold).where(Hold.order_id == order_id))
        order = session.get_one(Order, order_id)
        boss = make.an_act(f"user:{boss_id}", at=late)
        lift(session, order, hold, "The mill sends it today", late + DAY, act=boss)
        assert release(session, order, act=make.an_act(at=late))
        last = history(session, "hold", hold.id)[-1]
        assert last.facts["until_day"] and last.facts["reason"] == "The mill sends it today"
        assert session.get_one(User, boss_id).active
