"""Four dates of a promise: what was wanted, promised first, promised now with every version between, and what came."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from core.database import Database
from core.drafts.confirm import confirm
from core.insight.kept import promises_unchanged
from core.insight.on_time import on_time_to_promised
from core.orders.repromise import repromise
from core.orders.tables import PromiseVersion, ScheduleLine
from core.values import Period
from tests import builders as make
from tests.core.drafts.counter import a_counter, day, ordered


def test_the_database_keeps_a_first_promise_even_past_the_program(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        make.a_lot(session, counter["site"], counter["items"]["A"], 10)
        draft = ordered(session, ("A", 10))
        confirm(session, draft, version=draft.version, act=make.an_act())
    with pytest.raises(DBAPIError, match="kept for ever"), database.begin() as session:
        session.execute(update(ScheduleLine).values(first_promised_date=day(9)))
    with pytest.raises(DBAPIError, match="kept for ever"), database.begin() as session:
        session.scalars(select(ScheduleLine)).one().first_promised_date = None
    with database.begin() as session:
        row = session.scalars(select(ScheduleLine)).one()
        row.promised_date = day(9)
        row.first_promised_date = day(1)
    with database.read() as session:
        assert session.scalars(select(ScheduleLine)).one().first_promised_date == day(1)


def test_every_version_of_a_promise_is_kept_with_its_cause(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        item = counter["items"]["A"]
        receipt = make.a_receipt(session, counter["site"], item, 10, day(0))
        draft = ordered(session, ("A", 10))
        order = confirm(session, draft, version=draft.version, act=make.an_act("user:7"))
        for offset, cause in ((7, "The truck broke down"), (10, "Customs")):
            receipt.expected_date = day(offset)
            session.flush()
            repromise(session, order, cause, act=make.an_act("user:8"))
        rows = session.scalars(select(PromiseVersion).order_by(PromiseVersion.version)).all()
        assert [(r.version, r.promised_date, r.cause, r.actor) for r in rows] == [
            (1, day(1), "", "user:7"),
            (2, day(8), "The truck broke down", "user:8"),
            (3, day(11), "Customs", "user:8"),
        ]
        period = Period(day(0), day(0) + timedelta(days=30))
        kept = promises_unchanged(session, period)
        assert (kept.value, kept.of) == (0, "0 of 1 promised parts")
        (schedule,) = session.scalars(select(ScheduleLine)).all()
        assert (schedule.requested_date, schedule.first_promised_date) == (day(1), day(1))
        schedule.actual_date = schedule.promised_date
        session.flush()
        figure = on_time_to_promised(session, period)
        assert (figure.value, figure.of) == (0, "0 of 1 lines")


def test_a_piece_keeps_what_was_promised_before_it_was_one(database: Database) -> None:
    with database.begin() as session:
        counter = a_counter(session)
        item = counter["items"]["A"]
        receipt = make.a_receipt(session, counter["site"], item, 10, day(0))
        draft = ordered(session, ("A", 10))
        order = confirm(session, draft, version=draft.version, act=make.an_act())
        receipt.quantity, receipt.expected_date = Decimal(6), day(7)
        make.a_receipt(session, counter["site"], item, 4, day(9))
        session.flush()
        repromise(session, order, "The truck broke down", act=make.an_act())
        rows = session.execute(
            select(PromiseVersion.schedule_line_id, PromiseVersion.promised_date).order_by(
                PromiseVersion.schedule_line_id, PromiseVersion.version
            )
        )
        days: dict[int, list[object]] = defaultdict(list)
        for row_id, promised in rows:
            days[row_id].append(promised)
        assert list(days.values()) == [[day(1), day(8)], [day(1), day(10)]]
        kept = promises_unchanged(session, Period(day(0), day(30)))
        assert kept.of == "0 of 2 promised parts"
