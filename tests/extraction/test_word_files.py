"""DOCX, ODT and RTF are laid out as pages and read like them; what the writer deleted is not read."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.inbound.values import Message, Part
from extraction.context import Context
from extraction.extract import extract
from extraction.page.pictures import render
from extraction.page.segments import canvas_of
from extraction.readers.word import docx, odt, rtf
from extraction.readers.word.flow import Paragraph, Run, Table, TableCell, text_of
from extraction.readers.word.galley import column_widths
from extraction.readers.word.paper import draw
from extraction.readers.word.read import as_pdf, form_of, read
from tests.extraction.reading import fields, lines

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def zipped(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def document(body: str, **more: str) -> bytes:
    main = f"<w:document {W} {R} {MC}><w:body>{body}</w:body></w:document>"
    return zipped(**{"word/document.xml": main, **more})


def p(text: str, properties: str = "", look: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
    )


def cell(inside: str, properties: str = "") -> str:
    content = inside if inside.startswith("<") else p(inside)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{r}</w:tr>' for r in rows)}</w:tbl>"


def words(content: bytes) -> str:
    return text_of(docx.blocks(content))


ORDER = document(
    table(
        cell(p("Kranbau Ost GmbH") + p("Hafenweg 3") + p("18147 Rostock"))
        + cell(p("Bestellnummer: KO-3391") + p("Datum: 12.05.2026")),
    )
    + p("Bitte liefern Sie:")
    + table(
        "".join(map(cell, ("Pos", "Artikel", "Bezeichnung", "Menge", "Einheit", "Preis"))),
        "".join(map(cell, ("1", "SB-20", "Schraubbolzen", "200", "Stk", "0,45"))),
        "".join(map(cell, ("2", "SB-24", "Schraubbolzen, verzinkt", "80", "Stk", "0,72"))),
    )
    + p("Liefertermin: 02.06.2026")
)


def test_an_order_as_docx() -> None:
    part = Part(1, "attachment", "application/octet-stream", "b.docx", ORDER)
    found = extract(Message("upload", parts=(part,)), Context())
    (order,) = found.orders
    assert fields(order)["po_number"] == "KO-3391"
    assert fields(order)["order_date"] == "2026-05-12"
    assert fields(order)["requested_date"] == "2026-06-02"
    assert [(line["quantity"], line["unit_price"]) for line in lines(order)] == [
        ("200", "0.45"),
        ("80", "0.72"),
    ]
    box = order.fields["po_number"].evidence.box
    assert box is not None
    assert found.pages[0][0] == 1
    assert render(ORDER, 1).startswith(b"\x89PNG")


def test_changes_are_read_as_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>10 </w:t></w:r><w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>kept</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert words(document(body)).split() == ["10", "new", "kept"]


def test_hidden_text_and_field_codes_are_left_out() -> None:
    body = (
        p("seen") + p("unseen", look="<w:vanish/>")
        + "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple><w:r><w:t>7</w:t></w:r></w:fldSimple></w:p>"
    )  # fmt: skip
    assert words(document(body)).split() == ["seen", "7"]


def test_lists_are_counted() -> None:
    numbering = (
        f"<w:numbering {W}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='10'/><w:numFmt w:val='decimal'/>"
        "<w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='4'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    listed = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='4'/></w:numPr>"
    content = document(
        p("bolts", listed) + p("between") + p("nuts", listed), **{"word/numbering.xml": numbering}
    )
    assert words(content).split("\n") == ["10. bolts", "between", "11. nuts"]


def test_heads_feet_and_text_boxes() -> None:
    rels = f"<Relationships xmlns='{RELS}'><Relationship Id='a' Target='header1.xml'/><Relationship Id='b' Target='f.xml'/></Relationships>"
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>" + p("in a box")
        + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + p("in a box")
        + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )  # fmt: skip
    sections = "<w:sectPr><w:headerReference r:id='a'/><w:footerReference r:id='b'/><w:footerReference r:id='none'/></w:sectPr>"
    content = document(
        p("body") + box + sections,
        **{
            "word/_rels/document.xml.rels": rels,
            "word/header1.xml": f"<w:hdr {W}>{p('head')}</w:hdr>",
            "word/f.xml": f"<w:ftr {W}>{p('foot')}</w:ftr>",
        },
    )
    assert [row for row in words(content).split("\n") if row] == [
        "head",
        "body",
        "in a box",
        "foot",
    ]


def test_merged_and_nested_cells() -> None:
    content = document(
        table(
            cell("Qty", "<w:gridSpan w:val='2'/>") + cell("Note", "<w:vMerge w:val='restart'/>"),
            cell("5") + cell("EA") + cell("below", "<w:vMerge/>"),
            cell(table(cell("inner"))) + cell("x") + cell("y"),
        )
    )
    (found,) = docx.blocks(content)
    assert isinstance(found, Table)
    assert [(c, one.across, one.down) for c, one in found.rows[0].items()] == [(0, 2, 1), (2, 1, 2)]
    assert list(found.rows[1]) == [0, 1]
    assert isinstance(found.rows[2][0].blocks[0], Table)


def test_tabs_part_words() -> None:
    body = (
        "<w:p><w:r><w:t>PO Number:</w:t><w:tab/><w:t>K-1</w:t><w:br/><w:t>Date:</w:t></w:r></w:p>"
    )
    rows = canvas_of(read(document(body), 1)).rows
    assert [[s.text for s in row.segments] for row in rows] == [["PO Number:", "K-1"], ["Date:"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (document("<w:p/>"), "document-empty"),
        (document("<w:p>"), "document-broken"),
        (zipped(**{"word/document.xml": f"<!DOCTYPE x [<!ENTITY a 'b'>]><w:document {W}/>"}), "document-broken"),
        (ORDER[: len(ORDER) // 2], ""),
        (b"{\\rtf1 }", "document-empty"),
        (zipped(**{"word/document.xml": "<x>" + " " * 70_000_000}), "document-too-large"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(content: bytes, code: str) -> None:
    if not code:
        assert form_of(content) == ""
        return
    assert [f.code for f in read(content, 1).findings] == [code]


ODT = zipped(
    **{
        "mimetype": "application/vnd.oasis.opendocument.text",
        "styles.xml": '<o:d xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
        "content.xml": """<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:b="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><o:body><o:text>
