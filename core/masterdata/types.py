"""What a column may hold: how it is read from a cell or from JSON, written to both, and described; pure.

A parser raises ValueError with a few words on what is wanted ("a whole number").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.values import exact, plain, storable

MOST_WHOLE = 999_999_999
TOO_LARGE = Decimal(10) ** 12
"""SQLite keeps six decimals in 63 bits."""


@dataclass(frozen=True, slots=True)
class Type:
    """parse: a cell's text, never empty. schema: JSON Schema of the value. longest: characters, 0 without a limit.

    choices: the allowed words. rows: how high its input on a screen is, 1 for a line. between: least and most figure.
    """

    name: str
    parse: Callable[[str], Any]
    schema: dict[str, Any] = field(default_factory=dict)
    longest: int = 0
    choices: tuple[str, ...] = ()
    rows: int = 1
    between: tuple[int, int] | None = None

    def of_json(self, value: Any) -> Any:
        """Raises ValueError; null is for the caller."""
        if self.name == "yes_no":
            if not isinstance(value, bool):
                raise ValueError("true or false")
            return value
        if self.name == "whole":
            if isinstance(value, bool) or not isinstance(value, int):
                raise ValueError("a whole number")
            return self.parse(str(value))
        if self.name == "pairs":
            return _pairs_of_json(value)
        if self.name == "choices":
            return _choices_of_json(value)
        if self.name in LISTS:
            if not isinstance(value, list) or not all(isinstance(v, str | int) for v in value):
                raise ValueError("a list")
            return self.parse("|".join(str(v) for v in value)) if value else []
        if self.name == "number" and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str):
            wanted = (
                'a decimal as a string, such as "12.50"' if self.name == "number" else "a string"
            )
            raise ValueError(wanted)
        return self.parse(value.strip()) if value.strip() else None

    def to_json(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return plain(value)
        return value.isoformat() if isinstance(value, date) else value

    def to_text(self, value: Any) -> str:
        """As a cell: what `parse` takes back to the same value; "" for nothing."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return "yes" if value else "no"
        if self.name == "pairs":
            return "|".join(f"{name}={found}" for name, found in value.items())
        if self.name == "choices":
            return "|".join(f"{c['code']}={','.join(c['words'])}" for c in value)
        if isinstance(value, list):
            return "|".join(map(str, value))
        return str(self.to_json(value))


YES = ("yes", "true", "1", "y", "ja", "j", "wahr", "oui", "o", "vrai", "si", "sì", "sí", "x")
NO = ("no", "false", "0", "n", "nein", "falsch", "non", "faux")
LISTS = ("words", "weekdays", "days")


def _text(longest: int) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        cell = storable(cell)
        if len(cell) > longest:
            raise ValueError(f"at most {longest} characters")
        return cell

    return parse


def _word(cell: str) -> str:
    cell = _text(64)(cell)
    if any(ord(c) < 32 for c in cell):
        raise ValueError("one line")
    return cell


def _line(cell: str) -> str:
    cell = _text(255)(cell)
    if "\n" in cell or "\r" in cell:
        raise ValueError("one line")
    return cell


def _number(cell: str) -> Decimal:
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


def _percent(cell: str) -> Decimal:
    found = _number(cell)
    if found > 100:
        raise ValueError("a percentage from 0 to 100")
    return found


def _whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 9):
        raise ValueError("a whole number from 0 on")
    return int(cell)


def _yes_no(cell: str) -> bool:
    lowered = cell.lower()
    if lowered not in YES + NO:
        raise ValueError("yes or no")
    return lowered in YES


def _day(cell: str) -> date:
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


def _words(cell: str) -> list[str]:
    return list(dict.fromkeys(_line(p) for p in _parts(cell)))


def _weekdays(cell: str) -> list[int]:
    found = _parts(cell)
    if any(p not in "1234567" or len(p) != 1 for p in found):
        raise ValueError("weekdays as numbers, 1 is Monday and 7 is Sunday")
    return sorted({int(p) for p in found})


def _days(cell: str) -> list[str]:
    return sorted({_day(p).isoformat() for p in _parts(cell)})


def _pairs(cell: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in cell.split("|"):
        name, mark, value = (p.strip() for p in part.partition("="))
        if not (name and mark):
            raise ValueError("names with figures, such as percent=5|amount=10")
        found[_word(name)] = plain(_number(value))
    return dict(sorted(found.items()))


def _pairs_of_json(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str | int) for v in value.values()):
        raise ValueError("an object of names and decimals as strings")
    return _pairs("|".join(f"{n}={v}" for n, v in value.items())) if value else {}


def _choices(cell: str) -> list[dict[str, Any]]:
    found = []
    for part in cell.split("|"):
        code, _, words = part.partition("=")
        if not code.strip():
            raise ValueError("codes with the words for them, such as RD=red,rot|BL=blue")
        said = [_line(w.strip()) for w in words.split(",") if w.strip()]
        found.append({"code": _word(code.strip()), "words": said})
    return found


