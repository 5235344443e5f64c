"""What a column may hold; each parser raises ValueError with a few words on what it wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.values import exact


@dataclass(frozen=True, slots=True)
class Column:
    """A blank cell is `default`, unless the column is required."""

    name: str
    parse: Callable[[str], Any]
    required: bool = False
    default: Any = None
    help: str = ""


def text(longest: int = 255) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise ValueError(f"at most {longest} characters")
        return cell

    return parse


def number(cell: str) -> Decimal:
    try:
        found = exact(cell)
    except ValueError:
        raise ValueError("a number such as 1234.5, without grouping") from None
    if found < 0:
        raise ValueError("a number that is not negative")
    if found != round(found, 6):
        raise ValueError("a number of at most six decimal places")
    return found


def whole(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) <= 9):
        raise ValueError("a whole number")
    return int(cell)


def yes_no(cell: str) -> bool:
    lowered = cell.lower()
    if lowered not in ("yes", "no", "true", "false", "1", "0", "y", "n"):
        raise ValueError("yes or no")
    return lowered in ("yes", "true", "1", "y")


def day(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("a day such as 2026-11-22") from None


def words(cell: str) -> list[str]:
    return [w.strip() for w in cell.replace(";", "|").split("|") if w.strip()]


def one_of(*allowed: str) -> Callable[[str], str]:
    def parse(cell: str) -> str:
        if cell.lower() not in allowed:
            raise ValueError(f"one of {', '.join(allowed)}")
        return cell.lower()

    return parse


def currency(cell: str) -> str:
    if not (len(cell) == 3 and cell.isascii() and cell.isalpha()):
        raise ValueError("a currency code such as EUR")
    return cell.upper()


def code(cell: str) -> str:
    if len(cell) > 64:
        raise ValueError("at most 64 characters")
    return cell


def unit(cell: str) -> str:
    return code(cell).upper()


def gtin(cell: str) -> str:
    """GTIN-8, -12, -13 or -14 with its check digit (GS1 General Specifications, 7.9)."""
    if not (cell.isascii() and cell.isdigit() and len(cell) in (8, 12, 13, 14)):
        raise ValueError("a GTIN of 8, 12, 13 or 14 digits")
    total = sum(int(d) * (3 if n % 2 == 0 else 1) for n, d in enumerate(reversed(cell[:-1])))
    if (10 - total % 10) % 10 != int(cell[-1]):
        raise ValueError("a GTIN whose check digit fits")
    return cell
