"""Tables with little room between their columns, and part numbers that have no column of their own."""

from __future__ import annotations

from reportlab.pdfbase.pdfmetrics import stringWidth

from extraction.code_labels import plain_code_label
from tests.extraction.reading import lines, pdf, read_pdf

TOP = [(40.0, 60.0, "Purchase order"), (40.0, 80.0, "PO number: 77-120")]


def ending(x1: float, top: float, text: str) -> tuple[float, float, str]:
    """A text that ends at a place, as figures do."""
    return x1 - stringWidth(text, "Helvetica", 9), top, text


def test_heads_hardly_apart_are_parted_where_values_stand_level_with_them() -> None:
    page = [
        *TOP,
        ending(80, 200, "Cost"), (87.0, 200.0, "Article"), (160.0, 200.0, "Goods"),
        ending(380, 200, "Total"), (387.0, 200.0, "UM"), ending(480, 200, "Ordered"),
    ]  # fmt: skip
    for top, cost, code, goods, total, unit, count in (
        (216.0, "4.50", "PVX-43", "Seals", "45.00", "rolls", "10"),
        (232.0, "12.25", "XB-6403", "Copper pipe bent", "24.50", "m", "2"),
    ):
        page += [
            ending(80, top, cost), (87.0, top, code), (160.0, top, goods),
            ending(380, top, total), (387.0, top, unit), ending(480, top, count),
        ]  # fmt: skip
    (order,) = read_pdf(pdf(page)).orders
    assert [
        (one["unit_price"], one["buyer_sku"], one["amount"], one["uom"]) for one in lines(order)
    ] == [("4.50", "PVX-43", "45.00", "rolls"), ("12.25", "XB-6403", "24.50", "m")]


def test_the_words_of_one_head_stay_together() -> None:
    page = [
        *TOP,
        (40.0, 200.0, "Item Details"), ending(300, 200, "Qty"), ending(380, 200, "Net Price"), ending(460, 200, "Amount"),
    ]  # fmt: skip
    for top, goods, price in (
        (216.0, "Item seals", "5.00/ drum"),
        (232.0, "Item hoses", "7.00/ drum"),
    ):
        page += [(40.0, top, goods), ending(300, top, "1"), ending(380, top, price), ending(460, top, price[:4])]  # fmt: skip
    (order,) = read_pdf(pdf(page)).orders
    assert [(one["description"], one["unit_price"], one["uom"]) for one in lines(order)] == [
        ("Item seals", "5.00", "drum"),
        ("Item hoses", "7.00", "drum"),
    ]


def goods_page(*goods: str) -> bytes:
    page = [*TOP, (40.0, 200.0, "Description"), (400.0, 200.0, "Qty"), (460.0, 200.0, "Price")]
    top = 216.0
    for text in goods:
        first, *below = text.split("\n")
        page += [(40.0, top, first), (400.0, top, "12"), (460.0, top, "2.50")]
        for row in below:
            top += 12
            page.append((40.0, top, row))
        top += 24
    return pdf(page)


def test_part_numbers_that_open_the_goods_of_every_line() -> None:
    (order,) = read_pdf(
        goods_page("rr_984: Hose", "KPV/3628, Pipe, bent", "0948435: 24V lamp")
    ).orders
    assert [(one["buyer_sku"], one["description"]) for one in lines(order)] == [
        ("rr_984", "Hose"),
        ("KPV/3628", "Pipe, bent"),
        ("0948435", "24V lamp"),
    ]


def test_part_numbers_that_end_the_goods_of_every_line() -> None:
    (order,) = read_pdf(
        goods_page("Hose [rr-984]", "Pipe DN20 (kp-3628)", "Lamp 24V - A4711")
    ).orders
    assert [(one["buyer_sku"], one["description"]) for one in lines(order)] == [
        ("rr-984", "Hose"),
        ("kp-3628", "Pipe DN20"),
        ("A4711", "Lamp 24V"),
    ]


def test_sizes_and_norms_in_goods_are_no_part_numbers() -> None:
    (order,) = read_pdf(
        goods_page("Bolt M8x120 DIN933", "Bolt M8x140 DIN931", "Plate EN10025")
    ).orders
    assert not any({"buyer_sku", "supplier_sku"} & one.keys() for one in lines(order))


def test_labels_of_part_numbers_with_no_owner_under_the_goods() -> None:
    (order,) = read_pdf(goods_page("Steel hose\nArt.-Nr.: HG_68331", "Lamp\nP/N 533.450.36")).orders
    assert [(one["buyer_sku"], one["description"]) for one in lines(order)] == [
        ("HG_68331", "Steel hose"),
        ("533.450.36", "Lamp"),
    ]
    assert plain_code_label("Code article: 2645478") and plain_code_label("Referencia: 77")
    assert not plain_code_label("Material: brass") and not plain_code_label("Drawing no. 7")
