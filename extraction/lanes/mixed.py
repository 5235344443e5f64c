"""What a mail asks besides what its lane says: an order that also asks after another one is two pieces of work."""

from __future__ import annotations

import re

from extraction.lanes.body import BODY
from extraction.lanes.signals import folded

ENOUGH = 3.0
NEEDED = 1.8
MOST_SENTENCES = 200
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.](?=\d)[^.!?\n]*)*[.!?]*")
_ROUTINE = re.compile(
    r"\b(?:confirm\w*|acknowledg\w*|bestatig\w*|accus\w*|conferm\w*|bevestig\w*|tracking|advise|quot(?:e|ation) (?:no|number|ref)|per your|according|laut|gema(?:ß|ss)|selon|segun|secondo|volgens)\b"
    r"|^\W*(?:if|falls|wenn|sollte|si|en cas|se|als|indien|note|nb)\b|\b(?:subject to|must be|will be|unless|otherwise)\b",
    re.IGNORECASE,
)
"""Sentences that orders carry as a matter of course: please confirm, cancel if late, returns by RMA only."""
ASKED = {
    "order": "orders goods",
    "change": "asks to change an order",
    "cancellation": "asks to cancel an order",
    "quote_request": "asks for a price",
    "status_question": "asks how an order stands",
    "return_request": "asks to return goods or complains",
}
DECISIVE = tuple(
    signal
    for signal in BODY
    if signal.lane in ASKED and signal.weight >= (NEEDED if signal.lane == "order" else ENOUGH)
)
"""The signals that can tell the lane of a sentence by themselves; lesser ones change nothing."""


def also_asked(lane: str, body: str) -> list[tuple[str, str]]:
    """(lane, words) of sentences that plainly ask for something else than the lane of the mail."""
    if lane not in ASKED:
        return []
    found: dict[str, str] = {}
    for sentence in list(_SENTENCE.finditer(body))[:MOST_SENTENCES]:
        bare = folded(sentence[0])
        if _ROUTINE.search(bare):
            continue
        other = _lane_of(bare)
        if other and other != lane:
            found.setdefault(other, " ".join(sentence[0].split())[:120])
    return list(found.items())


def _lane_of(bare: str) -> str:
    """The one lane that a sentence speaks for strongly; "" when none or several do."""
    weights: dict[str, float] = {}
    for signal in DECISIVE:
        if signal.pattern.search(bare):
            weights[signal.lane] = max(weights.get(signal.lane, 0.0), signal.weight)
    counted = bool(re.search(r"\d", bare))
    strong = [
        lane
        for lane, weight in weights.items()
        if weight >= ENOUGH or (lane == "order" and counted and weight >= NEEDED)
    ]
    return strong[0] if len(strong) == 1 else ""
