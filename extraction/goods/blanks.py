"""A text with blanks where it tells days and places, so that their figures count nothing."""

from __future__ import annotations

import re

from extraction.document import Document
from extraction.fields import dates, when
from extraction.fields.places import destinations

_PLACE_LEAD = re.compile(
    r"\s(?:to|at|an|nach|auf|in|à|au|chez|a|al|en|presso|op|naar|aan)\s+(?:the |our |die |den |unser\w* |la |le |notre |el |nuestr\w* |il |nostr\w* |de |het |ons |onze )?$"
)
_DAY_LEAD = re.compile(
    r"(?:[,(]?\s*\b(?:needed|required|wanted|due|delivery|delivered|lieferung|liefertermin|livraison|entrega|consegna|levering|by|on|before|until|no later than|bis(?: zum)?|zum|am|spätestens|pour le|pour|avant le|para el|antes del?|entro il|per il|voor|op|uiterlijk|for|le|el|il)\b[:\s]*)+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?$",
    re.IGNORECASE,
)


def timeless(text: str, document: Document) -> str:
    """The text with blanks where it tells a day."""
    for day in dates.find(text, document.near):
        lead = _DAY_LEAD.search(text[: day.start])
        if lead:
            text = blanked(text, lead.start(), day.end)
    for told in when.find(text, document.near):
        text = blanked(text, told.start, told.end)
    for start, end in destinations(text):
        lead = _PLACE_LEAD.search(text[:start])
        text = blanked(text, lead.start() if lead else start, end)
    return text


def blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
