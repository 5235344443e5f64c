"""Pages that are pictures: our own orders printed, damaged as scanners and telephones do, and read back."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from core.inbound.reading import Candidate, Extraction
from core.inbound.values import Message, Part
from core.values import Box
from extraction.context import Context
from extraction.extract import extract
from extraction.page.layout import PageLayout, Word
from extraction.page.pictures import render
from extraction.readers import pdf, scan
from extraction.readers.pdf_pictures import is_garbage
from extraction.readers.registry import read_part
from extraction.training.degrade import Damage, jpeg, pictures, scanned_pdf, tiff

LINES = (
    ("10", "KX-4410-B", "Hex bolt M8 x 40, zinc plated", "250", "pcs", "0.18", "45.00"),
    ("20", "KX-7731-A", "Washer 8.4 stainless", "1,200", "pcs", "0.03", "36.00"),
    ("30", "RT-0925", "Threaded rod M8, 1 m", "40", "pcs", "2.35", "94.00"),
)
EDGES = (50, 80, 160, 330, 390, 430, 490, 545)
HEAD = ("Pos", "Item no.", "Description", "Quantity", "Unit", "Unit price", "Amount")


def order_pdf(number: str = "4500-77123", pages: int = 1) -> bytes:
    out = io.BytesIO()
    pen = Canvas(out, pagesize=A4, invariant=1)
    for page in range(pages):
        _page(pen, number if pages == 1 else f"{number}-{page + 1}")
        pen.showPage()
    pen.save()
    return out.getvalue()


def _page(pen: Canvas, number: str) -> None:
    pen.setFont("Helvetica-Bold", 16)
    pen.drawString(50, 780, "Brunnfeld Apparate GmbH")
    pen.drawString(360, 780, "PURCHASE ORDER")
    pen.setFont("Helvetica", 10)
    for row, text in enumerate(
        ("Lindenweg 14", "72108 Rottenburg", "Germany", "einkauf@brunnfeld.example")
    ):
        pen.drawString(50, 762 - 13 * row, text)
    for row, (label, value) in enumerate(
        (
            ("PO number:", number),
            ("Order date:", "2026-03-17"),
            ("Delivery date:", "2026-04-02"),
            ("Payment terms:", "30 days net"),
        )
    ):
        pen.drawString(360, 756 - 14 * row, label)
        pen.drawString(450, 756 - 14 * row, value)
    pen.drawString(50, 680, "Ship to:")
    for row, text in enumerate(
        ("Brunnfeld Apparate GmbH, Tor 3", "Am Kanal 7", "72070 Tübingen", "Germany")
    ):
        pen.drawString(50, 666 - 13 * row, text)
    _table(pen)
    for row, (label, value) in enumerate((("Subtotal", "175.00"), ("Total EUR", "175.00"))):
        pen.drawString(400, 470 - 15 * row, label)
        pen.drawRightString(541, 470 - 15 * row, value)


def _table(pen: Canvas) -> None:
    top, step = 590, 22
    pen.grid(EDGES, [top - step * n for n in range(len(LINES) + 2)])
    for row, cells in enumerate((HEAD, *LINES)):
        pen.setFont("Helvetica-Bold" if row == 0 else "Helvetica", 9)
        for column, cell in enumerate(cells):
            height = top - step * row - 15
            if column in (3, 5, 6):
                pen.drawRightString(EDGES[column + 1] - 4, height, cell)
            else:
                pen.drawString(EDGES[column] + 4, height, cell)


def extraction_of(
    content: bytes, name: str = "order.pdf", kind: str = "application/pdf"
) -> Extraction:
    return extract(
        Message("upload", parts=(Part(1, "attachment", kind, name, content),)), Context()
    )


def assert_read(found: Extraction) -> None:
    (order,) = found.orders
    fields = {name: c.value for name, c in order.fields.items()}
    assert fields["po_number"] == "4500-77123"
    assert fields["order_date"] == "2026-03-17"
    assert fields["requested_date"] == "2026-04-02"
    assert fields["total"] == "175.00"
    assert [line["quantity"].value for line in order.lines] == ["250", "1200", "40"]
    assert [line["unit_price"].value for line in order.lines] == ["0.18", "0.03", "2.35"]
    assert [numbers_of(line) for line in order.lines] == [{line[1]} for line in LINES]


def numbers_of(line: dict[str, Candidate]) -> set[str]:
    return {c.value for name, c in line.items() if name.endswith("_sku")}


DAMAGES = {
    "askew": Damage(skew=-2.3, noise=6),
    "on its side": Damage(turn=1, skew=0.8, blur=0.6),
    "upside down": Damage(turn=2, dpi=150, quality=45),
    "fax": Damage(fax=True, specks=60, turn=3),
    "photograph": Damage(shade=70, contrast=0.7, tilt=0.03, skew=1.5, noise=4),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_page_is_read(damage: Damage) -> None:
    pages = pictures(order_pdf(), damage)
    found = extraction_of(scanned_pdf(pages, damage))
    assert [f.code for f in found.findings] == ["read-by-ocr"]
    assert_read(found)


def test_a_scan_is_less_sure_than_its_original() -> None:
    pages = pictures(order_pdf(), Damage(dpi=150))
    seen, clean = (
        extraction_of(jpeg(pages[0]), "order.jpg", "image/jpeg"),
        extraction_of(order_pdf()),
    )
    assert_read(seen)
    for name, original in clean.orders[0].fields.items():
        if name in seen.orders[0].fields:
            assert seen.orders[0].fields[name].confidence < original.confidence


@pytest.mark.parametrize("turn", [0, 1])
def test_evidence_stands_where_the_page_shows_it(turn: int) -> None:
    damage = Damage(dpi=150, turn=turn, skew=3.0)
    found = extraction_of(jpeg(pictures(order_pdf(), damage)[0]), "order.jpg", "image/jpeg")
    evidence = found.orders[0].fields["po_number"].evidence
    ((_, (size,)),) = found.pages
    assert evidence.box is not None
    assert (size[0] > size[1]) == (turn == 1)
    across = (evidence.box.x0 + evidence.box.x1) / 2 / size[0]
    down = (evidence.box.top + evidence.box.bottom) / 2 / size[1]
    # printed at 0.80 of the width and 0.10 of the height, then skewed about the middle
    wanted = (0.83, 0.12) if turn == 0 else (0.88, 0.83)
    assert (across, down) == pytest.approx(wanted, abs=0.03)


def test_every_page_of_a_tiff_is_read() -> None:
    pages = pictures(order_pdf(pages=2), Damage(dpi=120))
    reading = scan.read(tiff(pages), 1)
    assert [p.number for p in reading.pages] == [1, 2]
    assert "4500-77123-1" in reading.text and "4500-77123-2" in reading.text


def test_a_scanned_page_among_printed_ones() -> None:
    mixed = _joined(
        order_pdf("4500-1"), scanned_pdf(pictures(order_pdf("4500-2"), Damage()), Damage())
    )
    reading = scan.completed(pdf.read(mixed, 1), mixed)
    assert "4500-1" in reading.text and "4500-2" in reading.text
    assert [(f.code, f.place) for f in reading.findings] == [("read-by-ocr", "part 1, page 2")]
    assert reading.pages[0].shown is None and reading.pages[1].shown is not None


def test_a_fax_line_above_a_scan_does_not_hide_it() -> None:
    out = io.BytesIO()
    pen = Canvas(out, pagesize=A4)
    picture = Image.open(io.BytesIO(jpeg(pictures(order_pdf(), Damage(dpi=150))[0])))
    pen.drawInlineImage(picture, 0, 0, *A4)
    pen.drawString(20, 830, "FROM +49 7472 0000 17-MAR-2026 P.1/1")
    pen.save()
    reading = scan.completed(pdf.read(out.getvalue(), 1), out.getvalue())
    assert "4500-77123" in reading.text


def test_a_text_layer_of_nonsense_is_not_believed() -> None:
    sentence = (
        "Purchase order number and delivery address for everything listed below please confirm"
    )
    page = PageLayout(1, 595, 842, tuple(_word(t) for t in sentence.split() * 2))
    assert not is_garbage(page)
    shifted = replace(page, words=tuple(_word(_shifted(w.text)) for w in page.words))
    assert is_garbage(shifted)
    unmapped = replace(page, words=tuple(_word("\ue012\ue017\ue020") for _ in range(20)))
    assert is_garbage(unmapped)


def test_a_printed_page_is_left_alone() -> None:
    reading = pdf.read(order_pdf(), 1)
    assert scan.completed(reading, order_pdf()) is reading


def test_a_page_without_text_says_so() -> None:
    blank = jpeg(pictures(order_pdf(), Damage(dpi=72))[0][:40, :200])
    found = scan.read(blank, 1)
    assert not found.lines or found.text.isascii()
    empty = io.BytesIO()
    Image.new("RGB", (600, 800), "white").save(empty, "PNG")
    reading = scan.read(empty.getvalue(), 1)
    assert [f.code for f in reading.findings] == ["no-text-layer"]


def test_logos_in_a_mail_are_passed_over() -> None:
    logo = io.BytesIO()
    Image.new("RGB", (300, 120), "navy").save(logo, "PNG")
    assert read_part(Part(2, "inline-image", "image/png", "logo.png", logo.getvalue())) is None
    letter = jpeg(pictures(order_pdf(), Damage(dpi=120))[0])
    pasted = read_part(Part(3, "inline-image", "image/jpeg", "order.jpg", letter))
    assert pasted is not None and "4500-77123" in pasted.text


def test_a_decompression_bomb_is_refused() -> None:
    bomb = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000
    assert [f.code for f in scan.read(bomb.getvalue(), 1).findings] == ["too-large"]


def test_a_damaged_picture_is_a_finding() -> None:
    whole = jpeg(pictures(order_pdf(), Damage(dpi=72))[0])
    assert [f.code for f in scan.read(whole[:30], 1).findings] == ["picture-damaged"]
    cut_short = scan.read(whole[: len(whole) // 3], 1)
    assert {f.code for f in cut_short.findings} & {
        "picture-damaged",
        "read-by-ocr",
        "no-text-layer",
    }


def test_reading_stops_when_its_time_is_up() -> None:
    token = scan.allowance.set(lambda: 0.0)
    try:
        reading = scan.read(jpeg(pictures(order_pdf(), Damage(dpi=72))[0]), 1)
    finally:
        scan.allowance.reset(token)
    assert [f.code for f in reading.findings] == ["no-text-layer", "ocr-stopped"]
    assert len(reading.pages) == 1


def test_a_picture_is_drawn_for_the_desk_as_the_camera_held_it() -> None:
    picture = Image.new("RGB", (400, 200), "white")
    exif = picture.getexif()
    exif[0x0112] = 6  # turn clockwise to show
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    with Image.open(io.BytesIO(render(out.getvalue(), 1))) as shown:
        assert shown.size == (200, 400)


def _word(text: str) -> Word:
    return Word(text, 1, Box(0, 0, 10, 10))


def _shifted(text: str) -> str:
    """As a font without a map to letters comes out: every letter three further."""
    return "".join(chr((ord(c.lower()) - 97 + 3) % 26 + 97) for c in text if c.isalpha())


def _joined(*files: bytes) -> bytes:
    whole = pypdfium2.PdfDocument.new()
    for content in files:
        whole.import_pages(pypdfium2.PdfDocument(content))
    out = io.BytesIO()
    whole.save(out)
    return out.getvalue()
