"""A rule or a mapping is tried on past drafts, and nothing of them changes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import event, select

from core.agreements.strictness import default_of, rules_for
from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.lab import replay_mapping, replay_rule
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
        assert (found.looked, found.drafts, len(found.let_go)) == (3, 2, 0)
        assert [w.after for w in found.caught] == ["blocking", "blocking"]
        assert "worth 820.00 EUR, more than 400.00" in found.caught[0].sentence
        assert rules_for(session, None).limit("value-over-limit", "value") == 0
    assert everything(database) == before


def test_a_milder_severity_says_what_it_would_have_let_go(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        desk = Desk(session)
        low, high = desk.draft(a_line(unit_price="4.00")), desk.draft(a_line(unit_price="4.20"))
        desk.accept(low, "price-differs", desk.clerk)
    with sqlite_database.read() as session:
        proposal = replace(default_of("price-differs/under"), severity="warning")
        found = replay_rule(session, proposal, now=make.NOW)
        assert [(w.draft_id, w.before, w.after, w.passed) for w in found.let_go] == [
            (low.id, "blocking", "warning", True)
        ]
        proposal = replace(default_of("price-differs/over"), severity="off")
        found = replay_rule(session, proposal, now=make.NOW)
        assert [(w.draft_id, w.before, w.after) for w in found.other] == [(high.id, "warning", "")]


def test_a_tolerance_is_found_anew(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        desk = Desk(session)
        drafts = [desk.draft(a_line(unit_price=price)) for price in ("4.09", "4.00", "2.00")]
    with sqlite_database.read() as session:
        limits = {"percent": Decimal(3), "amount": Decimal(0)}
        proposal = replace(default_of("price-differs/under"), limits=limits)
        found = replay_rule(session, proposal, now=make.NOW)
        assert {w.draft_id for w in found.let_go} == {drafts[0].id, drafts[1].id}
        one = replay_rule(session, proposal, customer_id=10**6, now=make.NOW)
        assert one.looked == 0


def test_a_mapping_says_which_past_lines_would_be_another_item(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        desk = Desk(session)
        other = make.an_item(session, number="BX-41")
        desk.draft()
        desk.draft({"buyer_sku": "0815", "quantity": "1"})
        found = replay_mapping(session, desk.customer.id, "77120", other.id, now=make.NOW)
        assert [(m.was, m.same, m.quantity) for m in found] == [("BX-40", False, "3 EA")]
        same = replay_mapping(session, desk.customer.id, "77120", desk.item.id, now=make.NOW)
        assert [m.same for m in same] == [True]


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
