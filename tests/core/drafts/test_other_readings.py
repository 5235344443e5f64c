"""Alternatives of a field: taken with one key, taken back by undo, with their places in the journal."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.correct import Edit, correct, undo
from core.drafts.open import open_drafts
from core.drafts.tables import Draft, DraftField
from core.drafts.take import take_alternative
from core.drafts.workbench import workbench
from core.errors import NotFound, Stale
from core.inbound.reading import Candidate, Evidence, Extraction, ReadOrder
from core.values import Box
from tests import builders as make
from tests.core.drafts.test_open import a_house

ON_PAGE = Evidence(2, 1, Box(10, 20, 60, 30), text="PO-1")
BELOW = Evidence(2, 1, Box(10, 80, 60, 90), text="PO-2")
SUBJECT = Evidence(at="Subject", text="PO-3")


@pytest.fixture
def session(database: Database) -> Any:
    with database.begin() as opened:
        yield opened


def a_draft(session: Session) -> Draft:
    a_house(session)
    others = (Candidate("PO-2", 0.4, BELOW, "label"), Candidate("PO-3", 0.2, SUBJECT, "subject"))
    order = ReadOrder(
        {"po_number": Candidate("PO-1", 0.5, ON_PAGE, "label", others)},
        ({"quantity": Candidate("12", 0.5, ON_PAGE, "table", (Candidate("72", 0.3, BELOW),))},),
    )
    document = make.a_document(session)
    document.lane = "order"
    return open_drafts(session, document, Extraction("order", orders=(order,)), act=make.an_act())[
        0
    ]


def field(session: Session, draft: Draft, name: str = "po_number") -> DraftField:
    query = select(DraftField).where(DraftField.draft_id == draft.id, DraftField.name == name)
    return session.scalars(query).one()


def state(row: DraftField) -> Any:
    return row.value, row.evidence, row.confidence, row.source, row.alternatives, row.corrected


def taken(session: Session, draft: Draft, row: DraftField, number: int) -> Any:
    return take_alternative(
        session, draft, row.id, number, version=draft.version, act=make.an_act()
    )


def test_an_alternative_changes_places_with_the_value_and_back(session: Session) -> None:
    draft = a_draft(session)
    row = field(session, draft)
    before = state(row)
    event = taken(session, draft, row, 2)
    assert (row.value, row.evidence, row.corrected) == ("PO-3", SUBJECT.as_json(), True)
    assert [c["value"] for c in row.alternatives] == ["PO-1", "PO-2"]
    assert row.alternatives[0]["evidence"] == ON_PAGE.as_json()
    assert event.facts["places"] == [SUBJECT.as_json()]
    assert draft.po_number == "PO-3"
    undo(session, draft, act=make.an_act())
    assert state(row) == before


def test_lines_have_alternatives_too(session: Session) -> None:
    draft = a_draft(session)
    row = field(session, draft, "quantity")
    taken(session, draft, row, 1)
    line = workbench(session, draft.id).lines[0]
    assert line.fields["quantity"].value == "72"
    assert [a.value for a in line.fields["quantity"].alternatives] == ["12"]


def test_what_was_read_stays_in_reach_of_what_is_typed(session: Session) -> None:
    draft = a_draft(session)
    row = field(session, draft)
    before = state(row)
    for text in ("PO-9", "PO-10"):
        edit = Edit(None, "po_number", text)
        correct(session, draft, (edit,), version=draft.version, act=make.an_act())
    assert [c["value"] for c in row.alternatives] == ["PO-1", "PO-2", "PO-3"]
    undo(session, draft, act=make.an_act())
    undo(session, draft, act=make.an_act())
    assert state(row) == before


def test_words_picked_on_the_page_bring_their_place(session: Session) -> None:
    draft = a_draft(session)
    place = Evidence(2, 1, Box(1, 2, 3, 4), text="NET 30")
    edit = Edit(None, "payment_terms", "NET 30", place)
    event = correct(session, draft, (edit,), version=draft.version, act=make.an_act())
    assert event.facts["places"] == [place.as_json()]
    row = field(session, draft, "payment_terms")
    assert (row.value, row.evidence) == ("NET 30", place.as_json())
    undo(session, draft, act=make.an_act())
    assert (row.value, row.alternatives) == ("", [])


def test_a_reading_that_is_not_there_is_refused(session: Session) -> None:
    draft = a_draft(session)
    row = field(session, draft)
    for number in (0, 3):
        with pytest.raises(Stale):
            taken(session, draft, row, number)
    with pytest.raises(NotFound):
        take_alternative(session, draft, 999, 1, version=draft.version, act=make.an_act())


def test_the_place_is_named_when_no_page_shows_it(session: Session) -> None:
    draft = a_draft(session)
    shown = workbench(session, draft.id).fields["po_number"]
    assert shown.where == ""
    assert [a.where for a in shown.alternatives] == ["", "the mail's subject"]
