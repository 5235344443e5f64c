"""Customers, places and items in the fields of a draft: what a field says, what its list offers, what a text there means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.catalogue.read import item_page
from core.catalogue.tables import Item
from core.drafts.bench.choices import choice, places_of
from core.drafts.correct import CHOICES, Edit
from core.drafts.held_values import Place
from core.drafts.matching.catalogue import item_label
from core.drafts.matching.ship_to import place_label
from core.drafts.panes import Option
from core.drafts.tables import Draft, DraftLine
from core.errors import BadInput, NotFound
from core.parties.named import customer_named, customers_like
from core.parties.tables import Customer, CustomerAddress

FIRST_WORD = re.compile(r"\w+")
WHAT = {"customer_id": "customer", "ship_to_id": "place", "item_id": "item"}


def one_line(text: str) -> str:
    return " ".join(text.split())


def said(session: Session, draft: Draft) -> dict[Place, str]:
    """By (line id or None, field) what the fields say that name something, "" where nothing is chosen."""
    customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    place = session.get(CustomerAddress, draft.ship_to_id) if draft.ship_to_id else None
    found: dict[Place, str] = {
        (None, "customer_id"): f"{customer.name} ({customer.number})" if customer else "",
        (None, "ship_to_id"): place_label(place) if place else "",
    }
    rows = session.execute(
        select(DraftLine.id, Item)
        .outerjoin(Item, Item.id == DraftLine.item_id)
        .where(DraftLine.draft_id == draft.id)
    )
    found |= {(line_id, "item_id"): item_label(item) if item else "" for line_id, item in rows}
    return {place: one_line(text) for place, text in found.items()}


def offered(
    session: Session, draft: Draft, line: DraftLine | None, name: str, text: str, most: int
) -> tuple[Option, ...]:
    """What the list offers for this text; for what the field says already, or nothing, the likely ones first."""
    if name not in CHOICES or (name == "item_id") != (line is not None):
        raise NotFound("This field has no list.")
    now = said(session, draft)[line.id if line else None, name]
    asked = "" if one_line(text) == now else text
    if name == "ship_to_id":
        return _places(session, draft, asked)[:most]
    reason = line.item_reason if line else draft.customer_reason
    likely = _likely(session, name, reason) if not asked else ()
    if line:
        more = _items(session, asked or _family(now), most)
    else:
        more = _customers(session, asked, most)
    known = {option.id for option in likely}
    return (*likely, *(option for option in more if option.id not in known))[:most]


def _places(session: Session, draft: Draft, text: str) -> tuple[Option, ...]:
    words = text.casefold().split()
    every = (p for p in places_of(session, draft) if p.kind == "ship_to")
    found = (Option(p.id, one_line(place_label(p))) for p in every)
    return tuple(o for o in found if all(word in o.label.casefold() for word in words))


def _customers(session: Session, text: str, most: int) -> Iterable[Option]:
    return (Option(c.id, one_line(c.label)) for c in customers_like(session, text, most))


def _items(session: Session, text: str, most: int) -> Iterable[Option]:
    for row in item_page(session, text, size=most).rows:
        why = "" if row.sale_state == "active" else row.sale_state.replace("_", " ")
        yield Option(row.id, one_line(f"{row.number} {row.description}"), why)


def _family(label: str) -> str:
    """What numbers of an item's kin begin with: "BV" of "BV-15-SS Ball valve"."""
    found = FIRST_WORD.match(label)
    return found[0] if found else ""


def _likely(session: Session, name: str, reason: dict[str, Any]) -> tuple[Option, ...]:
    """What matching found, called as the field calls it."""
    found = choice(None, "", reason).options
    ids = [option.id for option in found]
    if name == "item_id":
        items = session.scalars(select(Item).where(Item.id.in_(ids)))
        labels = {item.id: item_label(item) for item in items}
    else:
        rows = session.scalars(select(Customer).where(Customer.id.in_(ids)))
        labels = {row.id: f"{row.name} ({row.number})" for row in rows}
    return tuple(replace(o, label=one_line(labels[o.id])) for o in found if o.id in labels)


def meant(session: Session, draft: Draft, edit: Edit) -> Edit:
    """The edit with the id of what its text names. Raises BadInput when it names nothing, or more than one."""
    if edit.name not in CHOICES or not edit.value:
        return edit
    text = one_line(edit.value)
    found = FIND[edit.name](session, draft, text)
    if found is None:
        what = WHAT[edit.name]
        raise BadInput(f"No {what}, or more than one, is called “{text}”. Choose one of the list.", edit.name)  # fmt: skip
    return replace(edit, value=str(found))


def _customer(session: Session, draft: Draft, text: str) -> int | None:
    found = customer_named(session, text)
    return found.id if found else None


def _place(session: Session, draft: Draft, text: str) -> int | None:
    places = [p for p in places_of(session, draft) if p.kind == "ship_to"]
    exact = [p.id for p in places if text in (one_line(place_label(p)), p.code)]
    found = exact or [option.id for option in _places(session, draft, text)]
    return found[0] if exact or len(found) == 1 else None


def _item(session: Session, draft: Draft, text: str) -> int | None:
    """The longest number that the text begins with, else the only item that has its words."""
    words = text.split(" ")
    begins = [" ".join(words[:n]) for n in range(len(words), 0, -1)]
    rows = session.execute(select(Item.number, Item.id).where(Item.number.in_(begins)))
    numbers: dict[str, int] = {row.number: row.id for row in rows}
    named = next((numbers[begin] for begin in begins if begin in numbers), None)
    if named is not None:
        return named
    found = item_page(session, text, size=2)
    return found.rows[0].id if found.total == 1 else None


FIND = {"customer_id": _customer, "ship_to_id": _place, "item_id": _item}
