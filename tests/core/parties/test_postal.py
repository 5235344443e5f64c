"""Postal codes by the shape that a country gives them."""

import pytest

from core.parties.postal import SHAPES, example, fits


@pytest.mark.parametrize(
    ("country", "code", "can_be"),
    [
        ("IE", "D24 Y5K7", True),
        ("IE", "T23XN41", True),
        ("IE", "D6W F702", True),
        ("IE", "12345", False),
        ("DE", "28217", True),
        ("DE", "D-28217", True),
        ("DE", "DE-2821", False),
        ("GB", "SW1A 1AA", True),
        ("GB", "M1 1AE", True),
        ("GB", "1234 AB", False),
        ("US", "60601-1234", True),
        ("US", "6060", False),
        ("LV", "LV-1010", True),
        ("NL", "1012 AB", True),
        ("PA", "anything", True),
    ],
)
def test_a_code_has_its_countrys_shape(country: str, code: str, can_be: bool) -> None:
    assert fits(country, code) is can_be


@pytest.mark.parametrize("country", SHAPES)
def test_an_example_fits_its_own_country(country: str) -> None:
    code = example(country).replace("9", "1").replace("A", "B").replace("X", "7")
    assert fits(country, code.replace("BD", "AD") if country == "AD" else code)
