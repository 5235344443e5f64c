"""How days, amounts and times look, and how typed values are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from flask import Flask, g

from core.errors import BadInput
from core.values import utc_now
from review_app import show
from review_app.forms import amount, day


@pytest.mark.parametrize(
    ("value", "shown"),
    [("12", "12"), ("12.500", "12.5"), ("1250", "1,250"), ("-0.5", "-0.5"), ("0", "0")],
)
def test_quantities(value: str, shown: str) -> None:
    assert show.quantity(Decimal(value)) == shown
    assert show.quantity(None) == "–"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("4.1", "4.10"), ("1234.5", "1,234.50"), ("0.0842", "0.0842"), ("10", "10.00")],
)
def test_money(value: str, shown: str) -> None:
    assert show.money(Decimal(value), "EUR") == f"{shown} EUR"


def test_days_carry_their_weekday_and_another_year(app: Flask) -> None:
    with app.test_request_context():
        this_year = show.today().year
        assert show.day(date(this_year, 12, 3)).endswith("3 Dec")
        assert show.day(date(2031, 12, 3)) == "Wed 3 Dec 2031"
        assert show.day(None) == "–"


def test_instants_are_in_the_companys_zone(app: Flask) -> None:
    with app.test_request_context():
        g.zone = ZoneInfo("Asia/Tokyo")
        assert (
            show.instant(datetime(2031, 3, 2, 23, 5, tzinfo=timezone.utc)) == "Mon 3 Mar 2031 8:05"
        )


def test_ages() -> None:
    now = utc_now()
    for back, shown in (
        (timedelta(seconds=10), "now"),
        (timedelta(minutes=12), "12 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=5), "5 d"),
    ):
        assert show.age(now - back) == shown


@pytest.mark.parametrize("text", ["", "-1", "1e9", "NaN", "١٢", "1_000", "1,000.5", "twelve"])
def test_amounts_that_are_none(app: Flask, text: str) -> None:
    with app.test_request_context(method="POST", data={"quantity": text}), pytest.raises(BadInput):
        amount("quantity")


def test_amounts_and_days(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"q": "2,5", "d": "2026-12-03", "e": ""}):
        assert amount("q") == Decimal("2.5")
        assert day("d") == date(2026, 12, 3)
        assert day("e") is None
    with (
        app.test_request_context(method="POST", data={"d": "3.12.2026"}),
        pytest.raises(BadInput),
    ):
        day("d")
