"""Odd pages of PDFs: turned, cropped, printed over, with letters that say something else, damaged in part."""

from __future__ import annotations

import io
from operator import attrgetter

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from core.values import Box
from extraction.page import pictures
from extraction.page.layout import PageLayout, Reading
from extraction.readers import pdf as reader
from extraction.readers import pdf_second
from tests.extraction.reading import pdf

HEAD = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
LONG = b"BT /F 10 Tf 50 600 Td (Please deliver the goods below to our yard in Lindau) Tj ET\n"


def written(*contents: bytes, page: bytes = b"", also: bytes = b"", kids: bytes = b"") -> bytes:
    """A PDF whose pages are drawn by these operators. page: more entries of each page; also: more objects."""
    numbers = [10 + 2 * n for n in range(len(contents))]
    listed = kids or b" ".join(b"%d 0 R" % n for n in numbers)
    parts = [
        HEAD,
        b"2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\n" % (listed, listed.count(b"R")),
    ]
    parts.append(b"3 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n")
    parts.append(b"4 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>endobj\n")
    box = b"" if b"MediaBox" in page else b"/MediaBox[0 0 600 800]"
    for number, content in zip(numbers, contents, strict=True):
        parts.append(
            b"%d 0 obj<</Type/Page/Parent 2 0 R%s%s/Contents %d 0 R/Resources<</Font<</F 3 0 R/B 4 0 R>>>>>>endobj\n"
            % (number, box, page, number + 1)
        )
        parts.append(
            b"%d 0 obj<</Length %d>>stream\n%s\nendstream endobj\n"
            % (number + 1, len(content), content)
        )
    return b"".join((*parts, also, b"trailer<</Root 1 0 R>>\n"))


def only(reading: Reading) -> PageLayout:
    (page,) = reading.pages
    return page


def box_of(page: PageLayout, text: str) -> Box:
    (word,) = [w for w in page.words if w.text == text]
    return word.box


def shown_ink(content: bytes) -> Box:
    """Where the page, drawn, is dark; in points."""
    picture = pypdfium2.PdfDocument(content)[0].render(scale=2, grayscale=True).to_numpy()
    rows, columns = (picture.squeeze() < 128).nonzero()
    return Box(columns.min() / 2, rows.min() / 2, columns.max() / 2, rows.max() / 2)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("visible", [b"", b"/CropBox[30 40 560 700]"])
@pytest.mark.parametrize("paper", [b"/MediaBox[0 0 600 800]", b"/MediaBox[-20 10 580 810]"])
def test_words_and_lines_stand_where_the_page_shows_them(
    turn: int, visible: bytes, paper: bytes
) -> None:
    across = {
        0: b"1 0 0 1 100 500",
        90: b"0 1 -1 0 300 200",
        180: b"-1 0 0 -1 400 300",
        270: b"0 -1 1 0 200 600",
    }
    text = b"BT /F 12 Tf %s Tm (Bestellung) Tj ET" % across[turn]
    content = written(text, page=b"/Rotate %d%s%s" % (turn, visible, paper))
    page = only(reader.read(content, 1))
    ink, word = shown_ink(content), box_of(page, "Bestellung")
    assert abs(word.x0 - ink.x0) < 2 and abs(word.x1 - ink.x1) < 2
    assert word.top - 1 < ink.top and ink.bottom < word.bottom + 1 and word.bottom - word.top < 14
    drawn = written(b"2 w 100 500 m 250 500 l S", page=b"/Rotate %d%s%s" % (turn, visible, paper))
    (rule,), line = only(reader.read(drawn, 1)).rules, shown_ink(drawn)
    assert abs(rule.box.x0 - line.x0) < 2 and abs(rule.box.bottom - line.bottom) < 2
    assert rule.horizontal == (turn in (0, 180))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_both_readers_give_a_word_the_same_place(turn: int) -> None:
    page = b"/Rotate %d/CropBox[30 40 560 700]" % turn
    content = written(LONG + b"100 500 m 250 500 l S 80 80 100 40 re S", page=page)
    ours = only(reader.read(content, 1))
    with pdf_second.opened(content) as others:
        assert others
        theirs = pdf_second.layout(others[0], None)
    assert theirs and (theirs.width, theirs.height) == (ours.width, ours.height)

    assert near([r.box for r in ours.rules], [r.box for r in theirs.rules])
    if turn in (0, 180):
        assert [w.text for w in ours.words] == [w.text for w in theirs.words]
        assert near([w.box for w in ours.words], [w.box for w in theirs.words])


def near(ours: list[Box], theirs: list[Box]) -> bool:
    """Whether boxes are the same ones but for two points."""
    sides = attrgetter("x0", "top", "x1", "bottom")
    assert len(ours) == len(theirs)
    return all(
        abs(a - b) < 2
        for o, t in zip(ours, theirs, strict=True)
        for a, b in zip(sides(o), sides(t), strict=True)
    )


def test_what_is_printed_twice_is_read_once() -> None:
    bold = b"BT /F 10 Tf 50 700 Td (Total) Tj ET BT /F 10 Tf 50.4 700 Td (Total) Tj ET"
    assert [w.text for w in only(reader.read(written(bold), 1)).words] == ["Total"]
    letters = b"BT /F 10 Tf 50 700 Td (Balloon 1100) Tj ET"
    assert [w.text for w in only(reader.read(written(letters), 1)).words] == ["Balloon", "1100"]


def test_the_weight_of_a_word_is_that_of_its_font() -> None:
    content = written(b"BT /B 10 Tf 50 700 Td (Total) Tj /F 10 Tf 60 0 Td (net) Tj ET")
    assert [(w.text, w.bold, w.size) for w in only(reader.read(content, 1)).words] == [
        ("Total", True, 10.0),
        ("net", False, 10.0),
    ]


