"""Heads as programs name columns ("OrderNumber", "CUST_NAME", "ORDDATE"), put into words a person would write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extraction.vocabulary import fold, is_known_word, matches, meanings

LEAST = 4  # cells of a row of heads
SINGLE = 0.6  # share of them without a blank
PARTED = 2  # cells of which a program made one word
_HUMPS = re.compile(r"[A-ZÄÖÜ]+(?![a-zäöüß])|[A-ZÄÖÜ]?[a-zäöüß]+|\d+|#")
_TO = re.compile(
    r"^(ship|bill|sold|deliver) (?=name|address|city|street|zip|state|post|country)", re.IGNORECASE
)
_GROUPS = frozenset({"labels", "parties", "columns"})
_SHORT = {
    "acct": "account", "addr": "address", "adr": "address", "amt": "amount", "best": "bestell", "ccy": "currency",
    "cd": "code", "cond": "conditions", "cons": "consegna", "ctct": "contact", "cur": "currency", "curr": "currency", "cust": "customer",
    "del": "delivery", "deliv": "delivery", "delv": "delivery", "desc": "description", "descr": "description",
    "dlv": "delivery", "dlvry": "delivery", "doc": "document", "dt": "date", "due": "due", "kd": "kunden", "loc": "location",
    "nbr": "number", "nm": "name", "no": "no", "num": "number", "ord": "order", "ordr": "order", "pay": "payment",
    "pmt": "payment", "pymt": "payment", "prc": "price", "pr": "price", "purch": "purchase", "qty": "quantity",
    "ref": "reference", "req": "required", "reqd": "required", "rqd": "required", "rqst": "requested", "shp": "ship", "sup": "supplier",
    "trm": "terms", "trms": "terms", "unt": "unit", "vend": "vendor", "waehr": "waehrung", "whse": "warehouse",
}  # fmt: skip
_WHOLE = {"terms": "payment terms", "terms code": "payment terms", "terms description": "payment terms", "order": "order number", "order reference": "order number", "document number": "order number", "document date": "order date", "payment term code": "payment terms"}  # fmt: skip
_BESTELL = {"best nr", "bestnr", "bestell nr", "bestellnr", "bestellnummer", "bestell nummer"}
_TAILS = {"code", "text", "value", "name", "id", "key", "field"}


def written_out(texts: Sequence[str]) -> list[str] | None:
    """The heads of one row in plain words; None when the row is no row of such heads."""
    filled = [t for t in texts if t]
    if len(filled) < LEAST or sum(" " not in t for t in filled) < SINGLE * len(filled):
        return None
    if any(len(t) > 40 or re.search(r"\d{3}|[@,;:]", t) for t in filled):
        return None
    made = [plain(t) if t else "" for t in texts]
    if any(fold(m) == "bestelldatum" for m in made):
        made = ["order number" if fold(m) in _BESTELL else m for m in made]
    told = sum(bool(_means(m)) for m in made if m)
    changed = sum(m != t for m, t in zip(made, texts, strict=True))
    return made if changed >= PARTED and told >= 0.5 * len(filled) else None


@cache
def plain(head: str) -> str:
    """ "OrdDate" -> "order date"; the head itself when it says something already or nothing can be made of it."""
    if _means(head):
        return head
    words = [piece for word in re.split(r"[\s_./-]+", head) for piece in _pieces(word)]
    written = [_SHORT.get(fold(w), w) for w in words]
    for said in (words, written, ["".join(written)]):
        for end in (len(said), len(said) - 1):
            if end < len(said) and fold(said[-1]) not in _TAILS:
                continue
            phrase = " ".join(said[:end])
            phrase = _WHOLE.get(fold(phrase), phrase)
            if _means(phrase):
                return phrase
    joined = _TO.sub(r"\1 to ", " ".join(written))
    return joined if len(words) > 1 and matches(joined, _GROUPS) else head


def _means(phrase: str) -> bool:
    sure = [m for m in meanings(phrase) if m.group == "columns" or m.weight == 1.0]
    return bool(sure)


def _pieces(word: str) -> list[str]:
    """The words run together in one: by capitals, else by words that labels use."""
    humps = _HUMPS.findall(word)
    if len(humps) != 1 or len(word) < 5:
        return humps or [word]
    lower = fold(word)
    for at in range(2, len(lower) - 1):
        left, right = lower[:at], lower[at:]
        if all(w in _SHORT or is_known_word(w) for w in (left, right)) and _means(
            f"{_SHORT.get(left, left)} {_SHORT.get(right, right)}"
        ):
            return [word[:at], word[at:]]
    return [word]
