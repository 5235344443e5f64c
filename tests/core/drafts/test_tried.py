"""Mappings are tried on past drafts: what they would have said, and whether people came to the same."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.confirm import confirm
from core.drafts.correct import Edit, correct
from core.drafts.gate import open_problems
from core.drafts.lab.tried import KINDS, NEEDED, Trial, try_mapping
from core.drafts.tables import Draft
from core.errors import BadInput
from core.masterdata.every import TABLES
from tests import builders as make
from tests.core.drafts.checked import Desk
from tests.core.drafts.test_lab import a_line, everything


class Past(Desk):
    def booked(self, draft: Draft, *edits: Edit) -> Draft:
        """By hand: corrected, what is left let pass, confirmed."""
        act = make.an_act(f"user:{self.boss.id}")
        if edits:
            correct(self.session, draft, edits, version=draft.version, act=act)
        for problem in open_problems(self.session, draft, make.NOW):
            self.accept(draft, problem.code)
        confirm(self.session, draft, version=draft.version, act=act.under("c"))
        return draft


def tried(session: Session, table: str, **fills: str) -> Trial:
    found = try_mapping(session, table, fills, now=make.NOW)
    assert found is not None
    return found


def counts(trial: Trial) -> tuple[int, int, int, int]:
    return len(trial.rows), trial.right, trial.wrong, trial.saved


def test_a_part_number(database: Database) -> None:
    with database.begin() as session:
        desk = Past(session)
        other = make.an_item(session, number="BX-41")
        for item in (desk.item, desk.item, other):
            draft = desk.draft(a_line(buyer_sku="08-15"))
            edit = Edit(desk.line(draft).id, "item_id", str(item.id))
            desk.booked(draft, edit)
        desk.draft(a_line(buyer_sku="0815"))
        ours = desk.customer.number
    before = everything(database)
    with database.read() as session:
        found = tried(session, "part-numbers", customer=ours, customer_sku="0815", item="BX-40")
        assert counts(found) == (4, 2, 1, 2)
        assert [r.became for r in found.rows if r.right is False] == ["BX-41"]
        with pytest.raises(BadInput):
            tried(session, "part-numbers", customer=ours, customer_sku="0815", item="NOT")
        missing = {"customer": ours, "customer_sku": "0815", "item": ""}
        assert try_mapping(session, "part-numbers", missing, now=make.NOW) is None
    assert everything(database) == before


def test_a_unit(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        desk = Past(session)
        for edits in ({"unit": "EA", "quantity": "48"}, {"unit": "CS", "quantity": "2"}):
            draft = desk.draft(a_line(uom="PF", quantity="1", unit_price=""))
            line = desk.line(draft).id
            desk.booked(draft, *(Edit(line, name, value) for name, value in edits.items()))
        found = tried(session, "units", item="BX-40", unit="PF", numerator="48")
        assert counts(found) == (2, 1, 1, 1)
        assert [(r.would, r.became) for r in found.rows if not r.right] == [("48 EA", "24 EA")]


def test_a_price(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        desk = Past(session)
        desk.booked(desk.draft(a_line(unit_price="4.00")))
        desk.booked(desk.draft(a_line(unit_price="3.90")))
        desk.booked(desk.draft(a_line(unit_price="4.10")))
        ours = desk.customer.number
        found = tried(session, "price-agreements", customer=ours, item="BX-40", unit="EA", price="4.00")  # fmt: skip
        assert counts(found) == (3, 1, 2, 1)


def test_a_place(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        desk = Past(session)
        address = "Lager Ost, Neue Strasse 5, 10115 Berlin"
        desk.booked(desk.draft(ship_to=address), Edit(None, "ship_to_id", "new"))
        desk.booked(desk.draft(ship_to=address), Edit(None, "ship_to_id", str(desk.place.id)))
        desk.booked(desk.draft())
        ours = desk.customer.number
        found = tried(session, "addresses", customer=ours, street="Neue Straße 5", postal_code="10115", city="Berlin")  # fmt: skip
        assert counts(found) == (2, 1, 1, 1)


def test_a_sender(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        desk = Past(session)
        other = make.a_customer(session, name="Suedwind AG")
        for customer in (desk.customer, other):
            draft = desk.draft(sender="neu@buero.example", buyer_name="Buero")
            correct(session, draft, (Edit(None, "customer_id", str(customer.id)),), version=draft.version, act=make.an_act(f"user:{desk.clerk.id}"))  # fmt: skip
        found = tried(session, "contacts", customer=desk.customer.number, email="neu@buero.example")
        assert len(found.rows) == 2
        assert {r.became for r in found.rows} == {desk.customer.name, other.name}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_what_is_needed_are_columns_of_the_table(name: str) -> None:
    assert {*NEEDED[name]} <= {column.name for column in TABLES[name].columns}
