"""Waiting drafts are looked at afresh."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from core.act import Act
from core.database import Database
from core.drafts.again.refresh import due_drafts, refresh_one
from core.drafts.claim import claim
from core.drafts.park import park
from core.supply.tables import StockLot
from tests import builders as make
from tests.core.drafts.test_changes import LINE, mail
from tests.core.drafts.test_open import a_house, reading

HOUR = timedelta(hours=1)


def refresh(session: Session, *, act: Act) -> int:
    return sum(refresh_one(session, n, act=act) for n in due_drafts(session, act.at))


def test_a_waiting_draft_learns_that_the_stock_is_gone(database: Database) -> None:
    with database.begin() as session:
        a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        session.query(StockLot).one().on_hand_quantity = 0
        later = make.an_act("system:refresh", at=make.NOW + HOUR)
        assert refresh(session, act=later) == 1
        (parts,) = draft.promise["lines"].values()
        assert parts[0]["reason"]["code"] == "lead-time-bought"
        version = draft.version
        assert refresh(session, act=make.an_act(at=make.NOW + HOUR)) == 0
        assert refresh(session, act=make.an_act(at=make.NOW + 2 * HOUR)) == 1
        assert draft.version == version


def test_a_draft_under_somebodys_eyes_stays(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        user = make.a_user(session)
        draft = mail(session, reading(LINE, po_number="1"))
        now = make.NOW + HOUR
        claim(session, draft, user.id, act=make.an_act(at=now))
        assert refresh(session, act=make.an_act(at=now)) == 0


def test_a_parked_draft_comes_back_in_time(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        a_house(session)
        draft = mail(session, reading(LINE, po_number="1"))
        park(session, draft, make.NOW + 2 * HOUR, "Tomorrow", act=make.an_act())
        assert refresh(session, act=make.an_act(at=make.NOW + HOUR)) == 0
        assert refresh(session, act=make.an_act(at=make.NOW + 3 * HOUR)) == 1
        assert draft.status == "open"
