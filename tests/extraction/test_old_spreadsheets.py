"""XLS through the reader: formats, both date systems, hidden rows, columns and sheets."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.page.layout import Reading
from extraction.readers import xlsb
from extraction.readers.spreadsheet import read
from tests.intake.compound import compound

GENERAL, DAY, FOUR = 0, 1, 2


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def text(value: str, wide: bool = True) -> bytes:
    size = struct.pack("<H" if wide else "<B", len(value))
    return size + b"\x01" + value.encode("utf-16-le")


@dataclass
class Sheet:
    """cells: (row, column) -> text, or (figure, look)."""

    name: str
    cells: dict[tuple[int, int], str | tuple[float, int]]
    state: int = 0
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)

    def stream(self) -> bytes:
        found = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
        for column in self.hidden_columns:
            found += record(0x007D, struct.pack("<HHHHHH", column, column, 2000, 0, 1, 0))
        for row in self.hidden_rows:
            found += record(0x0208, struct.pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x120))
        for (row, column), value in self.cells.items():
            if isinstance(value, str):
                found += record(0x0204, struct.pack("<HHH", row, column, GENERAL) + text(value))
            else:
                found += record(0x0203, struct.pack("<HHHd", row, column, value[1], value[0]))
        return found + record(0x000A)


def xls(*sheets: Sheet, from_1904: bool = False) -> bytes:
    looks = b"".join(record(0x00E0, struct.pack("<HH16x", 0, look)) for look in (0, 14, 164))
    font = record(
        0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0, 400, 0, 0, 0, 0, 0) + text("Arial", False)
    )
    start = (
        record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
        + record(0x0042, struct.pack("<H", 1200))
        + record(0x0022, struct.pack("<H", from_1904))
        + font
        + record(0x041E, struct.pack("<H", 164) + text("0000"))
        + looks
    )
    heads = [
        record(0x0085, struct.pack("<IBB", 0, s.state, 0) + text(s.name, False)) for s in sheets
    ]
    at = len(start) + sum(map(len, heads)) + 4
    bounds, streams = b"", b""
    for sheet, head in zip(sheets, heads, strict=True):
        bounds += head[:4] + struct.pack("<I", at + len(streams)) + head[8:]
        streams += sheet.stream()
    return compound({"Workbook": (start + bounds + record(0x000A) + streams).ljust(5000, b"\0")})


def cells(reading: Reading) -> list[list[str]]:
    return [[c.text for c in row] for grid in reading.grids for row in grid.rows]


PLAIN = Sheet(
    "Order", {(0, 0): "Größe", (0, 1): "Qty", (1, 0): (42.0, FOUR), (1, 1): (2.5, GENERAL)}
)


def test_values_as_their_formats_show_them() -> None:
    found = read(xls(PLAIN), 1, "")
    assert cells(found) == [["Größe", "Qty"], ["0042", "2.5"]]
    assert found.grids[0].rows[1][1].evidence.at == "Order!B2"
    assert found.plain.startswith("Order\nGröße\tQty\n0042\t2.5")


@pytest.mark.parametrize(("from_1904", "day"), [(False, "2026-05-12"), (True, "2030-05-13")])
def test_days_of_both_systems(from_1904: bool, day: str) -> None:
    found = read(xls(Sheet("A", {(0, 0): (46154.0, DAY)}), from_1904=from_1904), 1, "")
    assert cells(found) == [[day]]


def test_what_is_hidden_is_left_out_and_told() -> None:
    grid: dict[tuple[int, int], str | tuple[float, int]] = {
        (row, column): f"{row}{column}" for row in range(3) for column in range(3)
    }
    found = read(
        xls(
            Sheet("A", grid, hidden_rows=[1], hidden_columns=[2]),
            Sheet("B", {(0, 0): "x"}, state=1),
        ),
        1,
        "",
    )
    assert [row for row in cells(found) if any(row)] == [["00", "01"], ["20", "21"]]
    assert [(f.code, f.place) for f in found.findings] == [
        ("cells-hidden", "A"),
        ("sheet-hidden", "B"),
    ]
    assert found.findings[0].text.startswith("Hidden in the sheet, so not read: row 2; column C.")


def test_when_all_is_hidden_it_is_read() -> None:
    assert cells(read(xls(Sheet("A", {(0, 0): "x"}, state=1)), 1, "")) == [["x"]]


@settings(deadline=None, max_examples=60)
@given(st.integers(512, 2_600), st.binary(min_size=1, max_size=8))
def test_mutated_files_never_raise(at: int, put: bytes) -> None:
    whole = xls(PLAIN)
    read(whole[:at] + put + whole[at + len(put) :], 1, "")


def test_the_reader_of_binary_sheets_keeps_places() -> None:
    """Its library reads this container too, so that no file of the newer kind is needed to see the places."""
    far = Sheet("A", {(3, 2): "x", (4, 3): (5.0, GENERAL)})
    found, codes = xlsb.sheets(xls(far, Sheet("H", {(0, 0): "q"}, state=1)))
    assert [(s.numbers, s.first_column, s.rows) for s in found] == [
        ((4, 5), 2, (("x", ""), ("", "5")))
    ]
    assert [code for code, _ in codes] == ["sheet-hidden"]
    assert xlsb.sheets(b"PK\x03\x04 broken") == ([], [("sheet-broken", {})])
