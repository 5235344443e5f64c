"""A mapping that is proposed is tried on past drafts: what it would have said, and whether that is what people did.

The ways by kind of mapping; each looks at what was read, and at what the draft became. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.catalogue.tables import Item
from core.drafts.keys import code_key, plain_text
from core.drafts.matching.catalogue import packed
from core.drafts.matching.public_domains import domain_of
from core.drafts.matching.ship_to import match_written
from core.drafts.matching.values import CHOSEN
from core.drafts.tables import Draft, DraftField, DraftLine, Problem
from core.drafts.typed import number
from core.errors import BadInput
from core.inbound.tables import InboundDocument
from core.parties.tables import Customer, CustomerAddress
from core.units import unit_codes
from core.values import exact, plain

MOST = 5000
Fills = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Tried:
    """One place of a past draft. would: what the mapping says; became: what people made of it.

    right: both are the same; None while nobody decided. touched: somebody had to put a hand to it.
    """

    draft_id: int
    po_number: str
    position: int | None
    written: str
    would: str
    became: str
    right: bool | None
    touched: bool


@dataclass(frozen=True, slots=True)
class Trial:
    rows: tuple[Tried, ...]

    @property
    def saved(self) -> int:
        """Touches that it would have spared."""
        return sum(row.touched and row.right is True for row in self.rows)

    @property
    def right(self) -> int:
        return sum(row.right is True for row in self.rows)

    @property
    def wrong(self) -> int:
        return sum(row.right is False for row in self.rows)


def try_mapping(
    session: Session, table: str, fills: Fills, *, now: datetime, days: int = 365
) -> Trial | None:
    """fills: columns of the master-data table by name. None: this table is no mapping, or something is missing.

    Raises BadInput for a customer or item that is not there.
    """
    kind = KINDS.get(table)
    if kind is None or not all(fills.get(name, "").strip() for name in NEEDED[table]):
        return None
    return Trial(tuple(kind(session, fills, now - timedelta(days=days))))


def _customer(session: Session, fills: Fills) -> Customer:
    found = session.scalar(select(Customer).where(Customer.number == fills["customer"].strip()))
    if found is None:
        raise BadInput(f"There is no customer {fills['customer']!r}.", "customer")
    return found


def _item(session: Session, fills: Fills) -> Item:
    found = session.scalar(select(Item).where(Item.number == fills["item"].strip()))
    if found is None:
        raise BadInput(f"There is no item {fills['item']!r}.", "item")
    return found


def _decided(draft: Draft, same: bool) -> bool | None:
    return same if draft.status == "confirmed" else None


def _part_number(session: Session, fills: Fills, since: datetime) -> Iterator[Tried]:
    customer, item = _customer(session, fills), _item(session, fills)
    rows = session.execute(
        select(Draft, DraftLine, DraftField, Item.number)
        .join(DraftLine, DraftLine.draft_id == Draft.id)
        .join(DraftField, DraftField.line_id == DraftLine.id)
        .outerjoin(Item, Item.id == DraftLine.item_id)
        .where(
            Draft.customer_id == customer.id,
            Draft.created_at >= since,
            DraftLine.removed.is_(False),
            DraftField.name == "buyer_sku",
            packed(DraftField.value) == code_key(fills["customer_sku"]),
        )
        .order_by(Draft.id.desc(), DraftLine.position)
        .limit(MOST)
    )
    for draft, line, field, known in rows:
        same = line.item_id == item.id
        touched = line.item_reason.get("code") == CHOSEN
        yield Tried(draft.id, draft.po_number, line.position, field.value, item.number, known or "no item", _decided(draft, same), touched)  # fmt: skip


def _unit(session: Session, fills: Fills, since: datetime) -> Iterator[Tried]:
    item, unit = _item(session, fills), fills["unit"].strip()
    wanted = {unit.casefold(), *(code.casefold() for code in unit_codes(unit))}
    holds = Fraction(exact(fills["numerator"])) / Fraction(exact(fills.get("denominator") or "1"))
    rows = session.execute(
        select(Draft, DraftLine, DraftField)
        .join(DraftLine, DraftLine.draft_id == Draft.id)
        .join(DraftField, DraftField.line_id == DraftLine.id)
        .where(
            DraftLine.item_id == item.id,
            DraftLine.removed.is_(False),
            Draft.created_at >= since,
            DraftField.name.in_(("uom", "quantity")),
        )
        .order_by(Draft.id.desc(), DraftLine.position)
        .limit(MOST)
    ).all()
    counts = {line.id: field for _, line, field in rows if field.name == "quantity"}
    for draft, line, field in rows:
        written = field.read_value or field.value
        codes = {written.casefold(), *(code.casefold() for code in unit_codes(written))}
        count = counts.get(line.id)
        read = number(count.read_value or count.value) if count else None
        if field.name != "uom" or not codes & wanted or read is None:
            continue
        would = Fraction(read) * holds
        same = line.stock_quantity is not None and Fraction(line.stock_quantity) == would
        told = plain(Decimal(would.numerator) / Decimal(would.denominator))
        became = plain(line.stock_quantity) if line.stock_quantity is not None else "not known"
        touched = field.corrected or bool(count and count.corrected)
        yield Tried(draft.id, draft.po_number, line.position, f"{plain(read)} {written}", f"{told} {item.stock_unit}", f"{became} {item.stock_unit}", _decided(draft, same), touched)  # fmt: skip


def _price(session: Session, fills: Fills, since: datetime) -> Iterator[Tried]:
    """Right when the customer's price was the proposed one and was booked: then nobody would have been asked."""
    customer, item, price = _customer(session, fills), _item(session, fills), exact(fills["price"])
    passed = select(Problem.line_id).where(
        Problem.code == "price-differs", Problem.accepted_by.startswith("user:")
    )
    rows = session.execute(
        select(Draft, DraftLine, DraftLine.id.in_(passed), DraftField)
        .join(DraftLine, DraftLine.draft_id == Draft.id)
        .outerjoin(
            DraftField, (DraftField.line_id == DraftLine.id) & (DraftField.name == "unit_price")
        )
        .where(
            Draft.customer_id == customer.id,
            Draft.created_at >= since,
            DraftLine.item_id == item.id,
            DraftLine.removed.is_(False),
            DraftLine.unit == (fills.get("unit") or item.stock_unit),
        )
        .order_by(Draft.id.desc(), DraftLine.position)
        .limit(MOST)
    )
    for draft, line, was_passed, field in rows:
        asked = number(field.read_value) if field is not None else None
        if asked is None:
            continue
        booked = line.unit_price if line.unit_price is not None else asked
        touched = was_passed or bool(field is not None and field.corrected)
        yield Tried(draft.id, draft.po_number, line.position, plain(asked), plain(price), plain(booked), _decided(draft, booked == price), touched and asked == price)  # fmt: skip


