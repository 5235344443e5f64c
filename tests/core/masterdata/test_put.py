"""Rows that somebody brings: made, changed, left alone or refused; each change is kept."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import select

from core.catalogue.tables import Item, ItemUnit
from core.database import Database
from core.errors import BadInput, Blocked, NotAllowed, NotFound, Stale
from core.masterdata.every import TABLES, table_named
from core.masterdata.found import Given
from core.masterdata.history import changed_since, changes_of
from core.masterdata.keepers import ERP, HERE, set_keeper
from core.masterdata.keys import read_key, write_key
from core.masterdata.plan import CHANGED, CREATED, REFUSED, UNCHANGED, plan_rows
from core.masterdata.put import COMMAND_LINE, REST, SCREEN, Refused, put_one, put_rows, write_plans
from core.masterdata.remove import DEACTIVATED, DELETED, remove_one
from core.masterdata.select import by_key, fetch, of_key, shape_of, version_of
from core.masterdata.tables import MasterChange
from core.outbox import OutboxItem
from core.parties.tables import Customer
from core.supply.tables import StockLot, StockMovement
from tests.builders import NOW, a_customer, a_lot, a_site, a_user, an_act, an_item


def _put(session: Any, name: str, *rows: dict[str, Any]) -> list[Any]:
    given = [Given(n, row) for n, row in enumerate(rows, 2)]
    return put_rows(session, table_named(name), given, door=SCREEN, act=an_act())


def test_made_left_alone_and_changed(database: Database) -> None:
    row = {"number": "C1", "name": "Probe Ltd", "credit_limit": Decimal(1000)}
    with database.begin() as session:
        actions = [_put(session, "customers", row)[0].action for _ in range(2)]
        changed = _put(session, "customers", {"number": "C1", "credit_limit": Decimal(2000)})
        assert actions == [CREATED, UNCHANGED]
        assert changed[0].action == CHANGED
        assert changed[0].changes == {"credit_limit": ["1000", "2000"]}
        found = session.scalars(select(Customer)).one()
        assert (found.name, found.credit_limit) == ("Probe Ltd", Decimal(2000))


def test_a_new_item_has_its_stock_unit_and_keeps_it(database: Database) -> None:
    with database.begin() as session:
        _put(session, "items", {"number": "A", "description": "x", "stock_unit": "M"})
        assert session.scalars(select(ItemUnit.unit)).all() == ["M"]
        (plan,) = _put(session, "items", {"number": "A", "stock_unit": "EA"})
        assert plan.action == REFUSED
        assert "stays so" in plan.problems[0].sentence


def test_names_that_lead_nowhere_are_told_with_what_to_do(database: Database) -> None:
    with database.begin() as session:
        item = an_item(session).number
        plans = _put(
            session,
            "list-prices",
            {"item": "NONE", "currency": "EUR", "unit": "EA", "price": Decimal(1)},
            {"item": item, "currency": "EUR", "unit": "BX", "price": Decimal(1)},
            {"item": item, "currency": "EUR", "unit": "EA", "price": Decimal(1)},
            {"item": item, "currency": "EUR", "unit": "EA", "price": Decimal(2)},
        )
    said = [[p.sentence for p in plan.problems] for plan in plans]
    assert "There is no item NONE" in said[0][0]
    assert "no unit BX; it has EA" in said[1][0]
    assert plans[2].action == CREATED
    assert "Row 4 of the same file" in said[3][0]


def test_rows_may_refer_to_each_other(database: Database) -> None:
    """An item is replaced by one that stands below it in the file."""
    with database.begin() as session:
        table = table_named("items")
        rows = [
            Given(2, {"number": "A", "description": "a", "sale_state": "superseded", "superseded_by": "B"}),
            Given(3, {"number": "B", "description": "b"}),
        ]  # fmt: skip
        coming = frozenset({("A",), ("B",)})
        plans = plan_rows(session, table, rows, coming=coming)
        write_plans(session, table, plans, door=SCREEN, act=an_act())
        (first, _) = fetch(session, table, order=(Item.number,))
        assert first.values["superseded_by"] == "B"


def test_counted_stock_moves_by_the_difference(database: Database) -> None:
    with database.begin() as session:
        item, site = an_item(session).number, a_site(session).code
        for count in ("10", "7.5", "7.5"):
            _put(session, "stock", {"site": site, "item": item, "lot": "L1", "quantity": Decimal(count)})  # fmt: skip
        moved = session.scalars(select(StockMovement.quantity).order_by(StockMovement.id)).all()
        assert moved == [Decimal(10), Decimal("-2.5")]
        assert sum(moved) == session.scalars(select(StockLot.on_hand_quantity)).one()


def test_a_bill_of_material_has_no_circle(database: Database) -> None:
    with database.begin() as session:
        a, b, c = (an_item(session).number for _ in range(3))
        line = {"quantity_per": Decimal(1)}
        plans = _put(
            session,
            "bom-lines",
            {"item": a, "component": b, **line},
            {"item": b, "component": c, **line},
            {"item": c, "component": a, **line},
        )
    assert [p.action for p in plans] == [CREATED, CREATED, REFUSED]
    assert "itself made of" in plans[2].problems[0].sentence


def test_a_stale_version_is_refused(database: Database) -> None:
    table = table_named("customers")
    with database.begin() as session:
        number = a_customer(session, name="Old").number
        seen = version_of(table, of_key(session, table, [number])[0].values)
        put_one(session, table, {"number": number, "name": "New"}, door=SCREEN, act=an_act(), version=seen)  # fmt: skip
        with pytest.raises(Stale):
            put_one(session, table, {"number": number, "name": "Other"}, door=SCREEN, act=an_act(), version=seen)  # fmt: skip


def test_a_refused_row_tells_all_its_problems(database: Database) -> None:
    with database.begin() as session, pytest.raises(Refused) as caught:
        put_one(session, table_named("items"), {"number": "A"}, door=SCREEN, act=an_act(), new=True)
    assert caught.value.field == "description"
    assert isinstance(caught.value, BadInput)


def test_the_shut_door_says_why(database: Database) -> None:
    table = table_named("customers")
    row = {"number": "C1", "name": "Probe"}
    with database.begin() as session:
        set_keeper(session, table, ERP, act=an_act())
        with pytest.raises(NotAllowed, match="kept in the ERP"):
            put_one(session, table, row, door=SCREEN, act=an_act())
        assert put_one(session, table, row, door=REST, act=an_act()).action == CREATED
        set_keeper(session, table, HERE, act=an_act())
        with pytest.raises(NotAllowed, match="kept in Orderclerk"):
            put_one(session, table, row, door=REST, act=an_act())
        assert put_one(session, table, row, door=COMMAND_LINE, act=an_act()).action == UNCHANGED


def test_who_changed_what_by_which_door(database: Database) -> None:
    table = table_named("customers")
    with database.begin() as session:
        mara = a_user(session, name="Mara Lind")
        act = an_act(f"user:{mara.id}")
        for name in ("Old", "New"):
            put_one(session, table, {"number": "C1", "name": name}, door=SCREEN, act=act)
        last, first = changes_of(session, table)
    assert (first.action, last.action) == (CREATED, CHANGED)
    assert (last.who, last.door, last.changes) == ("Mara Lind", "screen", (("name", "Old", "New"),))


def test_deleted_unless_history_hangs_on_it(database: Database) -> None:
    with database.begin() as session:
        free, used = an_item(session), an_item(session)
        a_lot(session, a_site(session), used, "1")
        table = table_named("items")
        assert remove_one(session, table, [free.number], door=SCREEN, act=an_act()) == DELETED
        assert remove_one(session, table, [used.number], door=SCREEN, act=an_act()) == DEACTIVATED
        assert used.sale_state == "blocked"
        with pytest.raises(NotFound):
            remove_one(session, table, [free.number], door=SCREEN, act=an_act())
        with pytest.raises(Blocked, match="stock counts"):
            remove_one(session, table_named("sites"), [_site(session)], door=SCREEN, act=an_act())
        kept = session.scalars(select(MasterChange.action).order_by(MasterChange.id)).all()
    assert kept == [DELETED, DEACTIVATED]


def _site(session: Any) -> str:
    (row,) = fetch(session, table_named("sites"))
    return str(row.values["code"])


def test_drafts_are_told_once_for_many_changes(database: Database) -> None:
    with database.begin() as session:
        for n in range(3):
            _put(session, "customers", {"number": f"C{n}", "name": "x"})
        tasks = session.scalars(select(OutboxItem.task)).all()
    assert tasks == ["recheck-drafts"]


def test_changed_since(database: Database) -> None:
    table = table_named("customers")
    with database.begin() as session:
        a_customer(session)
        put_one(session, table, {"number": "N1", "name": "x"}, door=REST, act=an_act())
        for since, many in ((NOW, 1), (NOW + timedelta(seconds=1), 0)):
            shape = shape_of(table)
            assert len(fetch(session, table, changed_since(shape, since), shape=shape)) == many


@drawn(st.lists(st.text(st.characters(blacklist_categories=("Cs",))), max_size=4))
def test_any_key_comes_back_and_is_safe_in_an_address(parts: list[str]) -> None:
    text = write_key(parts)
    assert read_key(text, len(parts)) == tuple(parts)
    assert re.fullmatch(r"[A-Za-z0-9._@=,-]*", text)


@pytest.mark.parametrize("parts", [("A/1,2",), ("ä b", ""), ("..",), ("=2C", "a=b")])
def test_keys_come_back_as_they_went(parts: tuple[str, ...]) -> None:
    text = write_key(parts)
    assert "/" not in text and text not in (".", "..")
    assert read_key(text, len(parts)) == parts


def test_every_table_can_be_listed(database: Database) -> None:
    with database.read() as session:
        for table in TABLES.values():
            shape = shape_of(table)
            assert fetch(session, table, shape=shape, order=by_key(shape)) == []
