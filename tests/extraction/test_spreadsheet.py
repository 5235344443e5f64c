"""Spreadsheets and delimited text: cells with places, formulas worked out, nothing hostile gets far."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest

from extraction.page.layout import Reading
from extraction.readers import formulas
from extraction.readers.cell_text import shown
from extraction.readers.csv_text import sniffed_delimiter
from extraction.readers.spreadsheet import read

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet(rows: list[list[object]], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, style in (formats or {}).items():
        book.active[place].number_format = style
    return saved(book)


def texts(reading: Reading, grid: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row] for row in reading.grids[grid].rows]


def codes(reading: Reading) -> list[str]:
    return [f.code for f in reading.findings]


def test_cells_have_places_and_look_as_on_the_sheet() -> None:
    content = sheet(
        [
            ["Item", "Qty", "Price", "Due"],
            ["A-1", 12, 4.5, datetime(2026, 10, 1)],
            [771, 1000, 0.1, date(2026, 10, 2)],
        ],
        {"A3": "00000", "C2": '"$"#,##0.00', "C3": "0.00%"},
    )
    reading = read(content, 7, XLSX)
    assert texts(reading) == [
        ["Item", "Qty", "Price", "Due"],
        ["A-1", "12", "$ 4.50", "2026-10-01"],
        ["00771", "1000", "10.00%", "2026-10-02"],
    ]
    cell = reading.grids[0].rows[1][1]
    assert (cell.evidence.part, cell.evidence.at, cell.evidence.text) == (7, "Sheet!B2", "12")
    assert reading.lines[1].text == "A-1  12  $ 4.50  2026-10-01"


def test_formulas_without_a_result_are_worked_out() -> None:
    reading = read(
        sheet(
            [
                ["Qty", "Price", "Sum"],
                [3, 0.1, "=A2*B2"],
                [2, 19.99, "=ROUND(A3*B3,1)"],
                ["", "Total", "=SUM(C2:C3)"],
            ]
        ),
        1,
        XLSX,
    )
    assert [row[2] for row in texts(reading)] == ["Sum", "0.3", "40", "40.3"]
    [found] = reading.findings
    assert found.text.startswith("3 formulas had no stored result")


def test_formulas_that_are_not_plain_are_shown_and_told() -> None:
    reading = read(sheet([["a", "b"], ["=VLOOKUP(A1,B1:B2,1)", 3], ["=A3", 4]]), 1, XLSX)
    assert texts(reading)[1][0] == "=VLOOKUP(A1,B1:B2,1)"
    assert codes(reading) == ["formula-unread", "formula-unread"]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=B2*C2", "6"), ("=$B$2+C2*2", "8"), ("=(B2+C2)/4", "1.25"), ("=-B2", "-2"), ("=SUM(B2:C3)", "15"),
        ("=SUM(B2,C2,10)", "15"), ("=PRODUCT(B2:C2)", "6"), ("=ROUND(10/3,2)", "3.33"), ("=19%*100", "19.00"),
        ("=b2*c2", "6"), ("=B9", "0"), ("=B2/B9", None), ("=A2", None), ("=Other!B2", None), ("=B2*", None),
        ("=IF(B2>1,2,3)", None), ("=" + "(" * 300 + "1" + ")" * 300, None), ("=SUM(A1:ZZ999999)", None), ("B2", None),
    ],
)  # fmt: skip
def test_formula(formula: str, value: str | None) -> None:
    figures: dict[tuple[int, int], Decimal | None] = {
        (2, 0): None, (2, 1): Decimal(2), (2, 2): Decimal(3), (3, 1): Decimal(4), (3, 2): Decimal(6),
    }  # fmt: skip
    found = formulas.compute(formula, lambda row, column: figures.get((row, column), Decimal(0)))
    assert found == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("value", "style", "text"),
    [
        (0.1 + 0.2, "General", "0.3"), (1234.5, "#,##0.00", "1234.50"), (12.125, "0.00", "12.125"), (5, "0.000", "5.000"),
        (True, "General", "TRUE"), (42, "[$€-407] #,##0.00", "€ 42.00"), (42.5, '#,##0.00" kg"', "42.50"),
        (datetime(2026, 3, 4, 15, 30), "", "2026-03-04 15:30"), (" x\u00a0 ", "", "x"), (float("nan"), "", ""),
        (12345678901234, "General", "12345678901234"), (7, "0000", "0007"),
    ],
)  # fmt: skip
def test_shown(value: object, style: str, text: str) -> None:
    assert shown(value, style) == text


def test_several_sheets_hidden_ones_noted() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Order"
    book.active["C5"] = "x"
    book.create_sheet("More")["A1"] = "y"
    secret = book.create_sheet("Prices")
    secret["A1"], secret.sheet_state = 1, "hidden"
    reading = read(saved(book), 1, XLSX)
    assert [g.title for g in reading.grids] == ["Order", "More"]
    assert reading.grids[0].rows[0][0].evidence.at == "Order!C5"
    assert codes(reading) == ["sheet-hidden"]


def test_a_stray_cell_in_the_far_corner_costs_nothing() -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B2"], book.active["XFD1048576"] = "Item", 4, "stray"
    started = time.process_time()
    reading = read(saved(book), 1, XLSX)
    assert time.process_time() - started < 3
    assert texts(reading) == [["Item", ""], ["", "4"]]


def test_many_cells_are_cut_with_a_word() -> None:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Big")
    for n in range(3_000):
        page.append([n] * 10)
    reading = read(saved(book), 1, XLSX)
    assert codes(reading) == ["sheet-cut"]
    assert sum(len(row) for row in reading.grids[0].rows) <= 21_000


def test_zip_bombs_and_document_types_are_refused() -> None:
    def bomb(name: str, content: bytes) -> bytes:
        target = io.BytesIO(sheet([["a"]]))
        with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, content)
        return target.getvalue()

    assert codes(read(bomb("xl/media/a.bin", b"\0" * 70_000_000), 1, XLSX)) == ["sheet-too-large"]
    assert codes(read(bomb("xl/media/b.bin", b"\0" * 9_000_000), 1, XLSX)) == ["sheet-too-large"]
    assert codes(read(bomb("xl/extra.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"), 1, XLSX)) == [
        "sheet-broken"
    ]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 500, "sheet-broken"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "sheet-encrypted",
        ),
        (b"PK\x03\x04 broken", "sheet-broken"),
        (sheet([["a", "b"]])[:2000], "sheet-broken"),
    ],
)
def test_what_cannot_be_read_is_told(content: bytes, code: str) -> None:
    reading = read(content, 1, "application/vnd.ms-excel")
    assert (codes(reading), reading.grids) == ([code], ())


def test_broken_sheet_xml_is_a_finding() -> None:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(sheet([["a"]]))) as source,
        zipfile.ZipFile(target, "w") as archive,
    ):
        for entry in source.infolist():
            content = source.read(entry)
            archive.writestr(
                entry.filename, content[:60] if "sheet1" in entry.filename else content
            )
    assert codes(read(target.getvalue(), 1, XLSX)) == ["sheet-broken"]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"Item,Qty\r\nA-1,5\r\n", [["Item", "Qty"], ["A-1", "5"]]),
        (b"\xef\xbb\xbfArtikel;Menge;Preis\nA-1;5;1,25\nB;1.000;12,50\n", [["Artikel", "Menge", "Preis"], ["A-1", "5", "1,25"], ["B", "1.000", "12,50"]]),
        ("Größe;Menge\nXL;5\n".encode("cp1252"), [["Größe", "Menge"], ["XL", "5"]]),
        ("Größe\tMenge\nXL\t5\n".encode("utf-16"), [["Größe", "Menge"], ["XL", "5"]]),
        (b"sep=;\r\nA;B\r\n1;2\r\n", [["A", "B"], ["1", "2"]]),
        (b'Item,Text\nA,"two, with\nbreak"\n', [["Item", "Text"], ["A", "two, with\nbreak"]]),
        (b"A|B|C\n1|2|3\n", [["A", "B", "C"], ["1", "2", "3"]]),
        (b"A-1;1,50\nB-2;2,75\n", [["A-1", "1,50"], ["B-2", "2,75"]]),
        (b"PO: 77\nKunde: X GmbH, Kiel\n\nItem;Qty\nA;5\nB;6\nC;7\n", [["PO: 77", ""], ["Kunde: X GmbH, Kiel", ""], ["", ""], ["Item", "Qty"], ["A", "5"], ["B", "6"], ["C", "7"]]),
        (b" Item ,  Qty \n A-1  ,  5 \n", [["Item", "Qty"], ["A-1", "5"]]),
        (b'Size,Qty\n6" pipe,5\n8" pipe,7\n9",8\n', [["Size", "Qty"], ['6" pipe', "5"], ['8" pipe', "7"], ['9"', "8"]]),
    ],
)  # fmt: skip
def test_delimited_text(content: bytes, rows: list[list[str]]) -> None:
    reading = read(content, 1, "text/csv")
    assert texts(reading) == rows
    assert not reading.findings


def test_places_in_delimited_text_are_letters_and_rows() -> None:
    reading = read(b"sep=;\nA;B\n1;2\n", 3, "text/csv")
    assert reading.grids[0].rows[1][1].evidence.at == "B3"


def test_codes_that_a_spreadsheet_shortened_are_told() -> None:
    reading = read(b"EAN;Qty\n4,00638E+12;5\n", 1, "text/csv")
    assert codes(reading) == ["code-shortened"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 1000,
        b'"' * 100_000,
        b"," * 300_000,
        b'"a\n' * 30_000,
        b"\xff\xfe" + b"\x00\xd8" * 9000,
    ],
)
def test_rubbish_ends_soon(content: bytes) -> None:
    started = time.process_time()
    read(content, 1, "text/csv")
    assert time.process_time() - started < 4


def test_delimiter_of_one_column_is_a_comma() -> None:
    assert sniffed_delimiter("alone\nstill alone\n") == ","


def ods(*tables: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("table", "office", "text")
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}>{''.join(tables)}</office:document-content>",
        )
    return target.getvalue()


def test_open_document_sheets() -> None:
    text = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    figure = '<table:table-cell office:value-type="float" office:value="{}"><text:p>{}</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="2026-10-01"><text:p>01.10.26</text:p></table:table-cell>'
    gap = '<table:table-cell table:number-columns-repeated="{}"/>'
    rows = [
        text.format("Artikel")
        + text.format("Menge")
        + text.format("Preis")
        + text.format("Termin"),
        figure.format("771", "00771")
        + figure.format("1200", "1.200")
        + figure.format("4.5", "4,50 €")
        + day,
        gap.format(16384),
    ]
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    empty = f'<table:table-row table:number-rows-repeated="1048570">{gap.format(16384)}</table:table-row>'
    reading = read(ods(f'<table:table table:name="Auftrag">{body}{empty}</table:table>'), 2, "")
    assert texts(reading) == [
        ["Artikel", "Menge", "Preis", "Termin"],
        ["00771", "1200", "4.5", "2026-10-01"],
    ]
    assert reading.grids[0].rows[1][2].evidence.at == "Auftrag!C2"
    assert not reading.findings


def test_an_open_document_that_repeats_a_filled_cell_without_end_is_cut() -> None:
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1">{cell}</table:table-row>'
    started = time.process_time()
    reading = read(ods(f'<table:table table:name="T">{row * 500}</table:table>'), 1, "")
    assert time.process_time() - started < 3
    assert sum(len(r) for r in reading.grids[0].rows) <= 21_000


def test_broken_open_document_is_a_finding() -> None:
    assert codes(read(ods("<table:table"), 1, "")) == ["sheet-broken"]
