"""Days told in words count from the day the mail came; what is not certain stays words; what is open is said."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from core.inbound.reading import Extraction
from extraction.context import Context
from extraction.fields import when
from tests.extraction.reading import fields, lines, read_mail

MONDAY = Context(received=datetime(2026, 4, 20, 9, tzinfo=timezone.utc))


def read(text: str) -> Extraction:
    return read_mail(text, context=MONDAY)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("We want 6 lamps tomorrow.", "2026-04-21"),
        ("Please deliver 6 lamps by Friday.", "2026-04-24"),
        ("Please deliver 6 lamps by Friday 24 April.", "2026-04-24"),
        ("Please send 6 lamps, needed on 12 May.", "2026-05-12"),
        ("We need 6 lamps in two weeks.", "2026-05-04"),
        ("Please deliver 6 lamps in week 32.", "2026-08-07"),
        ("Please supply 6 lamps by the end of June.", "2026-06-30"),
        ("Bitte 6 Lampen in KW 32 liefern.", "2026-08-07"),
        ("Wir brauchen 6 Lampen in der 32. Kalenderwoche.", "2026-08-07"),
        ("Bitte 6 Lampen bis Ende Mai liefern.", "2026-05-31"),
        ("Bitte bis übermorgen 6 Lampen liefern.", "2026-04-22"),
        ("6 lampes pour vendredi svp, nous commandons.", "2026-04-24"),
        ("Livraison semaine 32 : nous commandons 6 lampes", "2026-08-07"),
        ("Necesitamos 6 lámparas para el lunes.", "2026-04-27"),
        ("Ordiniamo 6 lampade, consegna entro venerdì.", "2026-04-24"),
        ("Graag 6 lampen voor donderdag leveren.", "2026-04-23"),
        ("Necesitamos 6 lámparas, entrega la semana que viene, el martes.", "2026-04-28"),
        ("Nous commandons 6 lampes, livraison mardi de la semaine prochaine.", "2026-04-28"),
        ("Please send 6 lamps. Thursday delivery is fine.", "2026-04-23"),
    ],
)
def test_days_that_are_certain(text: str, day: str) -> None:
    (order,) = read(text).orders
    assert fields(order)["requested_date"] == day
    (line,) = lines(order)
    assert line["quantity"] == "6"
    assert line["description"].split()[0] in (
        "lamps",
        "Lampen",
        "lampes",
        "lámparas",
        "lampade",
        "lampen",
    )
    assert not any(c.isdigit() for c in line["description"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Send 6 lamps ASAP please.", "ASAP"),
        ("Please ship 6 lamps next week.", "next week"),
        ("Bitte 6 Lampen so schnell wie möglich liefern.", "so schnell wie möglich"),
        ("Merci de livrer 6 lampes dès que possible.", "dès que possible"),
        ("Por favor envíen 6 lámparas lo antes posible.", "lo antes posible"),
    ],
)
def test_what_is_not_certain_stays_words(text: str, words: str) -> None:
    (order,) = read(text).orders
    assert fields(order)["notes"] == words
    assert "requested_date" not in fields(order)
    assert lines(order)[0]["quantity"] == "6"


@pytest.mark.parametrize(
    "text",
    [
        "Thanks for Friday! Please send 6 lamps.",
        "6 lamps please. Last Friday's delivery was great.",
        "Guten Morgen, bitte 6 Lampen liefern.",
        "Goede morgen, graag 6 lampen.",
    ],
)
def test_days_of_other_things_are_no_wish(text: str) -> None:
    (order,) = read(text).orders
    assert "requested_date" not in fields(order)


def test_without_the_day_of_the_mail_nothing_is_certain() -> None:
    (told,) = when.find("by Friday", None)
    assert told.day is None
    (told,) = when.find("KW 1", date(2026, 12, 30))
    assert told.day == date(2027, 1, 8)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Please send 3 or 4 buckets of grout.", "quantity-open"),
        ("Bitte 5 oder 6 Säcke Zement mitbringen.", "quantity-open"),
        ("Il nous faut 3 ou 4 palettes de briques.", "quantity-open"),
        ("Please send 6 blue lamps. If you have them in stock, 2 red ones as well.", "conditional"),
        ("Bitte 6 Lampen liefern. Falls nicht vorrätig, bitte die grünen.", "conditional"),
        ("Graag 6 lampen leveren, indien leverbaar in blauw.", "conditional"),
    ],
)
def test_what_is_left_open_is_said(text: str, code: str) -> None:
    assert code in [f.code for f in read(text).findings]


def test_ordinary_orders_leave_nothing_open() -> None:
    text = "Please send 6 lamps and 2 shades. If you have questions, call me on 0113 496 0018."
    assert not [f for f in read(text).findings if f.code in ("quantity-open", "conditional")]
