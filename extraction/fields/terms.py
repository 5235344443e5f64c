"""What says what it is without a label: terms of payment ("Net 30") and of delivery ("FCA Hamburg")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.clues import Clue
from extraction.segments import Canvas

_PAYMENT = re.compile(
    r"\b(?:net(?:t)?[- ]?\d{1,3}(?: days)?|\d{1,3} days(?:'|’)? net|\d(?:[.,]\d)?\s?%\s?\d{1,3}(?: days)?,? ?net ?\d{1,3}|cash on delivery|due (?:up)?on receipt|payable (?:up)?on receipt|payment in advance|prepaid by card|"
    r"(?:\d{1,3} tage(?:n)? \d(?:[.,]\d)? ?% (?:skonto)?,? ?)?\d{1,3} tage(?:n)? netto|netto \d{1,3} tage|zahlbar (?:innerhalb|binnen) (?:von )?\d{1,3} tagen[^.,;\n]{0,30}|\d{1,3} jours (?:fin de mois|net|date de facture|nets)|\d{1,3} días(?: fecha factura| f\.f\.)?|\d{1,3} gg(?:\.)? (?:d\.f\.|f\.m\.|data fattura|fine mese)[^.,;\n]{0,12}|\d{1,3} dagen(?: netto| na factuurdatum)|vorkasse|vorauskasse|30 jours fin de mois)\b",
    re.IGNORECASE,
)
_COD = re.compile(r"\bC\.?O\.?D\.?(?=[ .,;)]|$)")
_INCOTERM = re.compile(
    r"\b(?:EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP|DDU|DAT)\b(?:[ ,:-]+(?:[A-ZÄÖÜ][\w.äöüé-]+)(?: [A-ZÄÖÜ][\w.äöüé-]+){0,2})?(?:[ ,]*\(?Incoterms®? ?20[12]0\)?)?"
)


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
