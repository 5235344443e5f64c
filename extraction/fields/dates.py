"""Printed days to ISO days; day or month first is decided by the document, not by the single day."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_MONTHS = {
    1: "january jan januar janner janvier janv enero ene gennaio gen januari",
    2: "february feb februar fevrier fevr fev febrero febbraio februari febr",
    3: "march mar marz mrz maerz mars marzo maart mrt",
    4: "april apr avril avr abril abr aprile",
    5: "may mai mayo maggio mag mei",
    6: "june jun juni juin junio giugno giu",
    7: "july jul juli juillet juil julio luglio lug",
    8: "august aug aout agosto ago augustus",
    9: "september sep sept septembre septiembre set settembre septiembre setiembre",
    10: "october oct oktober okt octobre octubre ottobre ott",
    11: "november nov novembre noviembre",
    12: "december dec dezember dez decembre diciembre dic dicembre",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_WEEKDAYS = {
    0: "monday mon montag lundi lunes lunedi maandag",
    1: "tuesday tue tues dienstag mardi martes martedi dinsdag",
    2: "wednesday wed weds mittwoch mercredi miercoles mercoledi woensdag",
    3: "thursday thu thur thurs donnerstag jeudi jueves giovedi donderdag",
    4: "friday fri freitag vendredi viernes venerdi vrijdag",
    5: "saturday sat samstag samedi sabado sabato zaterdag",
    6: "sunday sun sonntag dimanche domingo domenica zondag",
}
WEEKDAYS = {name: number for number, names in _WEEKDAYS.items() for name in names.split()}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_FIGURES = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d/]|[.-]\d)"
)
MOST_YEARS = 10
"""Two figures that say a year further away from the day of the message than this are no year."""
_PACKED = re.compile(r"(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_NAME = re.compile(
    rf"(?<![\w])(\d{{1,2}})(?:st|nd|rd|th|er|o|a|e|\.)?[\s./-]*(?:de |of |di |day of )?({_NAMES})\b\.?,?[\s./'-]*(?:de |del )?(\d{{4}}|\d{{2}}(?!\d|:))?"
)
_NAME_DAY = re.compile(
    rf"(?<![\w])({_NAMES})\b\.?[\s./-]*(\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:[\s,./'-]+(\d{{4}}|\d{{2}}(?!\d|:)))?"
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day as printed: its readings best first (ISO order of preference), and where it stood in the text."""

    readings: tuple[date, ...]
    start: int
    end: int
    year_given: bool = True


@dataclass(frozen=True, slots=True)
class DayStyle:
    """How to read 03/04/2026: day first or month first; `sure` when the document proves it."""

    day_first: bool = False
    sure: bool = False


def fold(text: str) -> str:
    """Lower case without accents, same length as the text given where possible."""
    if text.isascii():
        return text.lower()
    folded = "".join(unicodedata.normalize("NFKD", c)[0] for c in text)
    return folded.lower() if len(folded.lower()) == len(text) else folded


def find(text: str, near: date | None = None) -> list[Day]:
    """Every day printed in the text, in order; `near` supplies a missing year."""
    return list(_found(text, near))


@lru_cache(2048)
def _found(text: str, near: date | None) -> tuple[Day, ...]:
    """The same cells and sentences are asked about by many rules."""
    source = fold(text)
    if not _DIGIT.search(source):
        return ()
    days = [*_iso(source), *_figures(source), *_packed(source), *_named(source, near)]
    days.sort(key=lambda d: (d.start, -d.end))
    kept: list[Day] = []
    for day in days:
        if not kept or day.start >= kept[-1].end:
            kept.append(day)
    return tuple(kept)


def first_day(texts: Iterable[str], style: DayStyle) -> date | None:
    """The first day that a document prints in full; it lends its year to days printed without one."""
    for text in texts:
        for day in find(text):
            if day.year_given:
                return choose(day, style)
    return None


def choose(day: Day, style: DayStyle) -> date:
    """The reading that the document's style asks for."""
    if len(day.readings) == 2:
        return day.readings[0] if style.day_first else day.readings[1]
    return day.readings[0]


def style_of(texts: Iterable[str], prior: float = 0.0) -> DayStyle:
    """Day first when positive: days over 12 prove it, points speak for it, `prior` (country, language) tips."""
    score, proof = prior, 0
    for text in texts:
        for found in _FIGURES.finditer(text):
            first, mark, second = int(found[1]), found[2], int(found[3])
            if first > 12 >= second:
                proof += 1
            elif second > 12 >= first:
                proof -= 1
            elif mark == ".":
                score += 0.5
    if proof:
        return DayStyle(proof > 0, True)
    return DayStyle(score > 0, False)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1990 <= found.year <= 2100 else None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _iso(source: str) -> list[Day]:
    days = []
    for found in _ISO.finditer(source):
        day = _valid(int(found[1]), int(found[2]), int(found[3]))
        if day:
            days.append(Day((day,), found.start(), found.end()))
    return days


def _packed(source: str) -> list[Day]:
    days = []
    for found in _PACKED.finditer(source):
        day = _valid(int(found[1]), int(found[2]), int(found[3]))
        if day:
            days.append(Day((day,), found.start(), found.end()))
    return days


def _figures(source: str) -> list[Day]:
    days = []
    for found in _FIGURES.finditer(source):
        year = _year(found[4])
        both = [
            _valid(year, int(found[3]), int(found[1])),
            _valid(year, int(found[1]), int(found[3])),
        ]
        if both[0] == both[1]:
            both.pop()
        readings = tuple(day for day in both if day)
        if readings:
            days.append(Day(readings, found.start(), found.end()))
    return days


def _named(source: str, near: date | None) -> list[Day]:
    days = []
    for pattern, day_group, name_group in ((_DAY_NAME, 1, 2), (_NAME_DAY, 2, 1)):
        for found in pattern.finditer(source):
            told = found[3]
            if told and len(told) == 2 and near and abs(_year(told) - near.year) > MOST_YEARS:
                told = None  # "3 November 40 boxes"
            year = _year(told) if told else None
            if year is None and near is None:
                continue
            month, number = MONTHS[found[name_group]], int(found[day_group])
            day = _valid(year, month, number) if year else _next(month, number, near)
            if day:
                end = found.end(3) if told else max(found.end(1), found.end(2))
                days.append(Day((day,), found.start(), end, year is not None))
    return days


def _next(month: int, number: int, near: date | None) -> date | None:
    """The next such day from thirty days before `near` on."""
    if near is None:
        return None
    for year in (near.year, near.year + 1):
        day = _valid(year, month, number)
        if day and day >= near - timedelta(days=30):
            return day
    return None


# Marks of countries that write the month first (below zero) or the day first (above).
COUNTRY_SIGNS = (
    (
        re.compile(
            r"\b(?:A[LKZR]|C[AOT]|DE|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]),?\s+\d{5}(?:-\d{4})?\b"
        ),
        -1.5,
    ),
    (re.compile(r"\bU\.?S\.?A\b|United States|\bUSD\b|sales tax", re.IGNORECASE), -0.5),
    (re.compile(r"\b(?:GSTIN|INR|CGST|IGST|India|MIDC)\b", re.IGNORECASE), 1.5),
    (
        re.compile(
            r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|\b(?:GBP|VAT|United Kingdom|Australia|ABN|New Zealand|Ireland|Singapore|South Africa|UAE|Dubai)\b"
        ),
        1.2,
    ),
    (re.compile(r"€|\bEUR\b|\bIBAN\b"), 0.6),
)
