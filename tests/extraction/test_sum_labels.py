"""Sums and currencies by the words beside them."""

from __future__ import annotations

import pytest

from extraction.fields.money_marks import _said
from extraction.fields.sum_labels import kinds_of
from tests.extraction.reading import fields, pdf, read_pdf


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Total GBP Excl. VAT", "subtotal"),
        ("Total ex GST", "subtotal"),
        ("Goods", "subtotal"),
        ("Zwischentotal", "subtotal"),
        ("Celkem bez DPH", "subtotal"),
        ("Base HT", "subtotal"),
        ("20% VAT", "tax"),
        ("zzgl. 19 % MwSt", "tax"),
        ("Total TVA", "tax"),
        ("Cuota", "tax"),
        ("Carriage", "freight"),
        ("Frais de port", "freight"),
        ("Gross", "total"),
        ("Total incl. moms", "total"),
        ("Celkem s DPH", "total"),
        ("Order value", "total"),
        ("Amount due", "total"),
    ],
)
def test_the_stems_of_a_label_say_which_sum_it_names(label: str, kind: str) -> None:
    assert kinds_of(label)[0] == kind


@pytest.mark.parametrize(
    "label",
    [
        "VAT No.",
        "Total qty",
        "Delivery date",
        "Credit limit",
        "Unit price",
        "Less discount",
        "Net 30",
    ],
)
def test_labels_of_other_things_name_no_sum(label: str) -> None:
    assert kinds_of(label) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Celkem: 12 300 Kč", "CZK"),
        ("1 240,50 zł", "PLN"),
        ("R$ 120,00", "BRL"),
        ("A$45.00", "AUD"),
        ("£18", "GBP"),
        ("Price (USD)", "USD"),
        ("Betrag EUR", "EUR"),
        ("Total GBP Excl. VAT", "GBP"),
        ("Prices are in US Dollars", "USD"),
        ("TOTAL: SAY US DOLLARS TWENTY ONE THOUSAND", "USD"),
        ("Montants en euros", "EUR"),
    ],
)
def test_currencies_by_code_sign_and_name(text: str, code: str) -> None:
    assert {said for said, *_ in _said(text)} == {code}


@pytest.mark.parametrize("text", ["$ 45.00", "Euro pallet", "Rs. 400", "5 ft", "12 kr", "USA 12"])
def test_what_names_no_single_currency_says_nothing(text: str) -> None:
    assert not list(_said(text))


TABLE = [
    (40.0, 60.0, "Purchase Order 4471"),
    (40.0, 100.0, "Item"),
    (120.0, 100.0, "Description"),
    (300.0, 100.0, "Qty"),
    (380.0, 100.0, "Unit price"),
    (480.0, 100.0, "Amount"),
    (40.0, 116.0, "AB-10"),
    (120.0, 116.0, "Bearing housing"),
    (300.0, 116.0, "4"),
    (380.0, 116.0, "50.00"),
    (480.0, 116.0, "200.00"),
    (40.0, 130.0, "AB-22"),
    (120.0, 130.0, "Bearing insert"),
    (300.0, 130.0, "10"),
    (380.0, 130.0, "12.00"),
    (480.0, 130.0, "120.00"),
]


def test_captions_side_by_side_over_their_sums() -> None:
    found = read_pdf(
        pdf(
            [
                *TABLE,
                *((x, 200.0, t) for x, t in zip((60.0, 160.0, 260.0, 360.0, 460.0), ("Goods", "Carriage", "Net", "VAT", "Gross"), strict=True)),
                *((x, 214.0, t) for x, t in zip((60.0, 160.0, 260.0, 360.0, 460.0), ("320.00", "18.00", "338.00", "67.60", "405.60"), strict=True)),
            ]
        )
    )  # fmt: skip
    read = fields(found.orders[0])
    assert (read["freight"], read["tax"], read["total"]) == ("18.00", "67.60", "405.60")
    assert read["subtotal"] in ("320.00", "338.00")


def test_tax_in_two_parts_is_added_where_the_total_says_so() -> None:
    sums = (("Subtotal", "320.00"), ("GST 5%", "16.00"), ("PST 7%", "22.40"), ("Total", "358.40"))
    rows = [
        piece
        for n, (label, value) in enumerate(sums)
        for piece in ((380.0, 200.0 + 14 * n, label), (480.0, 200.0 + 14 * n, value))
    ]
    read = fields(read_pdf(pdf([*TABLE, *rows])).orders[0])
    assert (read["subtotal"], read["tax"], read["total"]) == ("320.00", "38.40", "358.40")


def test_a_total_told_in_words_and_figures() -> None:
    said = "TOTAL: SAY US DOLLARS THREE HUNDRED AND TWENTY ONLY USD320.00"
    read = fields(read_pdf(pdf([*TABLE, (40.0, 200.0, said)])).orders[0])
    assert (read["total"], read["currency"]) == ("320.00", "USD")


def _two_columns(*rows: tuple[str, str]) -> list[tuple[float, float, str]]:
    return [
        piece
        for n, (label, value) in enumerate(rows)
        for piece in ((380.0, 200.0 + 14 * n, label), (480.0, 200.0 + 14 * n, value))
    ]


@pytest.mark.parametrize(
    ("pieces", "wanted"),
    [
        (
            [(480.0, 200.0, "320.00"), (480.0, 211.0, "Goods value"), (480.0, 230.0, "64.00"), (480.0, 241.0, "VAT"), (480.0, 260.0, "384.00"), (480.0, 271.0, "Order total")],
            ("320.00", "64.00", None, "384.00"),
        ),
        ([(40.0, 200.0, "Sub-total: £320.00   VAT @20%: £64.00   Total: £384.00")], ("320.00", "64.00", None, "384.00")),
        (_two_columns(("Netto", "320,00"), ("Frakt", "0,00"), ("Moms 25 %", "80,00"), ("Att betala", "400,00 kr")), ("320.00", "80.00", "0.00", "400.00")),
        (_two_columns(("Gross goods", "320.00"), ("Less discount 5%", "-16.00"), ("Net goods", "304.00"), ("VAT 20%", "60.80"), ("Total", "364.80")), ("304.00", "60.80", None, "364.80")),
        (_two_columns(("Freight collect", ""), ("VAT No 123 4567 89", "")), (None, None, None, None)),
    ],
    ids=["labels below", "one row", "Swedish", "discount", "no sums"],
)  # fmt: skip
def test_sums_in_other_places_and_languages(
    pieces: list[tuple[float, float, str]], wanted: tuple[str | None, ...]
) -> None:
    read = fields(read_pdf(pdf([*TABLE, *pieces])).orders[0])
    assert tuple(read.get(name) for name in ("subtotal", "tax", "freight", "total")) == wanted


def test_nothing_printed_is_no_total() -> None:
    read = fields(read_pdf(pdf([*TABLE, (40.0, 200.0, "Deliver before noon.")])).orders[0])
    assert not {"subtotal", "tax", "freight", "total"} & read.keys()
