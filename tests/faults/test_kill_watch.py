"""The promise watch killed at every point, or done twice: each slip is found once, and nothing else is touched."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from core import outbox
from core.config import Settings
from core.database import Database
from core.journal import Event
from core.orders.tables import ScheduleLine
from core.outbox import OutboxItem
from core.supply.tables import Receipt
from core.values import utc_now
from core.watch import due
from core.watch.due import TASK, checks_due, owe_checks
from core.watch.tables import PromiseSlip
from core.watched import SupplyChange
from tests import builders as make
from tests.builders import Wanted
from tests.faults.given import killed_at, tools_for
from tests.workers.conftest import settings_in
from workers import jobs

POINTS = ("watch.claimed", "watch.before-commit", "watch.committed")
ORDERS = 6


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path)


def a_broken_book(database: Database) -> None:
    """Six promises live from a receipt that has just moved by three weeks."""
    today = utc_now().date()
    with database.begin() as session:
        make.a_company(session)
        site, item = make.a_site(session), make.an_item(session, lead_days=200)
        make.a_receipt(session, site, item, ORDERS, today + timedelta(days=10), number="PO-1")
        for _ in range(ORDERS):
            make.an_order(
                session,
                make.a_customer(session),
                [Wanted(item, 1)],
                promised=today + timedelta(days=20),
                site=site,
            )
        for row in session.scalars(select(ScheduleLine)):
            row.ship_date = today + timedelta(days=17)
    with database.begin() as session:
        session.execute(update(SupplyChange).values(checked_at=utc_now()))
        session.scalars(select(Receipt)).one().expected_date = today + timedelta(days=40)


def owe(database: Database) -> None:
    database.run(lambda session: owe_checks(session, utc_now()))


def work(database: Database, settings: Settings) -> None:
    """What relay and workers do until nothing is due."""
    jobs.bind(tools_for(database, settings))
    for _ in range(50):
        with database.read() as session:
            due = outbox.due(session, utc_now(), only=(TASK,))
        if not due:
            return
        for item_id, _, _ in due:
            jobs.perform({"v": 1, "id": item_id})
    raise AssertionError("the checks do not end")


def leases_run_out(database: Database) -> None:
    with database.begin() as session:
        session.execute(
            update(OutboxItem)
            .where(OutboxItem.state == "claimed")
            .values(lease_until=utc_now() - timedelta(seconds=1))
        )


def the_end(database: Database) -> tuple[object, ...]:
    with database.read() as session:
        slips = session.scalars(select(PromiseSlip).order_by(PromiseSlip.schedule_line_id)).all()
        found = session.scalar(select(func.count()).where(Event.name == "slip.found"))
        dates = set(session.scalars(select(ScheduleLine.promised_date)))
        left = session.scalar(select(func.count()).where(SupplyChange.checked_at.is_(None)))
        states = set(session.scalars(select(OutboxItem.state).where(OutboxItem.task == TASK)))
        return (
            [(s.schedule_line_id, s.status) for s in slips],
            found,
            len(dates),
            left,
            states,
        )


WHOLE = ([(n, "open") for n in range(1, ORDERS + 1)], ORDERS, 1, 0, {"done"})


@pytest.mark.parametrize("point", [*POINTS, "watch.claimed:2", "watch.before-commit:2"])
def test_killed_at(point: str, database: Database, settings: Settings) -> None:
    a_broken_book(database)
    owe(database)  # the change, and the night's round that is always owed first
    killed_at(point, database, lambda found: work(found, settings))
    leases_run_out(database)
    owe(database)
    work(database, settings)
    assert the_end(database) == WHOLE


def a_broken_range(database: Database) -> None:
    """As many promises of as many items, all of which a changed week concerns."""
    today = utc_now().date()
    with database.begin() as session:
        company = make.a_company(session)
        site, customer = make.a_site(session), make.a_customer(session)
        for _ in range(ORDERS):
            wanted = [Wanted(make.an_item(session, lead_days=200), 1)]
            make.an_order(session, customer, wanted, promised=today + timedelta(days=20), site=site)
        for row in session.scalars(select(ScheduleLine)):
            row.ship_date = today + timedelta(days=17)
    with database.begin() as session:
        session.execute(update(SupplyChange).values(checked_at=utc_now()))
        session.merge(company).working_days = [1, 2, 3]


@pytest.mark.parametrize("point", ["watch.claimed:3", "watch.lot:2", "watch.before-commit:3"])
def test_killed_while_changes_of_many_items_go_in_turns(
    point: str, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(due, "SETTLED_AT_ONCE", 1)
    monkeypatch.setattr(due, "LOOKED_AT_ONCE", 2)
    a_broken_range(database)
    owe(database)
    killed_at(point, database, lambda found: work(found, settings))
    leases_run_out(database)
    owe(database)
    work(database, settings)
    assert the_end(database) == WHOLE


def test_owed_and_done_twice(database: Database, settings: Settings) -> None:
    a_broken_book(database)
    owe(database)
    owe(database)
    with database.read() as session:
        rows = session.scalars(select(OutboxItem.id).where(OutboxItem.task == TASK)).all()
        assert len(rows) == 2
    jobs.bind(tools_for(database, settings))
    for item_id in (*rows, *rows):
        jobs.perform({"v": 1, "id": item_id})
    assert the_end(database) == WHOLE
    with database.read() as session:
        assert not checks_due(session, utc_now())


def test_a_turn_that_fails_is_tried_again(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_broken_book(database)
    owe(database)
    with monkeypatch.context() as broken:
        broken.setattr("workers.check_promises.check_changes", lambda *a, **k: 1 / 0)
        work(database, settings)
    with database.begin() as session:
        waiting = session.scalars(select(OutboxItem).where(OutboxItem.subject == "changes")).one()
        assert (waiting.state, waiting.reason) == ("due", "not-checked")
        waiting.due_at = utc_now()
    work(database, settings)
    assert the_end(database) == WHOLE
