"""A spreadsheet cell's value as a person sees it on the sheet."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

_DECIMALS = re.compile(r"0\.(0+)")
_CURRENCY = re.compile(r"\[\$([^\]\-]{1,4})[^\]]*\]|([€$£¥])|\"([^\"]{1,4})\"")
_CURRENCY_CODE = re.compile(r"[A-Z]{3}|[€$£¥]|CHF|kr|zł|Kč")


def shown(value: Any, number_format: str | None) -> str:
    """Days in ISO form; figures with the decimals, leading zeros, per cent and currency sign of their format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        midnight = value.time() == time(0)
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float, Decimal)):
        return _figure(value, number_format or "General")
    return str(value).replace("\u00a0", " ").strip()


def figure_of(value: Any) -> Decimal | None:
    """The exact figure a cell's value stands for, None when it is none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    if isinstance(value, float):
        text = format(value, ".15g")
        return Decimal(text) if text.lstrip("-") not in ("inf", "nan") else None
    return Decimal(value)


def _figure(value: int | float | Decimal, number_format: str) -> str:
    figure = figure_of(value)
    if figure is None:
        return ""
    first = number_format.split(";")[0]
    zeros = re.fullmatch(r"0{2,18}", first)
    if zeros and figure == figure.to_integral_value() and figure >= 0:
        return format(figure, "f").split(".")[0].zfill(len(first))
    if "%" in first:
        return _plain(figure * 100, first) + "%"
    sign = _currency(first)
    text = _plain(figure, first)
    return f"{sign} {text}" if sign else text


def _plain(figure: Decimal, number_format: str) -> str:
    """With the format's decimals when they lose nothing that matters, else as exact as stored."""
    found = _DECIMALS.search(number_format)
    places = len(found[1]) if found else 0
    text = format(figure, "f")
    exact = text.rstrip("0").rstrip(".") if "." in text else text
    if not found:
        return exact
    rounded = figure.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return format(rounded, "f") if abs(rounded - figure) < Decimal("1e-9") else exact


def _currency(number_format: str) -> str:
    found = _CURRENCY.search(number_format)
    sign = next((g for g in found.groups() if g), "").strip() if found else ""
    return sign if _CURRENCY_CODE.fullmatch(sign) else ""
