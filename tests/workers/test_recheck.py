"""The look at waiting drafts that a change owes: the right ones, the watched ones first, with progress, once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
from sqlalchemy import select

from core.config import settings
from core.database import Database
from core.drafts import onlookers
from core.drafts.again.underway import Underway, underway
from core.drafts.tables import Draft
from core.journal import Event
from core.masterdata.every import table_named
from core.masterdata.owed import LATEST, RECHECK, SOON, owe_recheck
from core.masterdata.put import REST, put_one
from core.outbox import OutboxItem
from core.screening.load import load_list
from core.values import utc_now
from tests import builders as make
from tests.core.drafts.checked import Desk
from workers import recheck
from workers.tools import Tools

UNKNOWN = {"buyer_sku": "0815", "quantity": "1", "uom": "EA"}


@pytest.fixture
def desk_of(database: Database) -> tuple[Database, Tools, list[int]]:
    """Seven drafts with a part number that nobody knows, and one without."""
    with database.begin() as session:
        desk = Desk(session)
        ids = [desk.draft(UNKNOWN).id for _ in range(7)]
        desk.draft()
        onlookers.look(session, ids[4], desk.clerk.id, utc_now())
    options = settings({"ORDERCLERK_SECRET_KEY": "test " * 8})
    return database, Tools(options, database, cast(Any, None), "tests"), ids


def mend(database: Database) -> int:
    """The part number becomes known; the outbox row that is owed for it, due now."""
    with database.begin() as session:
        customer = session.scalars(select(Draft.customer_id)).first()
        number = session.execute(
            select(table_named("customers").model.number).where(
                table_named("customers").model.id == customer
            )
        ).scalar_one()
        values = {"customer": number, "customer_sku": "0815", "item": "BX-40"}
        put_one(session, table_named("part-numbers"), values, door=REST, act=make.an_act())
        item = session.scalars(select(OutboxItem).where(OutboxItem.task == RECHECK)).one()
        item.due_at = utc_now()
        return item.id


def looked(database: Database) -> list[int]:
    """Drafts that a look changed, in the order of the looks."""
    with database.read() as session:
        query = select(Event.subject_id).where(Event.name == "draft.looked_again")
        return list(session.scalars(query.order_by(Event.id)))


def test_who_is_watched_comes_first_and_everybody_once(
    desk_of: tuple[Database, Tools, list[int]],
) -> None:
    database, tools, ids = desk_of
    item_id = mend(database)
    recheck.run(tools, item_id)
    recheck.run(tools, item_id)
    assert looked(database) == [ids[4], *(i for i in ids if i != ids[4])]
    with database.read() as session:
        assert underway(session) is None
        event = session.scalars(select(Event).where(Event.name == "draft.looked_again")).first()
        assert event is not None
        assert event.facts["because"].startswith("part number")
        assert "0815 was created" in event.facts["because"]


def test_what_broke_off_goes_on_where_it_was(
    desk_of: tuple[Database, Tools, list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    database, tools, ids = desk_of
    item_id = mend(database)
    monkeypatch.setattr(recheck, "LOT", 2)
    monkeypatch.setattr(recheck, "LONGEST", -1.0)
    recheck.run(tools, item_id)
    with database.read() as session:
        now = underway(session)
        assert now is not None
        assert (now.done, now.total) == (0, 7)
        assert session.get_one(OutboxItem, item_id).state == "due"
    monkeypatch.setattr(recheck, "LONGEST", 100.0)
    real, calls = recheck.look_again, []

    def breaks(*arguments: Any, **more: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 4:
            raise RuntimeError("the power went")
        return real(*arguments, **more)

    monkeypatch.setattr(recheck, "look_again", breaks)
    with pytest.raises(RuntimeError):
        recheck.run(tools, item_id)
    assert len(looked(database)) == 2
    with database.begin() as session:
        assert underway(session) == Underway(session.get_one(OutboxItem, item_id).facts["why"], 2, 7)  # fmt: skip
        session.get_one(OutboxItem, item_id).due_at = utc_now()
    recheck.run(tools, item_id)
    assert sorted(looked(database)) == ids


def test_changes_in_a_row_put_the_look_off_but_not_for_ever(database: Database) -> None:
    with database.begin() as session:
        at = utc_now()
        for seconds in range(60):
            act = make.an_act(at=at + timedelta(seconds=seconds))
            owe_recheck(session, act=act, first=100 - seconds)
        (item,) = session.scalars(select(OutboxItem)).all()
        assert item.facts == {"first": 41}
        assert item.due_at <= item.created_at + LATEST + SOON
        owe_recheck(session, act=make.an_act(), why="the list X was loaded")
        assert item.facts == {"first": 41, "all": "the list X was loaded"}


def test_a_list_that_is_loaded_is_looked_up_for_every_draft_that_waits(
    desk_of: tuple[Database, Tools, list[int]],
) -> None:
    database, tools, ids = desk_of
    with database.begin() as session:
        load_list(session, "Own", "own.csv", b"name\nNordlicht Pumpen\n", act=make.an_act())
        item = session.scalars(select(OutboxItem).where(OutboxItem.task == RECHECK)).one()
        item.due_at = utc_now()
        item_id = item.id
    recheck.run(tools, item_id)
    found = looked(database)
    assert set(ids) < set(found)
    with database.read() as session:
        event = session.scalars(select(Event).where(Event.name == "draft.looked_again")).first()
        assert event is not None
        assert event.facts["because"] == "the list Own was loaded"
        assert "restricted party is new" in event.facts["result"].lower()
