"""ISO 4217 codes of currencies that orders are written in, and the signs that stand for one of them alone."""

from __future__ import annotations

CURRENCIES = frozenset(
    [
        "usd",
        "eur",
        "gbp",
        "inr",
        "cad",
        "aud",
        "chf",
        "jpy",
        "cny",
        "sek",
        "nok",
        "dkk",
        "pln",
        "czk",
        "huf",
        "mxn",
        "brl",
        "zar",
        "sgd",
        "hkd",
        "nzd",
        "aed",
        "sar",
        "try",
        "ron",
        "thb",
        "myr",
        "idr",
        "php",
        "krw",
        "ils",
        "clp",
        "cop",
        "pen",
        "ars",
        "rub",
        "uah",
        "bgn",
        "kes",
        "ngn",
        "egp",
        "twd",
        "vnd",
        "qar",
        "kwd",
        "omr",
        "bhd",
        "lkr",
    ]
)
SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "us$": "USD",
    "us $": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "us dollars": "USD",
    "us dollar": "USD",
}

NAMES = {
    "us dollars?": "USD", "u\\.s\\. dollars?": "USD", "united states dollars?": "USD", "pounds sterling": "GBP", "sterling": "GBP",
    "british pounds": "GBP", "gb pounds": "GBP", "euros?": "EUR", "swiss francs?": "CHF", "schweizer franken": "CHF",
    "indian rupees": "INR", "japanese yen": "JPY", "renminbi": "CNY", "chinese yuan": "CNY", "rmb": "CNY", "canadian dollars?": "CAD",
    "australian dollars?": "AUD", "new zealand dollars?": "NZD", "swedish kron(?:or|a)": "SEK", "svenska kronor": "SEK",
    "norwegian kroner": "NOK", "norske kroner": "NOK", "danish kroner": "DKK", "danske kroner": "DKK",
    "polish zlot(?:y|ych|ys)": "PLN", "zlotych": "PLN", "mexican pesos": "MXN", "pesos mexicanos": "MXN",
    "reais": "BRL", "south african rand": "ZAR", "korun ceskych": "CZK", "ceskych korun": "CZK", "singapore dollars?": "SGD",
}  # fmt: skip
"""Names of currencies as folded patterns."""

MARKS = {
    "Kč": "CZK", "zł": "PLN", "R$": "BRL", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "CAN$": "CAD", "NZ$": "NZD", "HK$": "HKD",
    "S$": "SGD", "CHF": "CHF", "RMB": "CNY", "€": "EUR", "£": "GBP", "₹": "INR", "US$": "USD", "₩": "KRW", "₺": "TRY", "₴": "UAH",
}  # fmt: skip
"""Marks beside an amount that stand for one currency alone."""

LOCAL = (
    ("kr", "SEK", r"sweden|sverige|\bse-\d{5}|\+46|org\.?\s?nr\.?:? ?55|\bmoms.{0,20}se\d{10}|stockholm|goteborg|malmo"),
    ("kr", "NOK", r"norway|norge|noreg|\+47|\bmva\b|\bno-\d{4}\b|oslo|bergen|trondheim|stavanger"),
    ("kr", "DKK", r"denmark|danmark|\+45|\bcvr\b|\bdk-\d{4}\b|kobenhavn|copenhagen|aarhus|odense"),
    ("¥", "JPY", r"japan|tokyo|osaka|nagoya|yokohama|kobe|\bk\.?k\.|\byen\b|\+81"),
    ("¥", "CNY", r"china|shanghai|shenzhen|guangzhou|beijing|ningbo|dongguan|\bprc\b|\brmb\b|\+86"),
    ("rs", "INR", r"\bgst(?:in)?\b|\bindia\b|\bpan\b|\+91|\bmidc\b|\b\d{1,2},\d{2},\d{3}\b|\blakhs?\b|\bcrores?\b|/-"),
    ("ft", "HUF", r"hungary|magyar|budapest|\bafa\b|\+36"),
    ("$", "MXN", r"\brfc\b|mexico|de c\.v\."),
)  # fmt: skip
"""(mark, currency, signs of the country that prints it): the mark means this where one country alone shows itself."""
