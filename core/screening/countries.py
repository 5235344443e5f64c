"""A country as lists write it, as two letters: codes, names in English and in the language of the file, turned names."""

from __future__ import annotations

from functools import cache

import pycountry
from anyascii import anyascii
from babel import Locale

LANGUAGES = ("en", "de", "fr", "es", "it")


def country_code(text: str) -> str:
    """ "RU" for "RU", "RUS", "Russia", "Russian Federation", "Russland"; "KP" for "Korea, North"; "" when unknown."""
    bare = text.strip().strip("()")
    turned = " ".join(part.strip() for part in reversed(bare.split(",", 1)))
    return _known().get(_key(bare)) or _known().get(_key(turned), "")


@cache
def _known() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == len("DE") and code.isalpha():  # the rest are areas, not countries
                found.setdefault(_key(name), code)
    for country in pycountry.countries:
        names = (country.alpha_2, country.alpha_3, country.name)
        more = (getattr(country, "official_name", ""), getattr(country, "common_name", ""))
        for name in (*names, *more):
            found.setdefault(_key(name), country.alpha_2)
    found.pop("", None)
    return found


def _key(name: str) -> str:
    return "".join(c for c in anyascii(name).lower() if c.isalnum())
