"""What the workbench and the queue show."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event

from core.database import Database
from core.drafts.claim import claim, release_claim
from core.drafts.correct import Edit, correct
from core.drafts.open import open_drafts
from core.drafts.queue import QueueFilter, neighbours, queue
from core.drafts.workbench import workbench
from core.errors import NotFound
from core.values import utc_now
from tests import builders as make
from tests.core.drafts.test_open import a_house, reading


def test_the_workbench_shows_lines_problems_and_promises(database: Database) -> None:
    with database.begin() as session:
        house = a_house(session)
        good = {"buyer_sku": "77120", "quantity": "3", "uom": "CS", "unit_price": "45"}
        bad = {"buyer_sku": "99999", "quantity": "1", "description": "Item"}
        extraction = reading(good, bad, po_number="PO-1", buyer_name="Nordlicht Pumpen GmbH")
        (draft,) = open_drafts(session, house["document"], extraction, act=make.an_act())
    with database.read() as session:
        bench = workbench(session, draft.id, None)
    first, second = bench.lines
    assert (
        bench.customer.sentence
        == "Matched by the name on the document, also mail domain, known contact."
    )
    assert first.unit_sentence == "3 CS = 36 EA"
    assert [p.sentence for p in first.promises] == ["From stock in MAIN."]
    assert second.item.id is None
    price = next(p for p in bench.problems if p.code == "price-differs")
    assert price.sentence == (
        "Customer's price 45.00 EUR per CS is 8.5 % under the list price (49.20): 12.60 EUR less for the line; "
        "nothing is tolerated."
    )
    assert [f.label for f in price.fixes] == [
        "Take our price 49.20",
        "Take the customer's price 45.00",
        "Ask the customer",
    ]
    assert any("99999" in reason for reason in bench.why_not)
    assert bench.fields["ship_via"].value == ""
    assert bench.confirm_sentence.startswith("Books 2 lines")


def test_the_queue_filters_counts_and_keeps_its_order(database: Database) -> None:
    with database.begin() as session:
        house = a_house(session)
        line = {"buyer_sku": "77120", "quantity": "3", "uom": "CS"}
        unknown = {"buyer_sku": "0", "quantity": "1"}
        (first,) = open_drafts(
            session, house["document"], reading(line, po_number="A-1"), act=make.an_act()
        )
        other = make.a_document(session, sender_address="einkauf@nordlicht.example")
        (second,) = open_drafts(
            session, other, reading(unknown, po_number="A-2"), act=make.an_act()
        )
        make.a_document(session, lane="other", status="new")
    with database.read() as session:
        page = queue(session, QueueFilter())
        assert [r.draft_id for r in page.rows] == [first.id, second.id]
        assert page.counts == {"open": 2}
        assert page.rows[0].value == Decimal("147.60")
        assert queue(session, QueueFilter(reason="item-unknown")).total == 1
        assert queue(session, QueueFilter(sort="value")).rows[0].draft_id == first.id
        assert queue(session, QueueFilter(text="a-2")).rows[0].draft_id == second.id
        assert neighbours(session, first.id) == (None, second.id, 1, 2)
        assert page.reasons["item-unknown"] == 1


def test_a_claim_is_soft_and_keeps_the_version(database: Database) -> None:
    with database.begin() as session:
        make.a_company(session)
        mara, ivo = make.a_user(session), make.a_user(session)
        draft = make.a_draft(session)
    with database.begin() as session:
        mine = session.merge(draft, load=True)
        version = mine.version
        now = utc_now()
        assert claim(session, mine, mara.id, act=make.an_act(at=now))
        assert not claim(session, mine, ivo.id, act=make.an_act(at=now))
        assert mine.version == version
        assert queue(session, QueueFilter(claimed="mine"), mara.id).total == 1
        assert queue(session, QueueFilter(claimed="free"), mara.id).total == 0
        release_claim(session, mine, act=make.an_act(at=now))
        assert claim(session, mine, ivo.id, act=make.an_act(at=now))


def test_a_draft_that_is_not_there(sqlite_database: Database) -> None:
    with sqlite_database.read() as session, pytest.raises(NotFound):
        workbench(session, 404)


def test_lines_cost_no_queries(sqlite_database: Database) -> None:
    """Two hundred lines are read, and checked again, with as many statements as two."""
    statements: list[str] = []

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(sqlite_database.engine, "before_cursor_execute", listen)
    with sqlite_database.begin() as session:
        a_house(session)
    counts = [_statements_for(sqlite_database, lines, statements) for lines in (2, 200)]
    assert counts[0] == counts[1]


def _statements_for(database: Database, lines: int, statements: list[str]) -> tuple[int, int]:
    with database.begin() as session:
        document = make.a_document(session)
        many = [{"buyer_sku": "77120", "quantity": "1", "uom": "EA"}] * lines
        read = reading(*many, po_number=str(lines))
        (draft,) = open_drafts(session, document, read, act=make.an_act())
    statements.clear()
    with database.read() as session:
        workbench(session, draft.id)
    shown = len(statements)
    statements.clear()
    with database.begin() as session:
        row = session.merge(draft)
        edit = Edit(None, "po_number", f"X{lines}")
        correct(session, row, (edit,), version=row.version, act=make.an_act())
    return shown, len([s for s in statements if s.startswith("SELECT")])
