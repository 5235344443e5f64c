"""Days, figures and units in the reader's own form (Babel's CLDR data)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

LANGUAGES = ("en", "de")
LOCALES = {"en": "en_GB", "de": "de_DE"}


def language_of(wanted: str) -> str:
    return wanted if wanted in LANGUAGES else "en"


def day(value: date | None, language: str) -> str:
    """With weekday: "Thu 3 Dec 2026", "Do. 3. Dez. 2026"; "" for None."""
    if value is None:
        return ""
    pattern = {"en": "EEE d MMM y", "de": "EEE d. MMM y"}[language_of(language)]
    return format_date(value, pattern, locale=LOCALES[language_of(language)])


def moment(value: datetime, language: str, time_zone: str) -> str:
    pattern = {"en": "EEE d MMM y, HH:mm", "de": "EEE d. MMM y, HH:mm"}[language_of(language)]
    return format_datetime(
        value, pattern, tzinfo=ZoneInfo(time_zone), locale=LOCALES[language_of(language)]
    )


def figure(value: Decimal | None, language: str) -> str:
    """A quantity without needless zeros: 1,250 or 1.250; 2.5 or 2,5."""
    if value is None:
        return ""
    return format_decimal(value, "#,##0.######", locale=LOCALES[language_of(language)])


def price(value: Decimal | None, language: str) -> str:
    """Two decimals at least, six at most."""
    if value is None:
        return ""
    return format_decimal(value, "#,##0.00####", locale=LOCALES[language_of(language)])


def money(value: Decimal | None, currency: str, language: str) -> str:
    if value is None:
        return ""
    return format_currency(value, currency, locale=LOCALES[language_of(language)])
