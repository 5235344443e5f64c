"""Which waiting drafts are looked at after a change: every one that comes out another way, and none that cannot."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.database import Database
from core.drafts.again.hanging import KEYS, hanging
from core.drafts.again.look import look_again
from core.drafts.claim import claim
from core.drafts.correct import Edit, correct
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.errors import Stale
from core.events import sentence
from core.journal import history
from core.masterdata.every import TABLES, table_named
from core.masterdata.put import SCREEN, put_one
from core.masterdata.tables import MasterChange
from tests import builders as make
from tests.core.drafts.checked import Desk


def a_line(**texts: str) -> dict[str, str]:
    return {"buyer_sku": "77120", "quantity": "3", "uom": "EA", "unit_price": "4.10", **texts}


class Waiting(Desk):
    """Drafts of two customers and of nobody: known goods, unknown goods, an unknown unit and an unknown place."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.other = make.a_customer(session, name="Suedwind AG", domains=["suedwind.example"])
        make.an_address(session, self.other, code="S1", postal_code="80331")
        make.a_customer_item(session, self.other, self.item, "SW-1")
        self.second = make.an_item(session, number="QQ-9", units=())
        self.known = self.draft()
        self.unknown = self.draft(a_line(buyer_sku="0815"))
        self.unit = self.draft(a_line(uom="PAL"))
        self.away = self.draft(ship_to="Neue Strasse 5\n10115 Berlin", ship_to_name="Lager Ost")
        self.theirs = self.draft(
            a_line(buyer_sku="SW-1"), sender="kauf@suedwind.example", buyer_name="Suedwind AG"
        )
        self.nobodys = self.draft(sender="new@elsewhere.example", buyer_name="Ostsee Technik")

    def told(self) -> dict[int, Any]:
        """All that a look may change, by draft."""
        found: dict[int, Any] = {}
        for draft in self.session.scalars(select(Draft)):
            lines = self.session.scalars(select(DraftLine).where(DraftLine.draft_id == draft.id))
            problems = self.session.scalars(select(Problem).where(Problem.draft_id == draft.id))
            found[draft.id] = (
                draft.customer_id, draft.ship_to_id, draft.contact_id, draft.promise,
                [(x.item_id, x.unit, x.stock_quantity, x.agreed_price) for x in lines],
                sorted((p.code, str(p.line_id), p.severity, str(p.facts)) for p in problems),
            )  # fmt: skip
        return found

    def put(self, table: str, **values: Any) -> list[int]:
        """The ids of the drafts that hang on the change."""
        last = self.session.scalar(select(MasterChange.id).order_by(MasterChange.id.desc())) or 0
        put_one(self.session, table_named(table), values, door=SCREEN, act=make.an_act("user:1"))
        query = select(MasterChange).where(MasterChange.id > last)
        return hanging(self.session, self.session.scalars(query).all())


def changes(desk: Waiting) -> dict[str, tuple[str, dict[str, Any]]]:
    ours, theirs = desk.customer.number, desk.other.number
    return {
        "a part number": ("part-numbers", {"customer": ours, "customer_sku": "0815", "item": "BX-40"}),
        "a part number that means another item": ("part-numbers", {"customer": ours, "customer_sku": "77120", "item": "QQ-9"}),
        "a unit": ("units", {"item": "BX-40", "unit": "PF", "numerator": 480, "denominator": 1}),
        "a list price": ("list-prices", {"item": "BX-40", "currency": "EUR", "unit": "EA", "price": Decimal("4.20")}),
        "a price agreement": ("price-agreements", {"customer": theirs, "item": "BX-40", "unit": "EA", "currency": "EUR", "price": Decimal("4.05")}),
        "an address": ("addresses", {"customer": ours, "code": "B1", "kind": "ship_to", "name": "Lager Ost", "street": "Neue Strasse 5", "postal_code": "10115", "city": "Berlin", "country": "DE"}),
        "a contact": ("contacts", {"customer": theirs, "email": "new@elsewhere.example", "known": True}),
        "a customer": ("customers", {"number": "N-1", "name": "Ostsee Technik", "domains": ["elsewhere.example"]}),
        "a block": ("customers", {"number": theirs, "blocked": True, "blocked_reason": "Owes"}),
        "an item": ("items", {"number": "0815", "description": "Nuts", "stock_unit": "EA"}),
        "a minimum": ("items", {"number": "BX-40", "minimum_quantity": Decimal(10)}),
        "a rule": ("check-rules", {"code": "unit-doubted", "severity": "warning"}),
        "a rule of one customer": ("check-rules", {"code": "price-missing", "customer": ours, "severity": "off"}),
        "what the company wants": ("limits", {"doubt_threshold": Decimal("0.5")}),
    }  # fmt: skip


