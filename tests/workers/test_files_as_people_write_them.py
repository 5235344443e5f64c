"""Files of master data as people keep them: their own heads, titles over lists, sheets, German and French ways of writing."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any, cast

import openpyxl
import pytest
from sqlalchemy import select

from core.config import settings
from core.database import Database
from core.masterdata import imports
from core.masterdata.described import Table
from core.masterdata.every import table_named
from core.masterdata.found import Given
from core.masterdata.heads import folded, remembered
from core.outbox import OutboxItem
from core.values import utc_now
from tests.builders import an_act
from workers import import_master_data
from workers.imports.sheet import Chosen, read, rows_of
from workers.tools import Tools

ITEMS, AGREEMENTS = table_named("items"), table_named("price-agreements")


def typed(table: Table, raw: bytes, **chosen: Any) -> list[Given]:
    return rows_of(table, read(table, "list", raw, Chosen(**chosen)))


def test_a_list_saved_by_a_german_spreadsheet() -> None:
    text = (
        "Preisliste Frühjahr 2026;;;;;;\n\n"
        "Kundennr.;Artikel-Nr.;Mengeneinheit;Währung;Preis;Gültig ab;Gültig bis\n"
        "4711;A-1;ST;EUR;1.234,50 €;01.01.2026;31.12.2026\n"
    )
    for raw in (text.encode("cp1252"), text.encode("utf-8-sig"), text.encode("utf-16")):
        (row,) = typed(AGREEMENTS, raw)
        assert row.problems == () and row.number == 4
        assert row.values == {
            "customer": "4711", "item": "A-1", "unit": "ST", "currency": "EUR",
            "price": Decimal("1234.50"), "valid_from": date(2026, 1, 1), "valid_to": date(2026, 12, 31),
        }  # fmt: skip


def test_a_french_list() -> None:
    head = "Code client;Code article;Unité;Devise;Prix unitaire;Du;Au\n"
    line = "4711;A-1;PCE;EUR;1\u00a0234,5;01/02/2026;{}\n"
    (row,) = typed(AGREEMENTS, (head + line.format("31/12/2026")).encode("cp1252"))
    assert row.problems == ()
    assert (row.values["price"], row.values["valid_from"]) == (Decimal("1234.5"), date(2026, 2, 1))
    unclear = (head + line.format("02/12/2026")).encode()
    (row,) = typed(AGREEMENTS, unclear)
    assert {p.column for p in row.problems} == {"valid_from", "valid_to"}
    assert "choose the order of days" in row.problems[0].sentence
    (row,) = typed(AGREEMENTS, unclear, days="month")
    assert row.values["valid_to"] == date(2026, 2, 12)


def a_book(**sheets: list[list[Any]]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


LIST = [["Artikelnummer", "Bezeichnung", "Gewicht kg"], ["A", "Bolt", 0.1], ["B", "Nut", 0.2]]


def test_the_sheet_that_names_most_columns_is_taken_unless_somebody_says_another() -> None:
    other = [["number", "description"], ["Z", "Old"]]
    raw = saved(a_book(Notes=[["Call Ann"], ["soon"]], List=LIST, Old=other))
    sheet = read(ITEMS, "x.xlsx", raw)
    assert (sheet.sheet, sheet.sheets) == ("List", ("Notes", "List", "Old"))
    assert [r.values["weight_kg"] for r in rows_of(ITEMS, sheet)] == [
        Decimal("0.1"),
        Decimal("0.2"),
    ]
    assert [r.values["number"] for r in typed(ITEMS, raw, sheet="Old")] == ["Z"]


def test_merged_cells_are_told_not_guessed() -> None:
    book = a_book(List=LIST)
    book["List"].merge_cells("B2:B3")
    first, second = typed(ITEMS, saved(book))
    assert first.problems == () and first.values["description"] == "Bolt"
    assert [p.column for p in second.problems] == ["description"]
    assert "part of a merged one" in second.problems[0].sentence


def test_an_endless_cell_is_refused_in_its_column() -> None:
    (row,) = typed(ITEMS, f"number,description\nA,{'x' * 200_000}\n".encode())
    assert [p.column for p in row.problems] == ["description"]


@pytest.mark.parametrize("word", ["ja", "WAHR", "oui", "x", "Yes"])
def test_yes_in_other_words(word: str) -> None:
    (row,) = typed(ITEMS, f"number;hazardous\nA;{word}\n".encode())
    assert row.values["hazardous"] is True


STRANGE = "Teil;Benennung;Farbe\nA;Bolt;red\nB;Nut;blue\n"


def work(database: Database) -> None:
    tools = Tools(settings({"ORDERCLERK_SECRET_KEY": "test " * 8}), database, cast(Any, None), "x")
    query = select(OutboxItem.id).where(OutboxItem.state == "due", OutboxItem.task == imports.TASK)
    with database.read() as session:
        due = session.scalars(query).all()
    for item_id in due:
        import_master_data.run(tools, item_id)


def bring(database: Database, text: str) -> int:
    with database.begin() as session:
        act = an_act("user:7", at=utc_now())
        return imports.begin(session, ITEMS, "parts.csv", text.encode(), {}, act=act).id


def test_heads_that_nobody_knows_are_asked_for_once(database: Database) -> None:
    run_id = bring(database, STRANGE)
    work(database)
    with database.read() as session:
        run = imports.run_of(session, run_id)
        assert run.state == "heads"
        assert [(h["written"], h["column"]) for h in run.found["heads"]] == [
            ("Teil", None), ("Benennung", None), ("Farbe", None)
        ]  # fmt: skip
        assert run.found["heads"][0]["samples"] == ["A", "B"]
    said = {"teil": "number", "benennung": "description", "farbe": ""}
    with database.begin() as session:
        imports.say_heads(session, run_id, said, {}, act=an_act("user:7", at=utc_now()))
    work(database)
    with database.read() as session:
        run = imports.run_of(session, run_id)
        assert (run.state, run.counts) == ("checked", {"created": 2})
        assert remembered(session, ITEMS) == said
    again = bring(database, STRANGE.replace("Farbe", "FARBE "))
    work(database)
    with database.read() as session:
        assert imports.run_of(session, again).counts == {"created": 2}


def test_heads_are_the_same_however_they_are_spelled() -> None:
    assert folded(" Größe-Nr.* ") == folded("GROSSE NR")
    assert folded("\ufeffArtikel_Nr") == "artikelnr"