def _choices_of_json(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, list) or not all(
        isinstance(c, dict)
        and isinstance(c.get("code"), str)
        and isinstance(c.get("words", []), list)
        and all(isinstance(w, str) and not set(w) & set("|,=") for w in c.get("words", []))
        for c in value
    ):
        raise ValueError("a list of objects with code and words")
    return (
        _choices("|".join(f"{c['code']}={','.join(c.get('words', []))}" for c in value))
        if value
        else []
    )


def _letters(size: int, what: str) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if not (len(cell) == size and cell.isascii() and cell.isalpha()):
            raise ValueError(what)
        return cell.upper()

    return parse


def _clock(cell: str) -> str:
    hours, mark, minutes = cell.partition(":")
    if not (mark and hours.isdigit() and minutes.isdigit() and len(minutes) == 2):
        raise ValueError("a time of day such as 14:00")
    if int(hours) > 23 or int(minutes) > 59:
        raise ValueError("a time of day such as 14:00")
    return f"{int(hours):02d}:{minutes}"


def _check_digit(cell: str) -> bool:
    """GS1 General Specifications, 7.9: weights 3 and 1 from the right."""
    total = sum(int(d) * (3 if n % 2 == 0 else 1) for n, d in enumerate(reversed(cell[:-1])))
    return (10 - total % 10) % 10 == int(cell[-1])


def _gtin(cell: str) -> str:
    if not (cell.isascii() and cell.isdigit() and len(cell) in (8, 12, 13, 14)):
        raise ValueError("a GTIN of 8, 12, 13 or 14 digits")
    if not _check_digit(cell):
        raise ValueError("a GTIN whose check digit fits")
    return cell


def _gln(cell: str) -> str:
    if not (cell.isascii() and cell.isdigit() and len(cell) == 13 and _check_digit(cell)):
        raise ValueError("a GLN of 13 digits whose check digit fits")
    return cell


def _address(cell: str) -> str:
    name, at, domain = _line(cell).partition("@")
    if not (name and at and "." in domain) or any(c.isspace() for c in cell) or "@" in domain:
        raise ValueError("a mail address")
    return cell.lower()


def _upper(cell: str) -> str:
    return _word(cell).upper()


def between(kind: Type, least: int, most: int) -> Type:
    """A figure from `least` to `most`, both included."""

    def parse(cell: str) -> Any:
        found = kind.parse(cell)
        if not least <= found <= most:
            raise ValueError(f"a figure from {least} to {most}")
        return found

    schema = dict(kind.schema)
    if kind.name == "whole":
        schema |= {"minimum": least, "maximum": most}
    return replace(kind, parse=parse, schema=schema, between=(least, most))


def choice(*allowed: str) -> Type:
    def parse(cell: str) -> str:
        found = cell.lower().replace("-", "_") if "_" in "".join(allowed) else cell.lower()
        if found not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return found

    return Type("choice", parse, {"type": "string", "enum": list(allowed)}, choices=allowed)


def _string(longest: int, **more: Any) -> dict[str, Any]:
    return {"type": "string", "maxLength": longest, **more}


DECIMAL = {"type": "string", "pattern": r"^[0-9]{1,12}(\.[0-9]{1,9})?$"}

WORD = Type("word", _word, _string(64), longest=64)
LINE = Type("line", _line, _string(255), longest=255)
PROSE = Type("prose", _text(10_000), _string(10_000), longest=10_000, rows=3)
NUMBER = Type("number", _number, DECIMAL, longest=23)
PERCENT = Type("number", _percent, DECIMAL, longest=23)
WHOLE = Type("whole", _whole, {"type": "integer", "minimum": 0, "maximum": MOST_WHOLE}, longest=9)
YES_NO = Type("yes_no", _yes_no, {"type": "boolean"})
DAY = Type("day", _day, {"type": "string", "format": "date"}, longest=10)
WORDS = Type("words", _words, {"type": "array", "items": _string(255)})
DAYS = Type("days", _days, {"type": "array", "items": {"type": "string", "format": "date"}}, rows=3)
WEEKDAYS = Type(
    "weekdays",
    _weekdays,
    {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 7}},
)
PAIRS = Type("pairs", _pairs, {"type": "object", "additionalProperties": DECIMAL})
CHOICES = Type(
    "choices",
    _choices,
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["code", "words"],
            "properties": {
                "code": _string(64),
                "words": {"type": "array", "items": _string(255)},
            },
        },
    },
    rows=3,
)
CURRENCY = Type("code", _letters(3, "a currency code such as EUR"), _string(3), longest=3)
COUNTRY = Type("code", _letters(2, "a country of two letters such as DE"), _string(2), longest=2)
UNIT = Type("unit", _upper, _string(64), longest=64)
CLOCK = Type("clock", _clock, _string(5, pattern=r"^[0-9]{2}:[0-9]{2}$"), longest=5)
GTIN = Type("gtin", _gtin, _string(14), longest=14)
GLN = Type("gln", _gln, _string(13), longest=13)
ADDRESS = Type("address", _address, _string(255, format="email"), longest=255)
