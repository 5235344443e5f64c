"""Code lists that rules look into; those of this folder are facts of their agencies, loaded when first asked."""

from __future__ import annotations

import functools
from importlib.resources import files


@functools.cache
def codes(name: str) -> frozenset[str]:
    """A list of the folder `codes`: "unece", "eas", "icd", "allowance", "charge"."""
    rows = (files(__package__) / "codes" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(code for row in rows if not row.startswith("#") for code in row.split())


@functools.cache
def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-2, and 1A, which stands for Kosovo."""
    import pycountry

    return frozenset({country.alpha_2 for country in pycountry.countries} | {"1A", "XK"})


@functools.cache
def vat_prefixes() -> frozenset[str]:
    """Countries as tax numbers name them: Greece is EL, Northern Ireland XI."""
    return countries() | {"EL", "XI", "AN"}


@functools.cache
def currencies() -> frozenset[str]:
    """ISO 4217."""
    import pycountry

    return frozenset(currency.alpha_3 for currency in pycountry.currencies)
