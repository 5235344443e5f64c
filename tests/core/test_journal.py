"""The journal: one step, one event, one version; the same key changes nothing twice."""

import pytest

from core import journal, lifecycle
from core.drafts.tables import Draft
from core.errors import IllegalStep
from core.outbox import OutboxItem
from tests.builders import an_act


def test_every_step_bumps_the_version_even_at_the_same_instant(database):
    with database.begin() as session:
        draft = Draft()
        act = an_act()
        journal.advance(session, draft, "open", act=act)
        before = draft.version
        journal.advance(session, draft, "correct", act=act.under("1"))
        journal.advance(session, draft, "correct", act=act.under("2"))
        assert draft.version == before + 2
        assert [e.sequence for e in journal.history(session, "draft", draft.id)] == [1, 2, 3]


def test_the_same_key_is_the_same_event_and_owes_its_work_once(database):
    act = an_act()
    with database.begin() as session:
        draft = Draft()
        first = journal.advance(session, draft, "open", act=act)
        assert journal.advance(session, draft, "open", act=act) is first
        assert session.query(OutboxItem).count() == 1


def test_an_illegal_step_names_the_legal_ones(database):
    with database.begin() as session:
        draft = Draft()
        journal.advance(session, draft, "open", act=an_act(), without=("receipt-note",))
        journal.advance(session, draft, "reject", act=an_act(), without=("rejection",))
        with pytest.raises(IllegalStep, match="restore"):
            journal.advance(session, draft, "confirm", act=an_act())
        assert draft.status == "rejected"
        assert session.query(OutboxItem).count() == 0


def test_a_note_keeps_the_status_and_is_written_once(database):
    with database.begin() as session:
        draft = Draft()
        journal.advance(session, draft, "open", act=an_act())
        act = an_act()
        first = journal.note(session, draft, "draft.claimed", act=act, facts={"by": "mara"})
        assert journal.note(session, draft, "draft.claimed", act=act) is first
        assert (first.from_status, first.to_status) == ("open", "open")


def test_each_task_of_the_table_is_described():
    assert {task for row in lifecycle.TABLE for task in row.tasks} <= set(lifecycle.TASKS)
