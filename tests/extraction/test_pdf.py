"""The PDF reader: words with places, and files that cannot be read."""

from __future__ import annotations

import io

import pytest
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from core.errors import Unreadable
from extraction.page import pictures
from extraction.page.segments import canvas_of
from extraction.readers import pdf as reader
from tests.extraction.reading import pdf


def codes(content: bytes) -> list[str]:
    return [f.code for f in reader.read(content, 1).findings]


def test_words_have_their_places_and_rows_their_segments() -> None:
    reading = reader.read(pdf([(40, 100, "PO number: 4711"), (300, 100, "Date: 2026-05-12")]), 1)
    (row,) = canvas_of(reading).rows
    assert [s.text for s in row.segments] == ["PO number: 4711", "Date: 2026-05-12"]
    word = row.segments[1].words[0]
    assert (round(word.box.x0), word.page) == (300, 1)
    assert 95 < word.box.top < 105


def test_letters_set_wide_apart_are_one_word() -> None:
    pieces = [(40.0 + 14 * i, 60.0, letter) for i, letter in enumerate("PURCHASE")]
    reading = reader.read(pdf([*pieces, (40, 90, "something else to read here")]), 1)
    assert reading.lines[0].text == "PURCHASE"


def test_a_drawn_line_parts_words_that_stand_close() -> None:
    content = pdf([(40, 100, "Unit"), (60, 100, "Price")], rules=[(58.5, 90, 58.5, 120)])
    assert len(canvas_of(reader.read(content, 1)).rows[0].segments) == 2


def test_locked_damaged_empty() -> None:
    stream = io.BytesIO()
    pen = Canvas(stream, encrypt=pdfencrypt.StandardEncryption("secret", canPrint=0))
    pen.drawString(40, 700, "hidden")
    pen.save()
    assert codes(stream.getvalue()) == ["pdf-password"]
    assert codes(b"%PDF-1.4 nothing behind") == ["pdf-damaged"]
    assert codes(pdf([])) == ["no-text-layer"]


def test_only_the_first_fifty_pages_are_read() -> None:
    content = pdf(*[[(40, 100, f"page {n}")] for n in range(53)])
    reading = reader.read(content, 1)
    assert len(reading.pages) == reader.MAX_PAGES
    assert "too-many-pages" in [f.code for f in reading.findings]


def test_a_page_as_a_picture() -> None:
    content = pdf([(40, 100, "PO number: 4711")])
    assert pictures.render(content, 1, 0.5).startswith(b"\x89PNG")
    with pytest.raises(Unreadable) as error:
        pictures.render(content, 2)
    assert error.value.code == "no-such-page"
    with pytest.raises(Unreadable) as error:
        pictures.render(b"no pdf", 1)
    assert error.value.code == "pdf-damaged"


def test_what_was_typed_into_a_form_is_read() -> None:
    stream = io.BytesIO()
    pen = Canvas(stream, pagesize=(595, 842), invariant=1)
    pen.drawString(40, 700, "PO Number:")
    pen.acroForm.textfield(name="number", value="77-120", x=120, y=695, width=120, height=18)
    pen.showPage()
    pen.save()
    (row,) = canvas_of(reader.read(stream.getvalue(), 1)).rows
    assert [s.text for s in row.segments] == ["PO Number:", "77-120"]
