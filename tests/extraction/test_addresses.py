"""Addresses in running text, and which of them the goods shall go to."""

from __future__ import annotations

import pytest

from extraction.fields.addresses import find
from extraction.fields.places import billed_spans, destinations


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Please get these to our Hull yard, 9 Dock Row, Hull HU1 1XX.", "Hull yard, 9 Dock Row, Hull HU1 1XX"),
        ("UPS red to 77 Grain Ave, Salina, KS 67401, need by noon", "77 Grain Ave, Salina, KS 67401"),
        ("Versandadresse wie immer Halle 4, Am Kanal 3, 48155 Münster.", "Halle 4, Am Kanal 3, 48155 Münster"),
        ("auf die Baustelle Lindenweg 9 in 83022 Rosenheim", "Baustelle Lindenweg 9 in 83022 Rosenheim"),
        ("en la tienda: Avda. del Puerto, 7, 46021 Valencia", "Avda. del Puerto, 7, 46021 Valencia"),
        ("livraison au Manoir du Lac, 29730 Plomeur, et non au labo", "Manoir du Lac, 29730 Plomeur"),
        ("presso la nostra officina in Via Po 8, 46027 Suzzara (MN).", "Via Po 8, 46027 Suzzara (MN)"),
        ("op locatie De Eik, Laan 40, 8021 KL Zwolle.", "De Eik, Laan 40, 8021 KL Zwolle"),
        ("before 05.08.2026 at our works, Plot 41, Ambad, Nashik - 422010.", "Plot 41, Ambad, Nashik - 422010"),
    ],
)  # fmt: skip
def test_addresses_in_sentences(text: str, wanted: str) -> None:
    assert [text[a.start : a.end] for a in find(text)] == [wanted]
    assert [text[a:b] for a, b in destinations(text)] == [wanted]


@pytest.mark.parametrize(
    "text",
    [
        "wir brauchen 10 Stück 20125 Schrauben M8 bis Freitag",
        "send 5 of 40-1120 Beaker sets and 20 boxes of part 12345 Clips",
        "we need 10, 20, 1500 Red caps",
    ],
)
def test_goods_are_no_addresses(text: str) -> None:
    assert find(text) == []


def test_where_the_invoice_goes_is_no_destination() -> None:
    text = "Rechnung bitte an Hafen Pflege gGmbH, Kaiweg 2, 24103 Kiel"
    assert destinations(text) == ()
    assert [text[a:b] for a, b in billed_spans(text)] == [
        "Hafen Pflege gGmbH, Kaiweg 2, 24103 Kiel"
    ]
