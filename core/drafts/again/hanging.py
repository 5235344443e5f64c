"""Which waiting drafts hang on a change of master data: those that may come out another way, and few besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from core.agreements.tables import Blanket, Quote
from core.catalogue.tables import Item
from core.drafts.keys import code_key
from core.drafts.tables import Draft, DraftField, DraftLine
from core.inbound.tables import InboundDocument
from core.masterdata.owed import parts_of
from core.masterdata.tables import MasterChange
from core.parties.tables import Customer

LIVE = ("open", "waiting", "parked")
MOST = 300
"""More changes than this are not told apart: everything is looked at."""

KEYS: dict[str, tuple[int | None, int | None]] = {
    "customers": (0, None),
    "addresses": (0, None),
    "contacts": (0, None),
    "part-numbers": (0, None),
    "price-agreements": (0, 1),
    "approvals": (0, 1),
    "required-papers": (1, 2),
    "certificates": (2, 3),
    "tax-exemptions": (0, None),
    "charges": (0, None),
    "check-rules": (1, None),
    "items": (None, 0),
    "units": (None, 0),
    "list-prices": (None, 0),
    "revisions": (None, 0),
    "features": (None, 0),
    "hazards": (None, 0),
    "substitutes": (None, 0),
}
"""Where in the natural key of a table the customer and the item stand. A table that is not here concerns every draft."""

AGREED: dict[str, type[Quote] | type[Blanket]] = {
    "quotes": Quote,
    "quote-lines": Quote,
    "blankets": Blanket,
    "blanket-lines": Blanket,
}
NAMES = frozenset({"name", "number", "tax_id", "gln", "domains", "active", "group_name"})
"""By these a customer is recognised on any draft, or compared with firms of the same group."""
CALLED = frozenset({"number", "gtin", "description", "description_de", "active"})
"""By these an item is recognised, on any line."""
CODES = ("buyer_sku", "supplier_sku", "manufacturer_sku", "gtin")


@dataclass(slots=True)
class Reach:
    """Pairs are (customer number or "", item number or ""); nobodys, nothings: drafts without customer, lines without
    item; skus: (customer number, code)."""

    everything: bool = False
    pairs: set[tuple[str, str]] = field(default_factory=set)
    nobodys: bool = False
    nothings: bool = False
    skus: set[tuple[str, str]] = field(default_factory=set)
    senders: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Waiting:
    customer: str
    items: frozenset[str]
    codes: frozenset[str]
    sender: str
    unclear: bool
    chosen: bool


def hanging(session: Session, changes: Sequence[MasterChange] | None) -> list[int]:
    """Ids of the drafts that wait and hang on one of these changes, the oldest first; of all without changes."""
    reach = reach_of(session, changes) if changes is not None else Reach(everything=True)
    if reach.everything:
        query = select(Draft.id).where(Draft.status.in_(LIVE)).order_by(Draft.id)
        return list(session.scalars(query))
    return [draft_id for draft_id, one in _waiting(session).items() if _hangs(one, reach)]


def reach_of(session: Session, changes: Sequence[MasterChange]) -> Reach:
    reach = Reach(everything=len(changes) > MOST)
    for change in changes if not reach.everything else ():
        _widen(session, reach, change)
    return reach


def _widen(session: Session, reach: Reach, change: MasterChange) -> None:
    table, parts = change.table_name, parts_of(change)
    if table in AGREED:
        whose = _whose(session, table, parts[0])
        reach.pairs.add((whose, ""))
        reach.everything |= not whose
        return
    if table not in KEYS:
        reach.everything = True
        return
    customer, item = (parts[at] if at is not None else "" for at in KEYS[table])
    renamed = change.action == "created" or bool(NAMES & set(change.changes))
    reach.nobodys |= table in ("contacts", "addresses")
    reach.nothings |= table in ("items", "units") and bool(CALLED & set(change.changes))
    if table == "part-numbers":
        reach.skus.add((customer, code_key(parts[1])))
    elif (table == "customers" and renamed) or not (customer or item):
        reach.everything = True
    else:
        reach.pairs.add((customer, item))
    if table == "contacts":
        reach.senders.add(parts[1].lower())


def _whose(session: Session, table: str, number: str) -> str:
    """The customer of a quote or blanket order; "" when it is there no more."""
    model = AGREED[table]
    found: str | None = session.scalar(
        select(Customer.number)
        .join(model, model.customer_id == Customer.id)
        .where(model.number == number)
        .limit(1)
    )
    return found or ""


def _hangs(one: _Waiting, reach: Reach) -> bool:
    if (reach.nobodys and not one.customer) or (reach.nothings and one.unclear):
        return True
    if one.sender in reach.senders and not one.chosen:
        return True
    if any(who == one.customer and code in one.codes for who, code in reach.skus):
        return True
    return any(
        (not who or who == one.customer) and (not what or what in one.items)
        for who, what in reach.pairs
    )


def _waiting(session: Session) -> dict[int, _Waiting]:
    """Every live draft, in three queries."""
    live = select(Draft.id).where(Draft.status.in_(LIVE))
    items: dict[int, set[str]] = defaultdict(set)
    unclear: set[int] = set()
    ordered = aliased(Item)
    for row in session.execute(
        select(DraftLine.draft_id, Item.number, ordered.number.label("ordered"))
        .outerjoin(Item, Item.id == DraftLine.item_id)
        .outerjoin(ordered, ordered.id == DraftLine.ordered_item_id)
        .where(DraftLine.draft_id.in_(live), DraftLine.removed.is_(False))
    ):
        items[row.draft_id] |= {row.number or "", row.ordered or ""}
        unclear |= {row.draft_id} if row.number is None else set()
    codes: dict[int, set[str]] = defaultdict(set)
    for draft_id, value in session.execute(
        select(DraftField.draft_id, DraftField.value).where(
            DraftField.draft_id.in_(live), DraftField.name.in_(CODES), DraftField.value != ""
        )
    ):
        codes[draft_id].add(code_key(value))
    rows = session.execute(
        select(Draft.id, Customer.number, Draft.customer_reason, InboundDocument.sender_address)
        .outerjoin(Customer, Customer.id == Draft.customer_id)
        .outerjoin(InboundDocument, InboundDocument.id == Draft.document_id)
        .where(Draft.status.in_(LIVE))
        .order_by(Draft.id)
    )
    return {
        draft_id: _Waiting(
            number or "",
            frozenset(items[draft_id]),
            frozenset(codes[draft_id]),
            (sender or "").lower(),
            draft_id in unclear,
            reason.get("code") == "chosen",
        )
        for draft_id, number, reason, sender in rows
    }
