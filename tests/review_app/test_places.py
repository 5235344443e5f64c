"""Where values were read, put back into what the desk shows."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from core.inbound.documents import PartView
from extraction.readers.html import plain_text
from review_app.desk.document_text import empty_cells
from review_app.desk.electronic import segments
from review_app.desk.pane import Remark, remarks
from review_app.desk.places import Piece, blocks, box_of, pieces, place_key, sheets_of, span_of

TEXT = "please send 12 of N-100"


def test_text_is_cut_at_its_places() -> None:
    assert pieces(TEXT, [("7", 12, 14), ("8-a", 18, 23)]) == (
        Piece("please send "),
        Piece("12", ("7",)),
        Piece(" of "),
        Piece("N-100", ("8-a",)),
    )


def test_places_may_overlap() -> None:
    found = pieces("12 CS", [("1", 0, 5), ("2", 0, 2)])
    assert found == (Piece("12", ("1", "2")), Piece(" CS", ("1",)))


@given(
    some.text(max_size=60),
    some.lists(some.tuples(some.sampled_from("123"), some.integers(-5, 70), some.integers(-5, 70))),
)
def test_no_text_is_lost_or_added(text: str, spans: list[tuple[str, int, int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@given(some.text("ab\t\n", max_size=60), some.lists(some.integers(0, 60), max_size=4))
def test_tables_of_a_text_keep_every_character(text: str, marks: list[int]) -> None:
    spans = [("1", a, a + 3) for a in marks]
    shown = blocks(pieces(text, spans), {})
    cells = [p for b in shown for row in b.rows or (((b.pieces),),) for cell in row for p in cell]
    assert "".join(piece.text for piece in cells) == text


def test_lines_with_tabs_are_a_table() -> None:
    running, table, last = blocks(pieces("Hello,\nPos\tItem\n1\tN-100\nBye", [("7", 18, 23)]), {})
    assert running.pieces == (Piece("Hello,\n"),)
    assert table.rows == (
        ((Piece("Pos\t"),), (Piece("Item\n"),)),
        ((Piece("1\t"),), (Piece("N-100", ("7",)), Piece("\n"))),
    )
    assert last.pieces == (Piece("Bye"),)


def test_a_span_that_does_not_fit_falls_back_to_the_words() -> None:
    assert span_of(TEXT, {"span": [12, 14], "text": "12"}) == (12, 14)
    assert span_of(TEXT, {"span": [0, 2], "text": "N-100"}) == (18, 23)
    assert span_of("12 and 12", {"span": [4, 6], "text": "12"}) is None
    assert span_of(TEXT, {"span": [12, 900], "text": ""}) is None


def test_boxes_have_room_around_the_words() -> None:
    lit = box_of("3", {"box": [10, 20, 60, 30]})
    assert lit is not None
    assert (lit.x, lit.y, lit.width, lit.height) == (8, 18, 54, 14)
    assert box_of("3", {}) is None


def test_cells_stand_where_they_stood() -> None:
    (sheet,) = sheets_of(
        [("1", "Order!B2", "77120"), ("2", "Order!AA2", "12"), ("3", "Order!B7", "x")]
    )
    assert sheet.columns == ("B", "AA")
    assert [number for number, _ in sheet.rows] == [2, 7]
    assert sheet.rows[1][1][1] is None
    assert sheets_of([("1", "/Order/ID", "x")]) == ()


def test_segments_are_numbered_as_the_standard_cuts_them() -> None:
    x12 = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *261120*0615*U*00401*000000001*0*P*>~\nGS*PO~\nBEG*00~\n"
    assert [(row.number, row.raw) for row in segments(x12)][2] == (3, "BEG*00")
    assert segments(x12)[2].name == "Start of the purchase order"
    assert segments(b"UNA:+.? 'UNB+UNOC:3+A+B'BGM+220+it?'s'")[1].raw == "BGM+220+it?'s"
    latin = "UNB+UNOC:3+A+B'UNH+1+ORDERS:D:96A:UN'NAD+BY+Straße'".encode("latin-1")
    assert segments(latin)[2].raw == "NAD+BY+Straße"
    assert segments(b"%PDF-1.4") == ()
    assert segments(b"UNB" + b"x" * 600_000) == ()


def test_another_reading_has_a_place_of_its_own() -> None:
    there = {"part": 2, "page": 1, "box": [1, 2, 3, 4]}
    assert place_key(12) == "12"
    assert place_key(12, there) == place_key(12, {**there, "backed": "the catalogue"})
    assert place_key(12, there) != place_key(12, {**there, "page": 2})


def test_remarks_stand_at_the_part_that_they_are_about() -> None:
    findings = (
        {"text": "Read from a picture.", "severity": "warning", "place": "part 2"},
        {"text": "Two readers differ.", "severity": "warning", "place": "part 2, page 3"},
        {"text": "Seen on two.", "severity": "info", "place": "part 2, page 1, 4"},
        {"text": "Too many parts.", "severity": "error", "place": ""},
    )
    assert remarks(findings, 2) == (
        Remark("Read from a picture.", True),
        Remark("Two readers differ.", True, 3),
        Remark("Seen on two.", False),
    )
    assert remarks(findings, 0) == (Remark("Too many parts.", True),)
    assert remarks(findings, 1) == ()


def test_empty_cells_of_a_mails_table_keep_their_columns() -> None:
    html = "<p>Hello</p><table><tr><th>Pos</th><th>Yours</th><th>Ours</th><th>Qty</th></tr><tr><td>1</td><td></td><td>K-9</td><td>5</td></tr><tr><td colspan=3>Sum</td><td>5</td></tr></table>"
    part = PartView(1, 1, "body-html", "text/html", "", 10, html, 0, (), ())
    first, table = blocks(pieces(plain_text(html), ()), empty_cells(part))
    assert first.rows == ()
    words = [["".join(p.text for p in cell).strip() for cell in row] for row in table.rows]
    assert words == [["Pos", "Yours", "Ours", "Qty"], ["1", "", "K-9", "5"], ["Sum", "", "", "5"]]
