"""In whose name a paper is signed: "For and on behalf of X Ltd", "Im Auftrag der Stadtwerke Y", "Per conto di Z"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extraction.document import Document
from extraction.fields.companies import looks_like_company, same_company
from extraction.fields.name_words import may_head
from extraction.weighing.clues import Clue

_PLAIN = re.compile(
    r"(?:for and on behalf of|on behalf of|signed (?:for|on behalf of)|im (?:auftrag|namen)(?: der| des| von)?"
    r"|pour (?:et )?(?:le compte de|au nom de)|pour et au nom de|au nom de|en nombre (?:y representación )?de|por cuenta (?:y orden )?de"
    r"|(?:in nome e )?per conto (?:di|della|del)|in nome di|namens|in opdracht van|em nome de|w imieniu)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
_SHORT = re.compile(
    r"(?:for|authori[sz]ed (?:by|for)|approved for|für|i\. ?a\.|pour|por|p\. ?p\.|per|voor|för|for the|pela|za)\s+(?=[^\W\d_])",
    re.IGNORECASE,
)
LATE = 0.35


def clues(
    document: Document, suppliers: Sequence[str], tabled: frozenset[int] = frozenset()
) -> Iterator[Clue]:
    """Clues for buyer_name from the rows below the lines. tabled: rows of item tables."""
    rows = document.canvas.rows
    start = max(tabled, default=int(LATE * len(rows)))
    for row in rows[start + 1 :]:
        for segment in row.segments:
            text = segment.text.strip(" :,")
            if len(text) > 90:
                continue
            found = _PLAIN.match(text) or _SHORT.match(text)
            if not found:
                continue
            name = text[found.end() :].strip(" ,:")
            plain = found.re is _PLAIN
            if not may_head(name) or not (looks_like_company(name) or plain):
                continue
            if any(same_company(name, s) for s in suppliers):
                continue
            at = segment.text.find(name)
            place = segment.cut(at, at + len(name)) or segment
            score = 0.88 if looks_like_company(name) else 0.7
            yield Clue("buyer_name", name, score, "signature", place.evidence(), row.page)
