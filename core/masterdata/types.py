"""What a column may hold: how it is read from a cell or from JSON, written to both, and described; pure.

A parser raises ValueError with a few words on what is wanted ("a whole number").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from core.masterdata import parsing
from core.values import plain


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
            return parsing.pairs_of_json(value)
        if self.name == "choices":
            return parsing.choices_of_json(value)
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


LISTS = ("words", "weekdays", "days")


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

WORD = Type("word", parsing.word, _string(64), longest=64)
LINE = Type("line", parsing.line, _string(255), longest=255)
PROSE = Type("prose", parsing.text(10_000), _string(10_000), longest=10_000, rows=3)
NUMBER = Type("number", parsing.number, DECIMAL, longest=23)
PERCENT = Type("number", parsing.percent, DECIMAL, longest=23)
WHOLE = Type(
    "whole",
    parsing.whole,
    {"type": "integer", "minimum": 0, "maximum": parsing.MOST_WHOLE},
    longest=9,
)
SPAN = between(WHOLE, 0, 3650)
"""A number of days: ten years and more are a mistake, and the end of the calendar."""
YES_NO = Type("yes_no", parsing.yes_no, {"type": "boolean"})
DAY = Type("day", parsing.day, {"type": "string", "format": "date"}, longest=10)
WORDS = Type("words", parsing.words, {"type": "array", "items": _string(255)})
DAYS = Type(
    "days", parsing.days, {"type": "array", "items": {"type": "string", "format": "date"}}, rows=3
)
WEEKDAYS = Type(
    "weekdays",
    parsing.weekdays,
    {"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 7}},
)
PAIRS = Type("pairs", parsing.pairs, {"type": "object", "additionalProperties": DECIMAL})
CHOICES = Type(
    "choices",
    parsing.choices,
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
CURRENCY = Type("code", parsing.letters(3, "a currency code such as EUR"), _string(3), longest=3)
COUNTRY = Type(
    "code", parsing.letters(2, "a country of two letters such as DE"), _string(2), longest=2
)
UNIT = Type("unit", parsing.upper, _string(64), longest=64)
CLOCK = Type("clock", parsing.clock, _string(5, pattern=r"^[0-9]{2}:[0-9]{2}$"), longest=5)
GTIN = Type("gtin", parsing.gtin, _string(14), longest=14)
GLN = Type("gln", parsing.gln, _string(13), longest=13)
ADDRESS = Type("address", parsing.address, _string(255, format="email"), longest=255)
