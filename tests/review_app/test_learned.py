"""The screen of what was learned: sentences, origin, revoke and use again, and who may."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import select

from core.catalogue.tables import CustomerItem
from core.database import Database
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft, DraftField, DraftLine
from core.lessons.tables import Lesson
from core.values import utc_now
from tests.builders import an_act
from tests.review_app.conftest import Browser
from tests.review_app.firm import Firm

Open = Callable[[str], Browser]
CONTENT = {"kind": "label", "field": "po_number", "words": "beleg", "where": "right"}
TOLD = "On orders from Northgate Foods what stands beside “beleg” is the PO number."


def a_lesson(database: Database, firm: Firm, **changes: object) -> int:
    facts = {
        "customer_id": firm.customer_id, "sender": "@customer.example", "address": "ana@customer.example", "key": "k1", "kind": "label",
        "field": "po_number", "content": CONTENT, "draft_id": firm.draft_id, "learned_by": "user:1", "learned_at": utc_now(),
    }  # fmt: skip
    with database.begin() as session:
        row = Lesson(**{**facts, **changes})
        session.add(row)
        session.flush()
        return row.id


def test_nothing_learned_says_so(firm: Firm, browser: Open) -> None:
    assert "Nothing learned yet." in browser("clerk").get("/learned").text


def test_a_lesson_is_a_sentence_with_its_draft(
    sqlite_database: Database, firm: Firm, browser: Open
) -> None:
    a_lesson(sqlite_database, firm, right=12)
    page = browser("clerk").get("/learned").text
    assert TOLD in page
    assert f'href="/draft/{firm.draft_id}"' in page
    assert "by Mara" in page and "@customer.example" in page


def test_it_is_revoked_and_used_again(sqlite_database: Database, firm: Firm, browser: Open) -> None:
    lesson_id = a_lesson(sqlite_database, firm, wrong=1)
    clerk = browser("clerk")
    assert clerk.post(f"/learned/{lesson_id}/revoke").status_code == 303
    assert "revoked" in clerk.get("/learned").text
    with sqlite_database.read() as session:
        assert session.get_one(Lesson, lesson_id).revoked_at is not None
    clerk.post(f"/learned/{lesson_id}/restore")
    with sqlite_database.read() as session:
        row = session.get_one(Lesson, lesson_id)
        assert (row.revoked_at, row.wrong) == (None, 0)
    assert clerk.post(f"/learned/{lesson_id}/burn").status_code == 404
    assert clerk.post("/learned/9999/revoke").status_code == 404


def test_a_planner_looks_but_does_not_decide(
    sqlite_database: Database, firm: Firm, browser: Open
) -> None:
    lesson_id = a_lesson(sqlite_database, firm)
    planner = browser("planner")
    page = planner.get("/learned").text
    assert TOLD in page and "Revoke" not in page
    assert planner.post(f"/learned/{lesson_id}/revoke").status_code == 403


def test_only_of_one_customer_or_draft(
    sqlite_database: Database, firm: Firm, browser: Open
) -> None:
    a_lesson(sqlite_database, firm)
    clerk = browser("clerk")
    assert TOLD in clerk.get("/learned?customer=northgate").text
    assert clerk.get("/learned?customer=nobody").status_code == 422
    assert TOLD in clerk.get(f"/learned?draft={firm.draft_id}").text
    assert TOLD not in clerk.get("/learned?draft=9999").text


def test_the_workbench_tells_where_a_value_was_learned(
    sqlite_database: Database, firm: Firm, browser: Open
) -> None:
    lesson_id = a_lesson(sqlite_database, firm)
    with sqlite_database.begin() as session:
        field = session.scalars(
            select(DraftField).where(DraftField.draft_id == firm.draft_id, DraftField.name == "po_number")
        ).one()  # fmt: skip
        field.source = f"memory:{lesson_id}"
    page = browser("clerk").get(f"/draft/{firm.draft_id}").text
    assert f"/learned?draft={firm.draft_id}" in page
    assert "What stands beside “beleg” is the PO number." in page


def test_a_part_number_chosen_once_is_remembered_undone_and_revoked(
    sqlite_database: Database, firm: Firm, browser: Open
) -> None:
    with sqlite_database.begin() as session:
        known = session.scalars(
            select(CustomerItem).where(CustomerItem.customer_sku == "N-100")
        ).one()
        session.delete(known)
        session.flush()
        draft = session.get_one(Draft, firm.draft_id)
        line = session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id)).first()
        assert line is not None
        edits = (Edit(line.id, "item_id", str(firm.item_ids[1])),)
        correct(session, draft, edits, version=draft.version, act=an_act())
        found = session.scalars(
            select(CustomerItem).where(CustomerItem.customer_sku == "N-100")
        ).one()
        assert found.item_id == firm.item_ids[1]
    clerk = browser("clerk")
    page = clerk.get("/learned").text
    assert "N-100" in page and "BX-60" in page
    action = page.split('action="/learned/number/')[1].split('"')[0]
    clerk.post(f"/learned/number/{action}".replace("&amp;", "&"))
    with sqlite_database.read() as session:
        assert (
            session.scalars(select(CustomerItem).where(CustomerItem.customer_sku == "N-100")).all()
            == []
        )
    page = clerk.get("/learned").text
    action = page.split('action="/learned/number/')[1].split('"')[0]
    assert "restore" in action
    clerk.post(f"/learned/number/{action}".replace("&amp;", "&"))
    with sqlite_database.read() as session:
        back = session.scalars(
            select(CustomerItem).where(CustomerItem.customer_sku == "N-100")
        ).one()
        assert back.item_id == firm.item_ids[1]
