"""Figures, days and marks as people write them in files; what goes out comes back the same."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from core.masterdata.cells import decimal_mark, given
from core.masterdata.every import table_named
from core.masterdata.select import Row
from core.masterdata.sheets import csv_rows, guarded, unguarded, xlsx
from workers.imports.sheet import read, rows_of

PRICES = table_named("list-prices")
CUSTOMERS = table_named("customers")


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234,50"], ","),
        (["1,234.50"], "."),
        (["1,234"], ""),
        (["1,234", "2,5"], ","),
        (["1.234.567"], ","),
        (["0.123"], "."),
        (["1234.567"], "."),
        (["1,5", "2.5"], ""),
        (["12", ""], ""),
        (["1 234,5"], ","),
    ],
)
def test_the_decimal_mark_is_what_the_figures_agree_on(cells: list[str], mark: str) -> None:
    assert decimal_mark(PRICES, [{"price": cell} for cell in cells]) == mark


@pytest.mark.parametrize(
    ("cell", "mark", "value"),
    [
        ("1.234,50", ",", "1234.5"),
        ("1,234.50", ".", "1234.5"),
        ("1'234.50", ".", "1234.5"),
        ("12", "", "12"),
        ("2.5", "", "2.5"),
    ],
)
def test_figures_by_the_files_mark(cell: str, mark: str, value: str) -> None:
    assert given(PRICES, 2, {"price": cell}, mark).values["price"] == Decimal(value)


def test_a_figure_that_can_be_two_is_refused() -> None:
    for cell in ("1.234", "1,234"):
        found = given(PRICES, 2, {"price": cell}, "")
        assert "two ways" in found.problems[0].sentence
    assert given(PRICES, 2, {"price": "12.34"}, ",").problems


def test_days_as_written_here_and_there() -> None:
    table = table_named("price-agreements")
    for cell in ("2026-11-22", "22.11.2026"):
        assert given(table, 2, {"valid_to": cell}, "").values["valid_to"] == date(2026, 11, 22)
    assert given(table, 2, {"valid_to": "11/12/2026"}, "").problems


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_separator_and_encoding_are_found_out(mark: str, encoding: str) -> None:
    raw = f"Number{mark}Name\r\n\r\nC1{mark}Müller\r\n".encode(encoding)
    sheet = read(CUSTOMERS, "x.csv", raw)
    assert (sheet.delimiter, sheet.rows[0].number) == (mark, 3)
    assert sheet.rows[0].cells == {"number": "C1", "name": "Müller"}


def test_a_sheets_figures_are_what_it_shows() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["item", "price", "currency", "unit"])
    sheet.append(["A-1", 0.1 + 0.2, "EUR", 1000])
    sheet.append(["A-2", "=1+1", "EUR", "EA"])
    out = io.BytesIO()
    book.save(out)
    rows = rows_of(PRICES, read(PRICES, "x.xlsx", out.getvalue()))
    assert rows[0].values["price"] == Decimal("0.3")
    assert rows[0].values["unit"] == "1000"
    assert "formula" in rows[1].problems[0].sentence


def test_a_saved_formula_counts_as_its_value() -> None:
    import zipfile

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["item", "price"])
    sheet.append(["A-1", "=1+1"])
    out = io.BytesIO()
    book.save(out)
    again = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(again, "w") as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>").replace(
                    b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>"
                )
                assert b"<v>2</v>" in content
            new.writestr(part, content)
    rows = rows_of(PRICES, read(PRICES, "x.xlsx", again.getvalue()))
    assert (rows[0].values["price"], rows[0].problems) == (Decimal(2), ())


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\tx", "'=1", "''"])
def test_nothing_begins_like_a_formula(text: str) -> None:
    assert guarded(text).startswith("'")
    assert unguarded(guarded(text)) == text


def _customer(**changes: Any) -> Row:
    values = {c.name: c.default for c in CUSTOMERS.columns}
    return Row(1, {**values, "number": "C1", "name": "x", **changes})


# Cells are trimmed when they are read, and a line has no control characters.
LINES = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60).filter(
    lambda text: text == text.strip()
)


@drawn(name=LINES, notes=st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60))
def test_what_goes_out_as_csv_comes_back(name: str, notes: str) -> None:
    row = _customer(name=name, notes=notes.strip())
    raw = "".join(csv_rows(CUSTOMERS, [row])).encode("utf-8")
    (back,) = rows_of(CUSTOMERS, read(CUSTOMERS, "x.csv", raw))
    assert not back.problems
    assert back.values["name"] == name
    assert (back.values["notes"] or "") == notes.strip()


@drawn(
    name=LINES,
    limit=st.decimals(0, 10**12 - 1, places=6, allow_nan=False, allow_infinity=False),
)
def test_what_goes_out_as_a_workbook_comes_back(name: str, limit: Decimal) -> None:
    raw = xlsx(CUSTOMERS, [_customer(name=name, credit_limit=limit)])
    (back,) = rows_of(CUSTOMERS, read(CUSTOMERS, "x.xlsx", raw))
    assert not back.problems
    assert (back.values["name"], back.values["credit_limit"]) == (name, limit)


@drawn(name=LINES)
def test_no_cell_of_a_csv_starts_a_formula(name: str) -> None:
    text = "".join(csv_rows(CUSTOMERS, [_customer(name=name)])).removeprefix("\ufeff")
    cells = list(csv.reader(io.StringIO(text)))[1]
    assert not [c for c in cells if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
