"""Prices told in words: "at 3.20 each", "62 €/millar", "31,50 EUR je 100 Stück", "@ £14.40 = £360.00"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extraction.fields import numbers
from extraction.fields.units import UNIT

_FIGURE = r"\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,4})?(?!\d)|\d+(?:[.,]\d+)?"
_SIGN = r"[€$£₹¥]|(?:US|CA|AU|C|A)\$|(?<![^\W\d_])(?:USD|EUR|GBP|CHF|CAD|AUD|INR|SEK|NOK|DKK|PLN|CZK)(?![a-z])"
_MONEY_WORD = r"euros?|dollars?|pounds?|francs?|franken"
_AT = r"a razón de|à raison de|a ragione di|at a price of|zum stückpreis von|zu je|zum preis von|à je|at|à|a|je|zu|for|von|voor|tegen|al prezzo di|al precio de|au prix de|per"
_NAMED = r"(?:unit |net |our |agreed )?price|(?:einzel|stück|netto)?preis|prix(?: unitaire)?|p\.? ?u\.?|precio(?: unitario)?|prezzo(?: unitario)?|prijs|stuksprijs|ep"
_MANY = {
    "hundred": 100, "hundert": 100, "cent": 100, "cento": 100, "cien": 100, "ciento": 100, "honderd": 100, "c": 100, "%": 100,
    "thousand": 1000, "tausend": 1000, "tsd": 1000, "mille": 1000, "millar": 1000, "mil": 1000, "milheiro": 1000, "duizend": 1000, "m": 1000, "k": 1000,
    "dozen": 12, "dutzend": 12, "douzaine": 12, "docena": 12, "dozzina": 12,
}  # fmt: skip
_UNITS = "|".join(sorted(map(re.escape, UNIT), key=len, reverse=True))
_PER = rf"(?:/|\bper\b|\bje\b|\bpro\b|\bpar\b|\bpor\b|\bal\b|\bil\b|\ble\b|\bla\b|\bel\b|\bder\b|\bdie\b|\bdas\b|\bhet\b|\bcada\b|\ba\b|\bthe\b)\s*(?:(?P<per>1[.,' ]?000|100|10|{'|'.join(w for w in _MANY if len(w) > 2)}|(?-i:[MC])(?![\w]))(?![\d,.]\d)(?:\s*(?:{_UNITS})\b\.?)?|(?P<one>(?:{_UNITS}|bottle|flasche|item)(?!\w)\.?))"
_EACH = r"each\b|cada un[oa]\b|ciascun[oa]\b|chacune?\b|elk\b|ea\b\.?|apiece|l'unité|la unidad|la pièce|cadauno|cad\b\.?|l'uno|per stuk|p\.?/?st\b\.?|das stück|stück\b|pro stück|c/u"
_TAX = r"\s*(?:\(?(?:HT|TTC|H\.T\.|netto|net|excl?\.?(?: (?:vat|btw))?|\+ ?(?:iva|vat|mwst|btw)|zzgl\. ?mwst)\b\.?\)?)?"
_PRICED = re.compile(
    rf"(?:(?P<lead>@|=|(?<!\w)(?:{_NAMED}|{_AT})(?!\w)\.?\s*[:=]?|[,;:(–|]|\s-)\s*)?"
    rf"(?P<sign>{_SIGN}|(?<!\w)Rs\.?(?![a-z]))?\s*(?<![\d.,/-])(?P<p>{_FIGURE})(?![.,]?\d|/\d|[\"”″'])(?![a-z]*\d)\s*(?:(?P<sign2>{_SIGN})|(?P<sign3>{_MONEY_WORD})\b)?{_TAX}\s*(?:{_PER}|(?P<each>{_EACH}))?\s*\)?",
    re.IGNORECASE,
)

_LENGTH = re.compile(r"(?:mm|cm|m|mtrs?|ft)(?![\w/])", re.IGNORECASE)
""" "6 beams @ 7.2m": how long each is, no price."""


@dataclass(frozen=True, slots=True)
class Told:
    """A price or an amount of a whole line: start, end of all its words, figure: of its figure alone; shared: for one unit."""

    kind: str
    value: Decimal
    start: int
    end: int
    figure: tuple[int, int]


def find(text: str, style: numbers.Style) -> Iterator[Told]:
    """The unit price and the amount that the words of one item tell, each at most once."""
    seen: set[str] = set()
    for found in _PRICED.finditer(text):
        kind = _kind(found, seen)
        value = numbers.parse(found["p"], style) if kind else None
        if not kind or value is None or kind in seen:
            continue
        seen.add(kind)
        if kind == "unit_price":
            share = _share(found["per"])
            value = value if share == 1 else (value / share).normalize()
        yield Told(kind, value, found.start(), found.end(), found.span("p"))


def _kind(found: re.Match[str], seen: set[str]) -> str:
    lead = (found["lead"] or "").strip().lower()
    money = bool(found["sign"] or found["sign2"] or found["sign3"])
    each = bool(found["each"] or found["per"] or found["one"])
    if not money and _LENGTH.match(found.string, found.end("p")):
        return ""
    if lead == "=" and (money or "unit_price" in seen):
        return "amount"
    if re.match(_NAMED, lead) or lead == "@" or (money and not ("unit_price" in seen and not each)):
        return "unit_price"
    if money:
        return "amount"
    cents = bool(re.search(r"[.,]\d\d$", found["p"]))
    worded = bool(re.fullmatch(_AT, lead))
    return "unit_price" if cents and (worded or (found["each"] and lead)) else ""


def _share(per: str | None) -> Decimal:
    word = re.sub(r"[.,' ]", "", per or "1").lower()
    return Decimal(word) if word.isdigit() else Decimal(_MANY.get(word, 1))
