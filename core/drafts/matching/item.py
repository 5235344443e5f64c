"""What is wanted: every number on a line is looked up in every role, and only numbers decide; descriptions suggest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.tables import CustomerItem, Item, ItemUnit
from core.drafts.case import Case
from core.drafts.keys import code_key, gtin_digits
from core.drafts.matching.catalogue import item_label, packed
from core.drafts.matching.suggest import suggest
from core.drafts.matching.values import Match, Pick
from core.drafts.tables import DraftLine

CODE_FIELDS = ("buyer_sku", "supplier_sku", "manufacturer_sku", "gtin")


@dataclass(frozen=True, slots=True)
class Hit:
    """One way from a code to an item. unit: the pack that the code stands for, "" when it says none."""

    item_id: int
    code: str
    value: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    id: int
    number: str
    description: str
    description_de: str


@dataclass(slots=True)
class Index:
    """Everything that the codes of a draft lead to. Keys: code_key of the text, or the digits of a GTIN."""

    customer_numbers: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    own_numbers: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    gtins: dict[str, list[Hit]] = field(default_factory=lambda: defaultdict(list))
    items: dict[int, _Item] = field(default_factory=dict)


def match_items(
    session: Session, case: Case, lines: list[DraftLine]
) -> dict[int, tuple[Match, str]]:
    """By line id the match and the unit that its code stands for ("" for none). Few queries, however many lines."""
    index = _index(session, case, lines)
    hits = {line.id: _hits(case, line, index) for line in lines}
    _name_items(session, index, {h.item_id for found in hits.values() for h in found})
    matched = {line.id: _decide(hits[line.id], index) for line in lines}
    open_lines = [line for line in lines if matched[line.id][0].code == "item-unknown"]
    if open_lines:
        suggestions = suggest(session, case, open_lines)
        for line in open_lines:
            matched[line.id] = (
                Match(None, "item-unknown", _facts(case, line), suggestions[line.id]),
                "",
            )
    return matched


def _facts(case: Case, line: DraftLine) -> dict[str, str]:
    code = next((case.text(n, line) for n in CODE_FIELDS if case.text(n, line)), "")
    return {"value": code, "description": case.text("description", line)}


def _index(session: Session, case: Case, lines: list[DraftLine]) -> Index:
    texts = {case.text(name, line) for line in lines for name in CODE_FIELDS} - {""}
    keys = {code_key(t) for t in texts} - {""}
    digits = {gtin_digits(t) for t in texts} - {""}
    index = Index()
    for chunk in _chunks(sorted(keys)):
        _own(session, chunk, index)
        if case.customer is not None:
            _customers(session, case.customer.id, chunk, index)
    for chunk in _chunks(sorted(digits)):
        _gtins(session, chunk, index)
    return index


def _chunks(values: list[str], size: int = 400) -> Iterable[list[str]]:
    return (values[i : i + size] for i in range(0, len(values), size))


def _own(session: Session, keys: list[str], index: Index) -> None:
    for item_id, number in session.execute(
        select(Item.id, Item.number).where(packed(Item.number).in_(keys))
    ):
        index.own_numbers[code_key(number)].append(Hit(item_id, "by-our-number", number))


def _customers(session: Session, customer_id: int, keys: list[str], index: Index) -> None:
    rows = session.execute(
        select(CustomerItem.item_id, CustomerItem.customer_sku, CustomerItem.unit).where(
            CustomerItem.customer_id == customer_id, packed(CustomerItem.customer_sku).in_(keys)
        )
    )
    for item_id, sku, unit in rows:
        hit = Hit(item_id, "by-customer-part-number", sku, unit)
        index.customer_numbers[code_key(sku)].append(hit)


def _gtins(session: Session, digits: list[str], index: Index) -> None:
    forms = [d.zfill(n) for d in digits for n in (8, 12, 13, 14) if n >= len(d)] + digits
    for item_id, gtin, unit in session.execute(
        select(Item.id, Item.gtin, Item.stock_unit).where(Item.gtin.in_(forms))
    ):
        index.gtins[gtin.lstrip("0")].append(Hit(item_id, "by-gtin", gtin, unit))
    for item_id, gtin, unit in session.execute(
        select(ItemUnit.item_id, ItemUnit.gtin, ItemUnit.unit).where(ItemUnit.gtin.in_(forms))
    ):
        index.gtins[gtin.lstrip("0")].append(Hit(item_id, "by-gtin", gtin, unit))


def _hits(case: Case, line: DraftLine, index: Index) -> list[Hit]:
    found: list[Hit] = []
    for name in CODE_FIELDS:
        text = case.text(name, line)
        if not text:
            continue
        found += index.customer_numbers.get(code_key(text), [])
        found += index.own_numbers.get(code_key(text), [])
        found += index.gtins.get(gtin_digits(text), []) if gtin_digits(text) else []
    return found


def _decide(hits: list[Hit], index: Index) -> tuple[Match, str]:
    ids = list(dict.fromkeys(h.item_id for h in hits))
    if not ids:
        return Match(None, "item-unknown"), ""
    if len(ids) > 1:
        picks = tuple(
            Pick(id_, item_label(index.items[id_]), next(h.code for h in hits if h.item_id == id_))
            for id_ in ids
        )
        numbers = " or ".join(index.items[id_].number for id_ in ids[:3])
        return Match(None, "item-ambiguous", {"numbers": numbers}, picks), ""
    best = hits[0]
    item = index.items[best.item_id]
    also = dict.fromkeys(h.code for h in hits[1:] if h.code != best.code)
    facts = {"value": best.value, "number": item.number, "description": item.description}
    if also:
        facts["also"] = ",".join(also)
    pack = next((h.unit for h in hits if h.code == "by-gtin" and h.unit), "")
    return Match(best.item_id, best.code, facts), pack or next((h.unit for h in hits if h.unit), "")


def _name_items(session: Session, index: Index, ids: set[int]) -> None:
    rows = session.execute(
        select(Item.id, Item.number, Item.description, Item.description_de).where(Item.id.in_(ids))
    )
    index.items |= {row.id: _Item(*row) for row in rows}
