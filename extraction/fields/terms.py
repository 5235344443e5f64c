"""What says what it is without a label: terms of payment ("Net 30"), of delivery ("FCA Hamburg"), and the currency."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.clues import Clue
from extraction.fields.currencies import CURRENCIES, SIGNS
from extraction.segments import Canvas

_PAYMENT = re.compile(
    r"\b(?:net(?:t)?[- ]?\d{1,3}(?: days)?|\d{1,3} days(?:'|’)? net|\d(?:[.,]\d)?\s?%\s?\d{1,3}(?: days)?,? ?net ?\d{1,3}|cash on delivery|due (?:up)?on receipt|payable (?:up)?on receipt|payment in advance|prepaid by card|"
    r"(?:\d{1,3} tage(?:n)? \d(?:[.,]\d)? ?% (?:skonto)?,? ?)?\d{1,3} tage(?:n)? netto|netto \d{1,3} tage|zahlbar (?:innerhalb|binnen) (?:von )?\d{1,3} tagen[^.,;\n]{0,30}|\d{1,3} jours (?:fin de mois|net|date de facture|nets)|\d{1,3} días(?: fecha factura| f\.f\.)?|\d{1,3} gg(?:\.)? (?:d\.f\.|f\.m\.|data fattura|fine mese)[^.,;\n]{0,12}|\d{1,3} dagen(?: netto| na factuurdatum)|vorkasse|vorauskasse|30 jours fin de mois)\b",
    re.IGNORECASE,
)
_COD = re.compile(r"\bC\.?O\.?D\.?(?=[ .,;)]|$)")
_CODED = re.compile(
    r"\b([A-Z]{3})\s*:?\s*-?\d[\d.,]*|\d[\d.,]*\s*([A-Z]{3})\b|\(\s*(?:in )?([A-Z]{3})\s*\)|\b(?i:in|total|amount|value|price|betrag|preis|currency|summe|totale|totaal|net|gross)\b:?\s+\(?([A-Z]{3})\b|^([A-Z]{3})$|\b([A-Z]{3})\s*:?$|\b([A-Z]{3})\b(?= [A-Z][a-z]+ (?:Thousand|Hundred|Lakh|Crore|[A-Z][a-z]+ ))"
)
_NAMED = re.compile(
    r"\b(?:in|en|prices?|preise|prix|precios|prezzi|prijzen)\W+(euros?|us dollars?)\b",
    re.IGNORECASE,
)
_INCOTERM = re.compile(
    r"\b(?:EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP|DDU|DAT)\b(?:[ ,:-]+(?:[A-ZÄÖÜ][\w.äöüé-]+)(?: [A-ZÄÖÜ][\w.äöüé-]+){0,2})?(?:[ ,]*\(?Incoterms®? ?20[12]0\)?)?"
)


def currency_clues(canvas: Canvas) -> Iterator[Clue]:
    """The currency by codes and signs beside amounts; "$" and "Rs" alone name no single one."""
    for row in canvas.rows:
        for segment in row.segments:
            for found in _CODED.finditer(segment.text):
                place = segment.cut(found.start(), found.end())
                code = next(g for g in found.groups() if g)
                if place and code.lower() in CURRENCIES:
                    yield Clue("currency", code.upper(), 0.5, "code", place.evidence(), row.page)
            named = _NAMED.search(segment.text)
            place = segment.cut(named.start(1), named.end(1)) if named else None
            if named and place:
                yield Clue(
                    "currency", SIGNS[named[1].lower()], 0.5, "name", place.evidence(), row.page
                )
            for sign, code in (
                ("€", "EUR"),
                ("£", "GBP"),
                ("₹", "INR"),
                ("US$", "USD"),
                ("US $", "USD"),
                ("U.S. Dollar", "USD"),
                ("US Dollar", "USD"),
                ("Kč", "CZK"),
                ("zł", "PLN"),
                ("R$", "BRL"),
                ("S$", "SGD"),
                ("HK$", "HKD"),
                ("NZ$", "NZD"),
                ("A$", "AUD"),
                ("C$", "CAD"),
                ("CA$", "CAD"),
                ("RMB", "CNY"),
            ):
                at = segment.text.find(sign)
                place = segment.cut(at, at + len(sign)) if at >= 0 else None
                if place and (re.search(r"\d", segment.text) or len(segment.text) < 30):
                    yield Clue("currency", code, 0.5, "sign", place.evidence(), row.page)


def clues(canvas: Canvas, tabled: frozenset[int] = frozenset()) -> Iterator[Clue]:
    """Clues for payment_terms and incoterms by their own wording. tabled: rows of item tables, left out."""
    for number, row in enumerate(canvas.rows):
        for segment in row.segments:
            if len(segment.text) > 160 or number in tabled:
                continue
            for field, pattern, score in (
                ("payment_terms", _PAYMENT, 0.5),
                ("payment_terms", _COD, 0.5),
                ("incoterms", _INCOTERM, 0.42),
            ):
                if field == "incoterms" and (
                    len(segment.text) > 70 or re.search(r"\d\s+[A-Z]{3}\b", segment.text)
                ):
                    continue
                found = pattern.search(segment.text)
                place = segment.cut(found.start(), found.end()) if found else None
                if found and place:
                    yield Clue(
                        field, found[0].strip(), score, "wording", place.evidence(), row.page
                    )
