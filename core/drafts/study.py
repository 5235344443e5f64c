"""What a draft means: every column that is matched, typed or priced, worked out from its fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.agreements.strictness import rules_for
from core.catalogue.tables import Item, ItemUnit
from core.drafts.backing import back_fields
from core.drafts.case import Case, UnitFacts, load
from core.drafts.change.revised import compare, fill_in, find_awaited, find_revised
from core.drafts.checks.configuration import chosen_features
from core.drafts.checks.revisions import ordered_revision
from core.drafts.cited import find_cited
from core.drafts.correspondents import correspondents
from core.drafts.earlier.repeats import find_repeat
from core.drafts.keys import code_key, content_key, po_key
from core.drafts.looked_up import know_customer, know_goods
from core.drafts.matching.customer import match_customer
from core.drafts.matching.item import match_items
from core.drafts.matching.public_domains import PUBLIC_DOMAINS, domain_of
from core.drafts.matching.ship_to import match_ship_to
from core.drafts.matching.unit import match_unit, stock_quantity
from core.drafts.matching.values import is_chosen
from core.drafts.prices import price_lines
from core.drafts.tables import Draft, DraftLine
from core.drafts.typed import day, number
from core.drafts.ways.by_policy import Choices
from core.drafts.ways.substitution import restore_ordered, swap, wanted_items
from core.orders.credit import exposure
from core.parties.tables import Contact, Customer, CustomerAddress
from core.units import unit_codes
from core.values import as_decimal, plain

PRICE_PER = (100, 1000)


def study(session: Session, draft: Draft, now: datetime) -> Case:
    """The case with everything matched and priced, but not promised."""
    session.flush()
    return studied(session, draft, now, draft.choices)


def studied(session: Session, draft: Draft, now: datetime, choices: Choices) -> Case:
    with session.no_autoflush:  # what is half done must not be written: it would count as a change
        case = load(session, draft, now)
        case.choices = dict(choices)
        match(session, case)
    return case


def match(session: Session, case: Case) -> None:
    """Matches and prices what is loaded. Writes nothing, but changes its rows: not to be flushed half done."""
    draft = case.draft
    _head(case)
    _customer(session, case)
    case.revised = find_revised(session, case)
    case.awaited = find_awaited(session, case)
    if case.revised is not None:
        draft.currency = case.text("currency").upper()[:3] or case.revised.currency
    _places(session, case)
    _items(session, case)
    for line in case.lines:
        _quantity(case, line)
    swap(case)
    compare(session, case)
    know_goods(session, case)
    for line in case.lines:
        line.revision = ordered_revision(case, line)
        line.configuration = chosen_features(case, line)
    find_cited(session, case)
    price_lines(session, case)
    know_customer(session, case)
    case.known.correspondents = correspondents(session, case)
    back_fields(case)
    draft.content_key = content_key(_content(case))
    _earlier(session, case)


def _head(case: Case) -> None:
    draft = case.draft
    draft.po_number = case.text("po_number")[:255]
    draft.po_key = po_key(draft.po_number)
    draft.order_date = day(case.text("order_date"))
    draft.requested_date = day(case.text("requested_date"))


def _customer(session: Session, case: Case) -> None:
    draft = case.draft
    if not is_chosen(draft.customer_reason):
        match = match_customer(session, case)
        draft.customer_id, draft.customer_reason = match.id, match.as_json()
    case.customer = session.get(Customer, draft.customer_id) if draft.customer_id else None
    case.rules = rules_for(session, draft.customer_id)
    agreed = case.customer.currency if case.customer else ""
    draft.currency = case.text("currency").upper()[:3] or agreed
    if case.customer is None or case.document is None:
        draft.contact_id = None
        return
    sender = case.document.sender_address.lower()
    contacts = session.scalars(select(Contact).where(Contact.customer_id == case.customer.id))
    known = {c.email.lower(): c for c in contacts}
    contact = known.get(sender) or known.get(case.text("buyer_email").lower())
    draft.contact_id = contact.id if contact else None
    domains = {str(d).lower() for d in case.customer.domains} - PUBLIC_DOMAINS
    is_contact = sender in known and known[sender].known
    case.sender_known = is_contact or domain_of(sender) in domains


def _places(session: Session, case: Case) -> None:
    draft = case.draft
    if case.customer is not None:
        case.addresses = list(
            session.scalars(
                select(CustomerAddress)
                .where(CustomerAddress.customer_id == case.customer.id)
                .order_by(CustomerAddress.is_default.desc(), CustomerAddress.id)
            )
        )
    ids = {a.id for a in case.addresses}
    if not (is_chosen(draft.ship_to_reason) and draft.ship_to_id in ids):
        match = match_ship_to(case)
        draft.ship_to_id, draft.ship_to_reason = match.id, match.as_json()
    bills = [a for a in case.addresses if a.kind == "bill_to"]
    draft.bill_to_id = bills[0].id if bills else None


def _items(session: Session, case: Case) -> None:
    restore_ordered(case.draft.choices | case.choices, case.lines)
    open_lines = [line for line in case.lines if not is_chosen(line.item_reason)]
    matched = match_items(session, case, open_lines)
    for line in open_lines:
        match, unit = matched[line.id]
        line.item_id, line.item_reason = match.id, match.as_json()
        case.meant_units[line.id] = unit
    fill_in(session, case)
    wanted = {line.item_id for line in case.lines if line.item_id is not None}
    wanted |= wanted_items(case.choices)
    case.items = _load_items(session, wanted)
    newer = {i.superseded_by_id for i in case.items.values() if i.superseded_by_id} - wanted
    case.items |= _load_items(session, newer)
    units: dict[int, list[UnitFacts]] = defaultdict(list)
    for row in session.scalars(select(ItemUnit).where(ItemUnit.item_id.in_(wanted))):
        units[row.item_id].append(UnitFacts(row.unit, row.numerator, row.denominator, row.gtin))
    case.item_units = {item_id: tuple(found) for item_id, found in units.items()}


def _load_items(session: Session, ids: Iterable[int | None]) -> dict[int, Item]:
    wanted = sorted(i for i in ids if i is not None)
    return (
        {i.id: i for i in session.scalars(select(Item).where(Item.id.in_(wanted)))}
        if wanted
        else {}
    )


def _quantity(case: Case, line: DraftLine) -> None:
    line.quantity = number(case.text("quantity", line))
    line.unit_price = _price(case, line)
    line.requested_date = day(case.text("requested_date", line))
    line.unit, line.stock_quantity = "", None
    line.factor_numerator = line.factor_denominator = 1
    if line.item_id is None:
        line.unit_reason = {}
        line.unit = next(iter(unit_codes(case.text("uom", line))), "")
        return
    units = case.item_units.get(line.item_id, ())
    meant = case.meant_units.get(line.id, "")
    unit, match = match_unit(case.items[line.item_id], units, case.text("uom", line), meant)
    line.unit_reason = match.as_json()
    if unit is not None:
        line.unit = unit.unit
        line.factor_numerator, line.factor_denominator = unit.numerator, unit.denominator
        if line.quantity is not None:
            line.stock_quantity = stock_quantity(line.quantity, unit)


def _price(case: Case, line: DraftLine) -> Decimal | None:
    """The customer's price for one unit, or what their amount gives for one when it divides exactly.

    A price per hundred or thousand is one: the amount says so, or the electronic order names its basis.
    """
    price = _for_one(case, line)
    amount = number(case.text("amount", line))
    if amount is None or not line.quantity:
        return price
    if price is not None:
        per = next((n for n in PRICE_PER if line.quantity * price == amount * n and amount), 1)
        return as_decimal(Fraction(price) / per)
    return as_decimal(Fraction(amount) / Fraction(line.quantity))


def _for_one(case: Case, line: DraftLine) -> Decimal | None:
    """The price by its basis; one that a person typed is for one unit, at most six decimals."""
    price, basis = number(case.text("unit_price", line)), number(case.text("price_basis", line))
    field = case.fields.get((line.id, "unit_price"))
    if price is None or not basis or basis < 0 or (field is not None and field.corrected):
        return price
    one = Fraction(price) / Fraction(basis)
    exact = as_decimal(one)
    return exact if exact is not None else Decimal(round(one * 10**6)).scaleb(-6)


def _content(case: Case) -> list[tuple[str, str, str]]:
    header = case.draft.requested_date
    rows = []
    for line in case.lines:
        codes = (case.text(n, line) for n in ("buyer_sku", "supplier_sku", "gtin", "description"))
        item_id = line.ordered_item_id or line.item_id
        what = str(item_id) if item_id else next((code_key(c) for c in codes if c), "")
        how_many = line.stock_quantity if line.stock_quantity is not None else line.quantity
        wanted = line.requested_date or header
        rows.append((what, plain(how_many) if how_many is not None else "", str(wanted or "")))
    return rows


def _earlier(session: Session, case: Case) -> None:
    """Orders that this draft repeats or revises, and what the customer owes without it."""
    draft = case.draft
    case.repeat = find_repeat(session, case)
    order = case.repeat.order if case.repeat else None
    same = case.repeat is not None and case.repeat.outcome in (
        "same",
        "other-channel",
        "same-content",
    )
    draft.duplicate_of_id = (
        order.id if order is not None and same and draft.kind == "order" else None
    )
    revision = case.repeat is not None and case.repeat.outcome == "revision"
    revised = case.revised if draft.kind != "order" else (order if revision else None)
    draft.revision_of_id = revised.id if revised is not None else None
    if case.customer is not None and case.customer.credit_limit is not None:
        case.exposure = exposure(session, case.customer, case.today).total
