"""Texts brought to a form in which equal things are equal; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

from stdnum import ean

_NOT_CODE = re.compile(r"[^0-9A-Z]+")
_PO_PREFIX = re.compile(
    r"^(PURCHASE ?ORDER|P\.? ?O\.?|BESTELLUNG|BESTELLNUMMER|BESTELLNR|BEST|ORDER)[\s.:#-]*(NO|NR|NUMBER|NUMMER)?[\s.:#-]+",
)
_REVISION = re.compile(
    r"[\s,;/._(-]+(REV|REVISION|AMENDMENT|AMENDED|NACHTRAG|ÄNDERUNG)\b[\s.:#-]*\w{0,3}\)?$"
)
_UMLAUT = re.compile(r"([aou])e")
_LEGAL_FORMS = frozenset(
    [
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "kgaa",
        "ohg",
        "co",
        "cokg",
        "se",
        "ev",
        "inc",
        "incorporated",
        "llc",
        "llp",
        "ltd",
        "limited",
        "plc",
        "corp",
        "corporation",
        "company",
        "sa",
        "sarl",
        "sas",
        "srl",
        "spa",
        "bv",
        "nv",
        "oy",
        "ab",
        "as",
        "aps",
        "sro",
        "doo",
        "pty",
        "the",
        "and",
        "und",
        "et",
    ]
)


def plain_text(text: str) -> str:
    """Lower case without accents, "ß" as "ss", punctuation as spaces."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^0-9a-z]+", " ", letters).split())


def words(text: str) -> tuple[str, ...]:
    return tuple(plain_text(text).split())


def name_words(text: str) -> frozenset[str]:
    """A company's name without its legal form; "ue" and "ü" are the same."""
    found = frozenset(_UMLAUT.sub(r"\1", word) for word in words(text))
    return found - _LEGAL_FORMS or found


def code_key(text: str) -> str:
    """A part number, tax number or place code without separators, upper case: "hb-06.020 a2" -> "HB06020A2"."""
    return _NOT_CODE.sub("", unicodedata.normalize("NFKC", text).upper())


def po_key(text: str) -> str:
    """A purchase order number for comparing: no prefix word, revision mark, separators or leading zeros."""
    upper = unicodedata.normalize("NFKC", text).upper().strip()
    bare = _REVISION.sub("", _PO_PREFIX.sub("", upper))
    return _NOT_CODE.sub("", bare).lstrip("0")


def tells_apart(key: str) -> bool:
    """Whether a purchase order number can identify an order: "verbal", "tel" or "1" cannot."""
    return len(key) > 2 and any(c.isdigit() for c in key)


def content_key(lines: Iterable[tuple[str, str, str]]) -> str:
    """A fingerprint of what is ordered: (item or part number, quantity, day) of each line, in any order."""
    rows = sorted("|".join(row) for row in lines)
    return sha256("\n".join(rows).encode()).hexdigest()[:40] if rows else ""


def gtin_digits(text: str) -> str:
    """The digits of a GTIN-8, 12, 13 or 14 with a right check digit, without leading zeros; else ""."""
    digits = re.sub(r"[\s-]", "", text)
    return digits.lstrip("0") if ean.is_valid(digits) else ""
