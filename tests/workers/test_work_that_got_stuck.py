"""Slots, leases and the sweep: what a dead process held moves on."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from core import outbox
from core.config import Settings
from core.database import Database
from core.inbound.tables import PageImage
from core.outbox import OutboxItem
from core.values import utc_now
from tests.faults.given import ReaderInProcess, a_received_mail, tools_for
from workers import extract_document, render_pages, sweep
from workers.reader.values import ReadFailure
from workers.slots import holding, release_leases, slot


def _item(database: Database, item_id: int) -> OutboxItem:
    with database.read() as session:
        item = session.get_one(OutboxItem, item_id)
        session.expunge(item)
    return item


def test_slots_are_numbered_and_free_again_after_their_process(tmp_path: Path) -> None:
    with slot(tmp_path, "read") as first, slot(tmp_path, "read") as second:
        assert first.endswith("/read-1")
        assert second.endswith("/read-2")
    pid = os.fork()
    if pid == 0:
        with slot(tmp_path, "read"):
            os._exit(0)  # dies without leaving
    os.waitpid(pid, 0)
    with slot(tmp_path, "read") as again:
        assert again == first


def test_a_lock_is_held_by_one(tmp_path: Path) -> None:
    with holding(tmp_path / "x" / "lock") as mine, holding(tmp_path / "x" / "lock") as other:
        assert (mine, other) == (True, False)


def test_the_next_process_in_a_slot_frees_what_the_last_one_held(database: Database) -> None:
    with database.begin() as session:
        items = [
            outbox.put(session, "receipt-note", subject="draft", subject_id=n, key=str(n)).id
            for n in (1, 2, 3)
        ]
        for item_id, owner in zip(items, ("ours", "ours", "theirs"), strict=True):
            outbox.claim(session, item_id, owner, utc_now())
        session.get_one(OutboxItem, items[1]).phase = "dot"
    with database.begin() as session:
        assert release_leases(session, "ours") == 2
    later = utc_now() + timedelta(seconds=1)
    with database.begin() as session:
        assert [row[0] for row in outbox.due(session, later)] == [items[0]]
        assert outbox.sweep_uncertain(session, later) == 1
    assert _item(database, items[1]).state == "uncertain"


def test_an_unread_document_that_nothing_owes_a_reading_gets_one(database: Database) -> None:
    document_id, item_id = a_received_mail(database)
    sweep.sweep(database)
    with database.begin() as session:
        session.get_one(OutboxItem, item_id).state = "cancelled"
    sweep.UNOWED_AFTER, kept = timedelta(seconds=-1), sweep.UNOWED_AFTER
    try:
        sweep.sweep(database)
        sweep.sweep(database)
    finally:
        sweep.UNOWED_AFTER = kept
    with database.read() as session:
        owed = session.scalars(
            select(OutboxItem).where(
                OutboxItem.subject_id == document_id, OutboxItem.state == "due"
            )
        ).all()
    assert len(owed) == 1


def test_scratch_that_a_killed_worker_left_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "doc-1").mkdir()
    sweep.clear_scratch(tmp_path)
    assert (tmp_path / "doc-1").exists()
    sweep.clear_scratch(tmp_path, older_than=-1)
    assert not (tmp_path / "doc-1").exists()


def test_pages_are_drawn_once_and_a_failure_is_given_up(
    sqlite_database: Database, settings: Settings
) -> None:
    from fixtures.build import FIXED_DAY, build_mails

    raw = next(s.raw for s in build_mails(FIXED_DAY) if s.name == "order-pdf-two-pages")
    _, item_id = a_received_mail(sqlite_database, raw)
    extract_document.run(tools_for(sqlite_database, settings), item_id)
    with sqlite_database.read() as session:
        query = select(OutboxItem.id).where(OutboxItem.task == "render-pages")
        render = session.scalars(query).one()
    broken = tools_for(sqlite_database, settings, ReaderInProcess(ReadFailure("time-limit", "")))
    render_pages.run(broken, render)
    assert _item(sqlite_database, render).state == "due"
    for _ in range(2):
        with sqlite_database.begin() as session:
            session.get_one(OutboxItem, render).state = "due"
            session.get_one(OutboxItem, render).due_at = utc_now()
        render_pages.run(tools_for(sqlite_database, settings), render)
    assert _item(sqlite_database, render).state == "done"
    with sqlite_database.read() as session:
        assert len(session.scalars(select(PageImage)).all()) == 2
