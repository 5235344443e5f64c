"""Spreadsheets (XLSX, XLS, XLSB, ODS) and delimited text (CSV) -> grids of cells, each with its place ("Sheet1!B7")."""

from __future__ import annotations

from core.inbound.reading import Evidence
from core.inbound.values import Finding
from extraction.page.layout import Cell, Grid, Reading, TextLine
from extraction.readers import archive, csv_text, ods, xls, xlsb, xlsx
from extraction.readers.sheets import FINDINGS, Codes, Sheet, column_letters

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
BIFF = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_ENCRYPTED: Codes = [("sheet-encrypted", {})]
MAX_PLAIN = 300_000


def read(content: bytes, part: int, content_type: str) -> Reading:
    """Every visible sheet as a grid; told by content first, by `content_type` only for a sentence.

    Never raises: what cannot be read comes back empty with a finding ("format-unsupported", "sheet-broken",
    "sheet-encrypted", "sheet-too-large", "sheet-empty").
    """
    if content.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        sheets, codes = ([], _ENCRYPTED) if encrypted else xls.sheets(content)
    elif content.startswith(BIFF):
        sheets, codes = xls.sheets(content)
    elif content.startswith(_ZIP):
        sheets, codes = _zipped(content)
    else:
        sheets, codes = csv_text.sheets(content)
    return _reading(part, sheets, [_finding(code, **facts) for code, facts in codes])


def _zipped(content: bytes) -> tuple[list[Sheet], Codes]:
    refused = archive.refusal(content)
    if refused:
        return [], [(refused, {})]
    names = archive.names(content)
    if "xl/workbook.xml" in names:
        return xlsx.sheets(content)
    if "content.xml" in names:
        return ods.sheets(content)
    if "xl/workbook.bin" in names:
        return xlsb.sheets(content)
    return [], [("format-unsupported", {"kind": "no spreadsheet that we know"})]


def _reading(part: int, sheets: list[Sheet], findings: list[Finding]) -> Reading:
    grids, lines = [], []
    for sheet in sheets:
        rows = tuple(
            tuple(Cell(text, _at(part, sheet, n, k, text)) for k, text in enumerate(cells))
            for n, cells in zip(sheet.numbers, sheet.rows, strict=True)
        )
        if not rows:
            continue
        grids.append(Grid(part, 0, rows, sheet.title))
        lines += [_line(row) for row in rows if any(c.text for c in row)]
    if not lines and not any(f.severity == "error" for f in findings):
        findings = [*findings, _finding("sheet-empty")]
    return Reading(
        part, "sheet", tuple(lines), tuple(grids), findings=tuple(findings), plain=_plain(grids)
    )


def _plain(grids: list[Grid]) -> str:
    """The sheets as a person may look through them: cells apart by tabs."""
    rows = []
    for grid in grids:
        rows += [grid.title] if grid.title else []
        rows += ["\t".join(" ".join(c.text.split()) for c in row).rstrip() for row in grid.rows]
        rows.append("")
    return "\n".join(rows)[:MAX_PLAIN]


def _at(part: int, sheet: Sheet, row: int, column: int, text: str) -> Evidence:
    where = f"{column_letters(sheet.first_column + column)}{row}"
    if sheet.title:
        where = f"{sheet.title}!{where}"
    return Evidence(part=part, at=where, text=text)


def _line(row: tuple[Cell, ...]) -> TextLine:
    filled = [c for c in row if c.text]
    text = "  ".join(" ".join(c.text.split()) for c in filled)
    return TextLine(
        text, Evidence(part=filled[0].evidence.part, at=filled[0].evidence.at, text=text)
    )


def _finding(code: str, **facts: object) -> Finding:
    severity, sentence, place = FINDINGS[code]
    return Finding(code, severity, sentence.format(**facts), place.format(**facts))
