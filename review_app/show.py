"""How values look: days with their weekday, exact figures, words for codes."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from flask import Flask, g

from core.values import plain, utc_now

DASH = "–"
WORDS = {
    "quote_request": "Quote requests",
    "status_question": "Status questions",
    "return_request": "Return requests",
    "order": "Orders",
    "change": "Changes",
    "cancellation": "Cancellations",
    "automatic": "Automatic",
    "other": "Other",
    "unread": "Being read",
    "quarantine": "Unreadable",
    "copies": "Copies",
}


def zone() -> ZoneInfo:
    return getattr(g, "zone", None) or ZoneInfo("UTC")


def today() -> date:
    return utc_now().astimezone(zone()).date()


def day(value: date | None) -> str:
    """ "Thu 3 Dec"; with the year when it is not this one."""
    if value is None:
        return DASH
    text = f"{value:%a} {value.day} {value:%b}"
    return text if value.year == today().year else f"{text} {value.year}"


def instant(value: datetime | None) -> str:
    """ "9:41" for today, else "Mon 16 Nov 9:41", in the company's time zone."""
    if value is None:
        return DASH
    local = value.astimezone(zone())
    clock = f"{local.hour}:{local:%M}"
    return clock if local.date() == today() else f"{day(local.date())} {clock}"


def age(value: datetime | None) -> str:
    """ "now", "12 min", "3 h", "2 d"."""
    if value is None:
        return DASH
    minutes = int((utc_now() - value).total_seconds() // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // 1440} d"


def ago(value: datetime | None) -> str:
    """ "just now", "12 min ago"."""
    text = age(value)
    return "just now" if text == "now" else text if value is None else f"{text} ago"


def quantity(value: Decimal | None) -> str:
    """ "1,250", "2.5": grouped, without zeros that say nothing."""
    if value is None:
        return DASH
    whole, dot, rest = plain(value).partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole not in ("-0", "-") else f"{whole}{dot}{rest}"


def money(value: Decimal | None, currency: str = "") -> str:
    """ "1,234.50 EUR": two places, more only when they are there."""
    if value is None:
        return DASH
    places = max(2, -int(value.normalize().as_tuple().exponent))
    text = f"{value:,.{places}f}"
    return f"{text} {currency}" if currency else text


def size(value: int) -> str:
    return f"{value} B" if value < 1024 else f"{value / 1024:,.0f} kB"


def words(code: str) -> str:
    """A code as words: "quote_request" -> "Quote requests", "item-unknown" -> "Item unknown"."""
    return WORDS.get(code) or code.replace("_", " ").replace("-", " ").capitalize()


def new_key() -> str:
    return uuid.uuid4().hex


def add_filters(app: Flask) -> None:
    for function in (day, instant, age, ago, quantity, money, size, words):
        app.add_template_filter(function)
    app.add_template_global(new_key)
    app.add_template_global(today)
