"""Owed work in its frame: done once, tried again, given up in a sentence, or put off for another turn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.orm import Session

from core import outbox
from core.database import Database
from core.errors import BadInput
from core.outbox import OutboxItem
from core.values import utc_now
from workers.claimed import TurnIsOver, Work, work_off


def owed(database: Database) -> int:
    with database.begin() as session:
        return outbox.put(session, "export-master-data", subject="run", subject_id=7, key="x").id


def work(do: Callable[[int], None], told: list[tuple[int, str]], attempts: int = 2) -> Work:
    def give_up(_session: Session, subject_id: int, sentence: str) -> None:
        told.append((subject_id, sentence))

    return Work("trial", timedelta(minutes=1), attempts, do, give_up, "Nothing more is tried.")


def after(database: Database, item_id: int) -> OutboxItem:
    with database.read() as session:
        row = session.get_one(OutboxItem, item_id)
        session.expunge(row)
        return row


def now_due(database: Database, item_id: int) -> None:
    with database.begin() as session:
        session.get_one(OutboxItem, item_id).due_at = utc_now()


def raising(error: Exception) -> Callable[[int], None]:
    def do(_subject_id: int) -> None:
        raise error

    return do


def test_work_is_done_once(database: Database) -> None:
    item, done = owed(database), list[int]()
    tools = SimpleNamespace(database=database, owner="w1")
    for _ in range(2):
        work_off(tools, item, work(done.append, []))
    assert done == [7] and after(database, item).state == "done"


def test_a_refusal_of_ours_is_told_and_ends_it(database: Database) -> None:
    item, told = owed(database), list[tuple[int, str]]()
    tools = SimpleNamespace(database=database, owner="w1")
    work_off(tools, item, work(raising(BadInput("No such table.", "table")), told))
    assert told == [(7, "No such table.")] and after(database, item).state == "done"


def test_what_fails_is_tried_again_and_then_given_up(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    item, told = owed(database), list[tuple[int, str]]()
    tools = SimpleNamespace(database=database, owner="w1")
    broken = work(raising(ZeroDivisionError("oh")), told)
    work_off(tools, item, broken)
    row = after(database, item)
    assert (row.state, row.reason, told) == ("due", "trial-failed", [])
    assert row.due_at > utc_now() and "oh" in row.reason_text
    now_due(database, item)
    work_off(tools, item, broken)
    assert after(database, item).state == "failed"
    assert told == [(7, "Nothing more is tried.")] and "trial, outbox row" in caplog.text


def test_long_work_makes_room_and_goes_on_at_once(database: Database) -> None:
    item = owed(database)
    tools = SimpleNamespace(database=database, owner="w1")
    work_off(tools, item, work(raising(TurnIsOver()), []))
    row = after(database, item)
    assert row.state == "due" and row.due_at <= utc_now()
