"""Check digits of the identifiers that Peppol looks into, each from the public rule of its register."""

from __future__ import annotations

import re

from stdnum import ean, luhn

_IPA = re.compile(r"[A-Za-z0-9]{6}")
_FISCAL = re.compile(
    r"[A-Z]{6}[0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]", re.IGNORECASE
)


def _digits(value: str) -> list[int]:
    return [int(c) for c in value]


def _is_number(value: str, length: int = 0) -> bool:
    return value.isascii() and value.isdigit() and (not length or len(value) == length)


def gln(value: str) -> bool:
    """GS1 check digit (modulo 10, weights 3 and 1 from the right), whatever the length."""
    return _is_number(value) and len(value) > 1 and ean.calc_check_digit(value[:-1]) == value[-1]


def norwegian(value: str) -> bool:
    """Organisasjonsnummer: nine digits, modulo 11, weights 2 to 7 from the right."""
    if not _is_number(value, 9) or not int(value):
        return False
    *body, last = _digits(value)
    total = sum(d * (n % 6 + 2) for n, d in enumerate(reversed(body)))
    return (11 - total % 11) % 11 == last


def belgian(value: str) -> bool:
    """Ondernemingsnummer: ten digits, the last two are 97 less the rest's remainder."""
    return _is_number(value, 10) and 97 - int(value[:8]) % 97 == int(value[8:])


def swedish(value: str) -> bool:
    """Organisationsnummer: ten digits with a Luhn digit."""
    return _is_number(value, 10) and luhn.is_valid(value)


def italian_office(value: str) -> bool:
    """Codice Univoco of the Indice PA: six letters or digits."""
    return _IPA.fullmatch(value) is not None


def italian_fiscal(value: str) -> bool:
    """Codice fiscale: sixteen characters of a person, or the eleven digits of a company."""
    return _is_number(value, 11) or _FISCAL.fullmatch(value) is not None


def italian_vat(value: str) -> bool:
    """Partita IVA behind IT: eleven digits with a Luhn digit; other countries' numbers are not looked into."""
    if value[:2].upper() != "IT":
        return True
    number = value[2:]
    return _is_number(number, 11) and luhn.is_valid(number)


def australian(value: str) -> bool:
    """ABN: eleven digits, one off the first, weights 10, 1, 3 ... 19, modulo 89."""
    if not _is_number(value, 11):
        return False
    first, *rest = _digits(value)
    weights = (1, 3, 5, 7, 9, 11, 13, 15, 17, 19)
    return ((first - 1) * 10 + sum(d * w for d, w in zip(rest, weights, strict=True))) % 89 == 0
