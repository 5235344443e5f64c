"""ISO 4217 codes of currencies that orders are written in, and the signs that stand for one of them alone."""

from __future__ import annotations

CURRENCIES = frozenset(
    ["usd", "eur", "gbp", "inr", "cad", "aud", "chf", "jpy", "cny", "sek", "nok", "dkk", "pln", "czk", "huf", "mxn", "brl", "zar", "sgd", "hkd", "nzd", "aed", "sar", "try", "ron", "thb", "myr", "idr", "php", "krw", "ils", "clp", "cop", "pen", "ars", "rub", "uah", "bgn", "kes", "ngn", "egp", "twd", "vnd", "qar", "kwd", "omr", "bhd", "lkr"]
)
SIGNS = {"€": "EUR", "£": "GBP", "₹": "INR", "us$": "USD", "us $": "USD", "euro": "EUR", "euros": "EUR", "us dollars": "USD", "us dollar": "USD"}
