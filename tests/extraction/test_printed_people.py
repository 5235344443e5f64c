"""Contacts, days and terms that printed orders tell without a label of their own."""

from __future__ import annotations

import pytest

from extraction.fields.mail_names import spells
from tests.extraction.reading import fields, pdf, read_pdf

HEAD = [(40.0, 40.0, "Norrby Works Ltd"), (300.0, 40.0, "Purchase order N-118")]


def read(*pieces: tuple[float, float, str]) -> dict[str, str]:
    return fields(read_pdf(pdf([*HEAD, *pieces])).orders[0])


@pytest.mark.parametrize(
    ("name", "local", "fits"),
    [
        ("Ana Ruiz", "a.ruiz", True),
        ("Ana Ruiz", "aruiz2", True),
        ("Ana Ruiz", "ana", True),
        ("Jan van der Berg", "j.berg", True),
        ("Tamsin", "tamsin", True),
        ("Ana Ruiz", "orders", False),
        ("PIKE JOINERS", "pike", False),
    ],
)
def test_an_address_spells_a_name(name: str, local: str, fits: bool) -> None:
    assert spells(name, local) is fits


def test_a_person_beside_the_address_that_spells_the_name_is_the_contact() -> None:
    row = "Hanne Lund, Senior Commodity Specialist (419) 555-0150 hlund@norrbyworks.example"
    assert read((40, 600, row))["buyer_contact"] == "Hanne Lund"


def test_the_firm_that_a_domain_spells_is_no_person() -> None:
    assert "buyer_contact" not in read(
        (40, 600, "Norrby Works"), (40, 612, "norrby@norrbyworks.se")
    )


@pytest.mark.parametrize(
    "row", ["dinsdag 7 april 2026", "Friday, 7 April 2026", "8999 Oberdorf, 7. April 2026"]
)
def test_a_day_with_its_weekday_or_place_dates_the_order(row: str) -> None:
    assert read((40, 90, row))["order_date"] == "2026-04-07"


@pytest.mark.parametrize(
    ("row", "terms"),
    [
        (
            "Payment will be made 30 days from receipt of invoice.",
            "30 days from receipt of invoice",
        ),
        ("Wij betalen binnen 14 dagen na levering.", "binnen 14 dagen na levering"),
        ("Bitte um Bestätigung. Zahlung 21 Tage ohne Abzug.", "21 Tage ohne Abzug"),
    ],
)
def test_terms_told_in_a_sentence(row: str, terms: str) -> None:
    assert read((40, 600, row))["payment_terms"] == terms


def test_captions_over_a_row_of_values() -> None:
    captions = ["Date", "Sales desk ref", "Requisitioner", "Payment terms", "Route", "Stand"]
    values = ["9 March 2026", "PR/441", "Hanne Lund", "Prompt, 3% off", "Own lorry", "B 12"]
    pieces = [(40.0 + 85 * n, 90.0, text) for n, text in enumerate(captions)]
    pieces += [(40.0 + 85 * n, 104.0, text) for n, text in enumerate(values)]
    found = read(*pieces)
    assert (found["buyer_contact"], found["payment_terms"]) == ("Hanne Lund", "Prompt, 3% off")


def test_the_person_who_orders_is_not_the_buying_firm() -> None:
    found = read((300, 90, "Besteller"), (380, 90, "Uwe Lund"))
    assert (found["buyer_contact"], found["buyer_name"]) == ("Uwe Lund", "Norrby Works Ltd")


def test_a_caption_with_a_second_one_in_brackets_heads_its_address() -> None:
    place = ["Norrby Works Ltd - Unit II", "SF No. 118, Mill Road", "Sulur 641402"]
    rows = [(40.0, 112.0 + 12 * n, text) for n, text in enumerate(place)]
    assert read((40, 100, "Consignee (Ship to)"), *rows)["ship_to"] == ", ".join(place)
