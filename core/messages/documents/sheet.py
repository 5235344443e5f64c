"""The sheet that all documents share: letterhead, fonts, tables, page numbers."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from importlib.resources import files
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    Flowable,
    Image,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from core.messages.facts import Sender
from core.values import Address

INK = colors.HexColor("#1a1a1a")
RULE = colors.HexColor("#9aa0a6")
SHADE = colors.HexColor("#f0f1f3")
TEXT_WIDTH = A4[0] - 36 * mm


@functools.cache
def fonts() -> tuple[str, str]:
    folder = files("fontpkg_fira_sans") / "files"
    for name, file in (("Sheet", "FiraSans-Regular.ttf"), ("Sheet-Bold", "FiraSans-SemiBold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily("Sheet", normal="Sheet", bold="Sheet-Bold")
    return "Sheet", "Sheet-Bold"


def _style(size: float, *, bold: bool = False, right: bool = False) -> ParagraphStyle:
    return ParagraphStyle(
        f"s{size}{bold}{right}",
        fontName=fonts()[bold],
        fontSize=size,
        leading=size * 1.35,
        textColor=INK,
        alignment=TA_RIGHT if right else 0,
    )


def text(words: str, *, size: float = 9, bold: bool = False, right: bool = False) -> Paragraph:
    """A paragraph of plain words; markup in them is shown, not obeyed."""
    rows = "<br/>".join(escape(row) for row in words.split("\n"))
    return Paragraph(rows, _style(size, bold=bold, right=right))


def gap(millimetres: float) -> Spacer:
    return Spacer(1, millimetres * mm)


def address(title: str, place: Address) -> list[Flowable]:
    return [text(title, size=8, bold=True), text("\n".join(place.rows()) or "-")]


def _own_font() -> tuple[str, tuple[int, int], tuple[int, int], str]:
    """Else a table names reportlab's standard font, which is never embedded, even for cells without text."""
    return ("FONTNAME", (0, 0), (-1, -1), fonts()[0])


def side_by_side(*blocks: list[Flowable]) -> Table:
    table = Table([list(blocks)], colWidths=[TEXT_WIDTH / len(blocks)] * len(blocks))
    table.setStyle(
        TableStyle(
            [
                _own_font(),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
            ]
        )
    )
    return table


def facts_table(rows: Sequence[tuple[str, str]]) -> Table:
    """Label and value rows; empty values are left out."""
    cells = [[text(label, size=8, bold=True), text(value)] for label, value in rows if value]
    table = Table(cells or [["", ""]], colWidths=[34 * mm, None], hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                _own_font(),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LEFTPADDING", (0, 0), (0, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
            ]
        )
    )
    return table


def grid(heads: Sequence[str], rows: Sequence[Sequence[Any]], widths: Sequence[float]) -> Table:
    """A table whose head repeats on each page. widths in millimetres, scaled to the text's width."""
    scale = TEXT_WIDTH / sum(widths)
    body: list[list[Any]] = [[text(h, size=8, bold=True) for h in heads]]
    body += [
        [cell if isinstance(cell, (Flowable, list)) else text(str(cell)) for cell in row]
        for row in rows
    ]
    table = Table(body, colWidths=[w * scale for w in widths], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                _own_font(),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("BACKGROUND", (0, 0), (-1, 0), SHADE),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
                ("LEFTPADDING", (0, 0), (-1, -1), 4),
                ("RIGHTPADDING", (0, 0), (-1, -1), 4),
            ]
        )
    )
    return table


def letterhead(sender: Sender, title: str, number: str) -> list[Flowable]:
    ours: list[Flowable] = []
    if sender.logo:
        width, height = ImageReader(BytesIO(sender.logo)).getSize()
        ours.append(
            Image(
                BytesIO(sender.logo), width=14 * mm * width / height, height=14 * mm, hAlign="LEFT"
            )
        )
    ours += [
        text(sender.name, size=11, bold=True),
        text(", ".join(sender.address.rows()[1:]), size=8),
    ]
    theirs: list[Flowable] = [
        text(title, size=15, bold=True, right=True),
        text(number, size=11, right=True),
    ]
    return [side_by_side(ours, theirs), gap(6)]


def page(
    sender: Sender, title: str, flow: list[Flowable], *, size: tuple[float, float] = A4
) -> bytes:
    """The finished PDF; the footer carries our data and the page number."""
    out = BytesIO()
    footer = "  ·  ".join(
        part
        for part in (sender.name, sender.phone, sender.mail_from, *sender.tax_ids, sender.bank)
        if part
    )

    def foot(canvas: Any, _document: Any) -> None:
        canvas.saveState()
        canvas.setFont(fonts()[0], 7)
        canvas.setFillColor(INK)
        canvas.drawString(18 * mm, 10 * mm, footer[:160])
        canvas.drawRightString(size[0] - 18 * mm, 10 * mm, str(canvas.getPageNumber()))
        canvas.restoreState()

    document = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=18 * mm,
        rightMargin=18 * mm,
        topMargin=15 * mm,
        bottomMargin=18 * mm,
        title=title,
        author=sender.name,
        invariant=1,
        initialFontName=fonts()[0],
    )
    document.build(flow, onFirstPage=foot, onLaterPages=foot)
    return out.getvalue()
