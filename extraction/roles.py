"""What each column of a table holds: by its head, corrected by what stands in it and by arithmetic."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from itertools import pairwise

from extraction import contents
from extraction.cells import fits, quantity_parts
from extraction.code_labels import code_label
from extraction.codes import looks_like_code, owner_of
from extraction.document import Document
from extraction.fields import dates
from extraction.fields.units import MEASURE, is_unit
from extraction.tables.values import Record, Table
from extraction.vocabulary import is_known_word, tokens

_REVISION = re.compile(r"^(rev\b|revision|drawing|drg|dwg|zeichnung|rev\.)", re.IGNORECASE)
"""A revision or drawing beside a part number: it is made to the buyer's own drawing."""
MONEY = ("unit_price", "amount")
_CODE_OF_LETTERS = re.compile(r"[A-Z0-9]{1,12}(?:[-_./][A-Z0-9]{1,12}){1,4}")
"""Several groups of capitals, "JR-MUG-SAGE"."""


def roles_of(table: Table, document: Document) -> list[str]:
    """The role of each column: by its head, corrected by what stands in it."""
    roles = [c.role for c in table.columns]
    filled = [[t for r in table.records if (t := " ".join(r.texts(i)))] for i in range(len(roles))]
    roles = [role if filled[i] else "" for i, role in enumerate(roles)]
    contents.name_first(roles, filled, [c.title for c in table.columns])
    _settle_named(roles, filled)
    _settle_numbered_below(roles, table)
    _settle_items(roles, filled, document)
    _settle_units(roles, filled, document)
    _settle_packs(roles, filled, table, document)
    _settle_uoms(roles, filled)
    _settle_bases(roles, filled, document)
    _settle_net(roles)
    _settle_doubles(roles, filled, table, document)
    _settle_days(roles, filled, document)
    contents.settle(roles, filled, [c.title for c in table.columns], document)
    _prefer_list_price(roles, table, document)
    _settle_owner(roles, filled, table, document)
    return _as_taught(roles, table)


def _settle_named(roles: list[str], filled: list[list[str]]) -> None:
    """Of two columns of part numbers where none names the goods, the one with words does ("Code", "Design")."""
    codes = [i for i, r in enumerate(roles) if r in ("sku", "buyer_sku", "supplier_sku")]
    if "description" in roles or "item" in roles or len(codes) < 2:
        return
    worded = [i for i in codes if roles[i] == "sku" and _share(filled[i], _is_worded) > 0.6]
    if len(worded) == 1:
        roles[worded[0]] = "description"


def _is_worded(text: str) -> bool:
    words = text.split()
    return len(re.findall(r"[^\W\d_]{2,}", text)) >= 2 and not looks_like_code(words[0])


def _settle_numbered_below(roles: list[str], table: Table) -> None:
    """Under "Item / Vendor Item" the first number is the buyer's where the rows below name the supplier's."""
    for i, role in enumerate(roles):
        if role != "supplier_sku":
            continue
        below = [record.texts(i)[1:] for record in table.records]
        told = [any((k := code_label(t)) and k.role == role for t in texts) for texts in below]
        if told and all(told):
            roles[i] = "sku"


def _prefer_list_price(roles: list[str], table: Table, document: Document) -> None:
    """Where list price, discounts and net price stand side by side, the list price is the price as printed."""
    rows = [
        [(record.texts(i) or [""])[0] for i in range(len(roles))] for record in table.records[:60]
    ]
    gross = contents.list_price(roles, rows, document)
    if gross is not None:
        roles[roles.index("unit_price")] = "net_price"
        roles[gross] = "unit_price"


def _as_taught(roles: list[str], table: Table) -> list[str]:
    """What was taught about a column stands, and no other column is taken for the same."""
    taught = {c.role for c in table.columns if c.taught}
    return [
        c.role if c.taught else "decoy" if role in taught else role
        for role, c in zip(roles, table.columns, strict=True)
    ]


def _share(texts: list[str], test: Callable[[str], object]) -> float:
    return sum(bool(test(t)) for t in texts) / len(texts) if texts else 0.0


def _is_number(document: Document) -> Callable[[str], bool]:
    return lambda t: quantity_parts(t, document)[0] is not None


