"""Papers that are to come back are no goods that come back."""

from __future__ import annotations

import pytest

from extraction.lanes.classify import classify

ORDER = "Purchase order 4711. Please supply 10 pcs of A-1 at 2.50. "


@pytest.mark.parametrize(
    "text",
    [
        "Please return a signed copy of this order within 2 days.",
        "Merci de nous retourner l'accusé de réception sous 48 h.",
        "Bitte senden Sie die Auftragsbestätigung umgehend zurück.",
        "Rogamos devolver copia firmada.",
        "Sign and return the attached acknowledgement.",
    ],
)
def test_a_paper_that_is_to_come_back_makes_no_return(text: str) -> None:
    assert classify("Order 4711", ORDER + text, has_order_grid=True).lane == "order"


@pytest.mark.parametrize(
    "text",
    [
        "We want to return 3 pumps of order 4711, they arrived damaged.",
        "Nous souhaitons vous retourner 3 pompes défectueuses de la commande 4711.",
        "Wir schicken die drei beschädigten Pumpen aus Bestellung 4711 zurück.",
    ],
)
def test_goods_that_come_back_still_are_a_return(text: str) -> None:
    assert classify("Order 4711", text).lane == "return_request"
