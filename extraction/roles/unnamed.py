"""What a column holds when its head does not say: told by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from extraction.codes import looks_like_code
from extraction.document import Document
from extraction.fields import dates
from extraction.roles.share import share
from extraction.vocabulary import meanings

CODES = {"sku", "item", "buyer_sku", "supplier_sku"}
LEAST_DIGITS = 5
_GTIN = re.compile(r"\d{8}|\d{12,14}")
_ORDER = re.compile(r"best|order|po|bst|cde|comm|ped|ord", re.IGNORECASE)
_SHAPE = re.compile(r"[^\W\d_].*\d|\d.*[^\W\d_]|[^\W\d_]{3}")
_WORDS = re.compile(r"[^\W\d_]{3}")


def settle(
    roles: list[str], filled: list[list[str]], titles: list[str], document: Document
) -> None:
    """Roles for the columns whose heads say nothing: part numbers, days, and the words that name the goods."""
    _name_order(roles, filled, titles)
    _find_code(roles, filled, titles)
    _find_description(roles, filled, document)


def _name_order(roles: list[str], filled: list[list[str]], titles: list[str]) -> None:
    """A number that is the same on every line beside one that changes is the order's: "BestNr", "Order"."""
    places = [i for i, r in enumerate(roles) if r in CODES]
    constant = [i for i in places if len(filled[i]) > 1 and len(set(filled[i])) == 1]
    varied = any(len(set(filled[i])) > 1 for i in places)
    if len(constant) == 1 and varied and _ORDER.match(titles[constant[0]]):
        roles[constant[0]] = "@po_number"


def name_first(roles: list[str], filled: list[list[str]], titles: list[str]) -> None:
    """A code that is the same on every line in the first column of a list, under words for an order, is the order's."""
    if "@po_number" in roles or "quantity" not in roles[1:] or not roles or not filled[0]:
        return
    said = set(filled[0])
    code = re.fullmatch(r"(?=.*\d)[\w./-]{3,}(?: [A-Z]\d{1,2})?", next(iter(said)))
    least = 1.0 if len(filled[0]) < 2 else 0.5
    known = any(m.name == "po_number" and m.weight >= least for m in meanings(titles[0]))
    title = re.sub(r"\s", "", titles[0].lower()) if len(titles[0].split()) > 3 else ""
    apart = bool(re.search(r"\D", next(iter(said)))) or len(next(iter(said))) > 4
    if (
        len(said) == 1
        and code
        and apart
        and (known or re.fullmatch(r"(?:purchase)?order\w{0,6}", title))
    ):
        roles[0] = "@po_number"


def _find_code(roles: list[str], filled: list[list[str]], titles: list[str]) -> None:
    """A column of single words with figures before the quantity, no two alike, where nothing else is a part number.

    Short whole numbers behind the quantity may be anything: weights, accounts, what was received.
    """
    if set(roles) & CODES or "quantity" not in roles:
        return
    for i in range(len(roles)):
        texts = filled[i]
        if roles[i] or len(texts) < 1 or i > max(_places(roles, "quantity")) + 1:
            continue
        codes = [t for t in texts if " " not in t and len(t) <= 24 and looks_like_code(t)]
        behind = i > min(_places(roles, "quantity"))
        if behind and titles[i] and all(t.isdigit() and len(t) < LEAST_DIGITS for t in codes):
            continue
        if len(codes) >= 0.7 * len(texts) and all(re.search(r"[\d]", t) for t in codes):
            gtins = sum(bool(_GTIN.fullmatch(t)) and len(t) > 8 for t in codes)
            roles[i] = "gtin" if gtins > 0.7 * len(texts) and "gtin" not in roles else "sku"
            return


def _find_description(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """The column with the most words, where none is known to name the goods; else the first that says size or grade."""
    if "description" in roles or "item" in roles:
        return
    lengths = {
        i: sum(len(t) for t in texts) / len(texts)
        for i, texts in enumerate(filled)
        if texts and roles[i] == "" and share(texts, _wordy(document)) > 0.6
    }
    if lengths:
        best = max(lengths, key=lambda i: lengths[i])
        if lengths[best] >= 5:
            roles[best] = "description"
            return
    if set(roles) & CODES:
        return
    described = [
        i for i, t in enumerate(filled) if roles[i] == "decoy" and share(t, _SHAPE.search) > 0.6
    ]
    if described:
        roles[described[0]] = "description"


def _wordy(document: Document) -> Callable[[str], bool]:
    return lambda t: bool(_WORDS.search(t)) and not (dates.find(t, document.near) and len(t) < 24)


def _places(roles: list[str], role: str) -> list[int]:
    return [i for i, r in enumerate(roles) if r == role]
