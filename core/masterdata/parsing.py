"""A cell of text as a value, by kind of column; ValueError says in a few words what is wanted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from stdnum import ean

from core.values import exact, plain, storable

MOST_WHOLE = 999_999_999
TOO_LARGE = Decimal(10) ** 12
"""SQLite keeps six decimals in 63 bits."""

YES = ("yes", "true", "1", "y", "ja", "j", "wahr", "oui", "o", "vrai", "si", "sì", "sí", "x")
NO = ("no", "false", "0", "n", "nein", "falsch", "non", "faux")


def text(longest: int) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        cell = storable(cell)
        if len(cell) > longest:
            raise ValueError(f"at most {longest} characters")
        return cell

    return parse


def word(cell: str) -> str:
    cell = text(64)(cell)
    if any(ord(c) < 32 for c in cell):
        raise ValueError("one line")
    return cell


def line(cell: str) -> str:
    cell = text(255)(cell)
    if "\n" in cell or "\r" in cell:
        raise ValueError("one line")
    return cell


def number(cell: str) -> Decimal:
    try:
        found = exact(cell)
    except ValueError:
        raise ValueError("a number such as 1234.5, without grouping") from None
    if found < 0:
        raise ValueError("a number that is not negative")
    if found >= TOO_LARGE:
        raise ValueError("a number below 1,000,000,000,000")
    if found != round(found, 6):
        raise ValueError("a number of at most six decimal places")
    return found


def percent(cell: str) -> Decimal:
    found = number(cell)
    if found > 100:
        raise ValueError("a percentage from 0 to 100")
    return found


def whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 9):
        raise ValueError("a whole number from 0 on")
    return int(cell)


def yes_no(cell: str) -> bool:
    lowered = cell.lower()
    if lowered not in YES + NO:
        raise ValueError("yes or no")
    return lowered in YES


def day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        pass
    parts = cell.split(".")
    if len(parts) == 3 and all(p.isascii() and p.isdigit() for p in parts) and len(parts[2]) == 4:
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError:
            pass
    raise ValueError("a day such as 2026-11-22")


def _parts(cell: str) -> list[str]:
    for mark in ";,\n":
        cell = cell.replace(mark, "|")
    return [p.strip() for p in cell.split("|") if p.strip()]


def words(cell: str) -> list[str]:
    return list(dict.fromkeys(line(p) for p in _parts(cell)))


def weekdays(cell: str) -> list[int]:
    found = _parts(cell)
    if any(p not in "1234567" or len(p) != 1 for p in found):
        raise ValueError("weekdays as numbers, 1 is Monday and 7 is Sunday")
    return sorted({int(p) for p in found})


def days(cell: str) -> list[str]:
    return sorted({day(p).isoformat() for p in _parts(cell)})


def pairs(cell: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in cell.split("|"):
        name, mark, value = (p.strip() for p in part.partition("="))
        if not (name and mark):
            raise ValueError("names with figures, such as percent=5|amount=10")
        found[word(name)] = plain(number(value))
    return dict(sorted(found.items()))


def pairs_of_json(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str | int) for v in value.values()):
        raise ValueError("an object of names and decimals as strings")
    return pairs("|".join(f"{n}={v}" for n, v in value.items())) if value else {}


def choices(cell: str) -> list[dict[str, Any]]:
    found = []
    for part in cell.split("|"):
        code, _, words = part.partition("=")
        if not code.strip():
            raise ValueError("codes with the words for them, such as RD=red,rot|BL=blue")
        said = [line(w.strip()) for w in words.split(",") if w.strip()]
        found.append({"code": word(code.strip()), "words": said})
    return found


def choices_of_json(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(
        isinstance(c, dict)
        and isinstance(c.get("code"), str)
        and isinstance(c.get("words", []), list)
        and all(isinstance(w, str) and not set(w) & set("|,=") for w in c.get("words", []))
        for c in value
    ):
        raise ValueError("a list of objects with code and words")
    return (
        choices("|".join(f"{c['code']}={','.join(c.get('words', []))}" for c in value))
        if value
        else []
    )


def letters(size: int, what: str) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if not (len(cell) == size and cell.isascii() and cell.isalpha()):
            raise ValueError(what)
        return cell.upper()

    return parse


def clock(cell: str) -> str:
    hours, mark, minutes = cell.partition(":")
    if not (mark and hours.isdigit() and minutes.isdigit() and len(minutes) == 2):
        raise ValueError("a time of day such as 14:00")
    if int(hours) > 23 or int(minutes) > 59:
        raise ValueError("a time of day such as 14:00")
    return f"{int(hours):02d}:{minutes}"


def gtin(cell: str) -> str:
    if not (cell.isascii() and cell.isdigit() and len(cell) in (8, 12, 13, 14)):
        raise ValueError("a GTIN of 8, 12, 13 or 14 digits")
    if not ean.is_valid(cell):
        raise ValueError("a GTIN whose check digit fits")
    return cell


def gln(cell: str) -> str:
    if not (cell.isascii() and cell.isdigit() and len(cell) == 13 and ean.is_valid(cell)):
        raise ValueError("a GLN of 13 digits whose check digit fits")
    return cell


def address(cell: str) -> str:
    name, at, domain = line(cell).partition("@")
    if not (name and at and "." in domain) or any(c.isspace() for c in cell) or "@" in domain:
        raise ValueError("a mail address")
    return cell.lower()


def upper(cell: str) -> str:
    return word(cell).upper()
