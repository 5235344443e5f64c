"""The words of an item that name the goods: what is left when count, price and part number are blanked out."""

from __future__ import annotations

import re

from extraction.fields.words import JOINERS
from extraction.goods.clauses import ENDING
from extraction.goods.words import NO_WORDS
from extraction.vocabulary import tokens

LONGEST = 220
MOST_WORDS = 30
_OF_BRACKETS = re.compile(r"\([^()]*\)\s*(?:of|de|di|von|van)\s+(?=\w)")
_AFTERTHOUGHT = re.compile(r"\s+and\s+(also\s+)?throw in.*$|\bfor the (new|next)\b.*$")
_ROOM = re.compile(r"[\s,–—-]*\s{2,}[\s,–—-]*")


def words_of_goods(rest: str) -> tuple[str, int, int] | None:
    """(words, start, end) of the goods in the rest of an item; None where no goods are named."""
    start = _start(rest)
    goods = _AFTERTHOUGHT.sub("", ENDING.sub("", rest[start:])).strip()
    words = bool(re.search(r"[^\W\d_]{2}", goods)) and goods.lower() not in NO_WORDS
    if not words or len(goods) > LONGEST or len(tokens(goods)) > MOST_WORDS:
        return None
    return _ROOM.sub(" ", goods).rstrip(" (,").strip(), start, start + len(goods)


def _start(rest: str) -> int:
    """Where the name begins, behind marks, joining words and a bracket that counts ("(x4) of")."""
    start = 0
    while True:
        left = rest[start:]
        lead = len(left) - len(left.lstrip(" ,.:;|–—-)@x×"))
        joiner = JOINERS.match(left[lead:])
        if not lead and not joiner:
            return start
        start += lead + (joiner.end() if joiner else 0)
        held = _OF_BRACKETS.match(rest[start:])
        start += held.end() if held else 0