<t:tracked-changes><t:p>deleted</t:p></t:tracked-changes>
<t:p>Order<t:tab/>K-<t:span>77</t:span><t:s t:c="2"/>x<t:line-break/>two</t:p>
<t:list><t:list-item><t:p>first</t:p></t:list-item><t:list-item><t:p>second</t:p></t:list-item></t:list>
<b:table><b:table-row><b:table-cell b:number-columns-spanned="2"><t:p>wide</t:p></b:table-cell><b:covered-table-cell/>
<b:table-cell><t:p>last</t:p></b:table-cell></b:table-row></b:table></o:text></o:body></o:document-content>""",
    }
)


def test_odt() -> None:
    assert form_of(ODT) == "odt"
    found = odt.blocks(ODT)
    assert [b.text for b in found if isinstance(b, Paragraph)] == [
        "Order\tK-77  x\ntwo",
        "1. first",
        "2. second",
    ]
    (grid,) = (b for b in found if isinstance(b, Table))
    assert {c: one.text for c, one in grid.rows[0].items()} == {0: "wide", 2: "last"}


def test_rtf() -> None:
    content = (
        rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset238 Arial CE;}}"
        rb"{\*\generator secret}{\info{\title secret}}{\pict\bin4 \x7d{}\x7b}"
        rb"Gr\'fc\'dfe {\f1 \'e8} \u8364\'80 {\deleted gone}{\v unseen}\par"
        rb"\trowd\cellx1000\cellx3000\intbl Item\cell Qty\cell\row\trowd\cellx1000\cellx3000\intbl A\line b\cell 5\cell\row"
        rb"\pard after}"
    )
    first, grid, last = rtf.blocks(content)
    assert (first.text, last.text) == ("Grüße č € ", "after")  # type: ignore[union-attr]
    assert isinstance(grid, Table)
    assert [[c.text for c in row.values()] for row in grid.rows] == [["Item", "Qty"], ["A\nb", "5"]]


def test_long_documents_break_between_rows() -> None:
    rows = [{0: TableCell([Paragraph((Run(f"row {n}"),))])} for n in range(120)]
    reading = read_pages(draw([Table(rows)]))
    assert len(reading) == 3
    assert sum(len(page) for page in reading) == 240


def read_pages(content: bytes) -> list[list[str]]:
    from extraction.readers import pdf

    return [[w.text for w in page.words] for page in pdf.read(content, 1).pages]


def test_columns_are_never_narrower_than_their_words() -> None:
    grid = Table(
        [{0: TableCell([Paragraph((Run("ABCDEFGHIJKLMNOP-1234567890"),))]), 1: TableCell()}],
        (20, 400),
    )
    widths = column_widths(grid, 480)
    assert widths[0] > 120
    assert sum(widths) == pytest.approx(480, abs=1)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, len(ODT) - 1), st.binary(min_size=1, max_size=12))
def test_mutated_files_never_raise(at: int, put: bytes) -> None:
    for content in (ODT, ORDER):
        raw = content[: at % len(content)] + put + content[at % len(content) + len(put) :]
        if form_of(raw):
            read(raw, 1)


@settings(deadline=None, max_examples=30)
@given(st.binary(max_size=400))
def test_any_rtf(raw: bytes) -> None:
    read(b"{\\rtf1 a" + raw, 1)


@settings(deadline=None, max_examples=30)
@given(st.text("\\{}abcdrowxlipt'*0123456789 ", max_size=300))
def test_any_rtf_of_words(raw: str) -> None:
    read(b"{\\rtf1 a" + raw.encode(), 1)


def test_the_drawn_pages_are_a_pdf() -> None:
    assert as_pdf(ORDER).startswith(b"%PDF")


def test_a_letter_without_a_table() -> None:
    body = "".join(
        p(row)
        for row in (
            "Order number: AB-12",
            "Please send us the following:",
            "• 40 jute bags, 10 kg, at £1.20 each",
            "• 6 rolls of tape",
        )
    )
    part = Part(1, "attachment", "application/octet-stream", "letter.docx", document(body))
    (order,) = extract(Message("upload", parts=(part,)), Context()).orders
    assert [line["quantity"] for line in lines(order)] == ["40", "6"]
    evidence = order.lines[0]["quantity"].evidence
    assert (evidence.page, evidence.text) == (1, "40")
    assert evidence.box is not None
