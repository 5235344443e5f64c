"""A rule or a mapping is tried on past drafts, and nothing of them changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import event, select

from core.agreements.strictness import default_of, rules_for
from core.database import Database
from core.drafts.ask import ask
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.lab.outcomes import Verdict
from core.drafts.lab.replay import Alarms, replay_rule
from core.drafts.lab.so_far import as_words, went_on
from core.drafts.reject import reject
from core.drafts.tables import Draft, DraftLine, Problem
from tests import builders as make
from tests.core.drafts.checked import Desk


def a_line(**texts: str) -> dict[str, str]:
    return {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10", **texts}


def test_a_new_limit_says_what_it_would_have_caught(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        for quantity in ("3", "100", "200"):
            draft = desk.draft(a_line(quantity=quantity))
            confirm(session, draft, version=draft.version, act=make.an_act())
    before = everything(database)
    with database.read() as session:
        proposal = replace(default_of("value-over-limit"), limits={"value": Decimal(400)})
        found = replay_rule(session, proposal, now=make.NOW)
        assert (found.looked, found.drafts, found.caught, found.let_go) == (3, 2, 2, 0)
        assert [w.after for w in found.rows] == ["blocking", "blocking"]
        assert "worth 820.00 EUR, more than 400.00" in found.rows[0].sentence
        assert found.rows[0].verdict == Verdict("it was booked as it came", False)
        assert found.proposed == Alarms(wrong=2)
        assert (found.proposed.precision, found.recall_of(found.proposed)) == (0, None)
        assert rules_for(session, None).limit("value-over-limit", "value") == 0
    assert everything(database) == before


def test_true_alarms_are_told_from_false_ones_by_what_people_did(database: Database) -> None:
    """What a clerk put right is gone from the draft; the lab looks at the draft as it came."""
    with database.begin() as session:
        desk = Desk(session)
        passed, mended, asked, gone = (desk.draft(a_line(unit_price="4.00")) for _ in range(4))
        slight = desk.draft(a_line(unit_price="4.09"))
        act = make.an_act(f"user:{desk.clerk.id}")
        desk.accept(passed, "price-differs", desk.clerk)
        confirm(session, passed, version=passed.version, act=act)
        edits = (Edit(desk.line(mended).id, "unit_price", "4.10"),)
        correct(session, mended, edits, version=mended.version, act=act)
        ask(session, asked, (desk.problem(asked, "price-differs").id,), "", act=act)
        reject(session, gone, "not ours", act=act)
        desk.accept(slight, "price-differs", desk.clerk)
        confirm(session, slight, version=slight.version, act=act.under("s"))
    before = everything(database)
    with database.read() as session:
        milder = replace(default_of("price-differs/under"), severity="warning")
        found = replay_rule(session, milder, now=make.NOW)
        assert (found.looked, found.let_go, found.caught) == (5, 5, 0)
        assert {w.draft_id: (w.verdict.how, w.verdict.right) for w in found.rows} == {
            passed.id: ("a person let it pass", False),
            slight.id: ("a person let it pass", False),
            mended.id: ("it was corrected", True),
            asked.id: ("the customer was asked", True),
            gone.id: ("the draft was rejected", True),
        }
        assert (found.today, found.proposed, found.known) == (Alarms(3, 2), Alarms(), 3)
        limits = {"percent": Decimal(1), "amount": Decimal(0)}
        finer = replay_rule(
            session, replace(milder, severity="blocking", limits=limits), now=make.NOW
        )
        assert (finer.let_go, finer.rows[0].draft_id) == (1, slight.id)
        assert (finer.today.precision, finer.proposed.precision) == (60, 75)
        assert finer.recall_of(finer.proposed) == 100
    assert everything(database) == before


def test_a_replay_goes_on_lot_by_lot(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        desk = Desk(session)
        for n in range(7):
            desk.draft(a_line(unit_price="4.00" if n % 2 else "4.10"))
    proposal = replace(default_of("price-differs/under"), severity="off")
    whole = lot = None
    with sqlite_database.read() as session:
        whole = replay_rule(session, proposal, now=make.NOW)
    rows = []
    for _ in range(4):
        with sqlite_database.read() as session:
            lot = replay_rule(session, proposal, now=make.NOW, so_far=lot, most=2)
            rows += lot.rows
            if lot.after is not None:
                assert went_on(as_words(lot)) == replace(lot, rows=())
    assert lot is not None
    assert lot.after is None
    assert replace(lot, rows=tuple(rows)) == whole
    assert went_on("1.2.x") is None


def test_a_rule_is_tried_on_one_customer(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        Desk(session).draft(a_line(unit_price="4.00"))
    with sqlite_database.read() as session:
        proposal = replace(default_of("price-differs/under"), severity="off")
        assert replay_rule(session, proposal, customer_id=10**6, now=make.NOW).looked == 0


@pytest.mark.parametrize("lines", [2, 200])
def test_checking_asks_the_database_as_often_for_two_lines_as_for_two_hundred(
    sqlite_database: Database, lines: int
) -> None:
    asked = []

    def count(*arguments: object) -> None:
        asked.append(arguments[2])

    with sqlite_database.begin() as session:
        desk = Desk(session)
        desk.item.hazardous = True
        desk.customer.approved_items_only = True
        draft = desk.draft(*[a_line(quantity=str(n + 1)) for n in range(lines)])
        desk.again(draft)
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", count)
        desk.again(draft)
        event.remove(engine, "before_cursor_execute", count)
    selects = [s for s in asked if str(s).startswith("SELECT")]
    assert 0 < len(selects) <= 75, len(selects)


def everything(database: Database) -> list[tuple[object, ...]]:
    with database.read() as session:
        drafts = session.execute(
            select(Draft.id, Draft.version, Draft.status, Draft.blocking_count)
        )
        lines = session.execute(select(DraftLine.id, DraftLine.agreed_price, DraftLine.item_id))
        problems = session.execute(select(Problem.id, Problem.code, Problem.severity))
        return [tuple(row) for rows in (drafts, lines, problems) for row in rows]
