"""Forms with drawn boxes: captions and values in boxes, captions on two rows, captions written downwards."""

from __future__ import annotations

from tests.extraction.reading import fields, pdf, read_pdf

Line = tuple[float, float, float, float]


def box(x0: float, top: float, x1: float, bottom: float) -> list[Line]:
    return [
        (x0, top, x1, top),
        (x0, bottom, x1, bottom),
        (x0, top, x0, bottom),
        (x1, top, x1, bottom),
    ]


def read(pieces: list[tuple[float, float, str]], *boxes: list[Line]) -> dict[str, str]:
    rules = [line for each in boxes for line in each]
    return fields(read_pdf(pdf(pieces, rules=rules)).orders[0])


def test_a_value_stands_in_the_box_of_its_caption() -> None:
    found = read(
        [
            (44, 60, "Ordered"),
            (44, 84, "9 March 2026"),
            (164, 60, "Carrier"),
            (164, 110, "Notes"),
            (44, 110, "PO Number"),
            (44, 134, "K-4471"),
            (164, 134, "Fragile goods"),
        ],
        *[box(x, y, x + 120, y + 50) for x in (40, 160) for y in (56, 106)],
    )
    assert (found["order_date"], found["po_number"]) == ("2026-03-09", "K-4471")
    assert "ship_via" not in found


def test_a_caption_on_two_rows_has_its_value_in_the_box_below() -> None:
    heads = [("Terms of", "payment"), ("Mode of", "transport"), ("Date", "required")]
    cells = [("2 % 10 days,", "net 30 days"), ("Own", "lorry"), ("17 July 2026", "")]
    pieces = []
    for column, (head, cell) in enumerate(zip(heads, cells, strict=True)):
        x = 44 + 120 * column
        pieces += [(x, 60, head[0]), (x, 71, head[1]), (x, 88, cell[0]), (x, 99, cell[1])]
    boxes = [box(40 + 120 * n, top, 160 + 120 * n, top + 28) for n in range(3) for top in (57, 85)]
    found = read(pieces, *boxes)
    assert found["payment_terms"] == "2 % 10 days, net 30 days"
    assert (found["ship_via"], found["requested_date"]) == ("Own lorry", "2026-07-17")


def test_captions_written_downwards() -> None:
    letters = [(40.0, 100.0 + 7 * n, letter) for n, letter in enumerate("SHIPTO")]
    address = ["Norrby Works Ltd", "Dock 4", "12 Quay Street", "Leeds LS1 4AB"]
    rows = [(60.0, 100.0 + 12 * n, text) for n, text in enumerate(address)]
    assert read([*letters, *rows])["ship_to"] == ", ".join(address)


def test_captions_close_together_each_have_their_value_below() -> None:
    found = read(
        [
            (40, 60, "Payment Terms"),
            (140, 60, "Freight Terms Ship Via"),
            (40, 72, "Net 30"),
            (140, 72, "FOB Dest"),
            (206, 72, "Ground"),
        ]
    )
    assert (found["payment_terms"], found["ship_via"]) == ("Net 30", "Ground")


def test_a_town_that_heads_its_paper_buys() -> None:
    dock = ["District 3 Depot", "4 Mill Road", "Northfield, VT 05663"]
    pieces = [(40.0, 40.0, "Commonwealth of Osterby"), (40.0, 54.0, "Department of Roads")]
    for x, head in ((40.0, "Ship To:"), (300.0, "Bill To:")):
        pieces += [(x, 100.0, head), *((x, 112.0 + 12 * n, t) for n, t in enumerate(dock))]
    assert read(pieces)["buyer_name"] == "Commonwealth of Osterby"
