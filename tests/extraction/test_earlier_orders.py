"""Orders told by an earlier one, in six languages: which order, and what is different."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from core.inbound.reading import Earlier, Extraction
from extraction.context import Context
from tests.extraction.reading import fields, lines, read_mail

MONDAY = Context(received=datetime(2026, 4, 20, 9, tzinfo=timezone.utc))
Told = tuple[str, str, str, str]


def read(body: str, subject: str = "") -> Extraction:
    return read_mail(body, subject=subject, context=MONDAY)


def earlier(body: str, subject: str = "") -> Earlier:
    found = read(body, subject)
    assert found.lane == "order", (found.lane, found.lane_reasons)
    repeated = found.orders[0].earlier
    assert repeated is not None
    return repeated


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Same again please!", "last"),
        ("Hi,\n\nsame order as last time please.\n\nThanks\nJo", "last"),
        ("Please repeat our last order.", "last"),
        ("Could you re-order the previous lot for us?", "last"),
        ("The usual please.", "usual"),
        ("Our standard order, please.", "usual"),
        ("Guten Tag,\n\nbitte wie letztes Mal.\n\nGrüße", "last"),
        ("Bitte noch einmal das Gleiche.", "last"),
        ("wie immer bitte", "usual"),
        ("Bitte unsere übliche Bestellung.", "usual"),
        ("Bonjour, la même commande que la dernière fois svp.", "last"),
        ("Bonjour, comme d’habitude s’il vous plaît.", "usual"),
        ("Hola, lo de siempre por favor.", "usual"),
        ("Buenos días, repitan el último pedido, gracias.", "last"),
        ("Buongiorno, il solito per favore.", "usual"),
        ("Come l'ultima volta, grazie.", "last"),
        ("Hetzelfde als vorige keer graag.", "last"),
        ("Graag onze vaste bestelling.", "usual"),
    ],
)
def test_the_last_order_or_the_usual(body: str, kind: str) -> None:
    assert earlier(body) == Earlier(kind, evidence=earlier(body).evidence)


@pytest.mark.parametrize(
    "body",
    [
        "Please repeat PO 4711.",
        "Same as order 4711 please.",
        "Bestellung 4711 bitte nochmals.",
        "Bitte liefern Sie das Gleiche wie Bestellung Nr. 4711.",
        "Merci de renouveler la commande n° 4711.",
        "Por favor, repitan el pedido 4711.",
        "Vorremmo ripetere l'ordine 4711.",
        "Zelfde als bestelling 4711 graag.",
    ],
)
def test_an_order_by_its_number_which_is_not_the_number_of_this_one(body: str) -> None:
    found = earlier(body)
    assert (found.kind, found.number) == ("number", "4711")
    assert "po_number" not in fields(read(body).orders[0])


def test_a_number_of_its_own_stays() -> None:
    body = "Our order PO 4712: same as PO 4711, but only 5 of the hoses."
    assert earlier(body).number == "4711"
    assert fields(read(body).orders[0])["po_number"].endswith("4712")


@pytest.mark.parametrize(
    "body",
    [
        "Like the order of 3 March without the brackets.",
        "Wie die Bestellung vom 3. März, ohne die brackets.",
        "Comme la commande du 3 mars mais sans les brackets.",
        "Come l'ordine del 3 marzo ma senza brackets.",
    ],
)
def test_an_order_by_its_day_which_lies_behind_us(body: str) -> None:
    found = earlier(body)
    assert (found.kind, found.day) == ("date", "2026-03-03")
    assert [(c.action, c.goods) for c in found.changes] == [("drop", "brackets")]
    assert "requested_date" not in fields(read(body).orders[0])


@pytest.mark.parametrize(
    ("body", "changes"),
    [
        ("As last time but 20 instead of 10, please.", [("set", "", "20", "10")]),
        (
            "same as last time but 20 boxes of gloves instead of 10",
            [("set", "gloves", "20", "10")],
        ),
        ("Wie letztes Mal, aber 20 statt 10. Danke", [("set", "", "20", "10")]),
        (
            "Wie beim letzten Mal, nur 20 Stück CF-12L statt 10.",
            [("set", "CF-12L", "20", "10")],
        ),
        (
            "La même commande que la dernière fois mais 20 au lieu de 10.",
            [("set", "", "20", "10")],
        ),
        (
            "Lo mismo que la última vez, pero 20 en vez de 10 y sin los soportes.",
            [("set", "", "20", "10"), ("drop", "soportes", "", "")],
        ),
        ("Come l'ultima volta ma 20 invece di 10.", [("set", "", "20", "10")]),
        (
            "Hetzelfde als vorige keer, maar 20 in plaats van 10.",
            [("set", "", "20", "10")],
        ),
        (
            "The usual please, but skip the gaskets this time and only 5 hoses.",
            [("drop", "gaskets", "", ""), ("set", "hoses", "5", "")],
        ),
        (
            "Wie immer, aber ohne Handschuhe und diesmal 3 Kartons Becher.",
            [("drop", "Handschuhe", "", ""), ("set", "Becher", "3", "")],
        ),
        (
            "Comme la commande 4711, mais sans les colliers et avec 30 joints.",
            [("drop", "colliers", "", ""), ("set", "joints", "30", "")],
        ),
        (
            "Same as last time but:\n- 10 x AB-100 hose\n- no brackets\n- AB-200: 4 instead of 2",
            [
                ("set", "AB-200", "4", "2"),
                ("set", "AB-100 hose", "10", ""),
                ("drop", "brackets", "", ""),
            ],
        ),
        ("Same again, except the brackets.", [("drop", "brackets", "", "")]),
    ],
)
def test_what_is_different(body: str, changes: list[Told]) -> None:
    found = earlier(body)
    told = [(c.action, c.goods, c.quantity, c.was) for c in found.changes]
    assert sorted(told) == sorted(changes)
    assert not found.unclear


@pytest.mark.parametrize(
    ("body", "times"),
    [
        ("2x our standard order please", "2"),
        ("Please send twice the usual.", "2"),
        ("Wie immer, aber die doppelte Menge bitte.", "2"),
        ("Three times the usual, please.", "3"),
        ("half of the usual please", "0.5"),
        ("Lo de siempre, pero el doble.", "2"),
    ],
)
def test_multiples(body: str, times: str) -> None:
    found = earlier(body)
    assert (found.kind, found.times, found.changes) == ("usual", times, ())


def test_what_comes_on_top_is_a_line() -> None:
    body = "Same as last time plus 5 boxes of gloves (GL-20) and 2 rolls of tape."
    assert earlier(body).changes == ()
    assert [(x["quantity"], x["description"]) for x in lines(read(body).orders[0])] == [
        ("5", "gloves"),
        ("2", "tape"),
    ]


def test_what_is_not_understood_is_kept_in_its_words() -> None:
    assert earlier("Same again, but in blue please").unclear == "in blue please"


def test_a_wanted_day_is_read_beside_it() -> None:
    found = read("Same as order 4711 by Friday please.").orders[0]
    assert fields(found)["requested_date"] == "2026-04-24"


@pytest.mark.parametrize(
    "body",
    [
        "Please send 5 boxes of gloves, same as last time.",
        "Same as last time:\n- 10 x AB-100 hose\n- 4 x AB-200 nut",
        "Please send 12 x AB-100 hose. Delivery as usual to our depot.",
        "5 rolls of tape please. Net 30 as always.",
        "We have the same problem as last time, two hoses arrived broken.",
        "Wie immer kam die Lieferung zu spät und ein Karton war beschädigt.",
    ],
)
def test_goods_listed_in_full_or_complaints_repeat_nothing(body: str) -> None:
    assert all(order.earlier is None for order in read(body).orders)


def test_the_words_are_shown_where_they_stand() -> None:
    body = "Hello,\n\nplease repeat PO 4711."
    span = earlier(body).evidence.span
    assert span is not None and body[span[0] : span[1]] == "repeat PO 4711"


def test_it_survives_being_stored() -> None:
    found = read("Same as PO 4711 but 20 hoses instead of 10, and in blue.")
    again = Extraction.of_json(found.as_json())
    assert again.orders[0].earlier == found.orders[0].earlier
