"""Terms of payment and delivery, and how goods travel."""

from __future__ import annotations

import re

from extraction.document import Document
from extraction.fields import dates
from extraction.fields.header.plain import read_words
from extraction.vocabulary import meanings

_VERBS = re.compile(
    r"^(?:(?:will|shall|is|are|to|be|made|due|wird|erfolgt|sera|se fera)\s+)+(?=\d|within|in|net)",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"(?:pre-?paid|pre-?payment|c\.?o\.?d\.?|cash|card|credit card|pro-?forma|vorkasse|vorauskasse|contado|comptant|contant|contanti|anticipato|account)",
    re.IGNORECASE,
)
_INCOTERM_WORDS = re.compile(
    r"\b(exw|fca|fas|fob|cfr|cif|cpt|cip|dap|dpu|ddp|ddu|dat|f\.o\.[bcr]|c\.i\.[fp]|ex[ -]?works|ab werk|ab lager|frei haus|free|prepaid|collect|un?frei|fracht\w*|frank?[oc]o?|porte?|pagado|pago|assegnato|f\.?a\.?b|f\.?o\.?r|départ|rendu|origine?|vrij|af fabriek|af magazijn|destination|destino|delivered|door(?:[ -]to[ -]door)?|domicil\w*|ppd|ppa|for|dock|paid|carriage|en fábrica|franco fabbrica|reso|enlèvement|ritiro)\b",
    re.IGNORECASE,
)
_WORDS_FOR_GOODS = frozenset({"incoterms", "ship_via", "freight", "ship_to", "decoy"})


def read_terms(text: str, document: Document) -> tuple[str, int, int] | None:
    first = re.split(r"(?<=[a-z\d)])\.\s+(?=[A-ZÀ-Þ][a-z])", text)[0]
    found = read_words(re.sub(r"(?<=[^\W\d_]{4})\.$", "", _VERBS.sub("", first)), document)
    return None if found is None or _is_day(found[0]) or "@" in found[0] else found


def read_payment(text: str, document: Document) -> tuple[str, int, int] | None:
    """Terms of payment; here a word that heads a charge elsewhere ("Prepaid") may be the value."""
    bare = text.strip(" :.,-_")
    return (bare, 0, len(text)) if _PAID.fullmatch(bare) else read_terms(text, document)


def read_incoterms(text: str, document: Document) -> tuple[str, int, int] | None:
    """Terms of delivery: words that name where the goods pass, at most eight of them.

    Words that head fields of their own elsewhere ("FOB Destination") may be the value here.
    """
    known = {m.name for m in meanings(text) if m.group in ("labels", "decoys", "parties")}
    told = bool(known) and known <= _WORDS_FOR_GOODS and bool(_INCOTERM_WORDS.search(text))
    found = (text.strip(" :-–_|*.,"), 0, len(text)) if told else read_terms(text, document)
    if found is None or len(found[0].split()) > 8:
        return None
    return found


def read_terms_of_delivery(text: str, document: Document) -> tuple[str, int, int] | None:
    """As read_delivery_terms, for labels that name terms: a few words without figures do as well."""
    found = read_incoterms(text, document)
    if found is None:
        return None
    few = len(found[0].split()) <= 3 and not re.search(r"[\d:%]", found[0])
    return found if few or _INCOTERM_WORDS.search(found[0]) else None


def read_delivery_terms(text: str, document: Document) -> tuple[str, int, int] | None:
    """As read_incoterms, for labels that may also head other things: a known term must stand in it."""
    found = read_incoterms(text, document)
    return found if found and _INCOTERM_WORDS.search(found[0]) else None


def read_ship_via(text: str, document: Document) -> tuple[str, int, int] | None:
    """How goods travel; here a word that heads the field elsewhere ("Spedition") may be the value."""
    known = {m.name for m in meanings(text) if m.group in ("labels", "decoys", "parties")}
    own = known and known <= {"ship_via", "freight", "incoterms"}
    found = (text.strip(), 0, len(text)) if own else read_terms(text, document)
    plain = found is not None and re.search(r"[^\W\d_]{2}", found[0]) and "%" not in found[0]
    return found if plain else None


def _is_day(text: str) -> bool:
    days = dates.find(text)
    return bool(days) and days[0].end - days[0].start >= len(text) - 2
