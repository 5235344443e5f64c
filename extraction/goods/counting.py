"""Whether a number in running text counts goods rather than being a size, a day, a code or a street."""

from __future__ import annotations

import re
from datetime import date

from extraction.fields import dates
from extraction.fields.units import UNIT
from extraction.goods.codes import CODE
from extraction.goods.figures import DIMENSION
from extraction.goods.number_words import word_counts
from extraction.goods.streets import HOUSE, NEAR, STREET, is_postcode
from extraction.goods.words import TIMES

_PACK_SIZE = re.compile(
    r"er\b|er-|[ -]?(?:ct|pk|pack|tlg|teilig\w*|way|ply|core|pin)\b", re.IGNORECASE
)
""" "10er Pack", "100ct", "4-way": what one piece holds or is like."""
_PACKED = re.compile(
    r"\d+(?:[.,]\d+)?(?:\s?(?:kg|g|l|lt|ltr|litres?|liter|ml|cl|m|mtr|lb|lbs|oz|gal)|(?:mm|cm|in|inch|ft|v|w|kw|ah|hp))\.?\s+[^\W\d_]"
)
_SIZED = re.compile(
    r"\s+\d{1,4}(?:[.,/]\d+)?\s?(?:mm|cm|m|inch|in|ft|kg|g|ltr|l|ml|w|v|a|[\"”])\s+[^\W\d_]{3}",
    re.IGNORECASE,
)
""" "12 22mm tees": a count before a size of goods."""
_ORDERED = re.compile(
    r"\b(?:to|we|i|please|and|kindly|hereby|like)\s+(?:now\s+)?order\s+$", re.IGNORECASE
)
"""Where "order" is the verb, and what follows is no order number."""
_HOURS = re.compile(
    r"(?:[:.]\d\d)?\s*(?:uhr |h )?(?:and|und|et|y|e|en|bis|to|à|a|alle|tot|-|–)\s*\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m\b|p\.?m\b|uhr|uur|h\b|heures|horas|ore\b|o'clock)",
    re.IGNORECASE,
)
""" "between 7 and 9 am" """
_MONEY_BEHIND = re.compile(
    r"\s?(?:[€$£]|(?:euros?|eur|usd|dollars?|gbp|pounds?|chf|franken|francs)(?![^\W\d_]))",
    re.IGNORECASE,
)
_DUTCH = re.compile(
    r"\b(?:jullie|hebben|graag|wij|het|een|niet|groet\w*|wordt|deze|voor|bij)\b", re.IGNORECASE
)
""" "onze" is eleven in French and "our" in Dutch."""
OF_ORDER = re.compile(
    r"\b(?:quote|quotation|offer|angebot|offerte|offerta|devis|offre|presupuesto|oferta|preventivo|invoice|rechnung|factuur|facture|factura|fattura|albarán|orders?|po|bestellung|bestelling|auftrag|commande|pedido|ordine|order(?:nummer|nr)?)\s+$",
    re.IGNORECASE,
)
_NOT_BEFORE = re.compile(
    r"[\w/.,#$€£:-]$|\b(?:ordered|received|delivered us|sent us|quoted(?: us)?|offered(?: us)?|reçu|recibimos|ricevuto|ontvangen|erhalten)\s+(?:the\s+|only\s+)?$|\b(?:no|nr|n°|number|ref|account|customer|kunde\w*|client|cliente|klant\w*)\.?:\s*$|\b(?:EUR|USD|GBP|CHF|INR|CAD|AUD)\s*$|(?:\b(?:po|order|no|nr|n[°º]|ref|acct|account|a/c|acc|konto|compte|cuenta|conto|kostenstelle|kommission|job|number|grade|type|size|version|page|net|model|class|unit|suite|room|dock|gate|building|street|box|week|within|in|at|line|item|lines|items|positions|positionen|\w+(?:str|straße|strasse|weg|platz|gasse|allee|straat|laan)|suis|le|am|el|il|article|référence|art|nave)\.?|#)\s*$",
    re.IGNORECASE,
)
ANY_DAY = date(2000, 1, 1)
"""So that days without a year are found too."""


def counts(text: str, match: re.Match[str]) -> bool:
    """Whether a number in running text counts goods rather than being a size, a day, a code or a street."""
    start, end = match.span("q")
    before, after, word = text[max(start - NEAR, 0) : start], text[end : end + NEAR], match["q"]
    if times_code(text, match):
        return not _NOT_BEFORE.search(before[-64:]) or bool(_ORDERED.search(before))
    if _NOT_BEFORE.search(before[-64:]) or DIMENSION.match(after):
        return bool(_ORDERED.search(before)) and not DIMENSION.match(after) and _word(word, after)
    if re.search(r"\b[A-Z]{2,4}\s$", before) and len(word) >= 4 and word.isdigit():
        return False
    if OF_ORDER.search(before) and not _ORDERED.search(before):
        return False
    if _MONEY_BEHIND.match(after) or _HOURS.match(after):
        return False
    if (
        re.search(r"\d\s*[x×]\s*$", before)
        or HOUSE.search(before)
        or STREET.match(after)
        or is_postcode(text, match)
    ):
        return False
    if not word[0].isdigit():
        ours = word.lower() == "onze" and _DUTCH.search(text)
        return not ours and word_counts(word.lower(), after, before)
    unit = (match["unit"] or "").strip(".").lower()
    if (
        unit in TIMES
        or unit in dates.MONTHS
        or re.match(r"\s*(?:%|st\b|nd\b|th\b|[:]\d|\.\d|,\s*\d{4})", after)
    ):
        return False
    if (
        len(word) == 4
        and word.startswith(("19", "20"))
        and unit not in UNIT
        and not re.match(r"\s[A-Z\d]", after)
    ):
        return False
    if _PACK_SIZE.match(after):
        return False
    if any(d.start <= match.start("q") < d.end for d in dates.find(text, ANY_DAY)):
        return False
    return bool(
        unit or match["times"] or re.match(r"\s*[(\"]?[A-Za-z]", after) or _SIZED.match(after)
    )


def times_code(text: str, match: re.Match[str]) -> bool:
    """ "100 x 6205-2RS" counts a part number, "12 x 25 kg flour" packs; "100 x 62" is a size."""
    end = match.end("times")
    behind = text[end : end + NEAR].lstrip() if match["times"] else ""
    spaced = match["times"] and match["times"] in "x×*" and " " in text[match.end("q") : end + 1]
    return bool(CODE.match(behind)) or bool(spaced and _PACKED.match(behind))


def _word(word: str, after: str) -> bool:
    """Whether goods follow the count."""
    return not word[0].isdigit() or bool(re.match(r"\s*[x×]?\s*[^\W\d_]", after))