NAMES = [
    "a part number", "a part number that means another item", "a unit", "a list price",
    "a price agreement", "an address", "a contact", "a customer", "a block", "an item", "a minimum",
    "a rule", "a rule of one customer", "what the company wants",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_whoever_is_not_looked_at_would_have_come_out_the_same(
    sqlite_database: Database, name: str
) -> None:
    with sqlite_database.begin() as session:
        desk = Waiting(session)
        table, values = changes(desk)[name]
        before = desk.told()
        reached = desk.put(table, **values)
        for draft_id in before:
            look_again(session, draft_id, "all are looked at", act=make.an_act("system:x"))
        after = desk.told()
        changed = {draft_id for draft_id in before if before[draft_id] != after[draft_id]}
        assert changed <= set(reached)


def test_a_change_reaches_no_draft_that_it_cannot_concern(database: Database) -> None:
    with database.begin() as session:
        desk = Waiting(session)
        wanted = changes(desk)

        def reached(name: str) -> set[int]:
            table, values = wanted[name]
            return set(desk.put(table, **values))

        all_of_them = set(desk.told())
        assert reached("a part number") == {desk.unknown.id}
        assert reached("a price agreement") == {desk.theirs.id}
        assert reached("a block") == {desk.theirs.id}
        assert reached("a list price") == all_of_them - {desk.unknown.id, desk.nobodys.id}
        assert reached("a rule of one customer") == all_of_them - {desk.theirs.id, desk.nobodys.id}
        assert reached("what the company wants") == all_of_them


@pytest.mark.parametrize("name", sorted(KEYS))
def test_customer_and_item_stand_where_the_tables_say(name: str) -> None:
    key = TABLES[name].key
    for at, words in zip(KEYS[name], (("customer", "number"), ("item", "number")), strict=True):
        assert at is None or key[at] in words


def test_a_fresh_look_says_what_came_out_and_why(database: Database) -> None:
    with database.begin() as session:
        desk = Waiting(session)
        desk.put(*("part-numbers",), **changes(desk)["a part number"][1])
        act = make.an_act("system:master-data")
        event = look_again(
            session, desk.unknown.id, "part number 0815 was created by Anna", act=act
        )
        assert event is not None
        assert sentence(event.name, event.facts).startswith(
            "Looked at again, since part number 0815 was created by Anna: item unknown is gone"
        )
        again = make.an_act("system:master-data")
        assert look_again(session, desk.unknown.id, "nothing", act=again) is None
        names = [e.name for e in history(session, "draft", desk.unknown.id)]
        assert names.count("draft.looked_again") == 1


def test_what_a_clerk_types_meanwhile_is_taken_and_what_the_screen_offered_is_not(
    database: Database,
) -> None:
    with database.begin() as session:
        desk = Waiting(session)
        act = make.an_act(f"user:{desk.clerk.id}")
        claim(session, desk.unknown, desk.clerk.id, act=act)
        correct(session, desk.unknown, (Edit(None, "ship_via", "Collected"),), version=desk.unknown.version, act=act)  # fmt: skip
        seen = desk.unknown.version
        desk.put("part-numbers", **changes(desk)["a part number"][1])
        look_again(session, desk.unknown.id, "a part number", act=make.an_act("system:x"))
        assert desk.unknown.version > seen
        edit = (Edit(None, "po_number", "4711"),)
        with pytest.raises(Stale):
            correct(session, desk.unknown, edit, version=seen, act=act.under("offered"))
        correct(session, desk.unknown, edit, version=seen, act=act.under("t"), typing=True)
        values = {f.name: f.value for f in fields_of(session, desk.unknown)}
        assert (values["po_number"], values["ship_via"]) == ("4711", "Collected")
        with pytest.raises(Stale):  # a person's own change in between is never passed over
            correct(session, desk.unknown, edit, version=seen, act=act.under("u"), typing=True)


def test_an_override_stays_while_it_is_about_the_same(database: Database) -> None:
    with database.begin() as session:
        desk = Waiting(session)
        draft = desk.draft(a_line(unit_price="4.00"))
        desk.accept(draft, "price-differs", desk.clerk)
        desk.put("items", number="BX-40", lead_days=30)
        look_again(session, draft.id, "a lead time", act=make.an_act("system:x"))
        assert desk.problem(draft, "price-differs").accepted_by == f"user:{desk.clerk.id}"
        desk.put("list-prices", item="BX-40", currency="EUR", unit="EA", price=Decimal("9.00"))
        event = look_again(session, draft.id, "a price", act=make.an_act("system:x"))
        assert event is not None
        assert "was let pass for something else and stands there again" in event.facts["result"]
        assert desk.problem(draft, "price-differs").accepted_by == ""


def fields_of(session: Session, draft: Draft) -> list[DraftField]:
    query = select(DraftField).where(DraftField.draft_id == draft.id, DraftField.line_id.is_(None))
    return list(session.scalars(query))
