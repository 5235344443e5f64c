"""Where an item ends and a sentence about it begins."""

from __future__ import annotations

import re

from extraction.fields.units import UNIT
from extraction.prose.passages import is_short_word

CLAUSE = re.compile(
    r"\s+(?:—|--|–)\s+(?=[a-zà-ü]+\s+\w+\s+\w+\s+\w+)|\s*;\s+|(?<=[a-z\d)\"])\.\s+(?=[A-Z])|\s+(?:under (?:our|po|order|the)|unter (?:unserer|der)|as per|gemäß|laut|according to|selon|según|secondo|volgens|if you|as soon|asap\b|to (?:our|the|be|order|po)\b|for (?:our|the|delivery)|by (?:the )?\w+day|please|bitte an|so schnell|thanks|from last time|by next|until|bis zum|pour le|para el|per il|voor de)\b",
    re.IGNORECASE,
)
ENDING = re.compile(
    r"(?:[\s,]+(?:dazu|außerdem|zudem|liefern|senden|schicken|zusenden|bestellen|mitbringen|mitschicken|leveren|sturen|bezorgen|bestellen|please|pls|bitte|thanks|graag|svp|por favor|per favore)\b)*(?:\s+(?:and|und|et|y|e|en|plus|also|as well as|sowie|ainsi que|and also|also throw in|oh and|and also throw in))?[\s,.;:?!(–—-]*$"
)
_TELLS_ON = re.compile(
    r"\.\s+(?:qty|quantity|menge|anzahl|stückzahl|quantité|qté|cantidad|cant|quantità|q\.?tà|aantal|(?:unit |net )?price|(?:einzel|stück)?preis|prix|precio|prezzo|prijs)\b",
    re.IGNORECASE,
)


def goes_on(text: str, cut: re.Match[str]) -> bool:
    """Whether the point that seems to end a clause belongs to a short unit, "200 Stk. Dübel", or its count follows."""
    before = text[: cut.start()]
    word = re.search(r"(?<!\d)(?<![^\W\d_])([^\W\d_]+)$", before)
    unit = word is not None and word[1].lower() in UNIT
    told = _TELLS_ON.match(text, cut.start()) is not None
    return cut[0].startswith(".") and (unit or is_short_word(before) or told)