def _place(session: Session, fills: Fills, since: datetime) -> Iterator[Tried]:
    """The new place among those that the customer has, matched to what was written."""
    customer = _customer(session, fills)
    new = CustomerAddress(
        id=0, kind="ship_to", code=fills.get("code", ""), name=fills.get("name", ""), street=fills["street"],
        postal_code=fills.get("postal_code", ""), city=fills["city"], country=fills.get("country", ""), gln="", is_default=False,
    )  # fmt: skip
    places = session.scalars(
        select(CustomerAddress).where(
            CustomerAddress.customer_id == customer.id, CustomerAddress.kind == "ship_to"
        )
    ).all()
    others = [place for place in places if not _same_place(place, new)]
    names = {place.id: place for place in places}
    rows = session.execute(
        select(Draft, DraftField)
        .join(DraftField, (DraftField.draft_id == Draft.id) & DraftField.line_id.is_(None))
        .where(
            Draft.customer_id == customer.id,
            Draft.created_at >= since,
            DraftField.name == "ship_to",
            DraftField.read_value != "",
        )
        .order_by(Draft.id.desc())
        .limit(MOST)
    )
    for draft, field in rows:
        match = match_written(field.read_value, [new, *others])
        if match.id != new.id:
            continue
        place = names.get(draft.ship_to_id or 0)
        same = place is not None and _same_place(place, new)
        touched = draft.ship_to_reason.get("code") == CHOSEN
        yield Tried(draft.id, draft.po_number, None, plain_line(field.read_value), f"{new.street}, {new.city}", f"{place.street}, {place.city}" if place else "no place", _decided(draft, same), touched)  # fmt: skip


def has_place(session: Session, fills: Fills) -> bool:
    """Whether the customer has this place already."""
    new = CustomerAddress(street=fills.get("street", ""), city=fills.get("city", ""))
    places = session.scalars(
        select(CustomerAddress)
        .join(Customer, Customer.id == CustomerAddress.customer_id)
        .where(Customer.number == fills.get("customer", ""), CustomerAddress.kind == "ship_to")
    )
    return any(_same_place(place, new) for place in places)


def _same_place(one: CustomerAddress, two: CustomerAddress) -> bool:
    return plain_text(f"{one.street} {one.city}") == plain_text(f"{two.street} {two.city}")


def plain_line(text: str) -> str:
    return ", ".join(part.strip() for part in text.splitlines() if part.strip())


def _sender(session: Session, fills: Fills, since: datetime) -> Iterator[Tried]:
    customer, email = _customer(session, fills), fills["email"].strip().lower()
    sender = InboundDocument.sender_address
    rows = session.execute(
        select(Draft, InboundDocument, Customer.name)
        .join(InboundDocument, InboundDocument.id == Draft.document_id)
        .outerjoin(Customer, Customer.id == Draft.customer_id)
        .where(
            Draft.created_at >= since,
            or_(sender.ilike(email), sender.ilike(f"%@{domain_of(email)}")),
        )
        .order_by(Draft.id.desc())
        .limit(MOST)
    )
    let = select(Problem.draft_id).where(
        Problem.code == "sender-not-verified", Problem.accepted_by.startswith("user:")
    )
    passed = set(session.scalars(let))
    for draft, document, name in rows:
        if document.sender_address.lower() != email:
            continue
        touched = draft.customer_reason.get("code") == CHOSEN or draft.id in passed
        yield Tried(draft.id, draft.po_number, None, document.sender_address, customer.name, name or "nobody", _decided(draft, draft.customer_id == customer.id), touched)  # fmt: skip


KINDS: dict[str, Callable[[Session, Fills, datetime], Iterator[Tried]]] = {
    "part-numbers": _part_number,
    "units": _unit,
    "price-agreements": _price,
    "addresses": _place,
    "contacts": _sender,
}
NEEDED: dict[str, tuple[str, ...]] = {
    "part-numbers": ("customer", "customer_sku", "item"),
    "units": ("item", "unit", "numerator"),
    "price-agreements": ("customer", "item", "price"),
    "addresses": ("customer", "street", "city"),
    "contacts": ("customer", "email"),
}
