"""Head rows that are told by the columns under them, and which of two like columns counts."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth

from tests.extraction.reading import lines, pdf, read_pdf

Text = tuple[float, float, str]


def laid(top: float, places: list[float], *cells: str) -> list[Text]:
    return [(x, top, text) for x, text in zip(places, cells, strict=True) if text]


def read(*rows: list[Text]) -> list[dict[str, str]]:
    page = [(40.0, 60.0, "Purchase order 8812"), *(text for row in rows for text in row)]
    (order,) = read_pdf(pdf(page)).orders
    return lines(order)


def test_short_titles_over_figures_head_a_table_though_most_words_are_unknown() -> None:
    at = [40.0, 110.0, 200.0, 260.0, 340.0, 400.0, 480.0]
    found = read(
        laid(200, at, "Jar ref", "Neck finish", "Glass", "Lid", "Qty", "$ per 1000", "Value"),
        laid(216, at, "JR-20", "63 TO", "flint", "gold", "4,000", "310.00", "1,240.00"),
        laid(232, at, "JR-44", "82 RTS", "amber", "black", "900", "455.00", "409.50"),
    )
    assert [(x["buyer_sku"], x["quantity"], x["unit_price"], x["amount"]) for x in found] == [
        ("JR-20", "4000", "0.31", "1240.00"),
        ("JR-44", "900", "0.455", "409.50"),
    ]


def test_of_blanket_released_and_this_release_the_last_is_ordered() -> None:
    at = [40.0, 130.0, 280.0, 350.0, 420.0, 490.0]
    found = read(
        laid(
            200, at, "Part", "Description", "Blanket Qty", "Rel. to date", "This release", "Price"
        ),
        laid(216, at, "PN-118", "Gear blank", "2,000", "1,150", "150", "38.22"),
        laid(232, at, "PN-220", "Pinion", "600", "240", "40", "96.40"),
    )
    assert [x["quantity"] for x in found] == ["150", "40"]


def test_of_two_unit_columns_the_one_with_units_counts() -> None:
    at = [40.0, 130.0, 280.0, 350.0, 400.0, 460.0]
    found = read(
        laid(200, at, "Part", "Description", "Pack", "Qty", "UOM", "Price"),
        laid(216, at, "PN-118", "Filter tips", "10 x 96", "6", "PK", "58.40"),
        laid(232, at, "PN-220", "Buffer", "6/case", "2", "CS", "41.15"),
    )
    assert [x["uom"] for x in found] == ["PK", "CS"]


def test_numbered_sizes_have_sums_and_no_quantity_of_their_own() -> None:
    at = [40.0, 110.0, 220.0, 260.0, 300.0, 340.0, 380.0, 430.0, 490.0]
    found = read(
        laid(200, at, "Style", "Goods", "26", "28", "30", "32", "Total", "Cost", "Value"),
        laid(216, at, "KX-1", "Trousers", "12", "24", "24", "6", "66", "6.00", "396.00"),
        laid(232, at, "KX-2", "Skirts", "10", "", "20", "10", "40", "5.50", "220.00"),
    )
    assert [x["quantity"] for x in found] == ["12", "24", "24", "6", "10", "20", "10"]


def test_a_title_printed_over_two_columns_is_parted_where_both_have_texts() -> None:
    edge = 200.0 + stringWidth("Inhalt Menge", "Helvetica", 9)
    rows = []
    for top, goods, pack, count, price, amount in (
        (216.0, "Oat flakes", "12x50", "30", "14.28", "428.40"),
        (232.0, "Tomatoes", "24x40", "20", "17.52", "350.40"),
        (248.0, "Coconut milk", "6x40", "45", "7.74", "348.30"),
    ):
        ends = edge - stringWidth(count, "Helvetica", 9)
        texts = [(40.0, goods), (200.0, pack), (ends, count), (320.0, price), (400.0, amount)]
        rows.append([(x, top, text) for x, text in texts])
    head = laid(200, [40.0, 200.0, 320.0, 400.0], "Ware", "Inhalt Menge", "Preis", "Betrag")
    assert [x["quantity"] for x in read(head, *rows)] == ["30", "20", "45"]
