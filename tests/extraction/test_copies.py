"""Pages printed twice in one file, and what loses a decision by arithmetic."""

from __future__ import annotations

from tests.extraction.reading import Piece, lines, pdf, read_pdf

ORDER: list[Piece] = [
    (40.0, 60.0, "Purchase order"), (40.0, 80.0, "PO number: 77-120"), (40.0, 95.0, "Date: 4 March 2026"),
    (40.0, 120.0, "Deliver to: Hill Works, 4 Mill Lane, Derby DE1 2AB"),
    (40.0, 200.0, "Part no."), (120.0, 200.0, "Description"), (300.0, 200.0, "Qty"), (360.0, 200.0, "Price"), (440.0, 200.0, "Amount"),
    (40.0, 216.0, "AB-711"), (120.0, 216.0, "Hose two wire"), (300.0, 216.0, "2"), (360.0, 216.0, "5.00"), (440.0, 216.0, "10.00"),
    (40.0, 232.0, "AB-712"), (120.0, 232.0, "Screw"), (300.0, 232.0, "500"), (360.0, 232.0, "8.00"), (440.0, 232.0, "40.00"),
]  # fmt: skip


def test_a_page_printed_again_as_a_copy_is_read_once_and_told() -> None:
    copy = [*ORDER, (400.0, 40.0, "Duplicate - for the driver"), (40.0, 800.0, "Page 2")]
    found = read_pdf(pdf([*ORDER, (40.0, 800.0, "Page 1")], copy))
    (order,) = found.orders
    assert [one["buyer_sku"] for one in lines(order)] == ["AB-711", "AB-712"]
    assert [f.code for f in found.findings if f.code == "pages-repeated"] == ["pages-repeated"]


def test_a_page_with_another_figure_is_no_copy() -> None:
    other = [(x, top, {"2": "7", "10.00": "35.00"}.get(text, text)) for x, top, text in ORDER]
    found = read_pdf(pdf(ORDER, other))
    assert sum(len(order.lines) for order in found.orders) == 4
    assert not any(f.code == "pages-repeated" for f in found.findings)


def test_the_price_as_printed_stays_beside_the_price_of_one() -> None:
    (order,) = read_pdf(pdf(ORDER)).orders
    price = order.lines[1]["unit_price"]
    assert price.value == "0.08"
    assert [other.value for other in price.alternatives] == ["8.00"]
