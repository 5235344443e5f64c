"""What a mail tells of its order outside the text: number in the subject, buyer in the signature or domain, forwarder."""

from __future__ import annotations

import pytest

from extraction.context import Context, OwnCompany
from tests.extraction.reading import fields, lines, read_mail

OURS = Context(own=OwnCompany(mail_domains=("us.example",)))


@pytest.mark.parametrize(
    ("subject", "number"),
    [
        ("PO 7781-A", "7781-A"),
        ("Our order no. 55-120", "55-120"),
        ("RE: RE: FW: Order #A-10023 (urgent)", "A-10023"),
        ("Bestellung: 4500-991", "4500-991"),
        ("Commande n° CF-2231", "CF-2231"),
        ("Pedido 99-17", "99-17"),
        ("Ordine n. 2026/44", "2026/44"),
        ("Inkooporder 6612", "6612"),
    ],
)
def test_the_number_stands_in_the_subject_only(subject: str, number: str) -> None:
    (order,) = read_mail("Please send 6 lamps.", subject=subject).orders
    assert fields(order)["po_number"] == number


def test_the_buyer_stands_in_the_signature_only() -> None:
    body = (
        "Bitte 6 Lampen.\n\nMfG\nH. Voss\nVoss Leuchten GmbH & Co. KG\nHafenstr. 3, 20457 Hamburg"
    )
    (order,) = read_mail(body, sender="info@voss-leuchten.example").orders
    assert fields(order)["buyer_name"] == "Voss Leuchten GmbH & Co. KG"
    assert fields(order)["buyer_contact"] == "H. Voss"
    assert [x["quantity"] for x in lines(order)] == ["6"]


def test_a_colleague_passes_an_order_on() -> None:
    body = (
        "Hi team, please enter this for the usual account.\n\n"
        "---------- Forwarded message ---------\nFrom: Rob Fell <rob@fellworks.example>\n"
        "Date: Mon, 20 Apr 2026\nSubject: PO 9911\nTo: sales@us.example\n\n"
        "Please send 6 lamps and 2 shades.\n\nRob Fell\nFellworks Ltd"
    )
    found = read_mail(body, subject="Fwd: PO 9911", sender="me@us.example", context=OURS)
    assert found.lane == "order"
    (order,) = found.orders
    assert fields(order)["po_number"] == "9911"
    assert fields(order)["buyer_name"] == "Fellworks Ltd"
    assert fields(order).get("buyer_email") != "me@us.example"
    assert [x["quantity"] for x in lines(order)] == ["6", "2"]
