"""Master data from files: the dry run says everything and keeps nothing; with --apply all or nothing is kept."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from core.catalogue.tables import Item, ItemUnit, ListPrice, PriceAgreement
from core.database import Database
from core.errors import BadInput
from core.parties.tables import Customer
from core.supply.tables import StockLot, StockMovement
from tests.builders import a_customer, a_site, an_act, an_item
from workers.imports.kinds import KINDS
from workers.imports.run import Report, import_rows
from workers.imports.sheet import read


def _import(database: Database, kind: str, *rows: dict[str, str], apply: bool = True) -> Report:
    return import_rows(
        database, KINDS[kind], list(enumerate(rows, 2)), apply=apply, act=an_act("system:import")
    )


def _count(database: Database, table: type) -> int:
    with database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_the_dry_run_keeps_nothing(database: Database) -> None:
    report = _import(database, "items", {"number": "A-1", "description": "Bolt"}, apply=False)
    assert (report.count("new"), report.applied) == (1, False)
    assert _count(database, Item) == 0


def test_every_rows_problems_are_told_and_none_is_kept(database: Database) -> None:
    report = _import(
        database,
        "items",
        {"number": "A-1", "description": "Bolt"},
        {"number": "", "description": "Nut", "gtin": "123"},
        {"number": "A-3", "description": "Nut", "superseded_by": "A-9"},
        {"number": "A-4", "description": "Nut", "colour": "red"},
    )
    assert [r.number for r in report.bad] == [3, 4, 5]
    assert report.bad[0].problems == (
        "number is missing",
        "gtin '123': a GTIN of 8, 12, 13 or 14 digits is wanted",
    )
    assert "A-9" in report.bad[1].problems[0]
    assert "colour" in report.bad[2].problems[0]
    assert not report.applied
    assert _count(database, Item) == 0


def test_again_it_is_the_same_and_changed_where_it_changed(sqlite_database: Database) -> None:
    row = {"number": "C1", "name": "Probe Ltd", "credit_limit": "1000", "blocked": "no"}
    assert _import(sqlite_database, "customers", row).count("new") == 1
    assert _import(sqlite_database, "customers", row).count("same") == 1
    changed = {"number": "C1", "name": "Probe Ltd", "credit_limit": "2000"}
    assert _import(sqlite_database, "customers", changed).count("changed") == 1
    with sqlite_database.read() as session:
        assert session.scalars(select(Customer.credit_limit)).one() == Decimal(2000)


def test_an_item_has_its_stock_unit_and_keeps_it(sqlite_database: Database) -> None:
    _import(sqlite_database, "items", {"number": "A", "description": "x", "stock_unit": "m"})
    with sqlite_database.read() as session:
        assert session.scalars(select(ItemUnit.unit)).all() == ["M"]
    row = {"number": "A", "description": "x", "stock_unit": "EA"}
    report = _import(sqlite_database, "items", row)
    assert "stays so" in report.bad[0].problems[0]


def test_prices_with_and_without_a_customer(sqlite_database: Database) -> None:
    with sqlite_database.begin() as session:
        item, customer = an_item(session).number, a_customer(session).number
    base = {"item": item, "unit": "EA", "currency": "eur", "price": "1.25"}
    report = _import(
        sqlite_database, "prices", base, {**base, "customer": customer, "price": "1.1"}
    )
    assert report.applied
    assert (_count(sqlite_database, ListPrice), _count(sqlite_database, PriceAgreement)) == (1, 1)
    wrong = {**base, "unit": "BX"}
    assert "no unit BX" in _import(sqlite_database, "prices", wrong).bad[0].problems[0]


def test_counted_stock_moves_by_the_difference(database: Database) -> None:
    with database.begin() as session:
        item, site = an_item(session).number, a_site(session).code
    row = {"site": site, "item": item, "lot": "L1", "quantity": "10"}
    _import(database, "stock", row)
    _import(database, "stock", {**row, "quantity": "7.5"})
    _import(database, "stock", {**row, "quantity": "7.5"})
    with database.read() as session:
        moved = session.scalars(select(StockMovement.quantity).order_by(StockMovement.id)).all()
        on_hand = session.scalars(select(StockLot.on_hand_quantity)).one()
    assert moved == [Decimal(10), Decimal("-2.5")]
    assert sum(moved) == on_hand


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_by_its_separator(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(f"\ufeffNumber{mark}Stock Unit\n\nA-1{mark}EA\n", "utf-8")
    assert read(path) == [(3, {"number": "A-1", "stock_unit": "EA"})]


def test_xlsx_numbers_are_what_the_sheet_shows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["item", "price", "minimum_quantity"])
    sheet.append(["A-1", 0.1 + 0.2, 1000])
    book.save(tmp_path / "x.xlsx")
    assert read(tmp_path / "x.xlsx") == [
        (2, {"item": "A-1", "price": "0.3", "minimum_quantity": "1000"})
    ]


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("")
    with pytest.raises(BadInput):
        read(tmp_path / "x.csv")
