"""Looks up what only the checks need, for a whole draft in a fixed number of queries, however many lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from core.agreements.tables import (
    AgreedCharge,
    Certificate,
    ExportControl,
    ItemApproval,
    RequiredPaper,
    TaxExemption,
)
from core.catalogue.tables import CustomerItem, ItemFeature, ItemHazard, ItemRevision
from core.company.calendar import Calendar
from core.drafts.case import Case
from core.inbound.tables import PageText, Part
from core.masterdata.note import waits_for_erp
from core.orders.tables import Order, OrderLine
from core.promising.terms import SUBSTITUTES
from core.supply.tables import CountryCalendar, Site

YEAR = timedelta(days=365)
MOST_ORDERED = 4000
NEWEST = 20
PAGES = 4
LONGEST = 20_000


def know_goods(session: Session, case: Case) -> None:
    """What is known of the items, before prices are looked up."""
    ids, known = sorted(case.items), case.known
    known.revisions = _by_item(session, ItemRevision, ids)
    known.features = _by_item(session, ItemFeature, ids)
    hazardous = [i for i in ids if case.items[i].hazardous]
    if hazardous:
        rows = session.scalars(select(ItemHazard).where(ItemHazard.item_id.in_(hazardous)))
        known.hazards = {row.item_id: row for row in rows}
        known.sites = {row.id: row.code for row in session.execute(select(Site.id, Site.code))}
    codes = {item.export_code for item in case.items.values() if item.export_code}
    if codes:
        known.controls = session.scalars(
            select(ExportControl).where(ExportControl.export_code.in_(codes))
        ).all()


def know_customer(session: Session, case: Case) -> None:
    """What was agreed with the customer and how they order; needs the place and the items."""
    customer, known, ids = case.customer, case.known, sorted(case.items)
    if customer is None:
        return
    if customer.approved_items_only:
        found: dict[int, list[ItemApproval]] = defaultdict(list)
        for row in session.scalars(
            select(ItemApproval).where(
                ItemApproval.customer_id == customer.id, ItemApproval.item_id.in_(ids)
            )
        ):
            found[row.item_id].append(row)
        known.approvals = found
    if customer.tax_exempt:
        known.exemptions = session.scalars(
            select(TaxExemption).where(TaxExemption.customer_id == customer.id)
        ).all()
    known.charges = session.scalars(
        select(AgreedCharge).where(
            or_(AgreedCharge.customer_id.is_(None), AgreedCharge.customer_id == customer.id)
        )
    ).all()
    known.substitutes = item_substitutes(session, customer.id, ids)
    known.words, known.paper = _words(session, case), _paper(session, case)
    _papers(session, case, ids)
    _habits(session, case, ids)
    known.taking = _taking(session, case)
    place = case.ship_to()
    if place is not None and place.added_at is not None:
        known.place_waits = waits_for_erp(session, "addresses", place.id)


def item_substitutes(
    session: Session, customer_id: int, item_ids: Collection[int]
) -> dict[int, str]:
    """By item id; of several numbers for one item the strictest word counts."""
    rows = session.execute(
        select(CustomerItem.item_id, CustomerItem.substitutes).where(
            CustomerItem.customer_id == customer_id,
            CustomerItem.item_id.in_(sorted(item_ids)),
            CustomerItem.substitutes != "usual",
        )
    )
    found: dict[int, str] = {}
    for item_id, word in rows:
        found[item_id] = min(word, found.get(item_id, word), key=SUBSTITUTES.index)
    return found


def _words(session: Session, case: Case) -> str:
    """What the sender wrote in the mail itself, papers left out."""
    if case.document is None:
        return ""
    texts = session.scalars(
        select(Part.text)
        .where(
            Part.document_id == case.document.id,
            Part.kind == "body-text",
            Part.text.is_not(None),
        )
        .order_by(Part.number)
    )
    return f"{case.document.subject_line}\n{chr(10).join(t or '' for t in texts)}"[:LONGEST]


def _paper(session: Session, case: Case) -> str:
    """What stands in the papers that a mail brought."""
    if case.document is None or case.document.channel != "mail":
        return ""
    texts = session.scalars(
        select(func.substr(Part.text, 1, LONGEST))
        .where(
            Part.document_id == case.document.id,
            Part.kind.not_in(("body-text", "body-html")),
            Part.text.is_not(None),
        )
        .order_by(Part.number)
    )
    pages = session.scalars(
        select(PageText.words)
        .join(Part, Part.id == PageText.part_id)
        .where(Part.document_id == case.document.id)
        .order_by(Part.number, PageText.page)
        .limit(PAGES)
    )
    printed = [" ".join(str(word[4]) for word in words) for words in pages]
    return "\n".join((*texts, *printed))[:LONGEST]


def _by_item(session: Session, table: Any, ids: list[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    if ids:
        for row in session.scalars(select(table).where(table.item_id.in_(ids)).order_by(table.id)):
            found[row.item_id].append(row)
    return found


def _papers(session: Session, case: Case, ids: list[int]) -> None:
    assert case.customer is not None
    customer_id, known = case.customer.id, case.known
    known.papers = session.scalars(
        select(RequiredPaper).where(
            or_(RequiredPaper.customer_id.is_(None), RequiredPaper.customer_id == customer_id),
            or_(RequiredPaper.item_id.is_(None), RequiredPaper.item_id.in_(ids)),
        )
    ).all()
    if known.papers or known.controls:
        known.certificates = session.scalars(
            select(Certificate).where(
                or_(Certificate.customer_id.is_(None), Certificate.customer_id == customer_id),
                or_(Certificate.item_id.is_(None), Certificate.item_id.in_(ids)),
            )
        ).all()


def _habits(session: Session, case: Case, ids: list[int]) -> None:
    assert case.customer is not None
    known = case.known
    own = case.revised.id if case.revised is not None else case.draft.order_id or 0
    mine = (Order.customer_id == case.customer.id, Order.status != "cancelled", Order.id != own)
    counted = session.execute(
        select(
            func.count(Order.id),
            func.count(Order.id).filter(Order.ship_to_id == (case.draft.ship_to_id or 0)),
        ).where(*mine)
    ).one()
    known.orders, known.to_place = counted[0], counted[1]
    rows = session.execute(
        select(OrderLine.item_id, OrderLine.stock_quantity)
        .join(Order, Order.id == OrderLine.order_id)
        .where(*mine, Order.booked_at >= case.now - YEAR, OrderLine.item_id.in_(ids))
        .order_by(Order.booked_at.desc())
        .limit(MOST_ORDERED)
    )
    found: dict[int, list[Decimal]] = defaultdict(list)
    for item_id, quantity in rows:
        found[item_id].append(quantity)
    known.ordered = found
    known.values = _values(session, case, own)


def _values(session: Session, case: Case, own: int) -> list[Decimal]:
    """What the newest earlier orders in this currency were worth."""
    assert case.customer is not None
    newest = (
        select(Order.id)
        .where(
            Order.customer_id == case.customer.id,
            Order.status != "cancelled",
            Order.currency == case.draft.currency,
            Order.id != own,
        )
        .order_by(Order.booked_at.desc())
        .limit(NEWEST)
    )
    worth: dict[int, Decimal] = defaultdict(Decimal)
    for order_id, quantity, price in session.execute(
        select(OrderLine.order_id, OrderLine.quantity, OrderLine.price).where(
            OrderLine.order_id.in_(newest)
        )
    ):
        worth[order_id] += quantity * price
    return list(worth.values())


def _taking(session: Session, case: Case) -> Calendar:
    """The days on which the ship-to takes goods in."""
    place = case.ship_to()
    if place is None:
        return case.calendar
    country = session.scalar(
        select(CountryCalendar).where(CountryCalendar.country == place.country)
    )
    own = country is not None
    home = Calendar(
        frozenset(int(d) for d in country.working_days) or case.calendar.working_days
        if country is not None
        else case.calendar.working_days,
        _days(country.holidays) if country is not None else frozenset(),
    )
    if not own and case.company is not None and place.country == case.company.country:
        home = case.calendar
    week = frozenset(int(d) for d in place.receiving_days)
    return Calendar(week or home.working_days, home.holidays | _days(place.closed_dates))


def _days(texts: Sequence[Any]) -> frozenset[date]:
    return frozenset(date.fromisoformat(str(text)) for text in texts)
