"""What says what it is without a label: terms of payment ("Net 30") and of delivery ("FCA Hamburg")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction.page.segments import Canvas
from extraction.weighing.clues import Clue

_PAYMENT = re.compile(
    r"\b(?:net(?:t)?[- ]?\d{1,3}(?: days)?|\d{1,3} days(?:'|’)? net|\d(?:[.,]\d)?\s?%\s?\d{1,3}(?: days)?,? ?net ?\d{1,3}|cash on delivery|due (?:up)?on receipt|payable (?:up)?on receipt|payment in advance|prepaid by card|"
    r"(?:\d{1,3} tage(?:n)? \d(?:[.,]\d)? ?% (?:skonto)?,? ?)?\d{1,3} tage(?:n)? netto|netto \d{1,3} tage|zahlbar (?:innerhalb|binnen) (?:von )?\d{1,3} tagen[^.,;\n]{0,30}|\d{1,3} jours (?:fin de mois|net|date de facture|nets)|\d{1,3} días(?: fecha factura| f\.f\.)?|\d{1,3} gg(?:\.)? (?:d\.f\.|f\.m\.|data fattura|fine mese)[^.,;\n]{0,12}|\d{1,3} dagen(?: netto| na factuurdatum)|vorkasse|vorauskasse|30 jours fin de mois)\b",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:terms|pay(?:ment|able|s|ing)?|paid|zahl\w*|paiement|r[eè]glement|payer\w*|pago|pagar\w*|pagamento|paghiamo|betal\w*)\b(?: (?:will be|is|are|wird|erfolgt|to be|made|due|terms|we|wir|wij|se fera|[àa]|en|bij|bei|op))*:? "
    r"(?P<terms>(?:(?:within|in|innerhalb(?: von)?|binnen|dans|[àa]|sous|entro|en)\s+)?\d{1,3} (?:calendar |working )?(?:days|tagen?|jours|d[ií]as|giorni|gg|dagen|dagar|dage)\b[^.;:\n]{0,40})",
    re.IGNORECASE,
)
""" "Payment will be made 30 days from receipt of invoice", "Zahlung 21 Tage ohne Abzug"."""
LONGEST = 400
_COD = re.compile(r"\bC\.?O\.?D\.?(?=[ .,;)]|$)")
_CODES = r"(?:EXW|FCA|FAS|FOB|CFR|CIF|CPT|CIP|DAP|DPU|DDP|DDU|DAT)\b"
_EDITION = r"(?:[ ,]*\(?Incoterms®? ?20[12]0\)?)?"
_INCOTERM = re.compile(
    rf"(?<![/\w]){_CODES}(?!\s*[:.]?\s*[A-Z]?-?\d{{6}})(?:[ ,:-]+(?:[A-ZÄÖÜ][\w.äöüé-]+)(?: [A-ZÄÖÜ][\w.äöüé-]+){{0,2}})?{_EDITION}"
)
_ALL_OF = re.compile(rf"{_CODES}(?:[ ,:-]+[^\W\d_][\w.-]*){{0,4}}{_EDITION}")


_FREE = re.compile(
    r"\b(?:frei (?:haus|baustelle|lager|werk|verwendungsstelle|bordsteinkante|rampe|empfänger)|ab (?:werk|lager)|franco (?:huis|thuis|domicile|de port|chantier|destino|fabbrica|fábrica|(?:ns\.?|vs\.?|nostro|vostro|nostra|vostra) (?:magazzino|cantina|stabilimento|sede|deposito))"
    r"|port (?:payé|dû)|portes? pagad[oa]s?|portes? debid[oa]s?|porto (?:franco|assegnato)|carriage (?:paid|forward)|ex[- ]works|delivered free|fritt (?:levererat|fabrik)|frit leveret|vrachtvrij|af fabriek|af magazijn|franko (?:haus|huis))(?!\w)(?! (?:over|above|on orders|for orders|ab|dès|desde|da|vanaf)\b)|\bfranco(?=\s*[:.,;)]|$)",
    re.IGNORECASE,
)
""" "frei Haus", "carriage paid": who carries, without a code."""


def is_of_delivery(text: str) -> bool:
    """Whether a text is a code of the Incoterms with its place and nothing else."""
    return bool(_ALL_OF.fullmatch(text))


def clues(canvas: Canvas, tabled: frozenset[int] = frozenset()) -> Iterator[Clue]:
    """Clues for payment_terms and incoterms by their own wording. tabled: rows of item tables, left out."""
    for number, row in enumerate(canvas.rows):
        for segment in row.segments:
            if len(segment.text) > LONGEST or number in tabled:
                continue
            brief = len(segment.text) <= 160
            for field, pattern, score in (
                ("payment_terms", _PAYMENT, 0.5),
                ("payment_terms", _PAID, 0.54),
                ("payment_terms", _COD, 0.5),
                ("incoterms", _INCOTERM, 0.42),
                ("incoterms", _FREE, 0.4),
            ):
                if not brief and pattern is not _PAID:
                    continue
                if pattern is _INCOTERM and (
                    len(segment.text) > 70 or re.search(r"\d\s+[A-Z]{3}\b", segment.text)
                ):
                    continue
                found = pattern.search(segment.text)
                group = "terms" if found and pattern is _PAID else 0
                place = segment.cut(*found.span(group)) if found else None
                if found and place:
                    yield Clue(
                        field,
                        found[group].strip(" ,"),
                        score,
                        "wording",
                        place.evidence(),
                        row.page,
                    )
