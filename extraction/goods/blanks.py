"""A text with blanks where it tells days and places, so that their figures count nothing."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from extraction.fields import dates, when
from extraction.fields.places import destinations

LEAD = 160
"""How many characters before a day or place may lead to it."""
_PLACE_LEAD = re.compile(
    r"\s(?:to|at|an|nach|auf|in|à|au|chez|a|al|en|presso|op|naar|aan)\s+(?:the |our |die |den |unser\w* |la |le |notre |el |nuestr\w* |il |nostr\w* |de |het |ons |onze )?$"
)
_DAY_LEAD = re.compile(
    r"(?:[,(]?\s*\b(?:needed|required|wanted|due|delivery|delivered|lieferung|liefertermin|livraison|entrega|consegna|levering|by|on|before|until|no later than|bis(?: zum)?|zum|am|spätestens|pour le|pour|avant le|para el|antes del?|entro il|per il|voor|op|uiterlijk|for|le|el|il)\b[:\s]*)+(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?$",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def timeless(text: str, near: date | None) -> str:
    """The text with blanks where it tells a day or a place; every item of a passage asks for the passage's."""
    for day in dates.find(text, near):
        floor = max(day.start - LEAD, 0)
        lead = _DAY_LEAD.search(text[floor : day.start])
        if lead:
            text = blanked(text, floor + lead.start(), day.end)
    for told in when.find(text, near):
        text = blanked(text, told.start, told.end)
    for start, end in destinations(text):
        floor = max(start - LEAD, 0)
        lead = _PLACE_LEAD.search(text[floor:start])
        text = blanked(text, floor + lead.start() if lead else start, end)
    return text


def blanked(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