def test_a_narrow_blank_of_its_own_parts_words() -> None:
    narrow = b"BT /F 10 Tf 50 Tz 50 700 Td (Unit) Tj 8.06 0 Td ( ) Tj 1.39 0 Td (price) Tj ET"
    assert [w.text for w in only(reader.read(written(narrow), 1)).words] == ["Unit", "price"]


def test_letters_of_one_glyph_are_kept() -> None:
    encoding = b"/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/fl 2/fi]>>"
    font = b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica%s>>endobj\n" % encoding
    content = written(b"BT /L 10 Tf 50 700 Td (\\001ow of o\\002ces) Tj ET", also=font)
    content = content.replace(b"/B 4 0 R", b"/L 5 0 R")
    assert [w.text for w in only(reader.read(content, 1)).words] == ["flow", "of", "ofices"]


def test_a_ligature_is_as_wide_as_it_is_and_its_letters_alone_as_they_are() -> None:
    encoding = b"/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding/Differences[1/fl 2/fi]>>"
    font = b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Italic%s>>endobj\n" % encoding
    apart = b"0 -20 Td (of) Tj 10.2 0 Td (a) Tj -10.2 0 Td "
    together = b"0 -20 Td (\\002ll) Tj "
    for drawn in (apart + together, together + apart):
        content = written(b"BT /L 10 Tf 50 700 Td %s ET" % drawn, also=font)
        page = only(reader.read(content.replace(b"/B 4 0 R", b"/L 5 0 R"), 1))
        assert sorted(w.text for w in page.words) == ["a", "fill", "of"]


def test_letters_that_are_said_to_mean_another_text_are_told() -> None:
    lie = b"/Span <</ActualText (Total 99,999.00 EUR, quantity 4000)>> BDC BT /F 10 Tf 50 700 Td (Total 12.50) Tj ET EMC\n"
    reading = reader.read(written(LONG[:40] + b") Tj ET\n" + lie), 1)
    assert [w.text for w in only(reading).words][:2] == ["Total", "12.50"]
    assert [(f.code, f.place) for f in reading.findings] == [
        ("pdf-readers-disagree", "part 1, page 1")
    ]


def test_text_beside_the_visible_page_is_told() -> None:
    outside = b"BT /F 10 Tf 50 900 Td (Deliver to another place than the one that is shown) Tj ET"
    reading = reader.read(written(LONG + outside), 1)
    assert [f.code for f in reading.findings] == ["pdf-readers-disagree"]


def test_a_page_of_letters_without_meaning_is_read_by_both() -> None:
    font = b"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>endobj\n"
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <41> <7a> <e041> endbfrange endcmap end"
    stream = b"6 0 obj<</Length %d>>stream\n%s\nendstream endobj\n" % (len(cmap), cmap)
    content = written(LONG.replace(b"/F", b"/B"), also=font + stream).replace(
        b"4 0 R>>>>", b"5 0 R>>>>"
    )
    assert all(ord(c) >= 0xE000 for w in only(reader.read(content, 1)).words for c in w.text)


def test_one_lost_page_of_two() -> None:
    content = written(LONG, kids=b"10 0 R 99 0 R")
    reading = reader.read(content, 1)
    assert [bool(p.words) for p in reading.pages] == [True, False][: len(reading.pages)]
    assert reading.findings
    assert pictures.render(content, 1)


def test_a_filled_form_is_no_disagreement() -> None:
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(595, 842), invariant=1)
    pen.drawString(40, 700, "PO Number:")
    pen.acroForm.textfield(
        name="n",
        value="A delivery address that is longer than all else here",
        x=120,
        y=695,
        width=420,
        height=18,
    )
    pen.showPage()
    pen.save()
    reading = reader.read(stream.getvalue(), 1)
    assert not reading.findings
    assert only(reading).words[-1].text == "here"


def test_a_file_that_only_one_reader_opens_is_read_and_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf_second.pdfplumber, "open", _fails)
    reading = reader.read(pdf([(40, 100, "PO number: 4711")]), 1)
    assert reading.text == "PO number: 4711"
    assert [f.code for f in reading.findings] == ["pdf-readers-disagree"]


def _fails(*_: object) -> None:
    raise ValueError("as pdfminer does")


def test_boxes_lines_and_short_strokes() -> None:
    content = written(
        LONG + b"100 500 m 250 500 l S 100 300 80 60 re S 20 20 3 3 re f "
        b"300 300 m 400 300 400 350 300 350 c S 300 100 40 20 re n "
        b"q 2 0 0 2 0 0 cm 10 10 m 60 10 l S Q"
    )
    found = sorted(
        (round(r.box.x0), round(r.box.top), round(r.box.x1), round(r.box.bottom))
        for r in only(reader.read(content, 1)).rules
    )
    box = [(100, 440, 100, 500), (100, 440, 180, 440), (100, 500, 180, 500), (180, 440, 180, 500)]
    assert found == sorted([(100, 300, 250, 300), *box, (300, 450, 300, 500), (20, 780, 120, 780)])


def test_a_damaged_file_is_told_or_read_and_never_raises() -> None:
    content = written(LONG + b"100 500 m 250 500 l S", LONG)
    cut = [content[:length] for length in range(10, len(content), 60)]
    spoilt = [content[:n] + b"\xff<<[" + content[n + 4 :] for n in range(10, len(content), 60)]
    for damaged in (*cut, *spoilt):
        reading = reader.read(damaged, 1)
        assert reading.findings or any(page.words for page in reading.pages)