def _settle_days(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """Days that differ from line to line under a head of the header, or under one that nobody knows, are the lines'."""
    if "requested_date" in roles:
        return
    for i, role in enumerate(roles):
        own = role == "@requested_date" and document.canvas.kind != "sheet"
        if (own or not role) and _share(filled[i], lambda t: _is_day(t, document)) > 0.8:
            roles[i] = "requested_date"
            return


def _is_day(text: str, document: Document) -> bool:
    days = dates.find(text, document.near)
    return bool(days) and days[0].start == 0 and days[0].end == len(text)


def _settle_items(roles: list[str], filled: list[list[str]], document: Document) -> None:
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
            _share(
                texts,
                lambda t: looks_like_code(t.split("\n")[0].split(" ")[0]) and len(t.split()) <= 2,
            )
            >= 0.5
        ) or (
            "description" in roles
            and "sku" not in roles
            and (
                _share(texts, lambda t: bool(re.search(r"\d", t))) > 0.5
                or _share(texts, lambda t: bool(_CODE_OF_LETTERS.fullmatch(t))) > 0.8
            )
        ):
            roles[i] = "sku"
        else:
            roles[i] = "description" if "description" not in roles else "decoy"


def _is_named_beside(column: int, roles: list[str], filled: list[list[str]]) -> bool:
    """Whether a column of words names the goods: part numbers have a column, and what is headed as goods holds figures."""
    if _share(filled[column], lambda t: bool(re.search(r"[^\W\d_]{3}", t))) < 0.9 or all(
        " " not in t and re.search(r"\d", t) for t in filled[column]
    ):
        return False
    if "description" in roles:
        place = roles.index("description")
        if _share(filled[place], lambda t: not re.search(r"[^\W\d_]{2}", t)) < 0.9:
            return False
        roles[place] = "decoy"
        return True
    return bool({"sku", "buyer_sku", "supplier_sku"} & set(roles))


def _rises(texts: list[str]) -> bool:
    values = [int(t.rstrip(".")) for t in texts]
    small = len(values) > 1 or values[0] <= 100 or (texts[0].startswith("0") and values[0] <= 1000)
    return small and all(a < b for a, b in pairwise(values))


def _counts(texts: list[str], least: int) -> bool:
    """Whether a column just counts the lines, 1, 2, 3 or 00010, 00020, 00030; least: so many of them."""
    told = [t.rstrip(".").lstrip("0") for t in texts]
    return len(told) >= least and any(
        told == [str(n * step) for n in range(1, len(told) + 1)] for step in (1, 10)
    )


def _settle_uoms(roles: list[str], filled: list[list[str]]) -> None:
    """Of several unit columns the one that holds units counts; of several such the one nearest to the quantity."""
    places = [i for i, r in enumerate(roles) if r == "uom"]
    if len(places) > 1 and "quantity" in roles:
        near = min(
            places,
            key=lambda i: (_share(filled[i], is_unit) <= 0.6, abs(i - roles.index("quantity"))),
        )
        for i in places:
            if i != near:
                roles[i] = "decoy"


