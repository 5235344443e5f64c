"""What costs touches is ranked, with the one edit of master data that removes it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from core.catalogue.tables import CustomerItem
from core.database import Database
from core.drafts.ask import ask
from core.drafts.claim import claim
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.gate import open_problems
from core.drafts.reject import reject
from core.insight.causes import Costly, costly_causes
from core.insight.remedies import REMEDIES, remedy_of, told
from core.masterdata.every import TABLES, table_named
from core.masterdata.keepers import HERE, set_keeper
from core.masterdata.put import SCREEN, put_one
from core.orders.hold import place, release
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
            == f"Agree the price of BX-40 with {desk.customer.name} (3.90 asked, 4.10 ours)"
        )
        assert first.table == "price-agreements"
        assert first.fills == {
            "customer": desk.customer.number,
            "item": "BX-40",
            "price": "3.9",
            "unit": "EA",
            "currency": "EUR",
        }
        assert (second.code, second.touches, second.drafts) == ("item-unknown", 2, 1)
        assert second.fills == {
            "customer": desk.customer.number,
            "customer_sku": "0815",
            "item": "BX-40",
        }
        assert second.made  # the desk remembered it itself
        assert dict(second.how) == {"asked": 1, "corrected": 1}


@pytest.mark.parametrize("code", sorted(REMEDIES))
def test_every_remedy_names_a_table_and_columns_that_are_there(code: str) -> None:
    remedy = REMEDIES[code]
    table = TABLES[remedy.table]
    assert {column for column, _ in remedy.fills} <= {c.name for c in table.columns}


def test_what_has_no_remedy_is_the_checks_own_strictness() -> None:
    assert "milder" in told(remedy_of("quantity-unusual"), {})


def cause(session: Session, code: str) -> Costly:
    (found,) = [c for c in costly_causes(session, PERIOD) if c.code == code]
    return found


def keep(session: Session, found: Costly) -> None:
    """The edit that is offered, as it is filled in, by the door of the screen."""
    table = table_named(found.table)
    values = {
        c.name: c.type.parse(found.fills[c.name]) for c in table.columns if found.fills.get(c.name)
    }
    put_one(session, table, values, door=SCREEN, act=make.an_act())


STORIES: dict[str, tuple[dict[str, str], dict[str, str], tuple[tuple[str, str], ...]]] = {
    "price-differs": ({"unit_price": "4.00"}, {}, ()),
    "unit-unknown": ({"uom": "PAL", "quantity": "1", "unit_price": ""}, {}, (("unit", "CS"), ("quantity", "40"))),
    "ship-to-unknown": ({}, {"ship_to": "Lager Ost, Neue Strasse 5, 10115 Berlin"}, (("ship_to_id", "new"),)),
    "item-unknown": ({"buyer_sku": "0815"}, {}, (("item_id", "BX-40"),)),
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(STORIES))
def test_the_edit_that_is_offered_removes_the_cause_and_saves_what_was_said(
    database: Database, code: str
) -> None:
    texts, fields, edits = STORIES[code]
    with database.begin() as session:
        desk = Desk(session)
        set_keeper(session, table_named("part-numbers"), HERE, act=make.an_act())
        times = 1 if code == "ship-to-unknown" else 3
        for n in range(times):
            draft = desk.draft(a_line(**texts), **fields)
            assert code in desk.codes(draft)
            line = desk.line(draft)
            act = make.an_act(f"user:{desk.boss.id}")
            if edits:
                correct(session, draft, tuple(_edit(desk, line.id, *e) for e in edits), version=draft.version, act=act)  # fmt: skip
            for problem in open_problems(session, draft, make.NOW):
                desk.accept(draft, problem.code)
            confirm(session, draft, version=draft.version, act=act.under(f"c{n}"))
            session.execute(delete(CustomerItem).where(CustomerItem.customer_sku == "0815"))
        found = cause(session, code)
        at_the_desk = code == "ship-to-unknown"  # choosing “Add as a new address” is the edit
        assert (found.saved, found.wrong, found.made) == (times, 0, at_the_desk)
        if not at_the_desk:
            keep(session, found)
        assert code not in desk.codes(desk.draft(a_line(**texts), **fields))
        assert cause(session, code).made is (code != "price-differs")


def _edit(desk: Desk, line_id: int, name: str, value: str) -> Edit:
    if name == "ship_to_id":
        return Edit(None, name, value)
    return Edit(line_id, name, str(desk.item.id) if name == "item_id" else value)


def test_rejections_holds_minutes_and_customers_count(database: Database) -> None:
    with database.begin() as session:
        desk = Desk(session)
        other = make.a_customer(session, name="Suedwind AG", domains=["suedwind.example"])
        make.a_contact(session, other, email="kauf@suedwind.example")
        theirs = desk.draft(a_line(buyer_sku="", supplier_sku="BX-40", unit_price="4.00"), sender="kauf@suedwind.example", buyer_name="Suedwind AG")  # fmt: skip
        ours = desk.draft(a_line(unit_price="4.00"))
        user = f"user:{desk.boss.id}"
        claim(session, ours, desk.boss.id, act=make.an_act(user))
        later = make.NOW + timedelta(minutes=12)
        reject(session, ours, "too cheap", act=make.an_act(user, at=later))
        desk.accept(theirs, "price-differs")
        (order,) = desk.ordered(3)
        hold = place(session, order, "export", "looks like", code="restricted-party", facts={"name": "X"}, act=make.an_act())  # fmt: skip
        release(session, hold, "somebody else", act=make.an_act(user))
    with database.read() as session:
        found = {(c.code, c.customer): c for c in costly_causes(session, PERIOD)}
        rejected = found["price-differs", desk.customer.name]
        assert (rejected.how, rejected.minutes) == ((("rejected", 1),), 12)
        assert found["restricted-party", ""].how == (("hold lifted", 1),)
        (only,) = costly_causes(session, PERIOD, customer_id=other.id)
        assert (only.customer, only.touches) == ("Suedwind AG", 1)
