"""Printed days, in six languages and many forms."""

from __future__ import annotations

from datetime import date

import pytest

from extraction.fields import dates
from extraction.fields.dates import DayStyle

DAY, MONTH = DayStyle(True), DayStyle(False)


@pytest.mark.parametrize(
    ("text", "style", "iso"),
    [
        ("2026-11-22", MONTH, "2026-11-22"),
        ("22.11.2026", MONTH, "2026-11-22"),
        ("11/22/26", DAY, "2026-11-22"),
        ("03/04/2026", DAY, "2026-04-03"),
        ("03/04/2026", MONTH, "2026-03-04"),
        ("20261122", MONTH, "2026-11-22"),
        ("Nov 22, 2026", DAY, "2026-11-22"),
        ("22-Nov-26", DAY, "2026-11-22"),
        ("June 14th, 2026", DAY, "2026-06-14"),
        ("9. März 2026", DAY, "2026-03-09"),
        ("3 février 2026", DAY, "2026-02-03"),
        ("12 de marzo de 2026", DAY, "2026-03-12"),
        ("4 gennaio 2026", DAY, "2026-01-04"),
        ("5 mei 2026", DAY, "2026-05-05"),
        ("4711 / 19.02.2026", DAY, "2026-02-19"),
    ],
)
def test_reads_the_day(text: str, style: DayStyle, iso: str) -> None:
    found = dates.find(text)
    assert [dates.choose(d, style).isoformat() for d in found] == [iso]


@pytest.mark.parametrize(
    "text", ["7/16-14 x 2", "32/13/2026", "3/8 x 1", "15 pcs", "PO 45021", "1.2.3.4"]
)
def test_sizes_and_codes_are_no_days(text: str) -> None:
    assert dates.find(text) == []


def test_a_day_without_year_needs_the_day_of_the_message() -> None:
    assert dates.find("by 12 May") == []
    assert dates.find("by 12 May", date(2026, 4, 1))[0].readings == (date(2026, 5, 12),)
    assert dates.find("by 5 January", date(2026, 12, 1))[0].readings == (date(2027, 1, 5),)


def test_a_day_over_twelve_proves_the_order_for_the_whole_document() -> None:
    assert dates.style_of(["03/04/2026", "25/04/2026"]).day_first
    assert not dates.style_of(["03/04/2026", "04/25/2026"], prior=1.0).day_first
    assert dates.style_of(["03/04/2026"], prior=0.5).day_first