def _settle_units(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """A column headed "Unit" that holds figures is the quantity, or the price when a quantity is there."""
    number = _is_number(document)
    if "uom" not in roles:
        units = [
            i
            for i, r in enumerate(roles)
            if r in ("", "decoy", "per") and _share(filled[i], is_unit) > 0.6
        ]
        for i in units[:1]:
            roles[i] = "uom"
    for i, role in enumerate(roles):
        if (
            role == "per"
            and "unit_price" not in roles
            and filled[i]
            and _share(filled[i], number) > 0.6
        ):
            roles[i] = "unit_price"
        if role == "uom" and filled[i] and _share(filled[i], number) > 0.6:
            if "quantity" not in roles:
                roles[i] = "quantity"
            elif "unit_price" not in roles:
                roles[i] = "unit_price"
        if (
            role == "quantity"
            and filled[i]
            and _share(filled[i], is_unit) > 0.6
            and roles.count("quantity") > 1
        ):
            roles[i] = "uom"
        if role == "line_no" and _share(filled[i], _numbers_no_line) > 0.6:
            roles[i] = "sku"
        unknown = role in ("", "decoy", "sku") and "line_no" not in roles
        if unknown and _counts(filled[i], 1 if role == "sku" else 2):
            roles[i] = "line_no"


def _settle_packs(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """A column of figures under the name of a pack ("Cases", "Packs") is the quantity where no other head says so."""
    if "quantity" in roles:
        return
    number = _is_number(document)
    packs = [
        i
        for i, column in enumerate(table.columns)
        if roles[i] in ("", "uom", "decoy")
        and is_unit(column.title)
        and not MEASURE.fullmatch(column.title.strip(" .").lower())
        and filled[i]
        and _share(filled[i], number) > 0.8
    ]
    if len(packs) == 1:
        roles[packs[0]] = "quantity"


def _numbers_no_line(text: str) -> bool:
    long = len(text) > 5 and not re.match(r"\d{1,6}[.):]?( |$)", text)
    return long or bool(re.match(r"[^\W\d_]{2}", text))


_BASES = frozenset({Decimal(10), Decimal(100), Decimal(1000)})


def _settle_bases(roles: list[str], filled: list[list[str]], document: Document) -> None:
    """Beside a price, a column that says 10, 100 or 1,000 in every line says what the price is for."""
    for i, role in enumerate(roles):
        others = "unit_price" in roles[:i] + roles[i + 1 :]
        if role in ("", "unit_price") and others and "per" not in roles:
            values = {quantity_parts(t, document)[0] for t in filled[i]}
            if len(values) == 1 and values <= _BASES:
                roles[i] = "per"


def _settle_net(roles: list[str]) -> None:
    """Of two prices with a discount between them the first is the price as listed, the second what is left of it."""
    prices = [i for i, r in enumerate(roles) if r == "unit_price"]
    if len(prices) == 2 and "discount" in roles[prices[0] : prices[1]]:
        roles[prices[1]] = "net_price"


def _settle_doubles(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """Two columns of one kind: arithmetic tells price from amount, else the first counts."""
    if "amount" not in roles and roles.count("unit_price") > 1:
        last = max(i for i, r in enumerate(roles) if r == "unit_price")
        roles[last] = "amount"
    if not {"quantity", "unit_price", "amount"} <= set(roles):
        _find_missing(roles, filled, table, document)
    for role in ("quantity", "unit_price", "amount"):
        while roles.count(role) > 1:
            places = [i for i, r in enumerate(roles) if r == role]
            keep = _best_double(role, places, roles, table, document)
            for i in places:
                if i != keep:
                    roles[i] = "decoy"
    if roles.count("requested_date") > 1 and len(table.records) > 1:
        for i, role in enumerate(roles):
            if role == "requested_date" and len(set(filled[i])) == 1:
                roles[i] = "@requested_date"
    if roles.count("requested_date") > 1:
        places = [i for i, r in enumerate(roles) if r == "requested_date"]
        dated = [
            i for i in places if _share(filled[i], lambda t: dates.find(t, document.near)) > 0.5
        ]
        for i in places:
            if i != (dated or places)[0]:
                roles[i] = "decoy"


def _find_missing(
    roles: list[str], filled: list[list[str]], table: Table, document: Document
) -> None:
    """The one of quantity, price and amount whose head did not tell, found by quantity times price."""
    missing = [r for r in ("quantity", "unit_price", "amount") if r not in roles]
    if len(missing) != 1:
        return
    spare = [
        i
        for i, r in enumerate(roles)
        if r in ("tax", "decoy", "", "uom", "line_no", "quantity", *MONEY) and filled[i]
    ]
    for i in spare:
        if roles.count(roles[i]) == 1 and roles[i] in ("quantity", *MONEY):
            continue
        trial = list(roles)
        trial[i] = missing[0]
        if _agreement(trial, table, document) >= 0.75:
            roles[i] = missing[0]
            return


def _best_double(
    role: str, places: list[int], roles: list[str], table: Table, document: Document
) -> int:
    scored = []
    for i in places:
        trial = ["decoy" if r == role and j != i else r for j, r in enumerate(roles)]
        filled = sum(1 for record in table.records if record.texts(i))
        order = places.index(i) if role != "amount" else -places.index(i)
        scored.append(
            (
                round(_agreement(trial, table, document), 2),
                filled > 0.5 * len(table.records),
                round(_figures(table, i, document), 1),
                -order,
                i,
            )
        )
    return max(scored)[-1]


def _figures(table: Table, column: int, document: Document) -> float:
    """Share of a column's texts that are figures, with a unit or alone: "OC-49388" is none."""
    texts = [t for record in table.records[:60] for t in record.texts(column)[:1]]
    return _share(
        texts, lambda t: bool(_COUNT.match(t)) and quantity_parts(t, document)[0] is not None
    )


_COUNT = re.compile(r"[\W\d_]*[^\W\d_]{0,12}[\W\d_]*$|[^\W\d_]{1,12}\.? [\d.,' ]+$")


def _agreement(roles: list[str], table: Table, document: Document) -> float:
    """Share of records in which quantity times price is the amount."""
    right = tried = 0
    for record in table.records[:60]:
        line = _amounts(record, roles, document)
        if len(line) == 3:
            tried += 1
            right += fits(line["quantity"], line["unit_price"], line["amount"])
    return right / tried if tried else 0.0


def _amounts(record: Record, roles: list[str], document: Document) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for i, role in enumerate(roles):
        texts = record.texts(i)
        if role in ("quantity", "unit_price", "amount") and texts:
            value = quantity_parts(texts[0], document)[0]
            if value is not None:
                found[role] = value
    return found


def _settle_owner(
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
