"""What people type into forms, as exact values; what cannot be used comes back naming its field."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal

from flask import request

from core.errors import BadInput
from core.values import exact
from review_app.show import zone

LONGEST_SENTENCE = 2_000


def sentence(name: str, missing: str) -> str:
    """Words that must be there; `missing` is said when they are not."""
    text = request.form.get(name, "").strip()[:LONGEST_SENTENCE]
    if not text:
        raise BadInput(missing, name)
    return text


def words(name: str, longest: int = 255) -> str:
    return request.form.get(name, "").strip()[:longest]


def amount(name: str, what: str = "", values: Mapping[str, str] | None = None) -> Decimal:
    """An exact number, not negative: "12", "2.5" (also "2,5"). values: instead of the form's."""
    text = (request.form if values is None else values).get(name, "").strip()
    if "," in text and "." not in text:
        text = text.replace(",", ".")
    try:
        value = exact(text)
    except ValueError:
        raise BadInput(
            f"{text!r} is no {what or 'number'}: write it like 12 or 2.5.", name
        ) from None
    if value < 0:
        raise BadInput("A number below zero makes no sense here.", name)
    return value


def day(name: str, values: Mapping[str, str] | None = None) -> date | None:
    """A day as a date input sends it; None when empty. values: instead of the form's."""
    text = (request.form if values is None else values).get(name, "").strip()
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise BadInput("Write the day as year-month-day, for example 2026-12-03.", name) from None


def end_of_day(name: str) -> datetime | None:
    """The end of the day that was chosen, in the company's time zone; None when none was."""
    chosen = day(name)
    if chosen is None:
        return None
    after = datetime.combine(chosen + timedelta(days=1), time.min, tzinfo=zone())
    return after.astimezone(timezone.utc)
