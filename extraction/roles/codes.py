"""Columns of part numbers: which counts lines, which holds codes, whose numbers they are."""

from __future__ import annotations

import re
from itertools import pairwise

from extraction.code_labels import code_label
from extraction.codes import looks_like_code, owner_of
from extraction.document import Document
from extraction.roles.share import share
from extraction.tables.values import Table
from extraction.vocabulary import is_known_word, tokens

_REVISION = re.compile(r"^(rev\b|revision|drawing|drg|dwg|zeichnung|rev\.)", re.IGNORECASE)
"""A revision or drawing beside a part number: it is made to the buyer's own drawing."""
_CODE_OF_LETTERS = re.compile(r"[A-Z0-9]{1,12}(?:[-_./][A-Z0-9]{1,12}){1,4}")
"""Several groups of capitals, "JR-MUG-SAGE"."""


def settle_named(roles: list[str], filled: list[list[str]]) -> None:
    """Of two columns of part numbers where none names the goods, the one with words does ("Code", "Design")."""
    codes = [i for i, r in enumerate(roles) if r in ("sku", "buyer_sku", "supplier_sku")]
    if "description" in roles or "item" in roles or len(codes) < 2:
        return
    worded = [i for i in codes if roles[i] == "sku" and share(filled[i], _is_worded) > 0.6]
    if len(worded) == 1:
        roles[worded[0]] = "description"


def _is_worded(text: str) -> bool:
    words = text.split()
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 2 and not looks_like_code(words[0])


def settle_numbered_below(roles: list[str], table: Table) -> None:
    """Under "Item / Vendor Item" the first number is the buyer's where the rows below name the supplier's."""
    for i, role in enumerate(roles):
        if role != "supplier_sku":
            continue
        below = [record.texts(i)[1:] for record in table.records]
        told = [any((k := code_label(t)) and k.role == role for t in texts) for texts in below]
        if told and all(told):
            roles[i] = "sku"


def settle_items(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """A column headed "Item" or "Material" counts lines, holds codes or names goods."""
    for i, role in enumerate(roles):
        if role != "item":
            continue
        texts = filled[i]
        firsts = [t.split()[0] for t in texts if t.split()]
        counted = (
            bool(texts) and all(re.fullmatch(r"\d{1,5}\.?", f) for f in firsts) and _rises(firsts)
        ) and (len(texts) > 1 or texts == firsts)
        if counted and "line_no" not in roles:
            roles[i] = "line_no"
        elif _is_named_beside(i, roles, filled):
            roles[i] = "description"
        elif (
            share(
                texts,
                lambda t: looks_like_code(t.split("\n")[0].split(" ")[0]) and len(t.split()) <= 2,
            )
            >= 0.5
        ) or (
            "description" in roles
            and "sku" not in roles
            and (
                share(texts, lambda t: bool(re.search(r"\d", t))) > 0.5
                or share(texts, lambda t: bool(_CODE_OF_LETTERS.fullmatch(t))) > 0.8
            )
        ):
            roles[i] = "sku"
        else:
            roles[i] = "description" if "description" not in roles else "decoy"


def _is_named_beside(column: int, roles: list[str], filled: list[list[str]]) -> bool:
    """Whether a column of words names the goods: part numbers have a column, and what is headed as goods holds figures."""
    if share(filled[column], lambda t: bool(re.search(r"[^\W\d_]{3}", t))) < 0.9 or all(
        " " not in t and re.search(r"\d", t) for t in filled[column]
    ):
        return False
    if "description" in roles:
        place = roles.index("description")
        if share(filled[place], lambda t: not re.search(r"[^\W\d_]{2}", t)) < 0.9:
            return False
        roles[place] = "decoy"
        return True
    return bool({"sku", "buyer_sku", "supplier_sku"} & set(roles))


def _rises(texts: list[str]) -> bool:
    values = [int(t.rstrip(".")) for t in texts]
    small = len(values) > 1 or values[0] <= 100 or (texts[0].startswith("0") and values[0] <= 1000)
    return small and all(a < b for a, b in pairwise(values))


def settle_owner(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """Whose numbers a column of part numbers holds: by a name in its head, else by most of its values."""
    for i, role in enumerate(roles):
        if role != "sku" or not filled[i]:
            continue
        owners = [owner_of(t.split(" ")[0], document) for t in filled[i]]
        if _names_an_owner(table.columns[i].title):
            roles[i] = "buyer_sku" if "buyer_sku" not in roles else "sku"
        elif _is_price_list(roles, filled, i) and "supplier_sku" not in roles:
            roles[i] = "supplier_sku"
        elif "buyer_sku" not in roles and any(_REVISION.search(c.title) for c in table.columns):
            roles[i] = "buyer_sku"
        elif document.context.known_skus or document.sells:
            continue
        elif owners.count("supplier_sku") > 0.5 * len(owners) and "supplier_sku" not in roles:
            roles[i] = "supplier_sku"
        elif "buyer_sku" not in roles:
            roles[i] = "buyer_sku"


def _is_price_list(roles: list[str], filled: list[list[str]], code: int) -> bool:
    """Whether most rows have a number and a price but no quantity: the supplier's own list, filled in."""
    if "quantity" not in roles or "unit_price" not in roles or len(filled[code]) < 5:
        return False
    priced, counted = (len(filled[roles.index(r)]) for r in ("unit_price", "quantity"))
    return priced >= 0.9 * len(filled[code]) and counted < 0.5 * len(filled[code])


def _names_an_owner(title: str) -> bool:
    """ "ACME Item #": a word that no head uses stands before the kind of number."""
    words = tokens(title)
    return (
        len(words) >= 2
        and len(words[0].text) >= 3
        and words[0].text.isalpha()
        and not is_known_word(words[0].text)
    )
