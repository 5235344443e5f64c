"""Checks are owed once for a change and once a night, and the night goes through the whole book in turns."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import select

from core.database import Database
from core.outbox import OutboxItem
from core.watch import due
from core.watch.due import check_changes, checks_due, forget, night_ahead, owe_checks
from core.watched import SupplyChange
from tests import builders as make
from tests.builders import NOW, Wanted, an_act


def owed(session) -> list[str]:
    return list(session.scalars(select(OutboxItem.key).order_by(OutboxItem.id)))


def test_a_night_is_owed_once_and_begins_at_two_in_the_company_s_time(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session, time_zone="Europe/Berlin")
        evening = datetime(2026, 3, 2, 23, 30, tzinfo=timezone.utc)  # half past midnight there
        assert owe_checks(session, evening) == 1
        assert owed(session) == ["check-promises:night:2026-03-02"]
        assert not checks_due(session, evening + timedelta(minutes=29))
        assert checks_due(session, evening + timedelta(hours=1, minutes=31))


def test_changes_wait_in_one_row(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session)
        owe_checks(session, NOW)
        for _ in range(3):
            make.a_lot(session, site, item, 5)
            owe_checks(session, NOW)
        assert len(owed(session)) == 2
        check_changes(session, act=an_act())
        assert session.scalars(select(SupplyChange.checked_at)).all().count(None) == 0


def test_the_night_takes_all_items_in_turns(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "LOOKED_AT_ONCE", 2)
    with database.begin() as session:
        make.a_company(session)
        site, customer = make.a_site(session), make.a_customer(session)
        for _ in range(5):
            item = make.an_item(session)
            make.an_order(session, customer, [Wanted(item, 1), Wanted(item, 2)], site=site)
        make.an_item(session)  # nobody wants it
        looked_at, turns, after = 0, 0, 0
        while after is not None:
            ahead = night_ahead(session, after, now=NOW)
            looked_at, turns, after = looked_at + ahead.looked_at, turns + 1, ahead.after
        assert (looked_at, turns) == (10, 3)


def test_what_was_looked_at_long_ago_is_forgotten(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        make.a_lot(session, make.a_site(session), make.an_item(session), 5)
        check_changes(session, act=an_act())
        forget(session, NOW + timedelta(days=60))
        assert len(session.scalars(select(SupplyChange)).all()) == 1
        forget(session, NOW + timedelta(days=91))
        assert session.scalars(select(SupplyChange)).all() == []
