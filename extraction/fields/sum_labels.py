"""What a sum's label means by the stems of its words, in any order: "Total GBP excl. VAT", "Goods", "Order payable"."""

from __future__ import annotations

import re
from functools import lru_cache

from extraction.vocabulary import fold

MOST_WORDS = 8
_FIGURE = re.compile(r"\d")
_TAX = re.compile(
    r"\b(?:v\.?a\.?t|tax(?:es)?|gst|hst|pst|qst|sst|[csiu]gst|mwst|ust|umsatzsteuer|mehrwertsteuer|steuer|tva|iva|i\.v\.a|btw|moms|mva|dph|kdv|igv|alv|afa|pdv|ppn|impuestos?|cuota|imposta|taxe)\b"
)
_WITHOUT = re.compile(
    r"\b(?:ex|exc|excl\w*|exkl\w*|without|w/o|net|nett|netto|neto|before|ohne|hors|h\.?t|sans|sin|senza|sem|bez|uten|utan|eks\w*|untaxed|taxable|base|imponib\w*|zwischen\w+|sub|subtot\w*|sous|delsum\w*|goods|merchandise|materials?|waren\w*|merce|marchandises?|mercancias?|varer|zbozi)\b|\bsub-?total|\bnetto\w*"
)
_WITH = re.compile(
    r"\b(?:inc|incl\w*|inkl\w*|with|mit|ttc|t\.t\.c|avec|con|com|gross|brutt?o\w*|grand|payable|due|pay|zu zahlen|betalen|payer|pagar|pagare|zaplat\w*|att betala|a betale|at betale|uhrade|fizetendo|end\w*|final|overall|all-in|s dph)\b"
)
_TOTAL = re.compile(
    r"\b(?:totale?n?s?|totaal\w*|totalt|gesamt\w*|summen?|summa|sum|suma|som|montant|betrag|amount|value|importe|importo|belopp|belob|bedrag|valor|celkem|razem|yhteensa|osszesen|wartosc|order(?:summa|sum|total|value)|auftragswert|bestellwert)\b"
)
_FREIGHT = re.compile(
    r"\b(?:freight|carriage|shipping|delivery|haulage|courier|postage|port|porto|portes|fracht\w*|fragt|frakt\w*|versand\w*|liefer(?:ung|kosten|pauschale)|transport\w*|flete|envio|spedizione|trasporto|vracht\w*|verzend\w*|bezorg\w*|doprava|dostawa|wysylka|p ?& ?p|s ?& ?h)\b"
)
_AGAINST = re.compile(
    r"\b(?:discount\w*|rabatt\w*|remise|descuento|sconto|korting|skonto|quantity|qty|menge|weight|gewicht|peso|poids|kgs?|pieces|pcs|units?|lines|items|volume|cbm|pallets?|cartons?|packages|no|nr|number|id|reg\w*|rate|limit|credit|deposit|advance|words|code|exempt|page|hours|week|weeks|days?|date|time|note|terms|address|slot|point|budget|exceed|forward|ubertrag|previous|last|paid|balance|round\w*|rundung|per|pro|each|unit|price|preis|prix|free|over|above|port of|from|by|to|on|via)\b"
)
_ASIDE = re.compile(
    r"\([^)]{0,20}%[^)]*\)|[@+-]?\s*\d{1,2}(?:[.,]\d{1,3})?\s*%|\b(?:usd|eur|gbp|cad|aud|nzd|chf|sek|nok|dkk|pln|czk|huf|inr|jpy|cny|zar|sgd|us|in|of|for|the|this|amount in)\b|[$€£₹¥*:=]"
)


@lru_cache(4096)
def kinds_of(label: str) -> tuple[str, ...]:
    """Which sums the words may name, the likeliest first; () when none or when they speak of something else."""
    text = " ".join(_ASIDE.sub(" ", fold(label)).split()).strip(" .,-")
    if not text or _FIGURE.search(text) or len(text.split()) > MOST_WORDS or _AGAINST.search(text):
        return ()
    without, including = bool(_WITHOUT.search(text)), bool(_WITH.search(text))
    whole = bool(_TOTAL.search(text))
    if _TAX.search(text):
        if without:
            return ("subtotal", "total") if whole else ("subtotal",)
        return ("total",) if including and whole else ("tax",)
    if _FREIGHT.search(text):
        if without:
            return ("subtotal",)
        return ("total",) if including and whole else ("freight",)
    if without:
        return ("subtotal", "total") if whole else ("subtotal",)
    if including:
        return ("total",)
    return ("total", "subtotal") if whole else ()
