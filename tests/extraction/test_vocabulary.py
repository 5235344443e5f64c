"""The wording of labels and heads."""

from __future__ import annotations

import pytest

from extraction import vocabulary
from extraction.heads.wording import role_of


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("P.O. No.:", "po_number"),
        ("PO#", "po_number"),
        ("Bestellnummer", "po_number"),
        ("N° de commande", "po_number"),
        ("Liefertermin", "requested_date"),
        ("Condiciones de pago", "payment_terms"),
        ("Totaal incl. BTW", "total"),
        ("Montant H.T.", "subtotal"),
    ],
)
def test_labels_in_six_languages(phrase: str, name: str) -> None:
    assert name in {m.name for m in vocabulary.meanings(phrase) if m.group == "labels"}


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Qty", "quantity"),
        ("Bestellmenge", "quantity"),
        ("Unit Price ($)", "unit_price"),
        ("Prix unitaire HT", "unit_price"),
        ("Importe", "amount"),
        ("Omschrijving", "description"),
        ("Vs. codice", "supplier_sku"),
        ("Unsere Art.-Nr.", "buyer_sku"),
        ("Our item no.", "buyer_sku"),
        ("HSN Code", "decoy"),
        ("PO number", "@po_number"),
        ("Unit selling pri", "unit_price"),
        ("Desciption", "description"),
        ("Flowers", ""),
    ],
)
def test_heads_by_meaning(title: str, role: str) -> None:
    assert role_of(title) == role


def test_only_a_single_slip_of_the_pen_is_forgiven() -> None:
    assert vocabulary.corrected("quantiy") == "quantity"
    assert vocabulary.corrected("qantiy") == "qantiy"
    assert vocabulary.corrected("dat") == "dat"


def test_the_longest_phrase_wins() -> None:
    found = vocabulary.matches("Delivery date: 4 May", frozenset({"labels", "parties"}))
    assert found[0].phrase == "delivery date"
