"""Common ways in which mails count goods, tell prices, change orders and ask about them."""

from __future__ import annotations

from datetime import datetime, timezone
from email.message import EmailMessage

import pytest

from core.inbound.reading import Extraction
from extraction.context import Context
from extraction.extract import extract
from extraction.fields import dates
from workers.extract_file import message_of


def read(body: str, subject: str = "") -> Extraction:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ida Holm <ida@holm.example>", "orders@us.example"
    mail["Subject"], mail["Date"] = subject, "Tue, 17 Nov 2026 09:12:00 +0000"
    mail.set_content(body)
    return extract(message_of("order.eml", mail.as_bytes()), Context())


def lines(body: str, subject: str = "") -> list[dict[str, str]]:
    return [
        {name: found.value for name, found in line.items()}
        for order in read(body, subject).orders
        for line in order.lines
    ]


def counted(body: str) -> list[tuple[str, str, str]]:
    return [(x["quantity"], x.get("unit_price", ""), x["description"]) for x in lines(body)]


def test_goods_count_and_price_between_commas() -> None:
    assert counted(
        "Please send:\nNitrile gloves M, 10 boxes, 4.80 €/box\nFace masks, 4 boxes, 12.50 €/box\n"
    ) == [("10", "4.80", "Nitrile gloves M"), ("4", "12.50", "Face masks")]


def test_a_price_behind_a_measure_is_no_change_from_one_count_to_another() -> None:
    told = counted(
        "Por favor envíennos 5 cajas de jeringas de 10 ml a 8,90 € la caja y 12 botellas de suero a 1,15 € cada una."
    )
    assert told == [("5", "8.90", "jeringas de 10 ml"), ("12", "1.15", "suero")]


def test_dot_leaders_part_goods_count_and_price() -> None:
    assert counted(
        "Order:\n1) Bandages 10 cm ........ 24 pcs ...... 1.35 €\n2) Tape ......... 12 pcs ...... 0.95 €\n"
    ) == [("24", "1.35", "Bandages 10 cm"), ("12", "0.95", "Tape")]


def test_amounts_behind_prices_are_no_counts() -> None:
    told = lines(
        "Order:\nKT-4410 valve 3/4 - 2 ea @ 84.50 = 169.00\nKT-0093 ring - 12 ea @ 3.25 = 39.00\n"
    )
    assert [(x["quantity"], x["unit_price"], x["amount"]) for x in told] == [
        ("2", "84.50", "169.00"),
        ("12", "3.25", "39.00"),
    ]


def test_counts_in_brackets_before_the_goods() -> None:
    told = lines(
        "Please send:\n(2) KT-4410 valves @ $84.50 each = $169.00\n(12) KT-0093 rings @ $3.25 each = $39.00\n\nThanks"
    )
    assert [(x["quantity"], x["description"]) for x in told] == [("2", "valves"), ("12", "rings")]


@pytest.mark.parametrize(
    "text",
    [
        "Last week we ordered 40 boxes of gloves and 12 rolls of film. When will they arrive?",
        "Vorige week hebben wij bij u besteld:\n- 40 dozen handschoenen\n- 12 rollen folie\nWanneer kunnen we die verwachten?",
        "Guten Tag, am 3.11. haben wir 40 Kartons Handschuhe bestellt (Nr. 4711). Wann können wir damit rechnen?",
        "Nous avons commandé le 3 novembre 40 cartons de gants. Où en est la livraison ?",
    ],
)  # fmt: skip
def test_what_was_ordered_before_is_not_ordered_now(text: str) -> None:
    found = read(text)
    assert found.lane == "status_question"
    assert [order.lines for order in found.orders if order.lines] == []


@pytest.mark.parametrize(
    "text",
    [
        "Hi, can you tell me when PO 4471 (20 boxes of gloves) will ship?",
        "Hallo, hoe staat het met bestelling 20881 (40 dozen handschoenen)? Groet, Piet",
    ],
)
def test_a_question_about_an_order_with_its_goods_in_brackets(text: str) -> None:
    found = read(text)
    assert found.lane == "status_question"
    assert "buyer_name" not in found.orders[0].fields


def test_the_unit_of_the_price_tells_which_count_is_ordered() -> None:
    told = lines(
        "Please send:\nGloves M - box 100 pcs. - 20 boxes - 5.95 €/box\nSaline 500 ml - 24 bottles - 1.10 €/bottle\n"
    )
    assert [(x["quantity"], x["uom"]) for x in told] == [("20", "boxes"), ("24", "bottles")]


def test_a_last_figure_that_is_quantity_times_price_is_the_amount() -> None:
    told = lines(
        "PO 8841\n\nMSV-118  stop valve   qty 6 EA   $7.85   $47.10\nMTK-40   kit   qty 2 EA   $18.20  $36.40\nTOTAL $83.50\n"
    )
    assert [(x["description"], x["amount"]) for x in told] == [
        ("stop valve", "47.10"),
        ("kit", "36.40"),
    ]


def test_prices_in_words_of_money_are_no_counts() -> None:
    told = counted(
        "Rogamos nos remitan 20 cajas de guantes a razón de 5,95 euros por caja; 10 cajas de mascarilla, a 3,20 euros/caja."
    )
    assert told == [("20", "5.95", "guantes"), ("10", "3.20", "mascarilla")]


def test_arrows_lead_from_goods_to_counts() -> None:
    assert counted("Order:\n- Gloves M -> 20 boxes (at 5.95)\n- Masks -> 10 boxes (at 3.20)\n") == [
        ("20", "5.95", "Gloves M"),
        ("10", "3.20", "Masks"),
    ]


def test_the_number_of_an_order_is_no_count_and_the_nearest_count_is_meant() -> None:
    told = lines(
        "Hi, on order 5520 can we have 25 tubs of grease instead of the 15 tubs please?", "Change"
    )
    assert [(x["quantity"], x["uom"], x["description"]) for x in told] == [("25", "tubs", "grease")]


def test_goods_named_before_their_change() -> None:
    told = lines(
        "Please change the quantity of layers pellets on PO 30188 from 40 bags to 60 bags.",
        "PO 30188",
    )
    assert [(x["quantity"], x["description"]) for x in told] == [("60", "layers pellets")]


def test_two_figures_behind_a_month_are_a_year_only_when_it_is_near() -> None:
    near = datetime(2026, 11, 17, tzinfo=timezone.utc).date()
    assert dates.find("3 novembre 40 cartons", near)[0].readings[0].year == 2026
    assert dates.find("3 novembre 27", near)[0].readings[0].year == 2027


def test_our_in_dutch_is_no_eleven_in_french() -> None:
    assert lines("Hoi, graag op onze bestelling 22019 nog 5 dozen toners erbij. Groet, Ilse") != []
    told = lines("Hoi, graag op onze bestelling 22019 nog 5 dozen toners erbij. Groet, Ilse")
    assert "11" not in {x.get("quantity") for x in told}
