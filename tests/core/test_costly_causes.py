"""What costs touches is ranked, with the one edit of master data that removes it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.database import Database
from core.drafts.ask import ask
from core.drafts.correct import Edit, correct
from core.insight.causes import costly_causes
from core.insight.remedies import REMEDIES, remedy_of, told
from core.masterdata.every import TABLES
from core.values import Period
from tests import builders as make
from tests.core.drafts.checked import Desk

PERIOD = Period(make.TODAY - timedelta(days=1), make.TODAY)


def a_line(**texts: str) -> dict[str, str]:
    return {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10", **texts}


def test_causes_are_ranked_by_touches_and_filled_in(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        for price in ("4.00", "4.00", "3.90"):
            draft = desk.draft(a_line(unit_price=price))
            desk.accept(draft, "price-differs", desk.clerk)
        unknown = desk.draft({"buyer_sku": "0815", "quantity": "1"})
        act = make.an_act(f"user:{desk.clerk.id}")
        ask(session, unknown, (desk.problem(unknown, "item-unknown").id,), "", act=act)
        edits = (Edit(desk.line(unknown).id, "item_id", str(desk.item.id)),)
        correct(session, unknown, edits, version=unknown.version, act=act.under("c"))
        machine = desk.draft({"buyer_sku": "99", "quantity": "1"})
        edits = (Edit(desk.line(machine).id, "item_id", str(desk.item.id)),)
        correct(session, machine, edits, version=machine.version, act=make.an_act("system:x"))
    with database.read() as session:
        first, second = costly_causes(session, PERIOD)
        assert (first.code, first.touches, first.drafts) == ("price-differs", 3, 3)
        assert (
            first.remedy
            == f"Agree the price of BX-40 with {desk.customer.name} (3.9 asked, 4.1 ours)"
        )
        assert first.table == "price-agreements"
        assert first.fills == {
            "customer": desk.customer.number,
            "item": "BX-40",
            "price": "3.9",
            "unit": "EA",
        }
        assert (second.code, second.touches, second.drafts) == ("item-unknown", 2, 1)
        assert second.fills == {"customer": desk.customer.number, "customer_sku": "0815"}
        assert dict(second.how) == {"asked": 1, "corrected": 1}


@pytest.mark.parametrize("code", sorted(REMEDIES))
def test_every_remedy_names_a_table_and_columns_that_are_there(code: str) -> None:
    remedy = REMEDIES[code]
    table = TABLES[remedy.table]
    assert {column for column, _ in remedy.fills} <= {c.name for c in table.columns}


def test_what_has_no_remedy_is_the_checks_own_strictness() -> None:
    assert "milder" in told(remedy_of("quantity-unusual"), {})
