"""Part numbers in running text."""

from __future__ import annotations

import re

from extraction.document import Document

CODE = re.compile(
    r"(?<![\w./\"-])(?=[A-Z0-9][\w./-]*\d|[A-Z]{2,}-[A-Z])(?=[\w./-]*[A-Z-]|\d{5}|\d+\.\d+\.\d)[A-Z0-9]+(?:[-./_][A-Za-z0-9]+)*(?![\w\"”″'/-])"
)
NAMED_CODE = re.compile(
    r"\(?\b(?:(?:your|ihre|votre|vostr[oa]|vs\.?|su|uw)\s+(?=(?:nr|no|n[°º]|ref|cod)\b))?(?:nr(?=\.?\s*[A-Z]+-?\d)|part|item|sku|art|artikel|article|réf|ref|cod|cód|código|codice|material|mat|model|cat|p/?n|bestell|product|articolo|artículo)(?:[-.]{0,2}(?:no|nr|num|code|nummer|number|nummer))?\.?\s*(?:no|nr|num|number|code|nummer|#|n°|nº)?\.?\s*[:#]?\s*(?<![^\W\d_])(?P<code>(?:(?=\S*\d)|(?-i:(?=[A-Z]{2,}-[A-Z])))[A-Z0-9][\w./-]{2,})\)?",
    re.IGNORECASE,
)
BRACKETED = re.compile(
    r"[(\[](?P<code>(?!\d+(?:ct|pk|pcs?|er|stk?|mm|cm|m|ml|l|kg|g|oz|lb)[)\]])(?=[^)\]\s]*\d)[A-Za-z0-9][\w./-]{3,}|[A-Z][A-Z0-9._/-]{2,})[)\]]"
)
MONEY = re.compile(
    r"(?:[€$£]|\b(?:USD|EUR|GBP|CHF)\b)\s*\d|\d\s*(?:[€$£]|(?:USD|EUR|GBP|CHF|euros?|dollars?)\b)"
)
_SIZE = re.compile(
    r"\d{1,4}(?:[.,]\d+)?(?:l|ml|cl|kg|g|mm|cm|m|ah|v|w|kw|hp|oz|lbs?|ct|pk|in|ft|bar|hz|gb|tb)|(?:DN|PN|NW|M)\d{1,3}(?:x\d{1,3})?|\d{1,3}-[a-z]{3,}",
    re.IGNORECASE,
)
""" "30L": what one piece holds, no part number."""


def priced_code(text: str) -> bool:
    """A part number with a price but no quantity: an incomplete line, for a person to complete."""
    return bool(CODE.match(text)) and bool(MONEY.search(text))


def plausible(code: str, text: str) -> bool:
    if len(code) < 3 or re.fullmatch(
        r"\d{1,4}|[A-Z]?\d{1,2}([./-]\d+)*|\d{3}-\d{3}-\d{4}|\d{1,2}W-?\d{2}", code
    ):
        return False
    if _SIZE.fullmatch(code):
        return False
    return sum(c.isdigit() for c in code) >= 2 or "-" in code or code == text.strip()


def prose_owner(code: str, document: Document) -> str:
    """Customers who write by hand order by our numbers, unless we know that one is not ours."""
    known = document.context.known_skus
    return (
        "buyer_sku" if known and code not in known and code.upper() not in known else "supplier_sku"
    )
