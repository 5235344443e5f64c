"""Printed numbers: our own strict grammar, and what the document decides."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extraction.fields import numbers
from extraction.fields.numbers import Style

POINT, COMMA = Style("."), Style(",")


@pytest.mark.parametrize(
    ("text", "style", "value"),
    [
        ("1,234.50", POINT, "1234.50"),
        ("1.234,50", POINT, "1234.50"),
        ("1 234,50", COMMA, "1234.50"),
        ("1'234.50", POINT, "1234.50"),
        ("4.002", COMMA, "4002"),
        ("4.002", POINT, "4.002"),
        ("4,002", POINT, "4002"),
        ("12,5", POINT, "12.5"),
        ("2,35,750.00", POINT, "235750.00"),
        ("$ 32.50", POINT, "32.50"),
        ("EUR 14,80", COMMA, "14.80"),
        ("12.50 USD", POINT, "12.50"),
        ("(3.00)", POINT, "-3.00"),
        ("75,000/-", POINT, "75000"),
        (".5", POINT, "0.5"),
    ],
)
def test_reads_the_number_that_is_meant(text: str, style: Style, value: str) -> None:
    assert numbers.parse(text, style) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "1e9", "NaN", "12 pcs", "1.2.3", "1,23,4", "12/03/2026", "A-12", "٣"]
)
def test_refuses_what_is_no_plain_number(text: str) -> None:
    assert numbers.parse(text, POINT) is None


def test_the_printed_decimals_are_kept() -> None:
    assert numbers.printed(numbers.parse("48.000") or Decimal(0)) == "48.000"


def test_the_documents_own_numbers_tell_the_decimal_sign() -> None:
    assert numbers.style_of(["Menge 4.002", "Preis 12,50", "Summe 1.250,00"]).decimal == ","
    assert numbers.style_of(["Qty 4,002", "Price 12.50"]).decimal == "."


def test_an_ambiguous_number_has_another_reading() -> None:
    assert numbers.other_reading("4.002", POINT) == Decimal(4002)
    assert numbers.other_reading("4.02", POINT) is None


def test_numbers_inside_codes_and_days_are_not_found() -> None:
    found = numbers.find("PO-2026 of 12/03/2026 holds 15 pcs at 3.20")
    assert [v for v, _, _ in found] == [Decimal(15), Decimal("3.20")]
