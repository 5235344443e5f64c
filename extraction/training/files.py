"""Rows of cells and texts as files: XLSX, ODS, CSV, DOCX."""

from __future__ import annotations

import csv
import io
import zipfile
from decimal import Decimal, InvalidOperation
from random import Random
from xml.sax.saxutils import escape

from openpyxl import Workbook

from extraction.training.grids import Cells, Parts

ODS = "application/vnd.oasis.opendocument.spreadsheet"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STAMP = (2026, 1, 1, 0, 0, 0)


def xlsx(cells: Cells, typed: bool) -> bytes:
    """typed: plain figures are stored as numbers."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in cells:
        sheet.append([_typed(text) if typed else text for text in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(text: str) -> str | float | int:
    if text.isdigit() and (text == "0" or text[0] != "0") and len(text) < 9:
        return int(text)
    try:
        return (
            float(Decimal(text))
            if text.count(".") == 1 and text[0].isdigit() and text[0] != "0"
            else text
        )
    except InvalidOperation:
        return text


def ods(cells: Cells) -> bytes:
    rows = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string">{_paragraphs(text)}</table:table-cell>'
            for text in row or [""]
        )
        + "</table:table-row>"
        for row in cells
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return _zipped({"mimetype": ODS, "content.xml": content})


def _paragraphs(text: str) -> str:
    return "".join(f"<text:p>{escape(row)}</text:p>" for row in text.split("\n"))


def csv_text(cells: Cells, r: Random) -> bytes:
    """A delimiter, a mark of the byte order or none, in one of two encodings."""
    out = io.StringIO()
    csv.writer(
        out, delimiter=r.choice((",", ";", "\t", ";")), lineterminator=r.choice(("\n", "\r\n"))
    ).writerows(cells)
    return out.getvalue().encode(r.choice(("utf-8", "utf-8-sig")))


def docx(parts: Parts) -> bytes:
    """A letter with its table, as typed in Word."""
    made, r = parts.made, parts.made.r
    body = [_line(made.facts.buyer)] if parts.named else []
    body.append(_line(made.title))
    if made.knobs.has("head as a table", 0.5):
        body.append(_table([[a, b] for a, b, _ in parts.pairs]))
    else:
        body += [_line(f"{a}: {b}") for a, b, _ in parts.pairs]
    if made.knobs.has("addresses as a table", 0.6) and parts.blocks:
        body.append(_table([["\n".join((b.said, *b.rows)) for b in parts.blocks]]))
    else:
        body += [_line(text) for b in parts.blocks for text in (b.said, *b.rows, "")]
    body += [_line(""), _table(parts.table), _line("")]
    body.append(
        _table([[a, b] for a, b in parts.sums])
        if parts.sums and r.random() < 0.5
        else "".join(_line(f"{a}: {b}") for a, b in parts.sums)
    )
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}"><w:body>{"".join(body)}</w:body></w:document>'
    kinds = (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>'
    )
    links = (
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    return _zipped(
        {"[Content_Types].xml": kinds, "_rels/.rels": links, "word/document.xml": document}
    )


def _line(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _table(rows: Cells) -> str:
    made = "".join(
        "<w:tr>"
        + "".join(f"<w:tc>{''.join(map(_line, cell.split(chr(10))))}</w:tc>" for cell in row)
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{made}</w:tbl>"


def _zipped(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name, _STAMP), text)
    return out.getvalue()
