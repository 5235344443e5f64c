"""Order numbers and the like."""

from __future__ import annotations

import re

from extraction.document import Document
from extraction.fields import dates

_PHONE = re.compile(r"(?:1[-.])?\d{3}[-.]\d{3}[-.]\d{4}|0\d{1,4}[-/]\d{2,4}-\d{2,5}(?:-\d{1,4})?")
_NO = re.compile(
    r"^\W*(?:n\s?\.?\s?[°º]|n[°º]\.?|no\.|nr\.|num\.|č\.)\s*(?=[\w/-]*\d)|\.(?:docx?|pdf|xlsx?)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"^\W*(?:(?:is|ist|lautet|est|es|è|the|die|der|la|le|el|il|de)\s+)+(?=\S*\d)", re.IGNORECASE
)
DASH = re.compile("[\u2010\u2011\u2212]")
_MARK = re.compile(r"\s*(?:/|\||\s-\s|(?<=\d)-(?=\d{1,2}[./]))\s*")


def read_code(text: str, document: Document) -> tuple[str, int, int] | None:
    """A purchase order number: has a figure, is no day, no phone number and no amount."""
    text = _before_last_day(DASH.sub("-", text))
    text = _NO.sub(lambda m: " " * len(m[0]), text)
    text = _ARTICLE.sub(lambda m: " " * len(m[0]), text)
    found = re.match(r"\W*", text)
    start = found.end() if found else 0
    match = re.match(
        r"[A-Za-z0-9][\w./\\–-]*(?:(?:\s?[-/–]\s?|\s)(?=[\w-]*\d)[A-Za-z0-9][\w.-]*)*", text[start:]
    )
    if not match:
        return None
    value = _before_day(match[0])
    days = [d for d in dates.find(value) if not _is_piece(value, d)]
    if days:
        value = value[: days[0].start].rstrip(" /-–.") if days[0].start else ""
    value = value.strip(" .-/–,")
    if not any(c.isdigit() for c in value) or not 1 <= len(value) <= 32:
        return None
    if re.fullmatch(r"\d{1,3}([.,]\d{3})*[.,]\d{2}", value) or _PHONE.fullmatch(value):
        return None
    return value, start, start + len(value)


def _is_piece(code: str, day: dates.Day) -> bool:
    """Whether eight figures that could be a day are a piece of a longer code ("WH-20260611-04")."""
    return code[day.start : day.end].isdigit() and len(code) > day.end - day.start


def _before_last_day(text: str) -> str:
    """The number of "TR/26-27/857 / 13 January 2024": what stands before the first mark with nothing but a day behind it."""
    for mark in _MARK.finditer(text):
        rest = text[mark.end() :].rstrip(" .")
        days = dates.find(rest)
        numbered = any(c.isdigit() for c in text[: mark.start()])
        whole = bool(numbered and days) and days[0].start == 0 and days[0].end == len(rest)
        if whole and days[0].year_given:
            return text[: mark.start()]
    return text


def _before_day(value: str) -> str:
    """The number of "4711/03/23/2026": what stands before a mark behind which there is only a day."""
    for mark in re.finditer(r"[/|]", value):
        days = dates.find(value[mark.end() :])
        if (
            days
            and days[0].start == 0
            and days[0].end == len(value) - mark.end()
            and days[0].year_given
        ):
            return value[: mark.start()]
    return value


def plain_code(text: str) -> str:
    return DASH.sub("-", text).strip(" °º.#:")
