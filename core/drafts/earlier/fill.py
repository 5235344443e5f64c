""" "Same as last time, but 20 instead of 10": the lines of the order meant are put on the draft, for a person to check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core import journal
from core.act import Act
from core.catalogue.tables import Item
from core.drafts.case import Case
from core.drafts.earlier.orders import Meant, Row, meant_order
from core.drafts.keys import code_key, words
from core.drafts.tables import Draft, DraftField, DraftLine
from core.drafts.typed import number
from core.inbound.reading import Earlier, EarlierChange
from core.values import plain, storable

SOURCE = "earlier order"
STEM = 5
ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Wished:
    """The rows that the customer means, and the words that changed none of them."""

    rows: tuple[Row, ...]
    missed: tuple[str, ...]


def cited_order_id(draft: Draft) -> int | None:
    """The order that a draft took its lines from."""
    found = draft.earlier.get("taken", {}).get("order_id")
    return int(found) if found else None


def take_earlier(session: Session, case: Case, *, act: Act) -> bool:
    """Fills the draft from the order it refers to, once for a customer; says whether lines changed.

    Another customer means another order: the lines of the first one go, but for those a person corrected.
    """
    draft = case.draft
    taken = draft.earlier.get("taken", {})
    same_customer = taken.get("customer_id") == draft.customer_id
    if not draft.earlier or draft.kind != "order" or (same_customer and taken.get("order_id")):
        return False
    earlier = Earlier.of_json(draft.earlier)
    meant = meant_order(session, case, earlier)
    went = _take_back(session, draft, taken.get("line_ids", []))
    told: dict[str, Any] = {"customer_id": draft.customer_id, "why": meant.why}
    wished = Wished((), ())
    if meant.order is not None:
        wished = apply_changes(_named(session, meant), earlier)
        lines = _put_lines(session, draft, wished.rows, earlier)
        told |= {
            "order_id": meant.order.id,
            "order": meant.order.number,
            "po_number": meant.order.po_number,
            "booked": meant.order.booked_at.date().isoformat(),
            "orders": meant.count,
            "missed": [*wished.missed, *([earlier.unclear] if earlier.unclear else [])],
            "line_ids": [line.id for line in lines],
        }
    if told == taken:
        return False
    draft.earlier = {**draft.earlier, "taken": told}
    if meant.order is not None:
        facts = {"order": meant.order.number, "lines": len(wished.rows)}
        journal.note(session, draft, "draft.lines_taken", act=act, facts=facts)
    return bool(went or wished.rows)


def apply_changes(rows: Sequence[Row], earlier: Earlier) -> Wished:
    """The rows as often as wanted, with every change that names one row clearly. Pure."""
    times = number(earlier.times) or Decimal(1)
    kept = [replace(row, quantity=row.quantity * times) for row in rows]
    missed = []
    for change in earlier.changes:
        found = _meant(change, rows)
        if change.action == "drop" and len(found) == 1:
            kept = [row for row in kept if row.position != found[0].position]
        elif change.action == "set" and len(found) == 1:
            kept = [_set(row, change) if row.position == found[0].position else row for row in kept]
        elif change.action == "set" and not found and change.goods:
            kept.append(_new(change, len(rows) + len(kept) + 1))
        else:
            missed.append(change.text or change.goods)
    return Wished(tuple(kept), tuple(missed))


def _set(row: Row, change: EarlierChange) -> Row:
    quantity = number(change.quantity)
    return replace(
        row,
        quantity=quantity if quantity is not None else row.quantity,
        unit=change.uom or row.unit,
    )


def _new(change: EarlierChange, position: int) -> Row:
    """Goods that the earlier order does not have."""
    quantity = number(change.quantity) or Decimal(0)
    return Row(position, "", (change.goods,), quantity, change.uom, change.goods)


def _meant(change: EarlierChange, rows: Sequence[Row]) -> list[Row]:
    """The rows that a change may speak of: by line number, by part number, by words, by the quantity it replaces."""
    was = number(change.was)
    if change.line_no:
        return [row for row in rows if str(row.position) == change.line_no.lstrip("0")]
    found = _by_words(change.goods, rows) if change.goods else list(rows)
    same = [row for row in found if row.quantity == was]
    return same if was is not None and len(found) > 1 else found


def _by_words(goods: str, rows: Sequence[Row]) -> list[Row]:
    keys = {code_key(goods), *(code_key(word) for word in goods.split())} - {""}
    coded = [row for row in rows if keys & {code_key(name) for name in row.codes}]
    if coded:
        return coded
    scores = [(max((_told(goods, text) for text in row.texts), default=0.0), row) for row in rows]
    best = max((score for score, _ in scores), default=0.0)
    return [row for score, row in scores if score == best and best >= ENOUGH]


def _told(goods: str, text: str) -> float:
    """The share of the words that the text has, in another ending or inside a longer word."""
    wanted, known = [w for w in words(goods) if len(w) > 1], words(text)
    found = [w for w in wanted if any(_alike(w, k) for k in known)]
    return len(found) / len(wanted) if wanted else 0.0


def _alike(word: str, known: str) -> bool:
    stem = word[:-2] if len(word) > 6 else word.removesuffix("s")
    return known.startswith(word[:STEM].removesuffix("s")) or (len(stem) >= STEM and stem in known)


def _named(session: Session, meant: Meant) -> list[Row]:
    """The rows with the words that both languages have for their items."""
    ids = [row.item_id for row in meant.rows if row.item_id]
    items = {i.id: i for i in session.scalars(select(Item).where(Item.id.in_(ids)))}
    return [
        replace(
            row,
            texts=(*row.texts, items[row.item_id].description, items[row.item_id].description_de),
            sku=items[row.item_id].number,
            codes=(*row.codes, items[row.item_id].number),
        )
        if row.item_id in items
        else row
        for row in meant.rows
    ]


def _put_lines(
    session: Session, draft: Draft, rows: Sequence[Row], earlier: Earlier
) -> list[DraftLine]:
    last = session.scalar(
        select(func.max(DraftLine.position)).where(DraftLine.draft_id == draft.id)
    )
    lines = [
        DraftLine(draft_id=draft.id, position=n) for n, _ in enumerate(rows, start=(last or 0) + 1)
    ]
    session.add_all(lines)
    session.flush()
    for line, row in zip(lines, rows, strict=True):
        texts = {
            "supplier_sku": row.sku,
            "description": row.description,
            "quantity": plain(row.quantity),
            "uom": row.unit,
        }
        session.add_all(
            _field(draft, line, name, value, earlier) for name, value in texts.items() if value
        )
    return lines


def _field(draft: Draft, line: DraftLine, name: str, value: str, earlier: Earlier) -> DraftField:
    return DraftField(
        draft_id=draft.id,
        line_id=line.id,
        name=name,
        value=storable(value),
        read_value=storable(value),
        confidence=Decimal(1),
        source=SOURCE,
        evidence=earlier.evidence.as_json(),
        alternatives=[],
        accepted=False,
        corrected=False,
    )


def _take_back(session: Session, draft: Draft, line_ids: list[int]) -> int:
    """Lines taken from another customer's order go; says how many."""
    touched = select(DraftField.line_id).where(
        DraftField.line_id.in_(line_ids), DraftField.corrected.is_(True)
    )
    lines = session.scalars(
        select(DraftLine).where(
            DraftLine.draft_id == draft.id,
            DraftLine.id.in_(line_ids),
            DraftLine.removed.is_(False),
            DraftLine.id.not_in(touched),
        )
    ).all()
    for line in lines:
        line.removed = True
    return len(lines)
