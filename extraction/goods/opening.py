"""Rows that begin with a count of goods or with a part number that is counted further on."""

from __future__ import annotations

import re

from extraction.fields import dates
from extraction.fields.units import UNIT
from extraction.goods.codes import CODE, NAMED_CODE, priced_code
from extraction.goods.count_in import count_in
from extraction.goods.counting import ANY_DAY, times_code
from extraction.goods.figures import DIMENSION, FIGURE, KEYED_COUNT, QUANTITY, TRAILING
from extraction.goods.streets import STREET

_UNIT_LED = re.compile(
    rf"\s*(?P<unit>n[°º.]?|nr\.?|num\.?|kg|gr|lt|mt|mq|ml|pz|cf|conf|ct|sc|rt|pcs|stk|uds?)\.?\s+(?P<q>{FIGURE})\s+(?!(?:ainsi|sowie|und|and|con|mit|avec|et)\b)(?=[^\W\d_]{{2}})",
    re.IGNORECASE,
)
""" "n. 4 cuscinetti", "kg 5 grasso": how Italians count."""
COUNTING = re.compile(r"n[°º.]?|nr\.?|num\.?", re.IGNORECASE)
_OF_ABOVE = re.compile(rf"\w+\.?\s*:\s*(?:{FIGURE})\s+[^\W\d_]+\.?\s*$")
""" "Qty: 50 racks": told of the goods on the row above."""
_AT_PRICE = re.compile(r"(?:[€$£@=]|\b(?:a|à|je|at|zu|EUR))\s*$")


def opens(text: str) -> bool:
    """Whether a row begins with a count of goods, or with a part number that is counted further on."""
    keyed = KEYED_COUNT.match(text)
    told = keyed is not None and _OF_ABOVE.match(text) is None
    if unit_led(text) or (keyed and told and re.search(r"[^\W\d_]{3}", text[keyed.end() :])):
        return True
    lead = QUANTITY.match(text)
    if lead and lead["q"][0].isdigit() and not DIMENSION.match(text[lead.end("q") :]):
        unit = (lead["unit"] or "").strip(".").lower()
        coded = CODE.match(text[lead.end() :].lstrip(" ,"))
        joined = re.match(r"\s*(of|de|di|van)\b", text[lead.end("q") :])
        return bool(coded or lead["times"] or unit in UNIT or joined)
    if lead and lead["times"] and times_code(text, lead):
        return True
    coded = (
        CODE.match(text) or NAMED_CODE.match(text) or re.match(r"(?=\S*\d)\S{4,}\s+[-–—]\s", text)
    )
    return bool(coded) and bool(TRAILING.search(text) or priced_code(text) or count_in(text))


def unit_led(text: str) -> re.Match[str] | None:
    """The unit and count that a row opens with, in this order; not a number that only names a thing."""
    found = _UNIT_LED.match(text)
    grouped = found is not None and re.fullmatch(r"\d{1,3}[.,' ]\d{3}", found["q"]) is not None
    if (
        found is None
        or (len(found["q"]) > 4 and not grouped)
        or STREET.match(text[found.end("q") :])
    ):
        return None
    rest = text[found.end() :]
    other = count_in(rest)
    counted = other is not None and not _AT_PRICE.search(rest[: other.start("q")])
    return None if counted or dates.find(text[: found.end() + 14], ANY_DAY) else found
