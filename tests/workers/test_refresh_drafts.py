"""The job that looks at waiting drafts afresh: each by itself, safe to run twice, and no failing one holds up the rest."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from core.database import Database
from core.drafts.again import refresh as afresh
from core.drafts.tables import Draft
from core.values import utc_now
from tests.core.drafts.test_changes import LINE, mail
from tests.core.drafts.test_open import a_house, reading
from workers.refresh import refresh


def three_old_drafts(database: Database) -> list[int]:
    with database.begin() as session:
        a_house(session)
        drafts = [mail(session, reading(LINE, po_number=str(n))) for n in (1, 2, 3)]
        for draft in drafts:
            draft.promised_at = utc_now() - timedelta(days=1)
        return [draft.id for draft in drafts]


def test_each_is_looked_at_once_however_often_it_runs(sqlite_database: Database) -> None:
    three_old_drafts(sqlite_database)
    assert refresh(sqlite_database) == 3
    assert refresh(sqlite_database) == 0


def test_one_that_fails_puts_off_none_of_the_others(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = three_old_drafts(sqlite_database)
    real = afresh.look_again

    def fails_on_the_second(session, draft_id, why, **more):  # type: ignore[no-untyped-def]
        if draft_id == ids[1]:
            raise StaleDataError("somebody was faster")
        real(session, draft_id, why, **more)

    monkeypatch.setattr(afresh, "look_again", fails_on_the_second)
    assert refresh(sqlite_database) == 2
    assert refresh(sqlite_database) == 0, "the one that failed waits its turn"
    with sqlite_database.read() as session:
        ages = session.scalars(select(Draft.promised_at)).all()
        assert all(at and at > utc_now() - timedelta(hours=1) for at in ages)
